"""Whole numbers as people say them."""

from __future__ import annotations

from assistant.evidence.number_words import SMALL, TENS

_UNITS = {n: word for word, n in SMALL.items()}
_TENS = {n: word for word, n in reversed(TENS.items())}
_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"), (100, "hundred"))


def in_words(number: int) -> str:
    """ "fifty-two thousand eight hundred"; below zero and beyond billions there is nothing to say."""
    if number in _UNITS:
        return _UNITS[number]
    if number < 100:
        tens, unit = number // 10 * 10, number % 10
        return _TENS[tens] + (f"-{_UNITS[unit]}" if unit else "")
    size, scale = next((size, scale) for size, scale in _SCALES if number >= size)
    rest = number % size
    return f"{in_words(number // size)} {scale}" + (f" {in_words(rest)}" if rest else "")
