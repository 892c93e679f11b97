"""The numbers of a promise held against the numbers of a clause; arithmetic decides."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.evidence.dates import ReadDate, read_dates
from assistant.evidence.quantities import ReadQuantity, read_quantities
from assistant.evidence.units import Better, Outcome, compare, describe, dimension, plural
from assistant.packet import Category, Quantity
from assistant.readers.embedded.concepts import better_of

DAYS_OF_GRACE = 1
"""Two deadlines this near are the same; three days where one of them is an interval ("end of January")."""
INTERVAL_GRACE = 3
SAME_NOUNS: tuple[frozenset[str], ...] = (
    frozenset("seat user licence license login log-in account employee head person subscriber worker agent".split()),
    frozenset("session workshop class course training lesson webinar".split()),
    frozenset("environment sandbox instance tenant".split()),
    frozenset("device reader scanner terminal tablet unit tracker sensor kit gateway".split()),
    frozenset("call request".split()),
    frozenset("message text segment sms".split()),
    frozenset("report template dashboard".split()),
    frozenset("branch location site store park property facility hospital plant office warehouse campus school".split()),
    frozenset("connector integration interface connection feed carrier".split()),
    frozenset("cycle run payroll".split()),
    frozenset("language locale".split()),
    frozenset("field box".split()),
    frozenset("person people analyst specialist engineer trainer instructor consultant".split()),
)
_CATEGORY_TIME: Mapping[Category, Better] = {
    "timeline": "lower", "support": "lower", "integration": "lower", "roadmap": "lower", "training": "higher",
    "data": "higher", "pricing": "higher", "feature": "higher", "service": "higher", "security": "lower",
    "resource": "lower",
}  # fmt: skip


@dataclass(frozen=True)
class Measures:
    """Everything countable that a text states."""

    quantities: tuple[ReadQuantity, ...]
    deadlines: tuple[ReadDate, ...]

    @property
    def any(self) -> bool:
        """True when the text states a number or a date."""
        return bool(self.quantities or self.deadlines)


@dataclass(frozen=True)
class Comparison:
    """How a promise's number stands to a clause's; "better" is better for the one who receives it."""

    outcome: Outcome
    promised: str
    agreed: str
    kind: Literal["date", "number"]


def measure(text: str, anchor: date, events: Mapping[str, date]) -> Measures:
    """The quantities and deadlines of a text said or written on `anchor`."""
    deadlines = tuple(read_dates(text, anchor, events))
    inside = [(d.start, d.end) for d in deadlines]
    quantities = tuple(
        q for q in read_quantities(text) if not any(a <= q.start < b for a, b in inside) or _is_rate(q.quantity)
    )
    return Measures(quantities, deadlines)


def _is_rate(quantity: Quantity) -> bool:
    return quantity.unit == "time"


def compare_measures(
    promise: Measures, clause: Measures, shared: frozenset[str], category: Category
) -> list[Comparison]:
    """One comparison for each number of the promise that has a counterpart in the clause."""
    results = [c for d in promise.deadlines if (c := _deadline(d, clause.deadlines))]
    for quantity in promise.quantities:
        counterparts = [q.quantity for q in clause.quantities if _same_kind(quantity.quantity, q.quantity)]
        if counterparts and (found := _number(quantity.quantity, counterparts, shared, category)):
            results.append(found)
    return results


def _deadline(promised: ReadDate, agreed: Sequence[ReadDate]) -> Comparison | None:
    """The promised day against the nearest day of the clause; earlier is better."""
    if not agreed:
        return None
    nearest = min(agreed, key=lambda d: abs((d.last - promised.last).days))
    days = (promised.last - nearest.last).days
    grace = INTERVAL_GRACE if promised.first != promised.last or "end" in promised.text.lower() else DAYS_OF_GRACE
    if nearest.first <= promised.last <= nearest.last or abs(days) <= grace:
        outcome: Outcome = "equal"
    else:
        outcome = "better" if days < 0 else "worse"
    return Comparison(outcome, day(promised.last), day(nearest.last), "date")


def day(when: date) -> str:
    """"3 August 2026"."""
    return f"{when.day} {when:%B %Y}"


def _same_kind(left: Quantity, right: Quantity) -> bool:
    one, other = dimension(left.unit), dimension(right.unit)
    if one in ("time", "money", "percent") or other in ("time", "money", "percent"):
        return one == other and (left.unit == "hour" and left.per == "week") == (
            right.unit == "hour" and right.per == "week"
        )
    return one == other or any(one in nouns and other in nouns for nouns in SAME_NOUNS)


def _number(
    promised: Quantity, agreed: Sequence[Quantity], shared: frozenset[str], category: Category
) -> Comparison | None:
    nearest = min(agreed, key=lambda q: (_distance(promised, q), q.value))
    better = better_of(shared, promised.unit) or _default(promised, category)
    if better is None:
        return None
    same = nearest.model_copy(update={"unit": promised.unit}) if _counts(promised) else nearest
    if _counts(promised) and None in (promised.per, same.per):
        same = same.model_copy(update={"per": promised.per})
    outcome = compare(promised, same, better)
    return None if outcome is None else Comparison(outcome, describe(promised), describe(nearest), "number")


def _counts(quantity: Quantity) -> bool:
    return dimension(quantity.unit) not in ("time", "money", "percent")


def _distance(left: Quantity, right: Quantity) -> float:
    outcome = compare(left, right, "lower")
    if outcome == "equal":
        return 0.0
    scale = 0.0 if left.unit == right.unit else 0.5
    return scale + abs(math.log(max(left.value, 1e-6) / max(right.value, 1e-6)))


def _default(quantity: Quantity, category: Category) -> Better | None:
    """Which way is better where the shared subject does not say."""
    kind = dimension(quantity.unit)
    if kind == "time":
        return "lower" if quantity.bound == "at_most" else _CATEGORY_TIME.get(category)
    if kind == "money":
        return "lower"
    if kind == "percent":
        return "higher" if quantity.value >= 90 else None
    return "higher"


def counted(value: float, noun: str) -> str:
    """"2 sessions"."""
    return f"{value:g} {noun if value == 1 else plural(noun)}"
