"""A second hearing held against the first: words that came out otherwise say so, and nothing is replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.speech.heard import Word

LONGEST, LOST = 8, 2
"""Words beyond which a difference is a stretch that one of the two did not hear, no misheard word."""


def compared(words: Sequence[Word], again: Sequence[str]) -> list[Word]:
    """The words of the first hearing; where the second differs, the first of them bears what it heard."""
    out = list(words)
    for first, last, other in differences([w.text for w in words], again):
        if max(last - first, len(other)) <= (LONGEST if other else LOST):
            out[first] = out[first]._replace(again=" ".join(other), instead=last - first)
    return out


def differences(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, Sequence[str]]]:
    """(first, last + 1, the other words) of each place; what only they have hangs on the word before it."""
    from rapidfuzz.distance import Levenshtein

    ops = Levenshtein.opcodes([plain(word) for word in mine], [plain(word) for word in theirs])
    for same, group in groupby(ops, lambda op: op.tag == "equal"):
        run = list(group)
        if same:
            continue
        first, last = run[0].src_start, run[-1].src_end
        begin, end = run[0].dest_start, run[-1].dest_end
        if first == last and first > 0:
            first, begin = first - 1, begin - 1
        elif first == last and last < len(mine):
            last, end = last + 1, end + 1
        if first < last:
            yield first, last, theirs[begin:end]


def plain(word: str) -> str:
    """A word without its case and its punctuation."""
    return re.sub(r"[^\w%$€£'.]|\.$", "", word.replace("’", "'")).lower().strip(".'")
