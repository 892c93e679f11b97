"""From what speaks for and against, to a verdict, by the weights that `python -m eval.train_judge` learnt."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from assistant.readers.embedded.assess import BROAD, Assessment, Looked
from assistant.readers.embedded.leaning import BIAS, LEAST_ODDS, leanings
from assistant.readers.embedded.promise_view import PromiseView
from assistant.readers.embedded.signals import Signals, deal_signals, line_signals

WEIGHTS_FILE = Path(str(files("assistant.readers.embedded").joinpath("data", "judge_weights.json")))
MOST_ODDS = 30.0
Weights = Mapping[str, Mapping[str, float]]
"""Class -> signal -> log-odds."""


@dataclass(frozen=True)
class Decision:
    """A verdict and the line that gives it; None where it is that no line speaks of the promise."""

    verdict: str
    why: Assessment | None


def decide(promise: PromiseView, looked: Looked, weights: Mapping[str, Weights]) -> Decision:
    """The likeliest verdict; of the lines the one that most supports or opposes the promise."""
    return decide_by([line_signals(promise, a) for a in looked.lines], promise, looked, weights)


def decide_by(
    signals: Sequence[Signals], promise: PromiseView, looked: Looked, weights: Mapping[str, Weights]
) -> Decision:
    """The same where the signals of each line are known."""
    odds = [line_odds(told, weights) for told in signals]
    scores = score(promise_signals(promise, looked, odds, weights), weights["promise"])
    verdict = min(scores, key=lambda v: (-scores[v], v))
    if verdict not in ("covered", "contradicted") or not looked.lines:
        return Decision(verdict if looked.lines or verdict == "vague" else "not_in_contract", None)
    why = _best_line(looked.lines, odds, verdict)
    return Decision("contradicted" if _plainly_against(why) else verdict, why)


def promise_signals(
    promise: PromiseView,
    looked: Looked,
    odds: Sequence[tuple[float, float]],
    weights: Mapping[str, Weights],
) -> Signals:
    """What the last step weighs: all lines with their odds, what follows when they are read together, and
    how the promise's own meaning leans."""
    read = looked.verdicts._asdict() if looked.verdicts else {}
    told = {f"read {name}": max(value, LEAST_ODDS) for name, value in read.items()}
    leans = leanings(promise, weights.get("words", {}))
    return {**deal_signals(promise, looked.lines, odds), **told, **leans}


def _best_line(
    assessments: Sequence[Assessment], odds: Sequence[tuple[float, float]], verdict: str
) -> Assessment:
    """The line that most supports (covered) or opposes (contradicted) the promise; the first of equals."""
    side = 0 if verdict == "covered" else 1
    return assessments[max(range(len(assessments)), key=lambda i: (odds[i][side], -i))]


def _plainly_against(why: Assessment) -> bool:
    """Arithmetic and opposite wordings overrule the odds: ten is more than six, weekends are not weekdays."""
    numbers = any(c.told for c in why.conflicts)
    worded = any(c.name not in BROAD for c in why.against) and not why.agrees
    return numbers or worded


def line_odds(signals: Signals, weights: Mapping[str, Weights]) -> tuple[float, float]:
    """Log-odds of a line's deciding the promise, once by supporting and once by opposing it."""
    decides = _lead(score(signals, weights["line"]), "decides", "neither")
    opposes = _lead(score(signals, weights["side"]), "opposes", "supports")
    return decides + _log_share(-opposes), decides + _log_share(opposes)


def _lead(scores: Mapping[str, float], one: str, other: str) -> float:
    return scores[one] - scores[other]


def _log_share(odds: float) -> float:
    """Logarithm of the probability that has these log-odds."""
    return -math.log1p(math.exp(-max(odds, -MOST_ODDS)))


def score(signals: Signals, weights: Weights) -> dict[str, float]:
    """Every class's score: bias plus weighted signals."""
    return {
        name: row.get(BIAS, 0.0) + sum(row.get(k, 0.0) * v for k, v in signals.items())
        for name, row in weights.items()
    }


@cache
def load_weights() -> Mapping[str, Weights]:
    """The steps' weights: "line" (does it decide), "side" (for or against), "words" (what the promise's own
    meaning makes likely, by dimension), "promise" (the verdict, from the other three).
    """
    loaded: dict[str, Weights] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return loaded
