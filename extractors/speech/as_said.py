"""Words as people say them where an engine's style hides it: "two point six" for a bare 2.6, "ten a head".

Talk has no figures, and a decimal without a unit or a sign is read best as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from extractors.speech.heard import Word

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_DECIMAL = re.compile(r"(\d\d?)\.(\d)([.,;:?!]*)")
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
    if decimal and not (after and not decimal[3] and _UNIT.match(after)):
        yield from (_in_words(int(decimal[1])), "point", _ONES[int(decimal[2])] + decimal[3])
    elif head and _FIGURE.fullmatch(before) and (head[1] or after.lower() not in _NOT_EACH):
        yield from ("a", f"head{head[1]}")
    else:
        yield text


def _in_words(number: int) -> str:
    if number < len(_ONES):
        return _ONES[number]
    ones = f"-{_ONES[number % 10]}" if number % 10 else ""
    return _TENS[number // 10 - 2] + ones
