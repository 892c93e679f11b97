"""What a promise or a clause is about, whichever of the two vocabularies it uses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.evidence.units import CURRENCY_CODES, Better, dimension
from assistant.readers.embedded.beginnings import Beginnings

DIMENSIONS = ("time", "money", "percent", "count")


@dataclass(frozen=True)
class Concept:
    """One subject: its words as one pattern, and which direction is better for each dimension of number."""

    name: str
    words: re.Pattern[str]
    better: Mapping[str, Better]
    subject: bool = True
    """False for attributes (free of charge, volume) that make no two texts alike."""


@cache
def concepts() -> Mapping[str, Concept]:
    """The concepts of data/concepts.toml by name."""
    return {
        name: Concept(
            name,
            re.compile(rf"(?<![\w-])(?:{'|'.join(row['words'])})(?![\w])"),
            {d: row[d] for d in DIMENSIONS if d in row},
            row.get("subject", True),
        )
        for name, row in _rows().items()
    }


@cache
def _rows() -> Mapping[str, Mapping[str, Any]]:
    text = files("assistant.readers.embedded").joinpath("data", "concepts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _beginnings() -> Beginnings:
    return Beginnings({name: row["words"] for name, row in _rows().items()})


@cache
def concepts_of(text: str) -> frozenset[str]:
    """Names of the concepts that a text touches."""
    lowered = text.lower().replace("’", "'")
    known = concepts()
    return frozenset(name for name in _beginnings().possible(lowered) if known[name].words.search(lowered))


@cache
def subjects_in(text: str) -> frozenset[str]:
    """The concepts of a text that can make it alike to another."""
    return frozenset(n for n in concepts_of(text) if concepts()[n].subject)


def better_of(names: frozenset[str], unit: str) -> Better | None:
    """Which direction of a number of that unit is better, by the concepts; None when they do not agree."""
    found = directions(names, unit)
    return next(iter(found)) if len(found) == 1 else None


def directions(names: frozenset[str], unit: str) -> frozenset[Better]:
    """Every direction that one of the concepts gives to numbers of that unit."""
    kind = dimension(unit) if dimension(unit) in ("time", "percent") or unit in CURRENCY_CODES else "count"
    kind = "money" if unit in CURRENCY_CODES else kind
    return frozenset(concepts()[n].better[kind] for n in names if kind in concepts()[n].better)
