"""The numbers of a promise held against the numbers of a clause; arithmetic decides."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.evidence.dates import ReadDate, read_dates
from assistant.evidence.hours import Hours, read_hours
from assistant.evidence.number_words import read_numbers
from assistant.evidence.quantities import ReadQuantity, read_quantities
from assistant.evidence.units import Better, Outcome, compare, describe, dimension, minutes
from assistant.packet import Category, Quantity
from assistant.readers.embedded.concepts import better_of, directions
from assistant.readers.embedded.contract_lines import Line

DAYS_OF_GRACE = 1
"""Two deadlines this near are the same; three days where one of them is an interval ("end of January")."""
INTERVAL_GRACE = 3
ANY = "any"
ELLIPSIS_WORDS = 7
NEARLY_ALL = 85
"""Per cent: availability above, rates and discounts below; the two are never compared."""
FAR_APART = 25
"""Two times that differ by more than this factor hardly measure the same thing."""
DATED = frozenset(
    "go_live onboarding roadmap forecast credentials customer_data_delivery purchase_order training"
    " cleansing hypercare customer_staff sso migration integration custom reports acceptance hardware".split()
)
"""Subjects that have a day on which they are due."""
SAME_NOUNS: tuple[frozenset[str], ...] = (
    frozenset(
        "seat user licence license login log-in account employee head person subscriber worker agent".split()
    ),
    frozenset("session workshop class course training lesson webinar".split()),
    frozenset("environment sandbox instance tenant".split()),
    frozenset("device reader scanner terminal tablet unit tracker sensor kit gateway".split()),
    frozenset("call request".split()),
    frozenset("student pupil learner child".split()),
    frozenset("patient resident member guest client customer".split()),
    frozenset("vehicle truck van car asset".split()),
    frozenset("order shipment transaction invoice document".split()),
    frozenset("message text segment sms".split()),
    frozenset("report template dashboard".split()),
    frozenset(
        "branch location site store park property facility hospital plant office warehouse school".split()
    ),
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
    hours: tuple[Hours, ...] = ()

    @property
    def any(self) -> bool:
        """True when the text states a number or a date."""
        return bool(self.quantities or self.deadlines or self.hours)


@dataclass(frozen=True)
class Comparison:
    """How a promise's number stands to a clause's; "better" is better for the one who receives it."""

    outcome: Outcome
    promised: str
    agreed: str
    kind: Literal["date", "number"]


def measure_line(line: Line, effective: date, events: Mapping[str, date]) -> Measures:
    """The numbers of a line of the contract; a bare number in a table row counts its label."""
    measures = measure(line.full, effective, events)
    if line.segment.kind != "table_row":
        return measures
    return replace(measures, quantities=measures.quantities + tuple(_of_cells(line.text)))


def _of_cells(row: str) -> Iterator[ReadQuantity]:
    """ "Payment Devices on loan | twenty-eight (28)" states 28 devices."""
    cells = [c.strip() for c in row.split("|")]
    nouns = re.findall(r"[A-Za-z]+s\b", re.split(r"[,(]|\b(?:on|of|for|with|above|per)\b", cells[0])[0])
    if not nouns:
        return
    for cell in cells[1:]:
        m = re.match(
            r"((?:up to |maximum )?(?:[a-z-]+ \([\d,]+\)|[\d,]+))(?=$|\s+(?:each|per|a|every)\b|\s*[;,])",
            cell,
            re.I,
        )
        if m:
            yield from read_quantities(f"{m[1]} {nouns[-1].lower()}{cell[m.end() :]}")


def term_durations(lines: Sequence[Line]) -> dict[str, Quantity]:
    """How long the contract's named periods last: {"first term": 12 months}; names in lower case."""
    found: dict[str, Quantity] = {}
    for line in lines:
        names = re.findall(r"[\"“](?:the )?([^\"”]*(?:Term|Period))[\"”]", line.text)
        title = line.title.rsplit(". ", 1)[-1]
        if re.search(r"\b(?:term|period)$", title, re.I):
            names.append(title)
        if re.match(r".*\b(?:Term|Period):\s", line.text):
            names.append(line.text.split(":")[0])
        lasts = [q.quantity for q in read_quantities(line.text) if q.quantity.unit in ("month", "year")]
        if names and lasts:
            found.setdefault(names[0].strip().lower(), lasts[0])
    return found


def measure(text: str, anchor: date, events: Mapping[str, date]) -> Measures:
    """The quantities and deadlines of a text said or written on `anchor`."""
    deadlines = tuple(read_dates(text, anchor, events))
    hours = tuple(read_hours(text))
    inside = [(d.start, d.end) for d in deadlines] + [(h.at, h.upto) for h in hours]
    quantities = tuple(
        q
        for q in read_quantities(text)
        if not any(a <= q.start < b for a, b in inside) or _is_rate(q.quantity)
    )
    return Measures(multiplied(text, quantities), deadlines, hours)


def elliptic(text: str) -> Measures:
    """ "Three it is": a number whose unit the conversation supplied; its unit is ANY."""
    numbers = read_numbers(text)
    if len(numbers) != 1 or len(text.split()) > ELLIPSIS_WORDS:
        return Measures((), ())
    n = numbers[0]
    quantity = Quantity(value=n.value, unit=ANY, text=text[n.start : n.end])
    return Measures((ReadQuantity(quantity, n.start, n.end),), ())


def multiplied(text: str, quantities: tuple[ReadQuantity, ...]) -> tuple[ReadQuantity, ...]:
    """ "Two days at each of the five hospitals" as ten days."""
    for at, q in enumerate(quantities):
        m = re.compile(r"[^.;]{0,40}?\b(?:at|for|in|to|with) each of (?:the |your |our )?").match(text, q.end)
        times = next((n for n in read_numbers(text) if m and n.start == m.end()), None)
        if times:
            value = q.quantity.value * times.value
            whole = replace(q, quantity=q.quantity.model_copy(update={"value": value}))
            return (*quantities[:at], whole, *(x for x in quantities[at + 1 :] if x.start > times.end))
    return quantities


def _is_rate(quantity: Quantity) -> bool:
    return quantity.unit == "time"


def compare_measures(
    promise: Measures, clause: Measures, shared: frozenset[str], category: Category, sure: bool
) -> list[Comparison]:
    """One comparison for each number of the promise that has a counterpart in the clause.

    `shared` are the subjects of both; time, money and percentages are compared only where one of them says
    which way is better, unless the clause is `sure` to be about the promise or the amounts are the same.
    """
    dated = sure or bool(shared & DATED)
    results = [c for d in promise.deadlines if dated and (c := _deadline(d, clause.deadlines))]
    results += [c for h in promise.hours if (c := _hours(h, clause.hours))]
    for quantity in promise.quantities:
        counterparts = [q.quantity for q in clause.quantities if _same_kind(quantity.quantity, q.quantity)]
        told = sure or _counts(quantity.quantity) or bool(directions(shared, quantity.quantity.unit))
        found = _number(quantity.quantity, counterparts, shared, category, sure) if counterparts else None
        if found and (told or (found.outcome == "equal" and dimension(quantity.quantity.unit) != "time")):
            results.append(found)
    return results


def _deadline(promised: ReadDate, agreed: Sequence[ReadDate]) -> Comparison | None:
    """The promised day against the nearest day of the clause; earlier is better."""
    if not agreed:
        return None
    nearest = min(agreed, key=lambda d: abs((d.last - promised.last).days))
    days = (promised.last - nearest.last).days
    grace = (
        INTERVAL_GRACE if promised.first != promised.last or "end" in promised.text.lower() else DAYS_OF_GRACE
    )
    within = nearest.first <= promised.last <= nearest.last
    if promised.bound == "after":
        within = promised.first <= nearest.last <= promised.last
    if within or abs(days) <= grace:
        outcome: Outcome = "equal"
    else:
        outcome = "better" if days < 0 else "worse"
    return Comparison(outcome, day(promised.last), day(nearest.last), "date")


def _hours(promised: Hours, agreed: Sequence[Hours]) -> Comparison | None:
    """Longer hours are better."""
    if not agreed:
        return None
    nearest = min(agreed, key=lambda h: abs(h.start - promised.start) + abs(h.end - promised.end))
    outcome: Outcome = "worse"
    if abs(nearest.start - promised.start) + abs(nearest.end - promised.end) < 0.01:
        outcome = "equal"
    elif promised.start < nearest.start or promised.end > nearest.end:
        outcome = "better"
    return Comparison(outcome, clock(promised), clock(nearest), "number")


def clock(hours: Hours) -> str:
    """ "07:00 to 23:00"."""
    return " to ".join(f"{int(h):02d}:{round(h % 1 * 60):02d}" for h in (hours.start, hours.end))


def day(when: date) -> str:
    """ "3 August 2026"."""
    return f"{when.day} {when:%B %Y}"


def _same_kind(left: Quantity, right: Quantity) -> bool:
    one, other = dimension(left.unit), dimension(right.unit)
    if left.unit == ANY:
        return other not in ("money", "percent", "frequency")
    if one == other == "percent":
        return (left.value >= NEARLY_ALL) == (right.value >= NEARLY_ALL)
    if one in ("time", "money", "percent") or other in ("time", "money", "percent"):
        return one == other and (left.unit == "hour" and left.per == "week") == (
            right.unit == "hour" and right.per == "week"
        )
    return one == other or any(one in nouns and other in nouns for nouns in SAME_NOUNS)


def _number(
    promised: Quantity, agreed: Sequence[Quantity], shared: frozenset[str], category: Category, sure: bool
) -> Comparison | None:
    nearest = min(agreed, key=lambda q: (_distance(promised, q), q.value))
    if dimension(promised.unit) == "time" and not sure and _distance(promised, nearest) > math.log(FAR_APART):
        return None
    better = better_of(shared, promised.unit) or _default(promised, category)
    if better is None:
        return None
    if promised.unit == ANY:
        promised = promised.model_copy(update={"unit": nearest.unit})
    same = nearest.model_copy(update={"unit": promised.unit}) if _counts(promised) else nearest
    same, promised = (q.model_copy(update={"per": _per(q.per)}) for q in (same, promised))
    if _counts(promised) and None in (promised.per, same.per):
        same = same.model_copy(update={"per": promised.per})
    outcome = compare(promised, same, better)
    return None if outcome is None else Comparison(outcome, describe(promised), describe(nearest), "number")


def _per(per: str | None) -> str | None:
    """ "head/month" as "user/month": heads, seats and users are the same people."""
    return "/".join("user" if p in SAME_NOUNS[0] else p for p in per.split("/")) if per else None


def _counts(quantity: Quantity) -> bool:
    return dimension(quantity.unit) not in ("time", "money", "percent")


def _distance(left: Quantity, right: Quantity) -> float:
    outcome = compare(left, right, "lower")
    if outcome == "equal":
        return 0.0
    one, other = minutes(left) or left.value, minutes(right) or right.value
    return abs(math.log(max(one, 1e-6) / max(other, 1e-6)))


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
