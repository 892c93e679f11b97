"""The days of a promise held against the days of a clause, and days that leave their month to the talk."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from assistant.evidence.date_words import MONTH, MONTHS, ORD, WEEKDAYS, day_number
from assistant.evidence.dates import ReadDate, read_dates
from assistant.evidence.units import Outcome

DAYS_OF_GRACE = 1
"""Two deadlines this near are the same; three days where one of them is an interval ("end of January")."""
INTERVAL_GRACE = 3
PART_OF_MONTH = 31
"""Days up to which any day of an interval keeps the promise: the 15th is the middle of June, and in June."""
WRONG_YEAR = 180
RIGHT_YEAR = 45
"""A day said without its year is that of the next year where this brings it so near to the contract's."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTH = re.compile(rf"\b{MONTH}", re.I)
_BARE_DAY = re.compile(
    rf"\bthe (?P<day>{ORD}|\d{{1,2}}(?:st|nd|rd|th))"
    r"(?=\s*(?:[.,;?!]|$)|\s+(?:and|or|at|for|to|then|latest)\b)", re.I
)
_SIGNED = re.compile(
    r"\b(?:sign\w*|ink\w*|countersign\w*|executed)\b[^.;,]{0,25}\b(?:by|before|in|on)(?: the)?\s*$", re.I
)
"""Before a day that is a condition, not what is promised: "sign by the end of August"."""
_WEEKDAY = re.compile(
    rf"(?:next |this |this coming |coming )?(?:{'|'.join(WEEKDAYS)}|today|tomorrow|yesterday)", re.I
)


_NOTHING_BETWEEN = (
    r"(?:\b(?:not|never)\b(?! (?:later|earlier|more|less|fewer))"
    r"|\bno\b(?! (?:\w+ )?(?:charge|fee|cost)| (?:later|earlier|more|less|fewer))"
    r"[^.;]*\b(?:takes? place|happens?|occurs?|shall|will|may|is|are|be)\b)"
    r"[^.;]*\b(?:between|from)\b"
)
_CLOSES = re.compile(_NOTHING_BETWEEN, re.I)
_CLOSED = re.compile(rf"{_NOTHING_BETWEEN}(?: the)?\s*$", re.I)
"""Before the first of two days between which a clause lets nothing happen."""
_UP_TO = re.compile(r"\s*,?\s*(?:and|to|through|until|till|[-–])(?: the)?\s*", re.I)


def compare_each_day(
    promised: Sequence[ReadDate], text: str, clause_days: Sequence[ReadDate], clause: str
) -> list[tuple[Outcome, str, str, float]]:
    """Every day that `text` promises against the clause's; see compare_days.

    A day by which to sign is a condition, and where one of the days is the clause's only one the others are
    of something else. Days between which nothing happens deny those between them and say nothing of others.
    """
    closed = closed_days(clause_days, clause)
    agreed = [day for day in clause_days if all(day not in pair for pair in closed)]
    compared = [(day, one) for day in promised if (one := compare_days(day, agreed))]
    compared += [(day, one) for day in promised for pair in closed if (one := _denied(day, *pair))]
    if len(agreed) == 1 and any(one[0] == "equal" for _, one in compared):
        compared = [(day, one) for day, one in compared if one[0] == "equal"]
    return [one for day, one in compared if one[0] == "equal" or not _SIGNED.search(text[: day.start])]


def closed_days(days: Sequence[ReadDate], clause: str) -> list[tuple[ReadDate, ReadDate]]:
    """First and last day of each time in which the clause lets nothing happen ("no work takes place between
    18 December and 5 January"); the days in the order in which they stand.
    """
    return [
        (first, last)
        for first, last in pairwise(sorted(days, key=lambda day: day.start))
        if _UP_TO.fullmatch(clause[first.end : last.start]) and _CLOSED.search(clause[: first.start])
    ]


def lies_outside(promised: Sequence[ReadDate], clause: str) -> bool:
    """The clause only names times in which nothing happens, and none of the promised days touches one."""
    if not _CLOSES.search(clause):
        return False
    days = read_dates(clause, promised[0].first)
    closed = closed_days(days, clause)
    if not closed or len(days) != 2 * len(closed):
        return False
    return all(d.last < first.first or d.first > last.last for d in promised for first, last in closed)


def _denied(day: ReadDate, first: ReadDate, last: ReadDate) -> tuple[Outcome, str, str, float] | None:
    """A promised day within a time in which nothing happens is more than the contract grants."""
    if not first.first <= day.first <= day.last <= last.last:
        return None
    inside = min((day.last - first.first).days, (last.last - day.first).days)
    return "better", in_words(day.last), in_words(first.first), math.log1p(inside / 7)


def compare_days(
    promised: ReadDate, agreed: Sequence[ReadDate]
) -> tuple[Outcome, str, str, float] | None:
    """The promised day against the nearest day of the clause: outcome, both days in words, how far apart.

    Earlier is better. None where the clause has no day.
    """
    if not agreed:
        return None
    promised = min((promised, *_a_year_on(promised, agreed)), key=lambda d: _apart(d, agreed))
    nearest = min(agreed, key=lambda d: abs((d.last - promised.last).days))
    days = (promised.last - nearest.last).days
    interval = promised.first != promised.last or "end" in promised.text.lower()
    within = nearest.first <= promised.last <= nearest.last
    if promised.bound == "after":
        within = promised.first <= nearest.last <= promised.last
    part = (promised.last - promised.first).days <= PART_OF_MONTH
    within = within or (part and promised.first <= nearest.last <= promised.last)
    if within or abs(days) <= (INTERVAL_GRACE if interval else DAYS_OF_GRACE):
        outcome: Outcome = "equal"
    else:
        outcome = "better" if days < 0 else "worse"
    return outcome, in_words(promised.last), in_words(nearest.last), math.log1p(abs(days) / 7)


def _apart(day: ReadDate, agreed: Sequence[ReadDate]) -> int:
    return min(abs((d.last - day.last).days) for d in agreed)


def _a_year_on(day: ReadDate, agreed: Sequence[ReadDate]) -> Sequence[ReadDate]:
    """The same day of the next year, where its year was not said and the contract means that one."""
    if _YEAR.search(day.text) or not _MONTH.search(day.text) or _apart(day, agreed) < WRONG_YEAR:
        return ()
    later = replace(day, first=_next_year(day.first), last=_next_year(day.last))
    return (later,) if _apart(later, agreed) <= RIGHT_YEAR else ()


def _next_year(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, monthrange(day.year + 1, day.month)[1]))


def in_words(when: date) -> str:
    """ "3 August 2026"."""
    return f"{when.day} {when:%B %Y}"


def is_weekday(day: ReadDate) -> bool:
    """Only a day of the week was named, which in a contract is no date ("Monday to Friday")."""
    return bool(_WEEKDAY.fullmatch(day.text.strip()))


def day_of_month(text: str, before: str, anchor: date) -> ReadDate | None:
    """ "You'll have them the third", where the talk before named the month; None where it did not."""
    found = list(_BARE_DAY.finditer(text))
    months = list(_MONTH.finditer(before))
    if len(found) != 1 or not months or not months[-1]["month"][0].isupper():
        return None
    month, number = MONTHS[months[-1]["month"].lower()], day_number(found[0]["day"])
    if not 1 <= number <= monthrange(anchor.year, month)[1]:
        return None
    day = date(anchor.year, month, min(number, 28 if month == 2 else number))
    day = day if day >= anchor else _next_year(day)
    return ReadDate(day, day, found[0].start(), found[0].end(), found[0][0], "on")

