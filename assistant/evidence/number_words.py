"""Numbers as people say and write them: "a hundred and forty-two", "ninety-nine and one-half"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

SMALL = {
    w: i for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split())
}  # fmt: skip
TENS = {w: 10 * i for i, w in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)} | {"fourty": 40}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1_000, "grand": 1_000, "k": 1_000, "million": 1_000_000,
          "mil": 1_000_000,
          "mm": 1_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000}  # fmt: skip
FRACTIONS = {"half": 0.5, "halves": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25,
             "tenth": 0.1, "tenths": 0.1, "fifth": 0.2, "fifths": 0.2}  # fmt: skip
GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
GROUPS = {"dozen": 12, "couple": 2, "pair": 2, "dozens": 12}
ORDINALS = {
    w: i for i, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(), start=1)
} | {"thirtieth": 30}  # fmt: skip

_TOKEN = re.compile(
    r"\d{1,3}(?:[,.'\u202f\u00a0]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:\.\d+)?|[A-Za-z]+|[½¼¾⅓⅔]"
)
_EURO = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?")


_STARTS = frozenset({*SMALL, *TENS, *GLYPHS, "hundred", "half", "a", "an", "the"})
"""Words that can begin a number; most words of a text cannot, and are passed over at once."""


_CLOCK = frozenset("at by till until past before after around".split())
"""Words after which "three ten" is a time of day rather than a price or a count."""
_EACH = frozenset("a an per each apiece".split())
_NAMING = frozenset(
    "year years day days week weeks month months quarter phase wave step stage tier level type option plan "
    "page section clause article number version round part item line room gate unit shift that this which "
    "each every any no other".split()
)
"""Words after which the first of two numbers names one of many: "in year one fifty per cent", "that one"."""
_SPANS = re.compile(
    r"[-\u2011\u2010]?\s*(?:(?:second|minute|hour|day|week|month|year|foot|inch|mile|page|seat|user|person)\b"
    r"|[ap]\.?m\b|o'?clock|in the (?:morning|afternoon|evening)|-[a-z])|[-\u2011\u2010][a-z]", re.I,
)  # fmt: skip
"""What follows two numbers of which the second has its own noun ("three ten-minute calls"), or a time."""


class Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def is_digits(self) -> bool:
        return self.text[0].isdigit()


@dataclass(frozen=True)
class Number:
    """A number and where it stands; `spoken` when words gave it.

    `tail` is a digit said after it: the 8 of "a hundred and forty-two eight".
    """

    value: float
    start: int
    end: int
    spoken: bool
    tail: int | None = None


def tokens_of(text: str) -> list[Token]:
    """Words and figures with their offsets."""
    return [Token(m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def figure(text: str, european: bool = False) -> float:
    """The value of a figure: "142,800" and, where points group thousands, "40.000".

    A single point before three digits is a decimal point unless `european` (a currency stood beside it).
    """
    text = re.sub(r"['\u202f\u00a0]", "", text)
    if _EURO.fullmatch(text) and (european or text.count(".") > 1 or "," in text):
        return float(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return float(text.replace(",", "."))
    return float(text.replace(",", ""))


@lru_cache(maxsize=20_000)  # quantities, dates and hours all begin with the numbers of a text
def read_numbers(text: str) -> tuple[Number, ...]:
    """Every number in words or figures, left to right, longest first; ordinals are not numbers."""
    tokens, numbers, i = tokens_of(text), [], 0
    while i < len(tokens):
        if not (tokens[i].text in _STARTS or tokens[i].is_digits):
            i += 1
            continue
        number, i = _number_at(tokens, i, text)
        if number is not None:
            numbers.append(number)
    return tuple(numbers)


def _number_at(tokens: list[Token], i: int, text: str) -> tuple[Number | None, int]:
    token = tokens[i]
    if token.is_digits:
        return _figure_at(tokens, i, text)
    if token.text in GLYPHS:
        return Number(GLYPHS[token.text], token.start, token.end, False), i + 1
    return _half_at(tokens, i, text) or _pair_at(tokens, i, text) or _words_at(tokens, i, text)


def _pair_at(tokens: list[Token], i: int, text: str) -> tuple[Number | None, int] | None:
    """ "Three ten" is 310, "four-fifty" 450, "eleven fifty" 1150, "six eighty-four" 684."""
    first = SMALL.get(tokens[i].text, 0)
    second, end = _under_hundred(tokens, i + 1, text)
    if not first or second < 10 or not _joined(text, tokens[i], tokens[i + 1]):
        return None
    before = tokens[i - 1].text if i and not text[tokens[i - 1].end : tokens[i].start].strip() else ""
    more = tokens[end].text if end < len(tokens) and _joined(text, tokens[end - 1], tokens[end]) else ""
    clock = before in _CLOCK and first <= 12 and second < 60 and more not in _EACH
    about = second == first + 1 or (first >= 10 and (second < 20 or second == 2 * first))  # "nine ten people"
    if clock or about or before in _NAMING or before in SMALL or before in TENS:
        return None
    if more in SCALES or more in SMALL or more in TENS or _SPANS.match(text, tokens[end - 1].end):
        return None
    return Number(first * 100.0 + second, tokens[i].start, tokens[end - 1].end, True), end


def _under_hundred(tokens: list[Token], i: int, text: str) -> tuple[int, int]:
    """Ten to ninety-nine in words and the token after it; 0 where none begins here."""
    word = tokens[i].text if i < len(tokens) else ""
    if word in TENS:
        ones = SMALL.get(tokens[i + 1].text, 0) if i + 1 < len(tokens) else 0
        if 0 < ones < 10 and _joined(text, tokens[i], tokens[i + 1]):
            return TENS[word] + ones, i + 2
        return TENS[word], i + 1
    return (SMALL[word], i + 1) if SMALL.get(word, 0) >= 10 else (0, i)


def _joined(text: str, left: Token, right: Token) -> bool:
    """Only blanks or a hyphen stand between two tokens of one number."""
    gap = text[left.end : right.start]
    return gap.strip() in ("", "-", "\u2011", "\u2010") and "\n" not in gap


def _figure_at(tokens: list[Token], i: int, text: str) -> tuple[Number | None, int]:
    token, value, end, j = tokens[i], 0.0, tokens[i].end, i + 1
    before = text[max(0, token.start - 4) : token.start].upper().strip()
    value = figure(token.text, european=before.endswith(("EUR", "€", "CHF", "DKK", "SEK", "NOK")))
    if j < len(tokens) and tokens[j].text in GLYPHS and tokens[j].start - end <= 1:
        value, end, j = value + GLYPHS[tokens[j].text], tokens[j].end, j + 1
    if j < len(tokens) and tokens[j].text == "m" and tokens[j].start == end:
        value, end, j = value * 1_000_000, tokens[j].end, j + 1
    while j < len(tokens) and tokens[j].text in SCALES and _joined(text, tokens[j - 1], tokens[j]):
        value, end, j = value * SCALES[tokens[j].text], tokens[j].end, j + 1
    value, end, j = _fraction_after(tokens, j, text, value, end)
    return Number(value, token.start, end, False), j


def _half_at(tokens: list[Token], i: int, text: str) -> tuple[Number | None, int] | None:
    """ "half a day", "half an hour", "three quarters of an hour", "one-half"."""
    words = [t.text for t in tokens[i : i + 4]]
    if words[:1] == ["half"] and words[1:2] in (["a"], ["an"]):
        return Number(0.5, tokens[i].start, tokens[i + 1].end, True), i + 2
    if len(words) >= 2 and words[0] in ("one", "two", "three") and words[1] in FRACTIONS:
        plural = words[1].endswith("s")
        if plural != (words[0] != "one") or not _joined(text, tokens[i], tokens[i + 1]):
            return None
        end = 4 if words[2:4] in (["of", "a"], ["of", "an"], ["of", "one"]) else 2
        value = SMALL[words[0]] * FRACTIONS[words[1]]
        return Number(value, tokens[i].start, tokens[i + end - 1].end, True), i + end
    return None


def _words_at(tokens: list[Token], i: int, text: str) -> tuple[Number | None, int]:
    start, j = i, i
    if tokens[i].text in ("a", "an", "the"):
        following = tokens[i + 1].text if i + 1 < len(tokens) else ""
        if following not in SCALES and following not in GROUPS:
            return None, i + 1
        if following in ("k", "mm", "mil", "bn") or (following in SCALES and tokens[i].text == "the"):
            return None, i + 1
        j = i + 1
    total, current, last, end = 0.0, 0.0, "", 0
    while j < len(tokens):
        word = tokens[j].text
        if j > start and not _joined(text, tokens[j - 1], tokens[j]):
            break
        if word in SMALL and (last in ("", "scale", "and") or (last == "tens" and 0 < SMALL[word] < 10)):
            current, last = current + SMALL[word], "small"
        elif word in TENS and last in ("", "scale", "and"):
            current, last = current + TENS[word], "tens"
        elif word == "hundred" and last != "and":
            current, last = (current or 1) * 100, "scale"
        elif word in ("thousand", "grand", "million", "billion") and last != "and" and (last or j > start):
            total, current, last = total + (current or 1) * SCALES[word], 0.0, "scale"
        elif word in GROUPS and (last or j > start) and last != "and":
            current, last, end = (current or 1) * GROUPS[word], "group", j + 1
            break
        elif word == "and" and last == "scale" and _starts_small(tokens, j + 1):
            last = "and"
        else:
            break
        j += 1
        end = j if last != "and" else end
    if not end:
        return None, i + 1
    return _finish_words(tokens, start, end, text, total + current, last)


def _starts_small(tokens: list[Token], j: int) -> bool:
    return (
        j < len(tokens)
        and (tokens[j].text in SMALL or tokens[j].text in TENS)
        and not (j + 1 < len(tokens) and tokens[j + 1].text in FRACTIONS)
    )


def _finish_words(
    tokens: list[Token], start: int, end: int, text: str, value: float, last: str
) -> tuple[Number, int]:
    if last == "group" and end < len(tokens) and tokens[end].text == "of":
        end += 1
    value, _, after = _decimals_after(tokens, end, text, value)
    value, stop, after = _fraction_after(tokens, after, text, value, tokens[after - 1].end)
    tail = None
    said_after = SMALL.get(tokens[after].text, 0) if after < len(tokens) else 0
    if 0 < said_after < 10 and value >= 20 and _joined(text, tokens[after - 1], tokens[after]):
        tail, stop, after = said_after, tokens[after].end, after + 1
    return Number(value, tokens[start].start, stop, True, tail), after


def _decimals_after(tokens: list[Token], j: int, text: str, value: float) -> tuple[float, int, int]:
    """ "ninety-nine point nine five"."""
    if j >= len(tokens) or tokens[j].text not in ("point", "dot"):
        return value, 0, j
    digits, k = "", j + 1
    while k < len(tokens) and tokens[k].text in SMALL and SMALL[tokens[k].text] < 10:
        if not _joined(text, tokens[k - 1], tokens[k]):
            break
        digits, k = digits + str(SMALL[tokens[k].text]), k + 1
    return (float(f"{int(value)}.{digits}"), 0, k) if digits else (value, 0, j)


def _fraction_after(tokens: list[Token], j: int, text: str, value: float, end: int) -> tuple[float, int, int]:
    """ "... and a half", "... and one-half", "... and three quarters"."""
    words = [t.text for t in tokens[j : j + 3]]
    follows = words[:1] == ["and"] and len(words) == 3 and not text[end : tokens[j].start].strip()
    if follows and words[2] in FRACTIONS and words[1] in ("a", "one", "three"):
        return value + SMALL.get(words[1], 1) * FRACTIONS[words[2]], tokens[j + 2].end, j + 3
    return value, end, j
