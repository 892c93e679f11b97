"""Idioms: "three nines", "24/7", "twice a year", "within the hour", "next business day"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.evidence.quantity_parts import MULTIPLES, ReadQuantity, finish, per_after, quantity_at
from assistant.evidence.quantity_patterns import ARTICLE_TIME, EVERY, FREQUENCY, NINES, ROUND_CLOCK
from assistant.evidence.units import UNIT_WORDS


def fixed_idioms(text: str) -> Iterator[ReadQuantity]:
    """Idioms: nines, 24/7, frequencies."""
    for m in NINES.finditer(text):
        count = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}.get(m[1].lower()) or int(m[1])
        digits = "9" * count + ("5" if m[2] or m[3] else "")
        end = m.end()
        per, end = per_after(text, end)
        yield quantity_at(
            text, float(f"{digits[:2]}.{digits[2:] or 0}"), "percent", "exactly", per, m.start(), end
        )
    for m in ROUND_CLOCK.finditer(text):
        yield quantity_at(text, 168, "hour", "exactly", "week", m.start(), m.end())
    for m in FREQUENCY.finditer(text):
        value, per = _frequency(m)
        yield quantity_at(text, value, "time", "exactly", per, m.start(), m.end())


def _frequency(m: re.Match[str]) -> tuple[float, str]:
    if m["two"]:
        return 0.5, "week"
    if m["times"]:
        return {"once": 1.0, "twice": 2.0, "thrice": 3.0}[m["times"].lower()], m["tper"].lower()
    return (0.5 if m["other"] else 1.0), (m["each"] or EVERY[m["adverb"].lower()]).lower()


def article_idioms(text: str) -> Iterator[ReadQuantity]:
    """ "within the hour", "in a week and a half", "next business day"."""
    for m in ARTICLE_TIME.finditer(text):
        group = next(g for g in ("one", "two", "three") if m[g])
        kind, word = next((a, b) for a, b in ((m[2], m[3]), (m[6], m[7]), (m[10], m[11])) if b)
        if group == "one" and not re.match(
            r"(?:an?|the|one|next|same|first|business|working)\b", m[group].strip(), re.I
        ):
            continue
        unit = UNIT_WORDS[word.lower()]
        if unit == "second":
            continue
        unit = f"business_{unit}" if kind and unit in ("day", "hour") else unit
        value = 1.5 if m["half"] or m["half2"] else 1.0
        at = m.start(group)
        times, unit = MULTIPLES.get(unit, (1, unit))
        yield finish(text, value * times, unit, at, m.end(group))
