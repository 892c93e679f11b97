"""Intervals: how far a score could lie off, had other deals of the same kind been answered.

Deals are drawn, not promises: what one rep says in one call goes right or wrong together. The seed is fixed,
so the same items always give the same interval.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
DRAWS = 2000
SEED = 20260118
CONFIDENCE = 0.95


def interval(counts: Array, value: Callable[[Array], Array]) -> tuple[float, float] | None:
    """The 95 % bootstrap interval of value(sum of counts); `counts` has a row a deal.

    `value` takes summed counts, a row a draw, and gives a number a row (nan where there is none). None with
    fewer than two deals: one deal tells nothing about others.
    """
    if len(counts) < 2:
        return None
    values = value(draws(len(counts)) @ counts)
    return bounds(values)


@cache
def draws(deals: int) -> Array:
    """How often each deal is drawn, a row a draw; the same for every score over as many deals."""
    chance = random.Random(SEED)
    drawn = np.zeros((DRAWS, deals))
    for row in drawn:
        for _ in range(deals):
            row[int(chance.random() * deals)] += 1
    return drawn


def bounds(values: Array) -> tuple[float, float] | None:
    """The middle 95 % of the values that are numbers."""
    known = np.sort(values[~np.isnan(values)])
    if len(known) == 0:
        return None
    cut = int(len(known) * (1 - CONFIDENCE) / 2)
    return round(float(known[cut]), 4), round(float(known[len(known) - 1 - cut]), 4)
