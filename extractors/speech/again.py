"""A second hearing held against the first: words that came out otherwise say so, and nothing is replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from extractors.speech.heard import Word


def compared(words: Sequence[Word], again: Sequence[Word]) -> list[Word]:
    """The words of the first hearing, surer where the second has them too.

    Where the second differs, the first of the words bears what it heard. A figure that can be spelt in two
    ways ("9", "nine") shares its probability among them: agreement says more than either probability.
    """
    out = list(words)
    for kind, (first, last), (begin, end) in differences([w.text for w in words], [w.text for w in again]):
        theirs = again[begin:end]
        if kind == "equal":
            for n, word in zip(range(first, last), theirs, strict=True):
                out[n] = out[n]._replace(sure=round(1 - (1 - out[n].sure) * (1 - word.sure), 3))
        else:
            other = " ".join(word.text for word in theirs)
            out[first] = out[first]._replace(again=other, instead=last - first)
    return out


def differences(
    mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[Literal["equal", "other"], tuple[int, int], tuple[int, int]]]:
    """Runs of words that both have and runs that differ, as (first, last + 1) of the one and of the other.

    What only they have hangs on the word beside it, so that a run that differs has words of mine.
    """
    from rapidfuzz.distance import Levenshtein

    ops = Levenshtein.opcodes([plain(word) for word in mine], [plain(word) for word in theirs])
    for same, group in groupby(ops, lambda op: op.tag == "equal"):
        run = list(group)
        first, last = run[0].src_start, run[-1].src_end
        begin, end = run[0].dest_start, run[-1].dest_end
        if same:
            yield "equal", (first, last), (begin, end)
        elif first < last:
            yield "other", (first, last), (begin, end)
        elif first > 0:
            yield "other", (first - 1, last), (begin - 1, end)
        elif last < len(mine):
            yield "other", (first, last + 1), (begin, end + 1)


def plain(word: str) -> str:
    """A word without its case and its punctuation."""
    return re.sub(r"[^\w%$€£'.]|\.$", "", word.replace("’", "'")).lower().strip(".'")
