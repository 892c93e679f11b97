"""One promise against one line of the contract: do they conflict, agree, or say nothing of each other?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from assistant.evidence.units import compare, describe, dimension
from assistant.packet import ContractTerm, Quantity
from assistant.readers.embedded.comparisons import Comparison, compare_measures
from assistant.readers.embedded.concepts import concepts_of, subjects_in
from assistant.readers.embedded.contract_lines import Line
from assistant.readers.embedded.contrasts import Contrast, against, lowered, said, sides_with
from assistant.readers.embedded.due_days import lies_outside
from assistant.readers.embedded.measures import Measures, measure_line
from assistant.readers.embedded.promise_view import PromiseView
from assistant.readers.embedded.retrieval import Candidate, ClauseIndex
from assistant.readers.embedded.subjects import stems

if TYPE_CHECKING:
    from assistant.meanings.clauses import Reading, Verdicts

HELD = frozenset({"price_hold", "discount"})
"""Subjects for which the length of a defined term is what counts."""
_EXCEPTION = re.compile(
    r"\b(?:other than|except(?:ing)?(?: for)?|save for|apart from|with the exception of)\s+([^,;.]+)"
)
BROAD = frozenset({"built_or_not", "all_or_some", "firm_or_efforts"})
"""Contrasts whose words are so common that they tell less."""
SEVERITY = re.compile(
    r"\b(?:p|sev(?:erity)?|prio(?:rity)?|level|class|tier|severit(?:y|ies))[-: ]*(?:level )?"
    r"(1|2|3|4|one|two|three|four|i{1,3})\b",
    re.I,
)
MONEY = frozenset({"discount", "fee", "free", "payment_terms", "price_hold", "taxes"})
"""Subjects of almost every clause on money."""
HOURS = "always_or_office_hours"
"""The contrast that is about hours and days of the week."""
_EVERY_HOUR = re.compile(r"\b(?:24|nights?|(?:a)?round the clock|holidays?|all week|seven days|every day)\b")
_GRADES = {"one": "1", "two": "2", "three": "3", "four": "4", "i": "1", "ii": "2", "iii": "3"}
_CRITICAL = re.compile(
    r"\b(?:critical|system (?:is )?down|goes down|business[- ]stopping|urgent|emergenc\w+)\b", re.I
)
_EFFORTS = re.compile(
    r"(?:reasonable|best|diligent) (?:efforts|endeavou?rs)|does not commit|not promised|target|aims? to", re.I
)
_BLANK = re.compile(
    r"none (?:supplied|required|given)|to be (?:supplied|confirmed|determined|provided|agreed)"
    r"|not (?:yet )?supplied|\btbd\b|\bn/a\b|_{3,}",
    re.I,
)


@dataclass(frozen=True)
class Assessment:
    """What a line says of a promise: how their numbers compare, which wordings stand against each other."""

    candidate: Candidate
    comparisons: tuple[Comparison, ...]
    against: tuple[Contrast, ...]
    agrees: tuple[Contrast, ...]
    measures: Measures
    customer: bool
    """Whether the customer promised."""
    term: ContractTerm | None = None
    """The line as a term of the contract: whom it binds, and of which category it is."""
    note: str = ""
    alone: float = 0.0
    """1 where no other line near has the promise's number, 1/2 where one other has it; 0 where it has not."""
    reading: Reading | None = None
    """What reading both together tells; of the most relevant lines alone."""

    @property
    def conflicts(self) -> tuple[Comparison, ...]:
        """The vendor may not promise more than the contract. Nor may the customer promise less, or more: who
        plans with an earlier day cannot demand it."""
        wrong = ("worse", "better") if self.customer else ("better",)
        return tuple(c for c in self.comparisons if c.outcome in wrong)

    @property
    def number_against(self) -> Comparison | None:
        """The number that contradicts; None where none does, or the line rules the thing out altogether."""
        ruled_out = any(c.relation == "excluded" and c.name not in BROAD for c in self.against)
        return None if ruled_out else next(iter(self.conflicts), None)

    @property
    def matches(self) -> tuple[Comparison, ...]:
        """Numbers that the contract grants, the same ones first."""
        kept = [c for c in self.comparisons if c not in self.conflicts]
        return tuple(sorted(kept, key=lambda c: c.outcome != "equal"))


class Looked(NamedTuple):
    """What the contract says of a promise: its nearest lines, and what follows from all of them."""

    lines: Sequence[Assessment]
    verdicts: Verdicts | None = None
    """None where nothing was read."""


@dataclass(frozen=True)
class Setting:
    """The contract that promises are held against: its lines, its day of effect, its defined periods."""

    index: ClauseIndex
    effective: date
    events: Mapping[str, date]
    periods: Mapping[str, Quantity]
    terms: Mapping[tuple[str, str, str], ContractTerm]
    """Terms by source, segment and words."""
    measured: dict[int, Measures] = field(default_factory=dict)
    """The numbers of each line, read once."""
    alone: dict[int, Measures] = field(default_factory=dict)
    """The same without those of the names that a line uses."""
    defined: Mapping[str, Line] = field(default_factory=dict)
    """The lines that define a name."""


def can_decide(promise: PromiseView, line: Line) -> bool:
    """Not so a line of another severity than the promise's, nor a blank to be filled in, nor a time in which
    nothing happens and which the promised days do not touch."""
    days = promise.measures.deadlines
    if _other_grade(promise.whole, line.full) or _BLANK.search(line.full):
        return False
    return not days or not lies_outside(days, line.full)


def assess(promise: PromiseView, candidate: Candidate, setting: Setting) -> Assessment:
    """How the line stands to the promise."""
    text = candidate.line.full
    clause = _measured(candidate.line, setting)
    shared = candidate.shared | (promise.attributes & concepts_of(candidate.line.setting))
    words = frozenset(stems(promise.whole))
    category = promise.commitment.category
    comparisons = [*_held_for(promise, candidate, setting)]
    comparisons = comparisons or compare_measures(promise.measures, clause, shared, category, words)
    opposed, agrees = _contrasts(promise, candidate, setting)
    efforts = _EFFORTS.search(text) and any(c.kind == "date" for c in comparisons)
    note = "the contract states it as a target only" if efforts else ""
    customer = promise.commitment.party == "customer"
    term = setting.terms.get((candidate.line.source, candidate.line.segment.id, candidate.line.text))
    return Assessment(candidate, tuple(comparisons), opposed, agrees, clause, customer, term, note)


def _measured(line: Line, setting: Setting) -> Measures:
    known = setting.measured.get(id(line))
    if known is None:
        known = setting.measured[id(line)] = _with_defined(_alone(line, setting), line, setting)
    return known


def _alone(line: Line, setting: Setting) -> Measures:
    """The numbers that the line itself has."""
    known = setting.alone.get(id(line))
    if known is None:
        known = setting.alone[id(line)] = measure_line(line, setting.effective, setting.events)
    return known


def _with_defined(own: Measures, line: Line, setting: Setting) -> Measures:
    """The numbers of names that the line uses, where it has none of that kind: "the Stabilization Period"."""
    kinds = {dimension(q.quantity.unit) for q in own.quantities}
    for name, definition in _names_in(line, setting):
        theirs = _alone(definition, setting)
        at = max(line.full.find(name), 0)
        more = [
            replace(q, start=at, end=at + len(name))
            for q in theirs.quantities
            if dimension(q.quantity.unit) not in kinds
        ]
        own = replace(own, quantities=(*own.quantities, *more), hours=own.hours or theirs.hours)
    return own


def _names_in(line: Line, setting: Setting) -> list[tuple[str, Line]]:
    """The defined names that a line uses, with the lines that define them."""
    return [(n, d) for n, d in setting.defined.items() if d is not line and n in line.text]


def _held_for(promise: PromiseView, candidate: Candidate, setting: Setting) -> Iterator[Comparison]:
    """A price held for two years against one that is fixed for a First Term of twelve months."""
    if not candidate.shared & HELD:
        return
    text = lowered(candidate.line.full)
    flat = any(c.name == "flat_or_rising" and sides_with(c, text) for c in said(promise.whole))
    if not flat and "discount" not in candidate.shared:
        return
    period = next((q for name, q in sorted(setting.periods.items()) if name in text), None)
    promised = [q.quantity for q in promise.measures.quantities if q.quantity.unit in ("month", "year")]
    if period is None or not promised:
        return
    outcome = compare(promised[0], period, "higher")
    yield Comparison(outcome or "equal", describe(promised[0]), describe(period), "time")


def _other_grade(promise: str, clause: str) -> bool:
    """The promise is about priority 1 and the line about priority 2."""
    wanted, given = _grades(promise), _grades(clause)
    return bool(wanted and given and not wanted & given)


def _grades(text: str) -> frozenset[str]:
    found = {_GRADES.get(g.lower(), g) for g in SEVERITY.findall(text)}
    return frozenset(found | ({"1"} if _CRITICAL.search(text) else set()))


def _contrasts(
    promise: PromiseView, candidate: Candidate, setting: Setting
) -> tuple[tuple[Contrast, ...], tuple[Contrast, ...]]:
    """The contrasts of which the promise states one side and the line the other; those where both agree."""
    subjects = concepts_of(candidate.line.setting)
    days = _same_days(promise, candidate.line, setting)
    against_it, agree = [], []
    for contrast in said(promise.whole):
        if contrast.needs and not contrast.needs & subjects:
            continue
        if sides_with(contrast, candidate.line.full) or (days and contrast.name == HOURS):
            agree.append(contrast)
        elif (
            against(contrast, candidate.line.full)
            and not _excepted(promise, candidate.line.full)
            and _same_thing(contrast, promise, candidate.line)
        ):
            against_it.append(contrast)
    return tuple(against_it), tuple(agree)


def _same_thing(contrast: Contrast, promise: PromiseView, line: Line) -> bool:
    """Both are about one thing beside the contrast's own words: what was to be free is what costs."""
    if contrast.same is None:
        return True
    if (promise.subjects & subjects_in(line.setting)) - MONEY:
        return True
    texts = (contrast.same.sub(" ", lowered(text)) for text in (promise.whole, line.setting))
    left, right = (frozenset(stems(text)) for text in texts)
    return any(not word[0].isdigit() for word in left & right)


def _same_days(promise: PromiseView, line: Line, setting: Setting) -> bool:
    """Nights or weekends are not promised, only Saturdays or Sundays, and the line has just those."""
    said = lowered(promise.whole)
    wanted = [d for d in ("saturday", "sunday") if d in said]
    if not wanted or _EVERY_HOUR.search(said):
        return False
    given = lowered(" ".join([line.full, *(d.full for _, d in _names_in(line, setting))]))
    return all(re.search(rf"\b(?:to|through|and|on|until|-|–) {d}", given) for d in wanted)


def _excepted(promise: PromiseView, clause: str) -> bool:
    """The clause makes an exception for just what was promised: "other than for Classroom Days"."""
    return any(
        set(stems(m[1])) & set(stems(promise.whole)) or subjects_in(m[1]) & promise.subjects
        for m in _EXCEPTION.finditer(lowered(clause))
    )
