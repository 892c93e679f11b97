"""What a promise's own meaning makes likely before any clause is read: goodwill, a favour, a usual clause."""

from __future__ import annotations

import math
from collections.abc import Mapping

from assistant.readers.embedded.promise_view import PromiseView

LEAST_ODDS = -6.0
"""Log-probability below which one class is as unlikely as another."""
BIAS = "bias"


def leanings(promise: PromiseView, weights: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Per class its log-probability ("leans vague"), by weights of the meaning's dimensions; empty without.

    "You'll sleep at night" is goodwill in whatever words, and who comes along himself does so unwritten.
    """
    meaning = promise.meaning
    if not meaning or not weights:
        return {}
    scores = {
        name: row.get(BIAS, 0.0) + sum(w * meaning[int(at)] for at, w in row.items() if at != BIAS)
        for name, row in weights.items()
    }
    highest = max(scores.values())
    total = highest + math.log(sum(math.exp(v - highest) for v in scores.values()))
    return {f"leans {name}": max(v - total, LEAST_ODDS) for name, v in scores.items()}
