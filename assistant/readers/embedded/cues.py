"""Cues: what in a sentence speaks for or against its being a commitment, and how much."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from assistant.packet import Side

PRIOR_LIMIT = 6.0


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
        Cue(name, _joined(row["patterns"]), row["weight"], row.get("customer", row["weight"]))
        for name, row in rows.items()
    )


@cache
def load_acts() -> dict[str, tuple[re.Pattern[str], ...]]:
    """The dialogue acts of data/acts.toml: name -> patterns."""
    return {name: _compiled(row["patterns"]) for name, row in tomllib.loads(_data("acts.toml")).items()}


def is_act(name: str, plain: str) -> bool:
    """Whether a plain sentence performs that act."""
    return any(p.search(plain) for p in load_acts()[name])


@lru_cache(maxsize=20_000)
def cues_in(plain: str) -> frozenset[str]:
    """Names of the cues whose patterns occur in a plain sentence."""
    return frozenset([c.name for c in load_cues() for p in c.patterns if p.search(plain)])


def prior(cues: Iterable[str], side: Side) -> float:
    """What the hand-set weights say of a sentence with these cues, in log-odds, within PRIOR_LIMIT."""
    weights = _weights(side)
    total = sum(weights.get(c, 0.0) for c in sorted(cues))
    return max(-PRIOR_LIMIT, min(PRIOR_LIMIT, total))


@cache
def _weights(side: Side) -> dict[str, float]:
    return {c.name: c.weigh(side) for c in load_cues()}


def _joined(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """One pattern that is found where any of them is; none for none.

    The word's edge with which nearly all begin is looked for once for all of them: that halves the time.
    """
    edged = [p[2:] for p in patterns if p.startswith(r"\b")]
    others = [p for p in patterns if not p.startswith(r"\b")]
    return _compiled(
        ["|".join([*([rf"\b(?:{'|'.join(edged)})"] if edged else []), *others])] if patterns else []
    )


def _compiled(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in patterns)


def _data(name: str) -> str:
    return files("assistant.readers.embedded").joinpath("data", name).read_text(encoding="utf-8")
