"""Which role a person plays, by title, by what others say of them and by what they say themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from assistant.evidence.execution import read_execution
from assistant.evidence.record import DealRecord
from assistant.packet import Evidence, Role, Stakeholder, Value
from assistant.readers.embedded.patterns import Pattern, joined, read_patterns, read_table
from assistant.readers.embedded.stakeholder_people import Person
from assistant.readers.embedded.statements import Statement
from assistant.readers.embedded.summary_text import trimmed
from assistant.readers.embedded.user_groups import find_user_groups

SENTENCE = 3.0
"""Points of a sentence that says somebody plays a role; each further one adds half as much as the last."""
TOPIC = 0.3
TOPICS = 3.0
"""Points for each sentence on the role's topic, and the most that they give together."""
FILLED = 2.0
"""What it is worth that a role is filled at all: a deal nearly always has one of each."""
ENOUGH = 7.0
"""More points than these make nobody more of a champion or a buyer."""

Stance = Literal["champion", "supporter", "neutral", "sceptic"]


@dataclass(frozen=True)
class RoleRow:
    """How one role is recognised; see the head of data/roles.toml."""

    role: Role
    least: float
    most: int
    title_weight: float
    title: Pattern | None
    of: Pattern | None
    by: Pattern | None
    topic: Pattern | None
    signer: float
    talks: float
    leads: float
    """Points for the one who speaks most on the role's topic."""


@cache
def role_rows() -> tuple[RoleRow, ...]:
    """The roles of data/roles.toml that people hold; end users are a group."""
    table = read_table("roles.toml")
    return tuple(_row(role, table[role]) for role in get_args(Role) if role != "end_users")


def _row(role: Role, row: Mapping[str, Any]) -> RoleRow:
    signs = {key: joined(row[key], {}) if row.get(key) else None for key in ("title", "of", "by", "topic")}
    return RoleRow(
        role, row["least"], row["most"], row["title_weight"], signs["title"], signs["of"], signs["by"],
        signs["topic"], row.get("signer", 0.0), row.get("talks", 0.0), row.get("leads", 0.0),
    )  # fmt: skip


def _attitude(name: str) -> Pattern:
    return read_patterns("attitudes.toml")[name]


def assign_roles(
    people: Sequence[Person], statements: Sequence[Statement], record: DealRecord
) -> list[Stakeholder]:
    """Stakeholders of both sides; one role a person, the best supported first."""
    ours = [p for p in people if p.side == "customer"]
    signers = _signers(record)
    points = {(i, r.role): score(r, p, ours, signers) for i, p in enumerate(ours) for r in role_rows()}
    given = _best(points, len(ours))
    customers = [_stakeholder(p, given.get(i), record) for i, p in enumerate(ours)]
    groups = [_group(name, proof, record) for name, proof in find_user_groups(statements)]
    vendors = [_stakeholder(p, None, record) for p in people if p.side == "vendor"]
    return [s for s in [*customers, *groups, *vendors] if s.evidence]


def score(row: RoleRow, p: Person, ours: Sequence[Person], signers: frozenset[str]) -> float:
    """How much speaks for the person playing that role."""
    points = row.title_weight if row.title and p.title and row.title.search(p.title.lower()) else 0.0
    points += _damped(len(_matching(row.of, p.about)) + len(_matching(row.by, p.own)))
    on_topic = len(_matching(row.topic, p.own))
    points += min(TOPICS, TOPIC * on_topic)
    if row.leads and on_topic >= 3 and on_topic == max(len(_matching(row.topic, o.own)) for o in ours):
        points += row.leads
    points += row.signer if set(p.name.split()) & signers else 0.0
    return points + row.talks * _share(p, ours)


def _damped(sentences: int) -> float:
    return SENTENCE * sum(0.5**i for i in range(sentences))


def _matching(pattern: Pattern | None, statements: Sequence[Statement]) -> list[Statement]:
    return [s for s in statements if pattern and pattern.search(s.plain)]


def _share(p: Person, ours: Sequence[Person]) -> float:
    most = max((len(o.own) for o in ours), default=0)
    return len(p.own) / most if most else 0.0


def _signers(record: DealRecord) -> frozenset[str]:
    """Family names of those who sign for the customer."""
    facts = read_execution(record.contracts, record.roster.vendor, record.roster.account)
    return frozenset(s.name.split()[-1] for s in facts.signatures if s.name and s.party == "customer")


def _best(points: Mapping[tuple[int, Role], float], people: int) -> dict[int, Role]:
    """The assignment with the most points in all: one role a person, at most `most` people a role."""
    seats = [row for row in role_rows() for _ in range(row.most)]
    best: dict[int, tuple[float, dict[int, Role]]] = {0: (0.0, {})}
    for person in range(people):
        grown = dict(best)
        for taken, (total, given) in best.items():
            for seat, row in enumerate(seats):
                value = points[person, row.role]
                if taken >> seat & 1 or value < row.least:
                    continue
                mask, worth = taken | 1 << seat, total + min(value, ENOUGH) + FILLED
                if mask not in grown or worth > grown[mask][0] + 1e-9:
                    grown[mask] = (worth, {**given, person: row.role})
        best = grown
    return max(best.items(), key=lambda item: (item[1][0], -item[0]))[1][1]


def _stakeholder(p: Person, role: Role | None, record: DealRecord) -> Stakeholder:
    known = Stakeholder(
        name=p.name,
        title=p.title,
        organization=p.organization or _house(p, record),
        side=p.side or "customer",
        evidence=_proof(p, role, record),
    )
    if p.side != "customer":
        return known
    said = {
        "objectives": _values(_attitude("aims"), p.own),
        "concerns": _values(_attitude("worries"), p.own),
        "preferences": _values(_attitude("wishes"), p.own),
    }
    return known.model_copy(
        update={"role": role, "stance": _stance(role, p), "influence": _influence(role), **said}
    )


def _proof(p: Person, role: Role | None, record: DealRecord) -> tuple[Evidence, ...]:
    """What shows the role; else where the person is presented, spoken of, or speaks."""
    row = next((r for r in role_rows() if r.role == role), None)
    proof = [*_matching(row.by, p.own), *_matching(row.of, p.about)][:2] if row else []
    rest = [s for s in (p.titled, *p.about[:1], *p.own[:1]) if s]
    chosen = tuple(dict.fromkeys(s.evidence for s in [*proof, *rest][:2]))
    return chosen or tuple(_signature(p, record))


def _house(p: Person, record: DealRecord) -> str | None:
    return record.roster.account if p.side == "customer" else record.roster.vendor


def _signature(p: Person, record: DealRecord) -> list[Evidence]:
    """Where a person who never speaks is named: mostly a signature block."""
    family = p.name.split()[-1]
    for source in record.sources:
        for segment in source.segments:
            if re.search(rf"\b{re.escape(family)}\b", segment.text) and len(segment.text) < 600:
                return [
                    Evidence(
                        source=source.name, segment_id=segment.id, quote=segment.text, locator=segment.locator
                    )
                ]
    return []


def _values(pattern: Pattern, said: Sequence[Statement]) -> tuple[Value, ...]:
    found = [s for s in _matching(pattern, said) if not s.is_question and 4 <= len(s.plain.split()) <= 50][:3]
    return tuple(Value(text=trimmed(s.text), evidence=(s.evidence,)) for s in found)


def _stance(role: Role | None, p: Person) -> Stance | None:
    if role in ("champion", "blocker"):
        return "champion" if role == "champion" else "sceptic"
    against, pro = len(_matching(_attitude("worries"), p.own)), len(_matching(_attitude("likes"), p.own))
    if not p.own or against == pro:
        return None
    return "supporter" if pro > against else "sceptic" if against >= pro + 2 else "neutral"


def _influence(role: Role | None) -> Literal["high", "medium", "low"] | None:
    return (
        "high"
        if role in ("economic_buyer", "executive_sponsor")
        else "medium"
        if role == "champion"
        else None
    )


def _group(name: str, proof: Sequence[Statement], record: DealRecord) -> Stakeholder:
    return Stakeholder(
        name=name, organization=record.roster.account, side="customer", role="end_users",
        evidence=tuple(s.evidence for s in proof[:2]),
    )  # fmt: skip
