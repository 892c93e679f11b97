"""Dates as mail programs print them in attribution lines and quoted headers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from extractors.mail.words import DATE_FILLERS, MONTHS, WEEKDAYS

_TIME = re.compile(r"\b(\d{1,2})[:h.](\d\d)(?:[:.](\d\d))?\s*(?:([ap])\.?\s?m\b)?", re.I)
_HOUR = re.compile(r"\b(\d{1,2})\s*([ap])\.?\s?m\b", re.I)
_YMD = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)\b")
_DAY_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\.?,?\s+(?:de\s+)?([^\W\d_]{3,})\.?,?\s+(?:de\s+)?(\d{4})\b"
)
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_OFFSET = re.compile(r"(?:GMT|UTC|\s)\s?([+-])(\d\d):?(\d\d)\b")


def aware(moment: datetime | None, zone: tzinfo = UTC) -> datetime | None:
    """The moment with a time zone: its own or the one given, so that all of them can be ordered."""
    return moment.replace(tzinfo=zone) if moment is not None and moment.tzinfo is None else moment


def header_date(text: str) -> datetime | None:
    """The Date header as an aware datetime, None when it is no date."""
    try:
        return aware(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return printed_date(text, None)


def printed_date(text: str, near: datetime | None) -> datetime | None:
    """The date a mail program printed in `text`, in any of its usual forms.

    `near` is the mail that quotes it: its zone is used where none is printed, and of 4/5/2026 the reading
    that lies last before it is taken. None when there is no full date.
    """
    text = text[:300]
    zone = _zone(text) or (near.tzinfo if near else None) or UTC
    days = _days(text)
    if not days:
        return None
    hour, minute, second = _clock(_NUMERIC.sub(" ", _YMD.sub(" ", text)))
    moments = [datetime(y, m, d, hour, minute, second, tzinfo=zone) for y, m, d in days]
    if near is None:
        return moments[0]
    before = [m for m in moments if m <= near + timedelta(days=1)]
    return max(before) if len(moments) > 1 and before else moments[0]


def is_date_token(token: str) -> bool:
    """Whether a word of an attribution line belongs to its date rather than to the name."""
    word = token.strip(".,;()[]").lower()
    if not word or word[0].isdigit() or word in ("am", "pm", "a.m", "p.m", "-", "–"):
        return True
    return (
        word in WEEKDAYS
        or word in MONTHS
        or word in DATE_FILLERS
        or word[0] in "+-"
        or word.startswith(("gmt", "utc"))
    )


def _zone(text: str) -> timezone | None:
    found = _OFFSET.search(text)
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    if minutes >= 24 * 60:
        return None
    return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes))


def _clock(text: str) -> tuple[int, int, int]:
    found = _TIME.search(text)
    if found:
        hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
        half = found[4]
    elif found := _HOUR.search(text):
        hour, minute, second, half = int(found[1]), 0, 0, found[2]
    else:
        return 0, 0, 0
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else (0, 0, 0)


def _days(text: str) -> list[tuple[int, int, int]]:
    """Possible (year, month, day) readings, the likeliest first."""
    readings: list[tuple[int, int, int]] = []
    for found in _YMD.finditer(text):
        readings.append((int(found[1]), int(found[2]), int(found[3])))
    for found in _DAY_MONTH.finditer(text):
        readings.append((int(found[3]), MONTHS.get(found[2].lower(), 0), int(found[1])))
    for found in _MONTH_DAY.finditer(text):
        readings.append((int(found[3]), MONTHS.get(found[1].lower(), 0), int(found[2])))
    readings = [r for r in readings if _is_day(r)][:1]
    if not readings and (found_numeric := _NUMERIC.search(text)):
        readings = _numeric(found_numeric, text)
    return readings


def _numeric(found: re.Match[str], text: str) -> list[tuple[int, int, int]]:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    year += 2000 if year < 100 else 0
    month_first, day_first = (year, first, second), (year, second, first)
    american = found[2] == "/" and re.search(r"[ap]\.?m\b", text, re.I)
    order = [month_first, day_first] if american else [day_first, month_first]
    if found[2] == ".":
        order = [day_first]
    elif american and _is_day(month_first):
        order = [month_first]
    return list(dict.fromkeys(r for r in order if _is_day(r)))


def _is_day(reading: tuple[int, int, int]) -> bool:
    try:
        datetime(*reading)
    except ValueError:
        return False
    return True
