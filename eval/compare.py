"""Two runs, held against each other case by case and item by item: better, worse, or no difference shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import comb
from typing import Literal

import numpy as np

from assistant.packet import Noun
from eval.intervals import Array, bounds, draws
from eval.items import CaseResult, Item
from eval.measures import MEASURES, Measure
from eval.runs import Run

ALPHA = 0.05
PAIRED_BY_GOLD = frozenset(
    "recall traps verdicts clauses fields absent stakeholders roles preconditions findings conflicts".split()
)
"""Scores whose items are the answers' own, so that each has its counterpart in the other run."""
Outcome = Literal["better", "worse", "no difference shown"]


class Turned(Noun):
    """One item that was right in one run and wrong in the other."""

    case: str
    score: str
    id: str
    now_right: bool
    note: str = ""
    """What is (or was) wrong with it; empty for test deals."""


class Difference(Noun):
    """One score in both runs, over the deals that both have."""

    measure: str
    before: float
    after: float
    n: int
    """Items that stand in both runs; items of either where they have no counterpart."""
    turned_right: int = 0
    turned_wrong: int = 0
    p: float | None = None
    """Exact McNemar over the items that turned; None where items do not pair."""
    low: float | None = None
    high: float | None = None
    """95 % interval of after - before, paired bootstrap over deals."""
    outcome: Outcome


class Comparison(Noun):
    """What changed between two runs. Deals whose files changed in between are set aside."""

    before: str
    after: str
    deals: tuple[str, ...]
    set_aside: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    turned: tuple[Turned, ...] = ()


def compare(before: Run, after: Run) -> Comparison:
    """Every score of both runs, on the deals that both drafted from the same files."""
    old, new = _first(before), _first(after)
    same = sorted(c for c in old if c in new and old[c].fingerprint == new[c].fingerprint)
    pairs = [(old[case], new[case]) for case in same]
    rows = [row for one in MEASURES if (row := _difference(one, pairs))]
    return Comparison(
        before=before.name, after=after.name, deals=tuple(same),
        set_aside=tuple(sorted((set(old) | set(new)) - set(same))),
        differences=tuple(rows), turned=tuple(t for old_, new_ in pairs for t in _turned(old_, new_)),
    )  # fmt: skip


def mcnemar(turned_right: int, turned_wrong: int) -> float:
    """Two-sided exact p: how likely so uneven a split of the turned items is by chance alone."""
    n, few = turned_right + turned_wrong, min(turned_right, turned_wrong)
    return min(1.0, 2.0 * sum(comb(n, k) for k in range(few + 1)) / float(2**n))


def _first(run: Run) -> dict[str, CaseResult]:
    """The first attempt of each deal; flakiness is measured elsewhere."""
    return {c.case: c for c in sorted(run.cases, key=lambda c: -c.attempt)}


def _difference(one: Measure, pairs: Sequence[tuple[CaseResult, CaseResult]]) -> Difference | None:
    sides = [(_of(one, old), _of(one, new)) for old, new in pairs]
    sides = [(a, b) for a, b in sides if a or b]
    if not sides:
        return None
    left, right = (np.array([one.counts(side[i]) for side in sides]) for i in (0, 1))
    before, after = (float(one.value(c.sum(axis=0, keepdims=True))[0]) for c in (left, right))
    if np.isnan(before) or np.isnan(after):
        return None
    limits = _limits(one, left, right)
    turned = [t for a, b in sides for t in _flips(a, b)] if set(one.scores) <= PAIRED_BY_GOLD else []
    paired = len(one.scores) == 1 and one.id in PAIRED_BY_GOLD
    ups, downs = sum(now for _, now in turned), sum(not now for _, now in turned)
    p = mcnemar(ups, downs) if paired else None
    return Difference(
        measure=one.id, before=round(before, 4), after=round(after, 4),
        n=sum(len(_shared(a, b)) if paired else max(len(a), len(b)) for a, b in sides),
        turned_right=ups if paired else 0, turned_wrong=downs if paired else 0,
        p=None if p is None else round(p, 4), low=limits[0] if limits else None,
        high=limits[1] if limits else None, outcome=_outcome(after - before, p, limits),
    )  # fmt: skip


def _outcome(change: float, p: float | None, limits: tuple[float, float] | None) -> Outcome:
    """A difference must be shown by the items that turned, where they pair, and over the deals."""
    by_items = p is None or p < ALPHA
    by_deals = limits is None or limits[0] > 0 or limits[1] < 0
    if not (by_items and by_deals) or change == 0 or (p is None and limits is None):
        return "no difference shown"
    return "better" if change > 0 else "worse"


def _limits(one: Measure, left: Array, right: Array) -> tuple[float, float] | None:
    if len(left) < 2:
        return None
    weights = draws(len(left))
    return bounds(one.value(weights @ right) - one.value(weights @ left))


def _of(one: Measure, result: CaseResult) -> list[Item]:
    return [item for item in result.items if item.score in one.scores]


def _shared(old: Iterable[Item], new: Iterable[Item]) -> set[str]:
    return {i.id for i in old} & {i.id for i in new}


def _flips(old: Sequence[Item], new: Sequence[Item]) -> Iterator[tuple[Item, bool]]:
    """Items that turned, each with whether it is right now; the item tells what is or was wrong."""
    before = {(i.score, i.id): i for i in old}
    for item in new:
        then = before.get((item.score, item.id))
        if then is not None and then.right != item.right:
            yield (then if item.right else item), item.right


def _turned(old: CaseResult, new: CaseResult) -> Iterator[Turned]:
    for item, now_right in _flips(old.items, new.items):
        if item.score in PAIRED_BY_GOLD:
            note = "" if "test" in (old.split, new.split) else item.note
            yield Turned(case=new.case, score=item.score, id=item.id, now_right=now_right, note=note)
