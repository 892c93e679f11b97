"""Which of several like things a text names: a language, a currency, a country, a billing interval."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Named = Mapping[str, frozenset[str]]
"""Kind -> the values of it that a text names."""


@cache
def _kinds() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    text = files("assistant.readers.embedded").joinpath("data", "kinds.toml").read_text(encoding="utf-8")
    return {
        kind: {v: re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w])") for v, words in rows.items()}
        for kind, rows in tomllib.loads(text).items()
    }


@cache
def kinds_in(text: str) -> Named:
    """The values named in a text, kinds without one left out."""
    words = text.lower().replace("’", "'")
    found = {k: frozenset(v for v, p in rows.items() if p.search(words)) for k, rows in _kinds().items()}
    return {k: v for k, v in found.items() if v}


def clashes(promise: str, clause: str) -> dict[str, bool]:
    """For each kind that both name: True where they have no value in common."""
    left, right = kinds_in(promise), kinds_in(clause)
    return {kind: not left[kind] & right[kind] for kind in sorted(left) if kind in right}
