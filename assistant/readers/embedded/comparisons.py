"""The numbers of a promise held against the numbers of a clause; arithmetic decides."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.evidence.dates import ReadDate
from assistant.evidence.hours import Hours
from assistant.evidence.quantities import ReadQuantity
from assistant.evidence.units import MINUTES, Better, Outcome, compare, describe, dimension, minutes
from assistant.packet import Category, Quantity
from assistant.readers.embedded.bare_numbers import ANY
from assistant.readers.embedded.better import better_by_subject, better_by_words
from assistant.readers.embedded.concepts import better_of
from assistant.readers.embedded.counted import SAME_NOUNS, names_it
from assistant.readers.embedded.measures import Measures
from assistant.readers.embedded.restated import as_meant
from assistant.readers.embedded.subjects import stems

DAYS_OF_GRACE = 1
"""Two deadlines this near are the same; three days where one of them is an interval ("end of January")."""
INTERVAL_GRACE = 3
NEAR = 70
"""Characters around a number whose words tell what it measures."""
TELLING = 5
"""The least number that two texts have in common for more than chance."""
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
    results = [c for d in promise.deadlines if (c := _deadline(d, clause.deadlines, dated))]
    results += [c for h in promise.hours if (c := _hours(h, clause.hours))]
    dates = any(c.kind == "date" for c in results)
    for quantity in promise.quantities if dates else (*promise.quantities, *promise.relative):
        like = [q for q in clause.quantities if _same_kind(quantity.quantity, q.quantity)]
        like = like or [q for q in clause.relative if _same_kind(quantity.quantity, q.quantity)]
        counterparts = _among(like, clause, words)
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
        if found := _number(bare, promise.text, counted, clause.text, shared, category):
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


def _rate(
    bare: ReadQuantity, promise: Measures, clause: Measures, shared: frozenset[str], category: Category
) -> Iterator[Comparison]:
    """ "Two point six" is a rate where the clause has one."""
    rate = replace(bare, quantity=bare.quantity.model_copy(update={"unit": "percent"}))
    like = [q for q in clause.quantities if _same_kind(rate.quantity, q.quantity)]
    same = [q for q in like if q.quantity.value == bare.quantity.value]
    if found := _number(rate, promise.text, same or like, clause.text, shared, category):
        yield found


def _among(like: Sequence[ReadQuantity], clause: Measures, words: frozenset[str]) -> list[ReadQuantity]:
    """Of several numbers those with most of the promise's words around them."""
    if len(like) < 2 or not clause.text:
        return list(like)
    shared = [len(words & frozenset(stems(_around(q, clause)))) for q in like]
    return [q for q, n in zip(like, shared, strict=True) if n == max(shared)]


def _around(quantity: ReadQuantity, clause: Measures) -> str:
    """The words from the number before up to this one, and those that follow it in the same phrase."""
    before = max((q.end for q in clause.quantities if q.end <= quantity.start), default=0)
    after = min((q.start for q in clause.quantities if q.start >= quantity.end), default=len(clause.text))
    tail = re.split(r"[,;.]| and ", clause.text[quantity.end : after])[0]
    head = re.split(r"[;.]|,? and ", clause.text[before : quantity.start])[-1]
    return f"{head} {quantity.quantity.text} {tail}"


def _deadline(promised: ReadDate, agreed: Sequence[ReadDate], told: bool) -> Comparison | None:
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
    apart = math.log1p(abs(days) / 7)
    return Comparison(outcome, day(promised.last), day(nearest.last), "date", told, apart)


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
    return Comparison(outcome, clock(promised), clock(nearest), "hours")


def clock(hours: Hours) -> str:
    """ "07:00 to 23:00"."""
    return " to ".join(f"{int(h):02d}:{round(h % 1 * 60):02d}" for h in (hours.start, hours.end))


def day(when: date) -> str:
    """ "3 August 2026"."""
    return f"{when.day} {when:%B %Y}"


def _same_kind(left: Quantity, right: Quantity) -> bool:
    one, other = dimension(left.unit), dimension(right.unit)
    if left.unit == ANY and left.value == int(left.value):
        return other not in ("money", "percent", "frequency")
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
    promised = _meant(said, agreed).quantity
    place = min(agreed, key=lambda q: (_distance(promised, q.quantity), q.quantity.value))
    nearest = place.quantity
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
    if promised.unit == ANY:
        promised = promised.model_copy(update={"unit": nearest.unit})
    same = nearest.model_copy(update={"unit": promised.unit}) if _counts(promised) else nearest
    same, promised = (q.model_copy(update={"per": _per(q.per)}) for q in (same, promised))
    if _same_rate(promised, same):
        same = same.model_copy(update={"per": promised.per})
    outcome = compare(promised, same, better)
    if outcome is None:
        return None
    near = _shares(said, promise, place, clause)
    if kind == "frequency" and not near:
        return None  # much happens once a month
    told = kind in ("count", "frequency") or bool(way and (near or way == better_of(shared, nearest.unit)))
    return Comparison(outcome, describe(promised), describe(nearest), kind, told, _distance(promised, same))


def _meant(said: ReadQuantity, agreed: Sequence[ReadQuantity]) -> ReadQuantity:
    return replace(said, quantity=as_meant(said.quantity, (q.quantity for q in agreed)))


def _same_rate(promised: Quantity, agreed: Quantity) -> bool:
    """Counts, where one of the two leaves open for what; sums that are equal, or for a claim or a head."""
    if None in (promised.per, agreed.per):
        timed = [p for q in (promised, agreed) for p in (q.per or "").split("/") if p in MINUTES]
        return _counts(promised) or not timed
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
        return "lower" if quantity.bound == "at_most" else _CATEGORY_TIME.get(category)
    if kind == "money":
        return "lower"
    if kind == "percent":
        return "higher" if quantity.value >= 90 else None
    return "higher"
