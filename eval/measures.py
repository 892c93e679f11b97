"""Measures: what is counted of items, and how the counts become one number with its n and its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.packet import Noun
from eval.intervals import Array, interval
from eval.items import CaseResult, Item

VERDICTS = ("covered", "contradicted", "not_in_contract", "vague", "withdrawn")


class Measured(Noun):
    """A score: between 0 and 1, out of n decisions on so many deals."""

    value: float
    n: int
    deals: int
    low: float | None = None
    high: float | None = None
    """95 % interval by bootstrap over deals; None with one deal."""


@dataclass(frozen=True)
class Measure:
    """One row of every report. `counts` of one deal's items add up; `value` of their sum is the score."""

    id: str
    label: str
    what: str
    scores: tuple[str, ...]
    """The scorers whose items it is made of."""
    counts: Callable[[Iterable[Item]], list[float]]
    value: Callable[[Array], Array]


def _rate(items: Iterable[Item]) -> list[float]:
    rows = list(items)
    return [sum(i.count for i in rows if i.right), sum(i.count for i in rows)]


def _overlap(items: Iterable[Item]) -> list[float]:
    """Found and right twice, then wanted and found together: F1 by its two halves."""
    rows = list(items)
    return [2 * sum(i.right for i in rows if i.score == "recall"), len(rows)]


def _labels(items: Iterable[Item]) -> list[float]:
    """Of each verdict: right; wanted and given together."""
    rows = list(items)
    counts: list[float] = []
    for verdict in VERDICTS:
        sides = [(i.gold == verdict) + (i.got == verdict) for i in rows]
        counts += [sides.count(2), sum(sides)]
    return counts


def _ratio(sums: Array) -> Array:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(sums[:, 0] / sums[:, 1])


def _macro_f1(sums: Array) -> Array:
    """Mean of F1 over the verdicts that occur."""
    with np.errstate(invalid="ignore", divide="ignore"):
        each = 2 * sums[:, 0::2] / sums[:, 1::2]
    known = ~np.isnan(each)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(known, each, 0).sum(axis=1) / known.sum(axis=1))


def _f1_of(verdict: str) -> Callable[[Array], Array]:
    at = 2 * VERDICTS.index(verdict)
    return lambda sums: _ratio(sums[:, at : at + 2] * np.array([2.0, 1.0]))


def _rated(score: str, label: str, what: str) -> Measure:
    return Measure(score, label, what, (score,), _rate, _ratio)


MEASURES: tuple[Measure, ...] = (
    _rated("recall", "Promises found", "of the promises in the answers"),
    _rated("precision", "Found ones are promises", "of the promises in the packets"),
    Measure("promise_f1", "Promises, F1", "of both", ("recall", "precision"), _overlap, _ratio),
    _rated("traps", "Traps left alone", "of what sounds like a promise and is none"),
    _rated("verdicts", "Verdicts right", "of the promises found"),
    Measure(
        "verdict_macro_f1", "Verdicts, macro F1", "mean over the verdicts", ("verdicts",), _labels, _macro_f1
    ),
    Measure(
        "contradicted_f1", "Contradicted, F1", "of that verdict alone", ("verdicts",), _labels,
        _f1_of("contradicted"),
    ),
    _rated("clauses", "Clause found", "of the promises found that have a clause"),
    _rated("fields", "Fields stated right", "of the fields that a source states"),
    _rated("absent", "Absent kept absent", "of the fields that no source states; the rest is invention"),
    _rated("stakeholders", "Stakeholders found", "of the stakeholders in the answers"),
    _rated("roles", "Roles right", "of the same people"),
    _rated("categories", "Missing categories", "of those missing by answers or packet"),
    _rated("preconditions", "Preconditions right", "signature, payment terms and red flags a deal"),
    _rated("findings", "Needed findings raised", "of what a reviewer has to be asked"),
    _rated("conflicts", "Conflicts shown", "of the conflicts in the answers"),
    _rated("quotes", "Quotes verbatim", "of all places quoted"),
)  # fmt: skip
"""In the order in which reports show them."""
BY_ID = {measure.id: measure for measure in MEASURES}


def measure(one: Measure, results: Sequence[CaseResult], tag: str | None = None) -> Measured | None:
    """The measure over the deals; with `tag` only of items (or whole deals) in that slice. None without."""
    rows: dict[str, Array] = {}
    n = 0
    for result in results:
        mine = (i for i in result.items if i.score in one.scores)
        items = [i for i in mine if tag is None or in_slice(i, result, tag)]
        if items:
            n += sum(item.count for item in items)
            rows[result.case] = rows.get(result.case, np.zeros(1)) + np.array(one.counts(items))
    if not rows:
        return None
    counts = np.array([rows[case] for case in sorted(rows)])
    value = float(one.value(counts.sum(axis=0, keepdims=True))[0])
    low, high = interval(counts, one.value) or (None, None)
    return Measured(value=round(value, 4), n=n, deals=len(counts), low=low, high=high)


def measure_all(results: Sequence[CaseResult], tag: str | None = None) -> dict[str, Measured]:
    """Every measure that has items, by its id, in the order of MEASURES."""
    found = {one.id: measure(one, results, tag) for one in MEASURES}
    return {name: measured for name, measured in found.items() if measured is not None}


def in_slice(item: Item, result: CaseResult, tag: str) -> bool:
    """Whether the item, or the deal as a whole, bears the tag."""
    return tag in item.tags or tag in result.tags


def tags(results: Sequence[CaseResult]) -> list[str]:
    """Every slice, sorted."""
    return sorted({t for r in results for t in (*r.tags, *(t for i in r.items for t in i.tags))})
