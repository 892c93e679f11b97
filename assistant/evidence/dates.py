"""Dates as people say and write them, as the interval of days they stand for."""
# ruff: noqa: E501 - a pattern is easier to read on one line

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.evidence.date_words import (
    AFTER,
    BY,
    DAY,
    EVENTS,
    HOLIDAYS,
    LAST_DAY,
    MONTH,
    MONTHS,
    MOVE,
    PART,
    WEEKDAY_BEFORE,
    WEEKDAYS,
    YEAR,
    day_number,
    same_month,
    year_ahead,
)
from assistant.evidence.quantities import read_quantities
from assistant.evidence.units import MINUTES

PAST_DAYS = 45
"""A date without a year lies in the future unless it was within this many days before the anchor."""


@dataclass(frozen=True)
class ReadDate:
    """A day (`first == last`) or an interval, and the offsets of its words.

    `bound` is "by" where the words set a latest day ("by", "no later than"), "after" for an earliest one.
    A deadline is `last`.
    """

    first: date
    last: date
    start: int
    end: int
    text: str
    bound: Literal["on", "by", "after"] = "on"


Span = tuple[date, date]
Reader = Callable[[re.Match[str], date], Span | None]


def read_dates(text: str, anchor: date, events: Mapping[str, date] | None = None) -> list[ReadDate]:
    """Every date in the text, in order of place. `anchor` is the day on which it was said or written.

    `events` gives the days of "signature", "go_live" and "kickoff", where known: then "eight weeks from
    signature" is a date as well. Numeric dates are read day first only where the month cannot be first
    ("31/5/2026") or points separate them ("3.8.2026"); "3/8/2026" is read month first.
    """
    found: list[ReadDate] = []
    for read in [*_relative(text, anchor, events or {}), *_matched(text, anchor)]:
        if not any(f.start < read.end and read.start < f.end for f in found):
            found.append(read)
    return sorted(found, key=lambda r: r.start)


def _matched(text: str, anchor: date) -> Iterator[ReadDate]:
    for pattern, reader in _PATTERNS:
        for m in pattern.finditer(text):
            try:
                span = reader(m, anchor)
            except ValueError:
                continue
            if span:
                yield ReadDate(*span, m.start(), m.end(), m.group(), _bound(text, m.start()))


def _bound(text: str, start: int) -> Literal["on", "by", "after"]:
    before = text[max(0, start - 24) : start]
    return "by" if BY.search(before) else "after" if AFTER.search(before) else "on"


def _relative(text: str, anchor: date, events: Mapping[str, date]) -> Iterator[ReadDate]:
    """ "eight weeks from signature", "inside two weeks of us signing", "two weeks from today"."""
    for q in read_quantities(text):
        if q.quantity.unit not in MINUTES or q.quantity.unit in ("minute", "hour", "business_hour", "second"):
            continue
        for event, words in EVENTS.items():
            m = re.compile(
                rf"\s*(?:from|after|of|following|post|past)\s+(?:the\s+)?(?:date of\s+)?{words}", re.I
            ).match(text, q.end)
            start = anchor if event == "today" else events.get(event)
            if m and start:
                day = add_time(start, q.quantity.value, q.quantity.unit)
                bound: Literal["on", "by"] = (
                    "by" if q.quantity.bound == "at_most" or _bound(text, q.start) == "by" else "on"
                )
                yield ReadDate(day, day, q.start, m.end(), text[q.start : m.end()], bound)
                break


def add_time(start: date, value: float, unit: str) -> date:
    """The day that lies so many days, business days, weeks, months or years after `start`."""
    if unit in ("month", "year") and float(value).is_integer():
        months = start.month - 1 + int(value) * (12 if unit == "year" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        return date(year, month, min(start.day, monthrange(year, month)[1]))
    if unit == "business_day":
        day, left = start, int(value)
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5
        return day
    return start + timedelta(minutes=round(value * MINUTES[unit]))


def _year_for(month: int, day: int, anchor: date) -> int:
    earliest = anchor - timedelta(days=PAST_DAYS)
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        if date(year, month, min(day, monthrange(year, month)[1])) >= earliest:
            return year
    return anchor.year + 1


def _day(m: re.Match[str], anchor: date) -> Span | None:
    month, number = MONTHS[m["month"].lower()], day_number(m["day"])
    year = int(m["year"]) if m["year"] else year_ahead(m, month) or _year_for(month, number, anchor)
    day = date(year, month, number)
    return day, day


def _month(m: re.Match[str], anchor: date) -> Span | None:
    if m["month"].lower() in ("may", "mar", "march", "sep", "dec", "jan") and not m["month"][0].isupper():
        return None
    month = MONTHS[m["month"].lower()]
    year = int(m["year"]) if m["year"] else _year_for(month, 28, anchor)
    return _part_of(date(year, month, 1), date(year, month, monthrange(year, month)[1]), m["part"])


def _part_of(first: date, last: date, part: str | None) -> Span:
    kind = next((k for w, k in MOVE.items() if part and w in part.lower()), None)
    days = (last - first).days + 1
    if kind == "start":
        return first, first + timedelta(days=days // 3 - 1)
    if kind == "middle":
        return first + timedelta(days=days // 3), first + timedelta(days=days * 2 // 3 - 1)
    if kind == "end" and "end" in (part or "").lower():
        return last, last
    return (first + timedelta(days=days * 2 // 3), last) if kind else (first, last)


def _quarter(m: re.Match[str], anchor: date) -> Span | None:
    words = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
    number = int(m["n"]) if m["n"] else words[m["word"].lower()]
    year = _two_digit(m["year"]) if m["year"] else anchor.year
    first, last = _quarter_days(year, number)
    if not m["year"] and last < anchor:
        first, last = _quarter_days(year + 1, number)
    return _part_of(first, last, m["part"])


def _quarter_days(year: int, number: int) -> Span:
    month = number * 3
    return date(year, month - 2, 1), date(year, month, monthrange(year, month)[1])


def _two_digit(year: str) -> int:
    number = int(re.sub(r"\D", "", year))
    return number + 2000 if number < 100 else number


def _period(m: re.Match[str], anchor: date) -> Span | None:
    """ "end of the month", "this quarter", "year end", "end of next week"."""
    unit, step = m["unit"].lower(), 1 if (m["next"] or "").lower().strip() == "next" else 0
    if unit == "week":
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=step)
        return (monday + timedelta(days=4),) * 2 if m["part"] else (monday, monday + timedelta(days=6))
    if unit == "month":
        first = add_time(anchor.replace(day=1), step, "month")
        return _part_of(first, add_time(first, 1, "month") - timedelta(days=1), m["part"])
    if unit == "quarter":
        index = (anchor.month - 1) // 3 + step
        return _part_of(*_quarter_days(anchor.year + index // 4, index % 4 + 1), m["part"])
    return _part_of(date(anchor.year + step, 1, 1), date(anchor.year + step, 12, 31), m["part"])


def _weekday(m: re.Match[str], anchor: date) -> Span | None:
    ahead = (WEEKDAYS[m["weekday"].lower()] - anchor.weekday()) % 7
    ahead = ahead or 7
    if (m["which"] or "").lower().startswith("next") and anchor.weekday() + ahead < 7:
        ahead += 7
    day = anchor + timedelta(days=ahead)
    return day, day


def _holiday(m: re.Match[str], anchor: date) -> Span | None:
    name = m["holiday"].lower().replace("’", "'")
    if name == "thanksgiving":
        days = [_thanksgiving(y) for y in (anchor.year, anchor.year + 1)]
    else:
        month, number = HOLIDAYS[name]
        days = [date(y, month, number) for y in (anchor.year, anchor.year + 1)]
    day = next(d for d in days if d >= anchor)
    return day, day


def _thanksgiving(year: int) -> date:
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21)


def _numeric(m: re.Match[str], anchor: date) -> Span | None:
    a, b, year = int(m["a"]), int(m["b"]), _two_digit(m["y"])
    european = m["sep"] == "." or a > 12
    day = date(year, b, a) if european else date(year, a, b)
    return day, day


def _iso(m: re.Match[str], anchor: date) -> Span | None:
    day = date(int(m["y"]), int(m["mo"]), int(m["d"]))
    return day, day


def _next_day_number(m: re.Match[str], anchor: date) -> Span | None:
    number, month = day_number(m["day"]), anchor.replace(day=1)
    if named := same_month(m):
        day = date(_year_for(named, number, anchor), named, number)
        return day, day
    day = month.replace(day=number)
    day = day if day >= anchor else add_time(month, 1, "month").replace(day=number)
    return day, day


def _word(m: re.Match[str], anchor: date) -> Span | None:
    ahead = {"today": 0, "tomorrow": 1, "the day after tomorrow": 2, "yesterday": -1}[m.group().lower()]
    day = anchor + timedelta(days=ahead)
    return day, day


_I = re.IGNORECASE
_PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<mo>\d\d)-(?P<d>\d\d)\b"), _iso),
    (
        re.compile(
            r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)(?![\d./-])"
        ),
        _numeric,
    ),
    (re.compile(rf"\b{WEEKDAY_BEFORE}{DAY}\s+(?:day\s+)?(?:of\s+)?{MONTH}{YEAR}", _I), _day),
    (
        re.compile(
            rf"\b{WEEKDAY_BEFORE}{MONTH}\s+(?:the\s+)?{LAST_DAY}(?!\s*(?:users|seats|%|weeks|days|hours|months)){YEAR}",
            _I,
        ),
        _day,
    ),
    (
        re.compile(
            rf"\b(?:{PART}[\s-]+(?:the\s+)?)?(?:q(?P<n>[1-4])|(?:the\s+)?(?P<word>first|second|third|fourth|last) quarter)\b(?:\s*(?:of|,|/)?\s*(?:fy\s*)?(?P<year>'?\d\d(?:\d\d)?)\b)?",
            _I,
        ),
        _quarter,
    ),
    (
        re.compile(
            rf"\b{PART}[\s-]+(?:the\s+|this\s+|(?P<next>next)\s+|our\s+|your\s+)?(?:calendar\s+)?(?P<unit>week|month|quarter|year)\b",
            _I,
        ),
        _period,
    ),
    (re.compile(r"\b(?P<part>)(?P<next>next|this) (?P<unit>week|month|quarter|year)\b", _I), _period),
    (re.compile(r"\b(?P<unit>week|month|quarter|year)[- ](?P<part>end)(?P<next>)\b", _I), _period),
    (re.compile(rf"\b(?:{PART}[\s-]+)?{MONTH}{YEAR}", _I), _month),
    (
        re.compile(
            rf"(?<!every )(?<!each )\b(?P<which>next |this |this coming |coming )?(?P<weekday>{'|'.join(WEEKDAYS)})\b",
            _I,
        ),
        _weekday,
    ),
    (re.compile(rf"\b(?P<holiday>{'|'.join([*HOLIDAYS, 'thanksgiving'])})\b", _I), _holiday),
    (
        re.compile(r"\b(?:on|by|until|before|from) the (?P<day>\d{1,2}(?:st|nd|rd|th))\b", _I),
        _next_day_number,
    ),
    (re.compile(r"\b(?:the day after tomorrow|tomorrow|today|yesterday)\b", _I), _word),
)
"""Read in this order; words that an earlier pattern took are not read again."""
