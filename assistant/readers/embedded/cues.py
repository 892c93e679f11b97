"""Cues: what in a sentence speaks for or against its being a commitment, and how much."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from assistant.packet import Side

BIAS = -3.4
"""Log-odds of a sentence about which nothing is known: most sentences are no promises."""
WEIGHTS_FILE = Path(str(files("assistant.readers.embedded").joinpath("data", "cue_weights.json")))
"""Weights fitted by `python -m eval.fit_cues` around the hand-set ones."""


@dataclass(frozen=True)
class Cue:
    """A named set of patterns with its weight in log-odds, by who speaks."""

    name: str
    patterns: tuple[re.Pattern[str], ...]
    weight: float
    customer: float

    def weigh(self, side: Side) -> float:
        """What the cue is worth when that side speaks."""
        return self.customer if side == "customer" else self.weight


@cache
def load_cues() -> tuple[Cue, ...]:
    """The cues of data/cues.toml, in file order."""
    rows = tomllib.loads(_data("cues.toml"))
    return tuple(
        Cue(name, _compiled(row["patterns"]), row["weight"], row.get("customer", row["weight"]))
        for name, row in rows.items()
    )


@cache
def load_acts() -> dict[str, tuple[re.Pattern[str], ...]]:
    """The dialogue acts of data/acts.toml: name -> patterns."""
    return {name: _compiled(row["patterns"]) for name, row in tomllib.loads(_data("acts.toml")).items()}


def is_act(name: str, plain: str) -> bool:
    """Whether a plain sentence performs that act."""
    return any(p.search(plain) for p in load_acts()[name])


def cues_in(plain: str) -> frozenset[str]:
    """Names of the cues whose patterns occur in a plain sentence."""
    return frozenset(c.name for c in load_cues() if any(p.search(plain) for p in c.patterns))


def likelihood(cues: Iterable[str], side: Side) -> float:
    """Probability, 0 to 1, that a sentence with these cues commits its speaker."""
    weights = load_weights()[side]
    odds = weights["bias"] + sum(weights[c] for c in cues)
    return 1 / (1 + math.exp(-odds))


@cache
def load_weights() -> dict[Side, dict[str, float]]:
    """Log-odds of every cue and of the "bias" by side: fitted where that was done, else as set by hand."""
    sides: tuple[Side, Side] = ("vendor", "customer")
    fitted = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8")) if WEIGHTS_FILE.is_file() else {}
    return {
        side: {"bias": BIAS} | {c.name: c.weigh(side) for c in load_cues()} | fitted.get(side, {})
        for side in sides
    }


def _compiled(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in patterns)


def _data(name: str) -> str:
    return files("assistant.readers.embedded").joinpath("data", name).read_text(encoding="utf-8")
