"""One promise against one line of the contract: do they conflict, agree, or say nothing of each other?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.evidence.units import compare, describe
from assistant.packet import DecidedBy, Quantity, Relation
from assistant.readers.embedded.concepts import concepts_of, subjects_in
from assistant.readers.embedded.contrasts import against, lowered, said, sides_with
from assistant.readers.embedded.measures import Comparison, Measures, compare_measures, measure_line
from assistant.readers.embedded.promise_view import PromiseView
from assistant.readers.embedded.retrieval import Candidate, ClauseIndex
from assistant.readers.embedded.subjects import stems

HELD = frozenset({"price_hold", "discount"})
"""Subjects for which the length of a defined term is what counts."""
EQUAL_BONUS = 0.15
NEGATIVE = re.compile(
    r"\b(?:not|cannot|neither|nor|no (?:right|obligation|undertaking|longer|liability)"
    r"|excluded|excluding|without prejudice)\b|n't\b"
)
_FORBIDS = re.compile(r"(?:no|neither|nothing|except)\b", re.I)
_EXCEPTION = re.compile(
    r"\b(?:other than|except(?:ing)?(?: for)?|save for|apart from|with the exception of)\s+([^,;.]+)"
)
FOREIGN = 0.20
"""How much a line loses when everything it is about is foreign to the promise."""
NUMBER_FLOOR = 0.42
"""Least relevance at which two numbers are taken to count the same thing."""
SURE, SURE_COSINE = 0.75, 0.50
"""Where a line is this near, numbers are compared also when no shared subject says how."""
CONTRAST_FLOOR = 0.42
BROAD_FLOOR = 0.55
BROAD = frozenset({"built_or_not", "all_or_some", "firm_or_efforts"})
"""Contrasts whose words are so common that the line must clearly be about the promise's subject."""
SEVERITY = re.compile(
    r"\b(?:p|sev(?:erity)?|prio(?:rity)?|level|class|tier)[- ]?(?:level )?"
    r"(1|2|3|4|one|two|three|four|i{1,3})\b",
    re.I,
)
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
    """What a line says of a promise."""

    kind: Literal["conflict", "match", "related"]
    candidate: Candidate
    strength: float
    """Relevance, raised or lowered by how plain the reason is."""
    relation: Relation | None = None
    decided_by: DecidedBy = "reader"
    reason: str = ""
    comparison: Comparison | None = None


@dataclass(frozen=True)
class Setting:
    """The contract that promises are held against: its lines, its day of effect, its defined periods."""

    index: ClauseIndex
    effective: date
    events: Mapping[str, date]
    periods: Mapping[str, Quantity]


def assess(promise: PromiseView, candidate: Candidate, setting: Setting) -> list[Assessment]:
    """Every reason for which the line conflicts with or agrees to the promise; [] where it can do neither."""
    text = candidate.line.full
    if _other_grade(promise.whole, text) or _BLANK.search(text):
        return []
    clause = measure_line(candidate.line, setting.effective, setting.events)
    held = _held_for(promise, candidate, setting)
    found = [*held, *_by_numbers(promise, candidate, clause), *_by_contrast(promise, candidate)]
    if found:
        return found
    if NEGATIVE.search(lowered(text)) and not NEGATIVE.search(lowered(promise.words)):
        return []
    return [Assessment("related", candidate, candidate.relevance)]


def _held_for(promise: PromiseView, candidate: Candidate, setting: Setting) -> Iterator[Assessment]:
    """A price held for two years against one that is fixed for a First Term of twelve months."""
    if not (candidate.shared & HELD) or max(candidate.relevance, candidate.peak) < NUMBER_FLOOR:
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
    result = Comparison(outcome or "equal", describe(promised[0]), describe(period), "number")
    if outcome == "better":
        yield Assessment(
            "conflict", candidate, candidate.relevance, "exceeds_contract", "numbers", "", result
        )
    else:
        yield Assessment("match", candidate, candidate.relevance + EQUAL_BONUS, None, "numbers", "", result)


def _other_grade(promise: str, clause: str) -> bool:
    """The promise is about priority 1 and the line about priority 2."""
    wanted, given = _grades(promise), _grades(clause)
    return bool(wanted and given and not wanted & given)


def _grades(text: str) -> frozenset[str]:
    found = {_GRADES.get(g.lower(), g) for g in SEVERITY.findall(text)}
    return frozenset(found | ({"1"} if _CRITICAL.search(text) else set()))


def _by_numbers(promise: PromiseView, candidate: Candidate, clause: Measures) -> Iterator[Assessment]:
    if max(candidate.relevance, candidate.peak) < NUMBER_FLOOR:
        return
    shared = candidate.shared | (promise.attributes & concepts_of(candidate.line.setting))
    category = promise.commitment.category
    if _FORBIDS.match(candidate.line.text):
        return
    sure = candidate.relevance >= SURE or candidate.cosine >= SURE_COSINE
    results = compare_measures(promise.measures, clause, shared, category, sure)
    if not results:
        return
    worst = next((r for r in results if _conflicts(promise, r)), None)
    if worst:
        relation: Relation = "below_contract" if worst.outcome == "worse" else "exceeds_contract"
        yield Assessment("conflict", candidate, candidate.relevance, relation, "numbers", "", worst)
        return
    efforts = _EFFORTS.search(candidate.line.full)
    note = "the contract states it as a target only" if efforts and results[0].kind == "date" else ""
    equal = next((r for r in results if r.outcome == "equal"), results[0])
    bonus = EQUAL_BONUS if equal.outcome == "equal" else 0.0
    yield Assessment("match", candidate, candidate.relevance + bonus, None, "numbers", note, equal)


def _conflicts(promise: PromiseView, result: Comparison) -> bool:
    """The vendor may not promise more than the contract, nor the customer less."""
    return result.outcome == ("worse" if promise.commitment.party == "customer" else "better")


def _by_contrast(promise: PromiseView, candidate: Candidate) -> Iterator[Assessment]:
    subjects = concepts_of(candidate.line.setting)
    overlap = set(stems(promise.whole)) & set(stems(candidate.line.full))
    for contrast in said(promise.whole):
        broad = contrast.name in BROAD
        if contrast.needs and not contrast.needs & subjects:
            continue
        if candidate.relevance < (BROAD_FLOOR if broad else CONTRAST_FLOOR):
            continue
        if sides_with(contrast, candidate.line.full):
            yield Assessment("match", candidate, candidate.relevance, None, "reader", "")
            continue
        words = against(contrast, candidate.line.full)
        if words is None or (broad and not overlap) or _excepted(promise, candidate.line.full):
            continue
        strength = candidate.relevance - (0.1 if broad else 0.0) - FOREIGN * _foreign(promise, candidate)
        yield Assessment("conflict", candidate, strength, contrast.relation, "rule", contrast.plain)


def _excepted(promise: PromiseView, clause: str) -> bool:
    """The clause makes an exception for just what was promised: "other than for Classroom Days"."""
    return any(
        set(stems(m[1])) & set(stems(promise.whole)) or subjects_in(m[1]) & promise.subjects
        for m in _EXCEPTION.finditer(lowered(clause))
    )


def _foreign(promise: PromiseView, candidate: Candidate) -> float:
    """Share of the subjects of the line's own words that the promise does not touch."""
    subjects = subjects_in(candidate.line.text)
    return len(subjects - promise.subjects) / len(subjects) if subjects else 0.0
