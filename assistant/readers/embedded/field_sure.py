"""How likely a path's best value is one, by weights that `python -m eval.train_sure` learnt.

Among weak candidates the best one wins; whether it is good enough to be shown depends on what speaks for it,
on how easily the path is mistaken, and on how much the deal tells.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

SURE_FILE = Path(str(files("assistant.readers.embedded").joinpath("data", "field_sure.json")))
SIGNS = ("words", "meaning", "unread", "points", "contract", "asked", "values", "talk")
"""What is weighed, in the order of `Signs.figures`."""
LEAST_WORDS, MOST_WORDS = -8.0, 4.0
LEAST_MEANING, MOST_MEANING = -9.0, 6.0
MOST_VALUES = 3
LEAST_TALK = 500
"""Words of the shortest talk that was learnt from; a shorter one counts as that."""


@dataclass(frozen=True)
class Signs:
    """What speaks for the best value of a path."""

    words: float
    """Log-odds of its words (field_likelihood)."""
    meaning: float | None
    """Score of its meaning (summary_fuller); None where that was not looked at."""
    points: float
    """Points of the path's patterns."""
    contract: bool
    asked: bool
    """It answers a question."""
    values: int
    """Values that the path would have."""
    talk: int
    """Words of all conversations of the deal."""

    def figures(self) -> tuple[float, ...]:
        """One figure for each of SIGNS."""
        return (
            min(MOST_WORDS, max(LEAST_WORDS, self.words)),
            0.0 if self.meaning is None else min(MOST_MEANING, max(LEAST_MEANING, self.meaning)),
            float(self.meaning is None),
            self.points,
            float(self.contract),
            float(self.asked),
            float(min(MOST_VALUES, self.values)),
            math.log(max(LEAST_TALK, self.talk)),
        )


def sureness(path: str, signs: Signs) -> float:
    """Likelihood that the value states the path, from 0 to 1."""
    learnt = load_sure()
    odds = learnt["bias"][""] + learnt["path"].get(path, 0.0)
    odds += sum(learnt["sign"][n] * f for n, f in zip(SIGNS, signs.figures(), strict=True))
    return 1 / (1 + math.exp(-odds))


@cache
def load_sure() -> Mapping[str, Mapping[str, float]]:
    """The weights: "sign" by SIGNS, "path" by path, "bias" for all."""
    learnt: Mapping[str, Mapping[str, float]] = json.loads(SURE_FILE.read_text(encoding="utf-8"))
    return learnt


def write_sure(
    signs: Sequence[float], paths: Mapping[str, float], bias: float, file: Path = SURE_FILE
) -> None:
    """The weights as JSON, in thousandths."""
    table = {
        "bias": {"": round(bias, 3)},
        "sign": {name: round(w, 3) for name, w in zip(SIGNS, signs, strict=True)},
        "path": {path: round(w, 3) for path, w in sorted(paths.items())},
    }
    file.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
