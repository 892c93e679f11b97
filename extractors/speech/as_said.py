"""Words as people say them where an engine's style hides it: "two point six", "ten a head", "ninety days".

Talk has no figures: transcripts write small numbers in words, and so they are read best. Days beside a month,
money and numbers of three figures stay as they are, for they may have been said in several ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from extractors.speech.heard import Word
from extractors.speech.spoken_numbers import ONES, in_words, ordinal

_DECIMAL = re.compile(r"(\d\d?)\.(\d)([.,;:?!]*)")
_SMALL = re.compile(r"([2-9]|[1-9]\d)((?:-[a-z]+)*)(%?)([.,;:?!]*)", re.I)
_PLACE = re.compile(r"(1st|[1-9]?\dth|[2-9]\d(?:st|nd|rd))([.,;:?!]*)", re.I)
"""No 1, 2nd or 3rd, whose words are no numbers in "that one", "a second", "a third"."""
_BESIDE = re.compile(
    r"\W*(?:\d|[$€£]|(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\W*$)",
    re.I,
)
"""Words beside which figures are part of more: of a date, a number, a name that is read out."""
_FIGURE = re.compile(r"[$€£]?\d+(?:\.\d\d)?")
_HEAD = re.compile(r"ahead([.,;:?!]*)", re.I)
_NOT_EACH = frozenset("of and in on".split())
"""Words after which "ahead" is a lead: "three ahead of us"."""
_UNIT = re.compile(
    r"(?:percent|hundred|thousand|[mb]illion|k|x|times|dollar|euro|pound|cent|second|minute|hour|day|week|month"
    r"|year|user|seat|gigabyte|terabyte|megabyte|gb|tb|mb|inch|f[eo]o?t|mile|met[re]{2}|kilo\w*)s?\b",
    re.I,
)


def as_said(words: Sequence[Word]) -> list[list[Word]]:
    """The words, each as the words that were said for it; what else was heard counts the new ones."""
    parts = [list(_said(words, n)) for n in range(len(words))]
    ends = [0, *accumulate(map(len, parts))]

    def spread(n: int, many: int) -> int:
        return ends[min(n + many, len(words))] - ends[n]

    return [
        [
            Word(
                text, _at(words[n], m, texts), _at(words[n], m + 1, texts), words[n].sure,
                *((words[n].again, spread(n, words[n].instead),
                   tuple((other, spread(n, many)) for other, many in words[n].others)) if m == 0 else ()),
            )
            for m, text in enumerate(texts)
        ]
        for n, texts in enumerate(parts)
    ]  # fmt: skip


def _at(word: Word, part: int, texts: Sequence[str]) -> float:
    """The second at which a part of the word begins."""
    if part in (0, len(texts)):
        return word.end if part else word.start
    return round(word.start + (word.end - word.start) * part / len(texts), 2)


def _said(words: Sequence[Word], n: int) -> Iterator[str]:
    text = words[n].text
    before, after = (words[m].text if 0 <= m < len(words) else "" for m in (n - 1, n + 1))
    decimal, head = _DECIMAL.fullmatch(text), _HEAD.fullmatch(text)
    small, place = _SMALL.fullmatch(text), _PLACE.fullmatch(text)
    begins = before[-1:] in ("", ".", "?", "!")
    if decimal and not (after and not decimal[3] and _UNIT.match(after)):
        yield from (_cased(in_words(int(decimal[1])), begins), "point", ONES[int(decimal[2])] + decimal[3])
    elif head and _FIGURE.fullmatch(before) and (head[1] or after.lower() not in _NOT_EACH):
        yield from ("a", f"head{head[1]}")
    elif not (place or small) or _BESIDE.match(before) or _BESIDE.match(after):
        yield text
    elif place:
        yield _cased(ordinal(int(place[1][:-2])), begins) + place[2]
    elif small:
        yield _cased(in_words(int(small[1])), begins) + small[2] + ("" if small[3] else small[4])
        yield from [f"percent{small[4]}"] if small[3] else []


def _cased(text: str, begins: bool) -> str:
    """With a capital where a sentence begins."""
    return text.capitalize() if begins else text
