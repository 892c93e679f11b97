"""Whole numbers as people say them."""

from __future__ import annotations

from extractors.speech.spoken_numbers import in_words as below_hundred

_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"), (100, "hundred"))


def in_words(number: int) -> str:
    """ "fifty-two thousand eight hundred"; below zero and beyond billions there is nothing to say."""
    if number < 100:
        return below_hundred(number)
    size, scale = next((size, scale) for size, scale in _SCALES if number >= size)
    rest = number % size
    return f"{in_words(number // size)} {scale}" + (f" {in_words(rest)}" if rest else "")
