"""Conflicts: the same thing stated in two ways, found by comparing numbers and days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.evidence.number_words import read_numbers
from assistant.evidence.quantities import read_quantities
from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, Conflict, ContractTerm, Evidence, Quantity, Summary, Value
from assistant.readers.embedded.concepts import subjects_in
from assistant.readers.embedded.patterns import read_patterns
from assistant.readers.embedded.statements import Statement, read_statements
from assistant.readers.embedded.summary_text import trimmed

ABOUT = {
    "go_live": "go-live date",
    "uptime": "availability",
    "response": "response time",
    "resolution": "time to resolve",
    "history": "history that is loaded",
    "renewal": "price at renewal",
    "payment": "payment terms",
    "users": "number of users",
    "hypercare": "care after go-live",
}
"""How a conflict names a subject of concepts.toml; other subjects are named by their own words."""
GO_LIVE = "implementation_plan.go_live_target"
USERS = frozenset("user seat licence license login log-in account".split())
FEWEST_USERS = 5
"""Smaller numbers of users are mostly a few named ones (two admins), not the size of the licence."""
MOST_USERS_APART = 4.0
"""Numbers further apart than by this factor count different things."""


def find_conflicts(
    record: DealRecord, commitments: Sequence[Commitment], terms: Sequence[ContractTerm], summary: Summary
) -> tuple[Conflict, ...]:
    """What the sources state in two ways; few and meaningful, each once.

    `about` is a summary path where a field is conflicting, else the subject ("availability").
    """
    found = [*_of_fields(summary), *_of_users(read_statements(record)), *_of_promises(commitments)]
    once: dict[str, Conflict] = {}
    for conflict in found:
        once.setdefault(conflict.about, conflict)
    if GO_LIVE in once:
        for same in (ABOUT["go_live"], "timeline"):
            once.pop(same, None)
    return tuple(once.values())


def _of_fields(summary: Summary) -> list[Conflict]:
    return [
        Conflict(about=f"{section}.{name}", values=field.values)
        for section, fields in summary
        for name in type(fields).model_fields
        if (field := getattr(fields, name)).status == "conflicting"
    ]


def _of_promises(commitments: Iterable[Commitment]) -> list[Conflict]:
    """Promises whose number the contract states otherwise, and promises whose number changed."""
    found = []
    for c in commitments:
        clause = c.contract_evidence[0] if c.contract_evidence else None
        earlier = [w for w in c.history if w.changed != "repeated"]
        if c.verdict == "contradicted" and clause and _both_count(c, clause):
            values = [*(_value(w.text, w.evidence[-1:]) for w in earlier), _value(c.text, c.evidence[-1:])]
            found.append(
                Conflict(about=_about(c, clause.quote), values=(*values, _value(clause.quote, (clause,))))
            )
        elif earlier and c.verdict != "withdrawn" and c.quantity and _changed_number(c):
            values = [*(_value(w.text, w.evidence[-1:]) for w in earlier), _value(c.text, c.evidence[-1:])]
            found.append(Conflict(about=_about(c, ""), values=tuple(values)))
    return found


def _both_count(c: Commitment, clause: Evidence) -> bool:
    """The promise names a number or a day, and the clause was found to name another."""
    counted = bool(c.quantity or c.due or read_numbers(c.text))
    return counted and c.decided_by == "numbers" and bool(read_numbers(clause.quote))


def _changed_number(c: Commitment) -> bool:
    return any(" became " in w.changed and bool(read_numbers(w.changed)) for w in c.history)


def _value(text: str, evidence: Sequence[Evidence]) -> Value:
    return Value(text=trimmed(text), evidence=tuple(evidence))


def _about(c: Commitment, clause: str) -> str:
    """The subject that promise and clause share, by its usual name."""
    shared = subjects_in(c.text) & subjects_in(clause) if clause else subjects_in(c.text)
    names = sorted(shared, key=lambda n: (n not in ABOUT, n))
    return ABOUT.get(names[0], names[0].replace("_", " ")) if names else c.category


def _of_users(statements: Sequence[Statement]) -> list[Conflict]:
    """The number of users where two sources, or the contract and the last word of the talks, differ."""
    counted = [(q.value, s) for s in statements if not s.is_question and (q := _users(s))]
    by_value: dict[float, Statement] = {}
    for value, statement in counted:
        by_value.setdefault(value, statement)
    top = max(by_value, default=0.0)
    kept = {v: s for v, s in by_value.items() if v * MOST_USERS_APART >= top}
    if len(kept) < 2 or len({s.source.name for s in kept.values()}) < 2:
        return []
    values = tuple(
        Value(text=f"{v:g} users: {trimmed(s.text)}", evidence=(s.evidence,)) for v, s in kept.items()
    )
    return [Conflict(about=ABOUT["users"], values=values[:4])]


def _users(s: Statement) -> Quantity | None:
    said = read_patterns("roles.toml", "group_patterns")
    if not said["users"].search(s.plain) or said["part_of_users"].search(s.plain):
        return None
    found = [
        q.quantity for q in read_quantities(s.text) if q.quantity.unit in USERS and q.quantity.per is None
    ]
    return found[0] if len(found) == 1 and found[0].value >= FEWEST_USERS else None
