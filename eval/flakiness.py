"""Flakiness: how much of a score is chance, seen by drafting each deal several times."""

from __future__ import annotations

from collections import defaultdict

from assistant.packet import Noun
from eval.measures import MEASURES, measure
from eval.runs import Run


class Flaky(Noun):
    """One score over the attempts of a run."""

    measure: str
    low: float
    high: float
    """Worst and best attempt."""
    unsteady: int
    """Items that were right in some attempts only, or there in some only."""
    n: int


def flakiness(run: Run) -> list[Flaky]:
    """A row a score; empty when each deal was drafted once."""
    attempts = sorted({c.attempt for c in run.cases})
    if len(attempts) < 2:
        return []
    rows = []
    for one in MEASURES:
        values = [m.value for a in attempts if (m := measure(one, [c for c in run.cases if c.attempt == a]))]
        if values:
            unsteady, n = _unsteady(run, one.scores, len(attempts))
            rows.append(Flaky(measure=one.id, low=min(values), high=max(values), unsteady=unsteady, n=n))
    return rows


def _unsteady(run: Run, scores: tuple[str, ...], attempts: int) -> tuple[int, int]:
    outcomes: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    for case in run.cases:
        for item in case.items:
            if item.score in scores:
                outcomes[case.case, item.score, item.id].append(item.right)
    mixed = sum(len(set(o)) > 1 or len(o) < attempts for o in outcomes.values())
    return mixed, len(outcomes)
