"""How a value reads: the sentence without its fillers, or the amount, the date, the terms that it names."""

from __future__ import annotations

import re

from assistant.readers.embedded.statements import Statement
from assistant.readers.embedded.summary_fields import FieldRow

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
LONGEST = 260
"""Characters of a value's text; the quote holds the rest."""


def shown(row: FieldRow, s: Statement) -> str:
    """The value's text for a person who reads the summary."""
    if row.show == "payment" and (terms := payment_words(s.text)):
        return f"{terms}: {_shortened(trimmed(s.text))}"
    if row.path == "technical.environment" or s.segment.kind == "table_row":
        return _shortened(s.text)
    return _shortened(trimmed(s.text))


def trimmed(text: str) -> str:
    """The sentence without fillers and opening words, with a capital letter in front."""
    out = _OPENERS.sub("", _FILLERS.sub("", _BULLET.sub("", text))).strip(" ,")
    out = re.sub(r"\s+([,.;?!])", r"\1", re.sub(r",\s*,", ",", out))
    return out[:1].upper() + out[1:] if out else text


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
