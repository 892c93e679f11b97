"""The numbers of a promise held against the numbers of a clause; arithmetic decides."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.evidence.quantities import ReadQuantity
from assistant.evidence.units import MINUTES, Better, Outcome, compare, describe, dimension, minutes
from assistant.packet import Category, Quantity
from assistant.readers.embedded.bare_numbers import ANY
from assistant.readers.embedded.better import better_by_subject, better_by_words
from assistant.readers.embedded.concepts import better_of
from assistant.readers.embedded.counted import SAME_NOUNS, names_it
from assistant.readers.embedded.due_days import compare_each_day
from assistant.readers.embedded.measures import Measures
from assistant.readers.embedded.open_hours import compare_hours
from assistant.readers.embedded.restated import as_meant
from assistant.readers.embedded.subjects import stems

NEAR = 70
"""Characters around a number whose words tell what it measures."""
TELLING = 5
"""The least number that two texts have in common for more than chance."""
SAME_SIZE = 4.0
LEAST_SUM = 20
ALIKE = math.log(1.5)
"""A number without a unit is a sum of money from here on, where it is no more times another one."""
NEARLY_ALL = 85
"""Per cent: availability above, rates and discounts below; the two are never compared."""
FAR = math.log(1000)
"""Times further apart measure different things: a month of training and a poll every five minutes."""
DATED = frozenset(
    "go_live onboarding roadmap forecast credentials customer_data_delivery purchase_order training"
    " cleansing hypercare customer_staff sso migration integration custom reports acceptance hardware".split()
)
"""Subjects that have a day on which they are due."""
_NOTICE = re.compile(
    r"\b(?:notice|notif\w+|warn\w*|heads[- ]up|ahead|tell|told|let you know|in advance|before)\b", re.I
)
_ALL = re.compile(r"(?:all|every|both|the other|minus)\b", re.I)
"""Before a number that counts things, not days."""
_EACH = re.compile(r"\b(?:(?:at|for|in|to|of) (?:every|a)|each|per)\b", re.I)
"""A clause whose number is that of one of several."""
_GIVEN_NOTICE = re.compile(
    r"notice (?:of )?(?:at least |not less than )?#|#[’']?\)? ?(?:[’'] )?(?:prior |written )*notice", re.I
)
_CATEGORY_TIME: Mapping[Category, Better] = {
    "timeline": "lower", "support": "lower", "integration": "lower", "roadmap": "lower", "training": "higher",
    "data": "higher", "pricing": "higher", "feature": "higher", "service": "higher", "security": "lower",
    "resource": "lower",
}  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """How a promise's number stands to a clause's; "better" is better for the one who receives it."""

    outcome: Outcome
    promised: str
    agreed: str
    kind: Literal["date", "hours", "time", "money", "percent", "frequency", "count"]
    told: bool = True
    """A subject that both share says which way such a number is better, or the two count the same things."""
    apart: float = 0.0
    """How far the two are from each other: 0 equal, 0.7 twice as much, 2.3 ten times as much."""


def compare_measures(
    promise: Measures, clause: Measures, shared: frozenset[str], category: Category, words: frozenset[str]
) -> list[Comparison]:
    """One comparison for each number of the promise that has a counterpart in the clause.

    `shared` are the subjects of both, `words` the stems of the promise: of several numbers of one kind the
    one counts that stands among the promise's words.
    """
    dated = bool(shared & DATED)
    days = compare_each_day(promise.deadlines, promise.text, clause.deadlines, clause.text)
    results = [Comparison(*one[:3], "date", dated, one[3]) for one in days]
    results += [Comparison(*one, "hours") for h in promise.hours if (one := compare_hours(h, clause.hours))]
    dates = any(c.kind == "date" for c in results)
    said = promise.singly if promise.singly and _EACH.search(clause.text) else promise.quantities
    for quantity in said if dates else (*said, *promise.relative):
        like = [q for q in clause.quantities if _same_kind(quantity.quantity, q.quantity)]
        like = like or [q for q in clause.relative if _same_kind(quantity.quantity, q.quantity)]
        counterparts = _among(like, clause, words, quantity.quantity.value)
        found = _number(quantity, promise.text, counterparts, clause.text, shared, category)
        results += [found] if found else []
    return results or list(_bare(promise, clause, shared, category, words))


def _bare(
    promise: Measures, clause: Measures, shared: frozenset[str], category: Category, words: frozenset[str]
) -> Iterator[Comparison]:
    """Numbers without a unit, on either side: of what the other text counts, or the very same number."""
    counted = [q for q in clause.quantities if _counts(q.quantity) and names_it(q.quantity.unit, words)]
    for bare in (_meant(b, clause.quantities) for b in promise.bare):
        if bare.quantity.value != int(bare.quantity.value):
            yield from _rate(bare, promise, clause, shared, category)
            continue
        same = [q for q in (*clause.quantities, *clause.bare) if q.quantity.value == bare.quantity.value]
        found = _number(bare, promise.text, counted, clause.text, shared, category)
        if found := found or (_sum(bare, promise, clause, shared) if category == "pricing" else None):
            yield found
        elif same and bare.quantity.value >= TELLING:
            yield Comparison("equal", bare.quantity.text, same[0].quantity.text, "count", False)
    here = frozenset(stems(clause.text))
    for q in promise.quantities:
        if _counts(q.quantity) and clause.bare and names_it(q.quantity.unit, here):
            unit = {"unit": q.quantity.unit}
            like = [replace(b, quantity=b.quantity.model_copy(update=unit)) for b in clause.bare]
            if found := _number(q, promise.text, like, clause.text, shared, category):
                yield found


def _sum(
    bare: ReadQuantity, promise: Measures, clause: Measures, shared: frozenset[str]
) -> Comparison | None:
    """ "Twenty-four hundred each" is money where the clause has a sum of that size."""
    like = [q for q in clause.quantities if dimension(q.quantity.unit) == "money"]
    near = [q for q in like if 1 / SAME_SIZE < bare.quantity.value / max(q.quantity.value, 1e-6) < SAME_SIZE]
    if not near or bare.quantity.value < LEAST_SUM:
        return None
    found = _number(bare, promise.text, near, clause.text, shared, "pricing")
    return replace(found, told=False) if found else None


def _rate(
    bare: ReadQuantity, promise: Measures, clause: Measures, shared: frozenset[str], category: Category
) -> Iterator[Comparison]:
    """ "Two point six" is a rate where the clause has one."""
    rate = replace(bare, quantity=bare.quantity.model_copy(update={"unit": "percent"}))
    like = [q for q in clause.quantities if _same_kind(rate.quantity, q.quantity)]
    same = [q for q in like if q.quantity.value == bare.quantity.value]
    if found := _number(rate, promise.text, same or like, clause.text, shared, category):
        yield found


def _among(
    like: Sequence[ReadQuantity], clause: Measures, words: frozenset[str], value: float
) -> list[ReadQuantity]:
    """Of several numbers those with most of the promise's words around them, and the very same one."""
    if len(like) < 2 or not clause.text:
        return list(like)
    shared = [len(words & frozenset(stems(_around(q, clause)))) for q in like]
    return [q for q, n in zip(like, shared, strict=True) if n == max(shared) or q.quantity.value == value]


def _around(quantity: ReadQuantity, clause: Measures) -> str:
    """The words from the number before up to this one, and those that follow it in the same phrase."""
    before = max((q.end for q in clause.quantities if q.end <= quantity.start), default=0)
    after = min((q.start for q in clause.quantities if q.start >= quantity.end), default=len(clause.text))
    tail = re.split(r"[,;.]| and ", clause.text[quantity.end : after])[0]
    head = re.split(r"[;.]|,? and ", clause.text[before : quantity.start])[-1]
    return f"{head} {quantity.quantity.text} {tail}"


def _same_kind(left: Quantity, right: Quantity) -> bool:
    one, other = dimension(left.unit), dimension(right.unit)
    if left.unit == ANY and left.value == int(left.value):
        if other == "time" and _ALL.match(left.text):
            return False
        if other == "percent":
            return left.value >= NEARLY_ALL and right.value >= NEARLY_ALL
        return other not in ("money", "frequency") or (
            other == "money" and left.value * 1000 == right.value
        )
    one = "percent" if left.unit == ANY else one  # "two point six" is a rate
    if one == other == "percent":
        return (left.value >= NEARLY_ALL) == (right.value >= NEARLY_ALL)
    if one in ("time", "money", "percent") or other in ("time", "money", "percent"):
        return one == other and (left.unit == "hour" and left.per == "week") == (
            right.unit == "hour" and right.per == "week"
        )
    return one == other or any(one in nouns and other in nouns for nouns in SAME_NOUNS)


def _number(
    said: ReadQuantity,
    promise: str,
    agreed: Sequence[ReadQuantity],
    clause: str,
    shared: frozenset[str],
    category: Category,
) -> Comparison | None:
    noticed = _NOTICE.search(promise)
    agreed = [q for q in agreed if noticed or not _is_notice(q, clause)]
    if not agreed:
        return None
    meant = _meant(said, agreed).quantity
    place = min(agreed, key=lambda q: (_distance(_as_unit(meant, q.quantity), q.quantity), q.quantity.value))
    nearest = place.quantity
    promised = _as_unit(meant, nearest)
    kind = _kind_of(nearest.unit)
    if kind == "time" and _distance(promised, nearest) > FAR:
        return None
    way = better_by_subject(shared, promise, clause, nearest.unit)
    way = (
        way
        or better_by_words(promise, said.start, said.end, promised.unit)
        or better_by_words(clause, place.start, place.end, nearest.unit)
        or better_of(shared, nearest.unit)
    )
    better = way or _default(promised, category) or "higher"
    same = nearest.model_copy(update={"unit": promised.unit}) if _counts(promised) else nearest
    same, promised = (q.model_copy(update={"per": _per(q.per)}) for q in (same, promised))
    if _same_rate(promised, same):
        same = same.model_copy(update={"per": promised.per})
    outcome = compare(promised, same, better)
    if outcome is None:
        return None
    near = _shares(said, promise, place, clause)
    if kind == "frequency" and not near and not shared:
        return None  # much happens once a month
    told = kind == "count" or bool(way and (near or way == better_of(shared, nearest.unit)))
    told = near if kind == "frequency" else told
    return Comparison(outcome, describe(promised), describe(nearest), kind, told, _distance(promised, same))


def _meant(said: ReadQuantity, agreed: Sequence[ReadQuantity]) -> ReadQuantity:
    return replace(said, quantity=as_meant(said.quantity, (q.quantity for q in agreed)))


def _as_unit(said: Quantity, agreed: Quantity) -> Quantity:
    """A number without a unit in that of the contract; dollars of no named country in its dollars."""
    if said.unit == ANY:
        return said.model_copy(update={"unit": agreed.unit})
    money = dimension(said.unit) == dimension(agreed.unit) == "money"
    if money and said.unit == "USD" and "US" not in said.text:
        return said.model_copy(update={"unit": agreed.unit})
    return said


def _same_rate(promised: Quantity, agreed: Quantity) -> bool:
    """Counts, where one of the two leaves open for what; sums that are equal, or for a claim or a head."""
    if None in (promised.per, agreed.per):
        timed = [p for q in (promised, agreed) for p in (q.per or "").split("/") if p in MINUTES]
        apart = _distance(*(q.model_copy(update={"per": None}) for q in (promised, agreed)))
        near = apart < (ALIKE if promised.per is None else ALIKE / 100)
        return _counts(promised) or not timed or near
    return dimension(promised.unit) == "money" and promised.value == agreed.value


def _is_notice(quantity: ReadQuantity, clause: str) -> bool:
    """Days of notice answer only a promise of notice."""
    near = (
        clause[max(0, quantity.start - 25) : quantity.start] + "#" + clause[quantity.end : quantity.end + 25]
    )
    return dimension(quantity.quantity.unit) == "time" and bool(_GIVEN_NOTICE.search(near))


def _shares(said: ReadQuantity, promise: str, place: ReadQuantity, clause: str) -> bool:
    """A content word near the one number stands near the other as well."""
    windows = [
        frozenset(stems(t[max(0, q.start - NEAR) : q.start] + " " + t[q.end : q.end + NEAR]))
        for t, q in ((promise, said), (clause, place))
    ]
    return bool(windows[0] & windows[1])


def _kind_of(unit: str) -> Literal["time", "money", "percent", "frequency", "count"]:
    kind = dimension(unit)
    return kind if kind in ("time", "money", "percent", "frequency") else "count"  # type: ignore[return-value]


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
        brief = quantity.bound == "at_most" or quantity.unit in ("second", "minute")
        return "lower" if brief else _CATEGORY_TIME.get(category)
    if kind == "money":
        return "lower"
    if kind == "percent":
        return "higher" if quantity.value >= 90 else None
    return "higher"
