"""How a clause takes back what a promise holds out: charges for it, narrows it, leaves it to the customer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from assistant.readers.embedded.beginnings import Beginnings
from assistant.readers.embedded.patterns import read_table

TABLE = "wordings.toml"
MOST = 5
"""Clashes of one line with one promise, from which more of them tell nothing more."""


def clashes(promise: str, clause: str) -> int:
    """In how many ways a clause turns against what a promise holds out; both in lower case.

    A turn that the promise itself makes ("two hundred each") is none against it.
    """
    turns = turned(clause) - _likewise(promise)
    return sum(k in turns for kind in held_out(promise) for k in clashing().get(kind, ()))


def wording_signals(promise: str, clause: str, beside: str) -> dict[str, float]:
    """Whether and how much a line clashes, and what `beside`, the rest of its paragraph, adds."""
    here = clashes(promise, clause)
    both = clashes(promise, f"{clause} {beside}") if beside else here
    found: dict[str, float] = {}
    for name, count in (("clash", here), ("clash beside", both - here)):
        found |= {name: float(count > 0), f"{name}, degree": min(count, MOST) / MOST}
    return found


def held_out(promise: str) -> frozenset[str]:
    """What a promise holds out, by the kinds of data/wordings.toml; the text is lower case."""
    return _kinds("said", promise)


def turned(clause: str) -> frozenset[str]:
    """What a clause does that may stand against a promise: "at no further charge" is no charge."""
    return _kinds("clause", _harmless().sub(" ", clause))


def _likewise(promise: str) -> frozenset[str]:
    """The turns that are no news to a promise."""
    return turned(promise) | _kinds("likewise", promise)


@cache
def clashing() -> Mapping[str, tuple[str, ...]]:
    """Kind of a promise -> the kinds of a clause that stand against it."""
    return {kind: tuple(row) for kind, row in read_table(TABLE)["clashes"].items()}


@lru_cache(maxsize=20_000)  # a line is held against many promises
def _kinds(part: str, text: str) -> frozenset[str]:
    patterns, beginnings = _patterns(part)
    return frozenset(k for k in beginnings.possible(text) if patterns[k].search(text))


@cache
def _patterns(part: str) -> tuple[Mapping[str, re.Pattern[str]], Beginnings]:
    rows = {kind: _written(row) for kind, row in read_table(TABLE)[part].items()}
    return {kind: _pattern(row) for kind, row in rows.items()}, Beginnings(rows)


@cache
def _harmless() -> re.Pattern[str]:
    return _pattern(_written(read_table(TABLE)["names"]["harmless"]))


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w])")


def _written(row: Sequence[str]) -> tuple[str, ...]:
    """A row with the names of the parties in their places."""
    names = read_table(TABLE)["names"]
    return tuple(w.replace("{customer}", names["customer"]).replace("{vendor}", names["vendor"]) for w in row)

