"""How a value reads: the sentence without its fillers, or the amount, the date, the terms that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from assistant.evidence.dates import read_dates
from assistant.evidence.quantities import read_quantities
from assistant.readers.embedded.statements import Statement
from assistant.readers.embedded.summary_fields import FieldRow
from assistant.readers.embedded.value_text import (
    cell_text,
    duty_of,
    in_figures,
    without_afterthought,
    without_lead_in,
    without_number,
)

_FILLERS = re.compile(
    r"(?:(?<=^)|(?<=[\s,(]))(?:u[mh]+|er+m?|hm+|you know|I mean|sort of|kind of)\b,?\s*"
    r"|(?<=\s)like,\s|(?<=,)\s*like,",
    re.I,
)
_OPENERS = re.compile(
    r"^(?:(?:okay|ok|so|well|alright|all right|right|look|listen|and|but|oh|ah|yeah|yes|yep|sure|honestly\??"
    r"|now|plus)\b[,.]?\s+)+(?=\S)",
    re.I,
)
_BULLET = re.compile(r"^\s*[-*•–]\s+")
_NET = re.compile(r"\bnet[- ](\d+|thirty|forty[- ]five|sixty|ninety|fifteen|ten)\b", re.I)
_WORDS = {
    "ten": 10,
    "fifteen": 15,
    "thirty": 30,
    "forty-five": 45,
    "forty five": 45,
    "sixty": 60,
    "ninety": 90,
}
_MONEY = re.compile(r"(?:[$€£]|\b(?:USD|EUR|GBP|CAD|AUD|CHF|NZD)\b) ?\d[\d,.]*(?: ?(?:million|k|m)\b)?", re.I)
FIRST_YEAR = 2000
"""A year that no deal has: a day without a year, in a source without a date."""
NEAR = 25
"""Characters of a value after which a figure is not seen at once."""
SHORT = 20
"""Words of a value in which a figure is seen without being put first."""
LONGEST = 260
"""Characters of a value's text; the quote holds the rest."""


def shown(row: FieldRow, s: Statement) -> str:
    """The value's text for a person who reads the summary: the fact, then its words, cut to what tells it."""
    words = _shortened(fact(row, s))
    lead = _LEADS[row.show](s) if row.show in _LEADS else None
    return words if not lead or _begins(words, lead) else f"{lead}: {words}"


def fact(row: FieldRow, s: Statement) -> str:
    """The sentence without its number, fillers, lead-in and afterthought; a table row as a line."""
    if s.form:
        return s.text
    if s.segment.kind == "table_row" and "|" in s.text:
        return in_figures(cell_text(s.text))
    text = without_number(s.text)
    if s.contract:
        return _capital(in_figures(duty_of(text)))
    label, colon, rest = text.partition(":")
    if colon and row.label and row.label.search(label.strip(" *").lower()) and rest.strip():
        text = rest.strip()
    return trimmed(without_afterthought(without_lead_in(trimmed(text))))


def trimmed(text: str) -> str:
    """The sentence without fillers and opening words, with a capital letter in front."""
    out = _OPENERS.sub("", _FILLERS.sub("", _BULLET.sub("", text))).strip(" ,")
    out = re.sub(r"[,;]\s*(?=[.?!]$)", "", re.sub(r"\s+([,.;?!])", r"\1", re.sub(r",\s*,", ",", out)))
    return _capital(out) if out else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _begins(words: str, lead: str) -> bool:
    """Whether the words show the fact well enough: "$800,800 a year" needs no amount before it."""
    at = words.lower().find(lead.lower())
    return at >= 0 and (at < NEAR or len(words.split()) <= SHORT)


def _amount(s: Statement) -> str | None:
    """The largest amount, as it is written in figures; None where none is or the row is a table's."""
    found = [m[0].strip(" .,") for m in _MONEY.finditer(s.text)] if s.segment.kind != "table_row" else []
    return max(found, key=lambda m: float(re.sub(r"[^\d]", "", m.split(".")[0]) or 0), default=None)


def _day(s: Statement) -> str | None:
    """The one day that is named, written out; None where there is none or several."""
    days = {d.last for d in read_dates(s.text, s.day or date(2000, 1, 1)) if d.first == d.last}
    one = days.pop() if len(days) == 1 and s.segment.kind != "table_row" else None
    return f"{one.day} {one:%B %Y}" if one and (s.day or one.year > FIRST_YEAR) else None


def _share(s: Statement) -> str | None:
    """ "15%" of "fifteen percent off"."""
    found = [q.quantity.value for q in read_quantities(s.text) if q.quantity.unit == "percent"]
    return f"{found[0]:g}%" if len(found) == 1 and s.segment.kind != "table_row" else None


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;") + "…"


def payment_words(text: str) -> str | None:
    """ "net 45" of "payable within forty-five (45) days", "due on receipt"; None where no time is named."""
    if net := _NET.search(text):
        word = net[1].lower()
        return f"net {_WORDS.get(word, word)}"
    if re.search(r"\b(?:due|payable|paid)\b[^.]{0,30}\b(?:up)?on (?:the )?receipt\b", text, re.I):
        return "due on receipt"
    days = re.search(r"(?:\((\d{1,3})\)|\b(\d{1,3}))\s+(?:calendar |business |working )?days?\b", text, re.I)
    if days:
        return f"net {days[1] or days[2]}"
    spoken = re.search(r"\b(ten|fifteen|thirty|forty[- ]five|sixty|ninety)\s+days\b", text, re.I)
    return f"net {_WORDS[spoken[1].lower()]}" if spoken else None


_LEADS: Mapping[str, Callable[[Statement], str | None]] = {
    "money": _amount,
    "date": _day,
    "percent": _share,
    "payment": lambda s: payment_words(s.text),
}
