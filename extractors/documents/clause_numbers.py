"""Clause numbers: how a line's leading number is read, and whether it can be the next one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal["exhibit", "article", "section", "decimal", "single", "bare", "lettered", "capital", "item"]

WORDS = (
    "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE",
    "THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN", "NINETEEN", "TWENTY",
)  # fmt: skip
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
PARTS = "exhibit|schedule|annex|annexure|appendix|attachment|addendum|rider"
START = r"(?=[A-Z\"“‘'\[(§*{]|$)"
PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("exhibit", re.compile(
        rf"^(?P<n>(?:{PARTS})\s+(?:no\.?\s*)?[\"“]?(?:[A-Z](?:-?\d{{1,2}})?|\d{{1,2}}|[IVX]{{1,5}})[\"”]?)"
        r"(?!\.\d)(?=$|[\s:.,\-–—|(])", re.I)),
    ("article", re.compile(rf"^article\s+(?P<n>\d{{1,2}}|[IVXLC]+|{'|'.join(WORDS)})\b[.:)\s–—-]*", re.I)),
    ("section", re.compile(
        r"^(?:section|sec\.|§{1,2}|clause)\s*(?P<n>(?:\d{1,3}|[A-Z])(?:\.\d{1,3})*)[.:)]?"
        r"(?:\s*[–—-])?\s*(?-i:" + START + ")", re.I)),
    ("decimal", re.compile(r"^(?P<n>\d{1,2}(?:\.\d{1,3})+)\.?\)?(?:\s+|(?=[A-Z\"“])|$)")),
    ("lettered", re.compile(
        r"^(?P<n>[A-Z](?:[.-]\d{1,2})+|[A-Z]{2,4}-\d{1,2}(?:\.\d{1,2})*|[A-Z]{1,2}\d{1,2}(?:\.\d{1,2})+|"
        r"[A-Z]\d{1,2}(?:\.\d{1,2})*(?=[.)]))\.?\)?(?:\s+|$)")),
    ("single", re.compile(r"^(?P<n>\d{1,3})[.)](?:\s+|(?=[A-Z\"“])|$)")),
    ("item", re.compile(
        r"^(?P<n>\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2}|[A-Z])\)|[a-z][.)]|[ivx]{2,5}[.)])(?:\s+|(?=[A-Z]))")),
    ("capital", re.compile(r"^(?P<n>[A-Z]|[IVX]{1,5})[.)]\s+(?=[A-Z\"“])")),
    ("bare", re.compile(r"^(?P<n>\d{1,2})\s+(?=[A-Z])")),
)  # fmt: skip
CONTENTS_LINE = re.compile(r"(\.\s?){4,}\s*\d{0,3}$|…+\s*\d{1,3}$|\t\d{1,3}$")
VERBS = re.compile(
    r"\b(shall|will|is|are|was|were|may|must|means|mean|has|have|agrees?|applies|apply|includes?|sets|contains|"
    r"forms?\s+part|does|do|can|should|would|been|be|provides|governs?|prevails?)\b"
)


@dataclass(frozen=True)
class Number:
    """A leading clause number. `path` counts from the outermost level; `rest` is the text behind it."""

    style: Style
    printed: str
    path: tuple[int, ...]
    rest: str

    @property
    def level(self) -> int:
        """Depth in the outline: exhibits 0, articles 1, top numbers 2, 2.1 is 3 ..."""
        if self.style in ("exhibit", "article"):
            return 0 if self.style == "exhibit" else 1
        return 1 + max(1, len(self.path))


def read_number(text: str) -> Number | None:
    """The clause number that a text begins with, by its looks alone; None when there is none."""
    text = text.strip()
    if CONTENTS_LINE.search(text):
        return None
    for style, pattern in PATTERNS:
        match = pattern.match(text)
        if match and (style not in ("section", "exhibit") or match.group(0)[0].isupper() or text[0] == "§"):
            rest = text[match.end() :].strip()
            printed = " ".join(match.group("n").split())
            if style == "exhibit":
                word, _, mark = printed.partition(" ")
                printed = f"{word.capitalize()} {mark}"
            return Number(style, printed, _path(style, printed), rest)
    return None


def _path(style: Style, printed: str) -> tuple[int, ...]:
    if style in ("exhibit", "item"):
        return ()
    return tuple(ordinal(part) for part in re.findall(r"\d+|[A-Za-z]+", printed))


def ordinal(mark: str) -> int:
    """Position of a mark: "4" 4, "IV" 4, "FOUR" 4, "d" 4."""
    upper = mark.upper()
    if mark.isdigit():
        return int(mark)
    if upper in WORDS:
        return WORDS.index(upper) + 1
    if len(upper) > 1 or upper in "IVX":
        return roman_value(upper) or 0
    return ord(upper) - ord("A") + 1


def roman_value(mark: str) -> int | None:
    """Value of a Roman numeral in any case; None when it is none."""
    values = [ROMAN_VALUES.get(letter) for letter in mark.upper()]
    if not values or None in values:
        return None
    known = [value or 0 for value in values]
    following = [*known[1:], 0]
    return sum(-one if one < after else one for one, after in zip(known, following, strict=True))


def is_exhibit_heading(number: Number) -> bool:
    """ "Exhibit B - Service Levels" is a heading, "Exhibit B sets out the service levels." is a sentence."""
    rest = number.rest
    if len(rest) > 140 or re.match(r"^[,;]|^(and|or|to|of)\b", rest):
        return False
    if not rest or re.match(r"^[-–—:.|(]", rest):
        return not re.search(r"[a-z]{3,}\.\s+[A-Z]|[;,]$", rest)
    return rest[0].isupper() and not VERBS.search(rest) and not rest.endswith((".", ";", ","))


def is_title(text: str) -> bool:
    """A few words without a verb, as titles of clauses are; or a line in capitals."""
    text = text.strip()
    letters = [c for c in text if c.isalpha()]
    if not letters or len(text) > 120 or text.endswith((";", ",")) or "|" in text:
        return False
    if is_capitals(text):
        return len(text.split()) <= 14 and not (text.endswith(".") and len(text.split()) > 5)
    words = text.rstrip(".:").split()
    plain = len(words) <= 10 and not VERBS.search(text) and not re.search(r"[.;:]\s|\d{3,}|[$€£@_]", text)
    return plain and text[0].isupper() and not (text.endswith(".") and len(words) > 6)


def is_capitals(text: str) -> bool:
    """Letters are capitals throughout (a trade name may differ), and there are at least three."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 3 and sum(c.isupper() for c in letters) >= 0.95 * len(letters)


@dataclass
class Sequence:
    """Numbers of one document part in order: tells a clause number from a number that starts a line."""

    last: tuple[int, ...] = ()
    lettered: tuple[int, ...] = ()
    fresh: bool = True
    """An article or exhibit has just begun: numbers may start again at 1."""

    def accepts(self, number: Number, firm: bool) -> bool:
        """Whether the number can stand here; `firm` when the text surely starts a paragraph."""
        if number.style == "item" or not number.path:
            return True
        if number.style in ("article", "exhibit", "section"):
            known = firm or not self.last or len(number.path) > 1 or _follows(number.path, self.last)
            return number.style != "section" or known
        if number.style in ("lettered", "capital"):
            restarts = number.path[-1:] == (1,) or (firm and number.style == "lettered")
            return restarts or _follows(number.path, self.lettered)
        if number.style == "bare":
            return bool(number.rest) and len(number.rest) < 120 and _next_top(number.path, self.last)
        if self.fresh and set(number.path) == {1}:
            return True
        if number.style == "decimal":
            if number.rest[:1].islower() and not _follows(number.path, self.last):
                return False
            return firm or _follows(number.path, self.last)
        return _follows(number.path, self.last) or firm or (number.path == (1,) and is_title(number.rest))

    def advance(self, number: Number) -> None:
        """Take the number as the last one seen."""
        if number.style in ("decimal", "single", "bare", "section"):
            self.last = number.path
        elif number.style in ("lettered", "capital"):
            self.lettered = number.path
        self.fresh = number.style in ("article", "exhibit")


def _next_top(path: tuple[int, ...], last: tuple[int, ...]) -> bool:
    return path[0] == (last[0] + 1 if last else 1)


def _follows(path: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """`path` may come after `last`: next at some level (up to three left out), or the first one below it."""
    if not last:
        return path[0] <= 1 or (len(path) > 1 and path[0] <= 2)
    if path[: len(last)] == last:
        return len(path) > len(last) and path[len(last)] <= 2
    for level, (old, new) in enumerate(zip(last, path, strict=False)):
        if new != old:
            return old < new <= old + 4 and all(step <= 1 for step in path[level + 1 :])
    return False
