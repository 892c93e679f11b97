""" "A hundred and thirty", which engines write as "100 and 30", is one number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.speech.heard import Word

_HUNDREDS = re.compile(r"[$€£]?[1-9]\d?00")
_REST = re.compile(r"([1-9]\d?)([^\w\s%]*)")


def one_number(words: Sequence[Word]) -> list[Word]:
    """The words, such numbers as one word each, as sure as the least sure of them; "between" counts two."""
    out, n = list[Word](), 0
    while n < len(words):
        last = words[n + 2] if n + 2 < len(words) else None
        rest = _REST.fullmatch(last.text) if last else None
        split = rest and _HUNDREDS.fullmatch(words[n].text) and words[n + 1].text == "and"
        if last and rest and split and not (out and out[-1].text.lower() == "between"):
            text = f"{words[n].text[:-2]}{int(rest[1]):02d}{rest[2]}"
            sure = min(word.sure for word in words[n : n + 3])
            out.append(Word(text, words[n].start, last.end, sure))
            n += 3
        else:
            out.append(words[n])
            n += 1
    return out
