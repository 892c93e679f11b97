"""What a promise is about, how firmly it stands, under which condition and by when."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import get_args

from assistant.evidence.dates import read_dates
from assistant.evidence.quantities import read_quantities
from assistant.packet import Category, Quantity, Side, Strength
from assistant.readers.embedded.sentences import plain
from assistant.readers.embedded.utterances import Utterance

_CONDITION = re.compile(
    r"\b(?:(?:as long as|so long as|provided|providing|on condition|subject to|assuming|unless"
    r"|contingent on|once|if|when|as soon as|depending on|the day|until|only after)\b[^.;?!]*)",
    re.IGNORECASE,
)
_WEAK_CONDITION = re.compile(
    r"^(?:when|the day|until|once) (?:you|we|it|they)(?:'re| are)? (?:go|goes|going|get|there)?\s*"
    r"(?:live|there)?\W*$",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:should|aim|aiming|target|targeting|hope|hoping|try|trying|plan to|planning|intend|expect|likely"
    r"|probably|ideally|best effort|do (?:our|my) best|shoot(?:ing)? for|ballpark|roughly|goal|looking at"
    r"|want to|would love to)\b"
)
_TIME_WORDS = re.compile(
    r"\b(?:(?:within|in|inside|under|by|before|no later than) )?(?:the )?(?:\w+[- ]){0,3}"
    r"(?:hours?|days?|weeks?|months?|quarters?)(?: (?:from|after|of|before) (?:the )?[\w ]{3,24})?",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"\b(?:instead of|rather than|in place of)(?: (?!(?:i|we|it|you|they|that)\b)[\w-]+){1,4}", re.IGNORECASE
)
"""What a changed promise no longer is: "by June instead of May" is due in June."""
_RELATION_IN_TIME = re.compile(r"from|after|within|in |by |before")


@cache
def _categories() -> tuple[tuple[Category, float, tuple[re.Pattern[str], ...]], ...]:
    text = files("assistant.readers.embedded").joinpath("data", "categories.toml").read_text("utf-8")
    rows = tomllib.loads(text)
    known: tuple[Category, ...] = get_args(Category)
    return tuple(
        (name, rows[name]["weight"], tuple(re.compile(p) for p in rows[name]["patterns"]))
        for name in sorted(known, key=list(rows).index)
    )


def category_of(text: str, party: Side = "vendor") -> Category:
    """The category whose words weigh most in a promise or clause; "other" when none occurs."""
    words = plain(text)
    best: tuple[float, Category] = (0.0, "other")
    for name, weight, patterns in _categories():
        if name == "resource" and party == "vendor":
            weight /= 2  # people and access are what customers promise; a vendor's are services
        score = weight * sum(len(set(p.findall(words))) for p in patterns)
        if score > best[0]:
            best = (score, name)
    return best[1]


def strength_of(group: Sequence[Utterance]) -> Strength:
    """Conditional when it hangs on something, aspirational when hedged, firm otherwise."""
    words = " ".join(u.plain for u in group)
    if condition_of(" ".join(u.sentence.text for u in group)):
        return "conditional"
    return "aspirational" if _HEDGE.search(words) or "goodwill" in group[0].cues else "firm"


def condition_of(text: str) -> str | None:
    """The words on which the promise hangs, or None."""
    match = _CONDITION.search(text)
    if not match or _WEAK_CONDITION.match(match[0]):
        return None
    clause = re.split(r",\s+(?:it|that|we|you|i|they|there|then)\b", match[0], maxsplit=1, flags=re.I)[0]
    return clause.strip(" ,") if len(clause.split()) >= 3 else None


def without_replaced(text: str) -> str:
    """The text without what it replaces: "instead of the first of April" is no date of the promise."""
    return _REPLACED.sub(" ", text)


def quantity_of(text: str) -> Quantity | None:
    """The number that the promise turns on: the last one with a unit that is no mere date."""
    found = [q.quantity for q in read_quantities(without_replaced(text))]
    counted = [q for q in found if q.unit != "time"] or found  # "three nines, every month" is about the nines
    return counted[-1] if counted else None


def due_of(text: str, said_on: date | None) -> str | None:
    """ISO date by which it is due where the words give one, else the words of time, else None."""
    text = without_replaced(text)
    if said_on:
        dates = read_dates(text, said_on)
        if dates:
            return dates[-1].last.isoformat()
    spans = (m[0].strip() for m in _TIME_WORDS.finditer(text))
    return next((span for span in spans if _RELATION_IN_TIME.search(span)), None)
