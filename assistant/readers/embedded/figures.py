"""Numbers in figures, for models that compare meanings: "ninety-nine point nine five" is far from 99.95%."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.evidence.number_words import read_numbers

SMALL = 12
"""Numbers up to this are left in words: they are as near to each other in words, and "one" is often none."""
_TWICE = re.compile(r"\b(\d[\d,.]*) \((\1)\)")


@lru_cache(maxsize=20_000)
def in_figures(text: str) -> str:
    """The text with its larger numbers in figures; "ninety (90) days" are "90 days"."""
    told, at = [], 0
    for number in read_numbers(text):
        if number.spoken and number.value > SMALL and number.start >= at:
            told += [text[at : number.start], f"{round(number.value, 4):,}".removesuffix(".0")]
            at = number.end
    return _TWICE.sub(r"\1", "".join([*told, text[at:]])) if told else text
