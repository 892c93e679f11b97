"""Which of many patterns are worth trying on a text: those whose first letters stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

LETTERS = 3
"""Of a word, by which beginnings are looked up; whether all of a beginning is there is seen then."""
MOST = 30
"""Beginnings of one pattern, from which they are not told apart any further."""
_LITERAL = re.compile(r"[a-z0-9 ]+")
_OPTIONAL = ("?", "*", "{")
_WORD = re.compile(rf"(?<!\w)[a-z0-9]{{1,{LETTERS}}}")


class Beginnings:
    """Names whose patterns can match in a text; each pattern must begin at a word's edge."""

    def __init__(self, patterns: Mapping[str, Iterable[str]]) -> None:
        self._always: set[str] = set()
        self._by_letters: dict[str, list[tuple[str, str]]] = {}
        for name, words in patterns.items():
            found = [beginnings(word) for word in words]
            if None in found:
                self._always.add(name)
            for start in sorted({start for starts in found if starts for start in starts}):
                self._by_letters.setdefault(start.split(" ")[0][:LETTERS], []).append((start, name))
        self._of = lru_cache(maxsize=None)(self._known)

    def possible(self, text: str) -> set[str]:
        """The names of which some pattern may occur in a lower-case text; of the others none does."""
        letters = set(_WORD.findall(text))
        return self._always | {name for word in letters for start, name in self._of(word) if start in text}

    def _known(self, word: str) -> list[tuple[str, str]]:
        """The beginnings, with their names, of which the first word may be one with these letters."""
        return [pair for n in range(1, len(word) + 1) for pair in self._by_letters.get(word[:n], ())]


def beginnings(pattern: str) -> frozenset[str] | None:
    """The letters with which all that matches a pattern begins; None where that cannot be told simply."""
    if _LITERAL.fullmatch(pattern):
        return frozenset([pattern])
    if "|" in pattern and "|" in _outside(pattern):
        return None
    if pattern.startswith("(?:"):
        found = _of_group(*_group(pattern))
    else:
        literal = _LITERAL.match(pattern)
        letters = literal[0] if literal else ""
        rest = pattern[len(letters) :]
        found = [letters[:-1]] if rest.startswith(_OPTIONAL) else _followed([letters], rest)
    return None if found is None or "" in found else frozenset(found)


def _of_group(choices: list[str], rest: str) -> list[str] | None:
    if rest.startswith("{"):
        return None
    optional = rest.startswith(_OPTIONAL)
    found: list[str] = []
    for choice in [*choices, *([rest[1:]] if optional else [])]:
        starts = beginnings(choice)
        if starts is None:
            return None
        plain = _LITERAL.fullmatch(choice) and not optional
        found += _followed(sorted(starts), rest) if plain else sorted(starts)
    return found


def _followed(starts: list[str], rest: str) -> list[str]:
    """The beginnings with the letters that come next, where these are certain and not too many."""
    more = beginnings(rest) if rest.startswith("(?:") or _LITERAL.match(rest) else None
    if not more or len(more) * len(starts) > MOST:
        return starts
    return [a + b for a in starts for b in sorted(more)]


def _group(pattern: str) -> tuple[list[str], str]:
    """The choices of the group that a pattern begins with, and what comes after it."""
    depth, start, choices = 0, 3, []
    for at, letter in _significant(pattern):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if (letter == "|" and depth == 1) or (letter == ")" and depth == 0):
            choices.append(pattern[start:at])
            start = at + 1
        if depth == 0:
            return choices, pattern[start:]
    return [""], ""


def _outside(pattern: str) -> str:
    """What of a pattern stands outside of its groups."""
    depth, found = 0, ""
    for _, letter in _significant(pattern):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        found += letter if depth == 0 else ""
    return found


def _significant(pattern: str) -> Iterator[tuple[int, str]]:
    """Letters with their places, without those that are escaped or in a set."""
    escaped = inside = False
    for at, letter in enumerate(pattern):
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif inside or letter == "[":
            inside = letter != "]"
        else:
            yield at, letter
