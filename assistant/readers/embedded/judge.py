"""Every promise against the contract: covered, contradicted, not in the contract, vague or withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.evidence.figures import larger_as_figures
from assistant.evidence.record import DealRecord
from assistant.meanings.asked import MOST, Beside
from assistant.meanings.similarity import place, read_ahead, read_together
from assistant.packet import Commitment, ContractTerm, Evidence, Relation
from assistant.readers.embedded.assess import Assessment, Looked, Setting, assess, can_decide
from assistant.readers.embedded.contract_lines import Line
from assistant.readers.embedded.decision import decide, load_weights
from assistant.readers.embedded.explain import explain_conflict, explain_match, explain_silence
from assistant.readers.embedded.measures import term_durations
from assistant.readers.embedded.promise_view import PromiseView, view
from assistant.readers.embedded.retrieval import Candidate, ClauseIndex
from assistant.readers.embedded.signals import denies
from assistant.readers.embedded.terms import judged_lines
from assistant.readers.embedded.vagueness import is_vague as names_nothing

LOOKED_AT = 10
"""Lines that are held against a promise, likeliest first."""
CLOSE = 3.0
"""How far behind the likeliest one a line is still read together with the promise, in logits."""
QUOTED_TOO = 2.0
"""How far out of the contract a second line must stand to be quoted, in standard deviations."""


def judge(
    commitments: Sequence[Commitment], terms: Sequence[ContractTerm], record: DealRecord
) -> list[Commitment]:
    """The commitments with verdict, relation, contract evidence, explanation and who decided."""
    return begin_judging(commitments, terms, record)()


def begin_judging(
    commitments: Sequence[Commitment], terms: Sequence[ContractTerm], record: DealRecord
) -> Callable[[], list[Commitment]]:
    """Find the lines that may decide each promise and begin to read both; what is returned judges."""
    lines = judged_lines(record, terms)
    effective = effective_date(record)
    events: dict[str, date] = {"signature": effective} if effective else {}
    views = [view(c, record, events) for c in commitments]
    if lines:
        place([v.placed for v in views])
    setting = make_setting(lines, terms, effective or record.as_of, events)
    ranked = [_ranked(v, setting) for v in views]
    # All at once, for what is asked for last is read first, and the first promise's lines are needed first.
    held = list(zip(views, ranked, strict=True))
    read_ahead([as_read(v, near) for v, near in held if near])
    return lambda: [_judged(v, near, setting) for v, near in held]


def _ranked(promise: PromiseView, setting: Setting) -> list[Candidate]:
    """The contract's lines that are looked at; none for a promise that no line decides."""
    if promise.commitment.verdict == "withdrawn" or is_vague(promise):
        return []
    return nearest(promise, setting.index)


def nearest(promise: PromiseView, index: ClauseIndex) -> list[Candidate]:
    """The lines that may decide the promise, likeliest first, LOOKED_AT at most."""
    ranked = index.rank(promise)[:LOOKED_AT]
    return [c for c in ranked if can_decide(promise, c.line)]


def make_setting(
    lines: Sequence[Line], terms: Sequence[ContractTerm], effective: date, events: Mapping[str, date]
) -> Setting:
    """The contract, ready for promises to be held against it."""
    by_place = {(e.source, e.segment_id, e.quote): t for t in terms for e in t.evidence}
    defined = {line.defines: line for line in lines if line.defines}
    return Setting(ClauseIndex(lines), effective, events, term_durations(lines), by_place, defined=defined)


def effective_date(record: DealRecord) -> date | None:
    """The day from which the contract counts: that of the first dated contract."""
    ranked = sorted(record.contracts, key=lambda s: (s.kind != "contract", s.kind, s.name))
    return next((s.happened_on for s in ranked if s.happened_on), record.deal.expected_close)


def look(
    promise: PromiseView, near: Sequence[Candidate], setting: Setting, *, reads: bool = True
) -> Looked:
    """What the nearest lines say of the promise; `reads`: the first are also read together with it."""
    found = [assess(promise, c, setting) for c in near]
    equal = [a for a in found if any(m.outcome == "equal" and m.kind != "frequency" for m in a.matches)]
    found = [replace(a, alone=1 / len(equal)) if a in equal else a for a in found]
    found = [_settled(a, found) for a in found]
    told = read_together([as_read(promise, near)]) if reads and near else None
    if not told:
        return Looked(found)
    read = [replace(a, reading=r) for a, r in zip(found, told[0].lines, strict=False)]
    return Looked([*read, *found[len(read) :]], told[0].verdicts)


def as_read(promise: PromiseView, near: Sequence[Candidate]) -> Beside:
    """The promise and the first of the nearest lines as they are read together."""
    said = larger_as_figures(promise.with_side)
    read = (c for c in near[:MOST] if c.behind <= CLOSE or c is near[0])
    return Beside(said, tuple(larger_as_figures(c.line.full) for c in read))


def _settled(one: Assessment, found: Sequence[Assessment]) -> Assessment:
    """Without the conflicts that a nearer line of the contract, or one beside it, decides the other way.

    The second shift's hours contradict nothing where the first shift has just the hours promised.
    """
    rank, section = one.candidate.rank, one.candidate.line.segment.section
    others = [
        a
        for a in found
        if a is not one
        and (a.candidate.rank < rank or (section and a.candidate.line.segment.section == section))
    ]
    granted = {(c.kind, c.promised) for a in others for c in a.matches if c.told and c.outcome == "equal"}
    agreed = {c.name for a in others for c in a.agrees if a.candidate.above >= QUOTED_TOO}
    kept = tuple(c for c in one.comparisons if c not in one.conflicts or (c.kind, c.promised) not in granted)
    return replace(one, comparisons=kept, against=tuple(c for c in one.against if c.name not in agreed))


def _judged(promise: PromiseView, near: Sequence[Candidate], setting: Setting) -> Commitment:
    commitment = promise.commitment
    if commitment.verdict == "withdrawn":
        return commitment.model_copy(update={"decided_by": "rule"})
    if is_vague(promise):
        return _without_line(commitment, "vague")
    if not setting.index.lines:
        return _alone(commitment, "rule", "No contract was given, so the promise stands alone.")
    decision = decide(promise, looked := look(promise, near, setting), load_weights())
    if decision.why is None:
        return _without_line(commitment, decision.verdict)
    return _with(promise, decision.verdict, decision.why, looked.lines)


def is_vague(promise: PromiseView) -> bool:
    """Goodwill without a number, a date or a thing that could be checked."""
    own = promise.subjects if promise.words == promise.whole else frozenset[str]()
    aspirational = promise.commitment.strength == "aspirational"
    return names_nothing([promise.words], promise.counts, own, aspirational)


def _without_line(commitment: Commitment, verdict: str) -> Commitment:
    if verdict == "vague":
        words = "Nothing is named that could be checked: no number, date or deliverable."
        return commitment.model_copy(
            update={"verdict": "vague", "relation": None, "decided_by": "rule", "explanation": words}
        )
    return _alone(commitment, "reader", explain_silence())


def _alone(commitment: Commitment, decided_by: str, explanation: str) -> Commitment:
    return commitment.model_copy(
        update={"verdict": "not_in_contract", "relation": None, "decided_by": decided_by,
                "explanation": explanation}
    )  # fmt: skip


def _with(promise: PromiseView, verdict: str, why: Assessment, found: Sequence[Assessment]) -> Commitment:
    contradicted = verdict == "contradicted"
    by_numbers = bool(why.number_against if contradicted else why.matches)
    by_rule = contradicted and bool(why.against)
    return promise.commitment.model_copy(
        update={
            "verdict": verdict,
            "relation": relation_of(why) if contradicted else None,
            "contract_evidence": tuple(evidence_of(line) for line in _quoted(why, found)),
            "explanation": explain_conflict(promise, why) if contradicted else explain_match(why),
            "decided_by": "numbers" if by_numbers else "rule" if by_rule else "reader",
        }
    )


def relation_of(why: Assessment) -> Relation:
    """Why the promise is contradicted: by a number, by a wording, else by what the line leaves out."""
    if one := why.number_against:
        return "below_contract" if one.outcome == "worse" else "exceeds_contract"
    if why.against:
        return why.against[0].relation
    return "excluded" if denies(why.candidate.line.full) else "different"


def _quoted(why: Assessment, found: Sequence[Assessment]) -> list[Line]:
    """The deciding line, and one more of the same section that is about the promise as well."""
    first = why.candidate.line
    near = [
        a.candidate
        for a in found
        if a.candidate.line is not first
        and a.candidate.line.segment.section == first.segment.section
        and a.candidate.above >= QUOTED_TOO
    ]
    return [first, *(c.line for c in sorted(near, key=lambda c: c.rank)[:1])]


def evidence_of(line: Line) -> Evidence:
    """The line as a located quote."""
    return Evidence(
        source=line.source, segment_id=line.segment.id, quote=line.text, locator=line.segment.locator
    )
