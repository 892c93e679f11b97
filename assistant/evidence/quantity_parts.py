"""A quantity with its place, and the bound and rate that stand around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.evidence.quantity_patterns import A_HEAD, BOUND_AFTER, BOUND_BEFORE, EVERY, PER, STOP, Bound
from assistant.evidence.units import UNIT_WORDS, singular
from assistant.packet import Quantity

MULTIPLES = {"fortnight": (2, "week"), "quarter": (3, "month")}
"""Words for several of a canonical unit."""


@dataclass(frozen=True)
class ReadQuantity:
    """A quantity and the offsets of its words. `low` is the lower end of a range ("6-8 weeks": 6).

    `disagrees` is the figure in brackets where it differs from the words before it: "twelve (21) weeks"
    reads as 12 with `disagrees=21`; words prevail, as courts have it.
    """

    quantity: Quantity
    start: int
    end: int
    low: float | None = None
    disagrees: float | None = None


def quantity_at(
    text: str, value: float, unit: str, bound: Bound, per: str | None, start: int, end: int
) -> ReadQuantity:
    words = text[start:end].strip()
    return ReadQuantity(Quantity(value=value, unit=unit, bound=bound, per=per, text=words), start, end)


def finish(
    text: str, value: float, unit: str, start: int, end: int, figure_end: int | None = None
) -> ReadQuantity:
    bound: Bound = "exactly"
    for name, pattern in BOUND_BEFORE:
        if m := pattern.search(text, max(0, start - 32), start):
            bound, start = name, m.start()
            break
    else:
        loose = re.match(
            r"[\s-]?(?:\+|plus\b)|[- ](?:some|odd|something)\b", text[figure_end:] if figure_end else ""
        )
        if loose:
            bound = "at_least" if "+" in loose[0] or "plus" in loose[0] else "about"
        for name, pattern in BOUND_AFTER:
            if bound == "exactly" and (m := pattern.match(text, end)):
                bound, end = name, m.end()
                break
    per, end = per_after(text, end)
    return quantity_at(text, value, unit, bound, per, start, end)


def per_after(text: str, end: int) -> tuple[str | None, int]:
    parts: list[str] = []
    while len(parts) < 2 and (m := PER.match(text, end)):
        word = (m["unit"] or m["adverb"]).lower()
        if m["adverb"]:
            word = {"pupm": "user/month", "pepm": "employee/month"}.get(word, EVERY.get(word, "year"))
        elif (
            word not in UNIT_WORDS
            and not A_HEAD.match(m[0].lstrip(" ,") + text[end + len(m[0]) :][:3])
            and (word in STOP or not re.match(r"\s*,?\s*(?:each\s+)?(?:/|per|for)", m[0], re.I))
        ):
            break
        parts.append(UNIT_WORDS.get(word, singular(word)))
        end = m.end()
    return ("/".join(parts) or None), end
