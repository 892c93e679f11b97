"""Pattern tables of data/*.toml: name -> patterns, with shared fragments in [words]."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Pattern = re.Pattern[str]


@cache
def read_table(name: str) -> Mapping[str, Any]:
    """The parsed file data/`name`."""
    return tomllib.loads(
        files("assistant.readers.embedded").joinpath("data", name).read_text(encoding="utf-8")
    )


@cache
def read_patterns(name: str, table: str = "patterns") -> Mapping[str, Pattern]:
    """The patterns of one table of data/`name`, each list as one alternation."""
    parsed = read_table(name)
    return {key: joined(value, parsed.get("words", {})) for key, value in parsed[table].items()}


@cache
def pattern_lists(name: str, table: str = "patterns") -> Mapping[str, tuple[Pattern, ...]]:
    """The same, each pattern by itself: for those with named groups."""
    parsed = read_table(name)
    words = parsed.get("words", {})
    return {key: tuple(re.compile(filled(p, words)) for p in value) for key, value in parsed[table].items()}


@cache
def stop_words(name: str) -> frozenset[str]:
    """The words of the [stop] table of data/`name`."""
    return frozenset(read_table(name)["stop"]["words"].split())


def joined(patterns: Iterable[str], words: Mapping[str, str]) -> Pattern:
    """One pattern that matches where any of them does; `<name>` stands for a fragment of `words`."""
    return re.compile("|".join(f"(?:{filled(p, words)})" for p in patterns))


def filled(pattern: str, words: Mapping[str, str]) -> str:
    """The pattern with its `<name>` fragments put in; named groups stay."""
    return re.sub(r"(?<!\?P)<([a-z]+)>", lambda m: words[m[1]], pattern)
