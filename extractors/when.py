"""Dates in file names and headers: the day of a call."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

MONTHS = {
    m: i
    for i, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), 1)
    for m in names.split()
}  # fmt: skip
MONTHS |= {
    m: i
    for i, names in enumerate(
        ("januar jänner janvier enero gennaio januari", "februar février fevrier febrero febbraio februari",
         "märz maerz mars marzo maart", "avril abril aprile", "mai mayo maggio mei", "juni juin junio giugno",
         "juli juillet julio luglio", "août aout agosto augustus", "septembre septiembre settembre",
         "okt oktober octobre octubre ottobre", "novembre noviembre",
         "dez dezember décembre decembre diciembre"), 1)
    for m in names.split()
}  # fmt: skip
"""Months of English, German, French, Spanish, Italian and Dutch."""
_MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_EDGE, _AFTER = r"(?<![0-9a-z])", r"(?![0-9a-z])"
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![0-9])(20\d\d)[-_./ ]([01]?\d)[-_./ ]([0-3]?\d)(?![0-9])", re.I), "ymd"),
    (re.compile(r"(?<![0-9])(20\d\d)([01]\d)([0-3]\d)(?![0-9])", re.I), "ymd"),
    (re.compile(rf"(?<![0-9])(20\d\d)[-_ ]?{_MONTH}[-_ ]?([0-3]?\d){_AFTER}", re.I), "ymd"),
    (
        re.compile(
            rf"{_EDGE}([0-3]?\d)(?:st|nd|rd|th|er)?(?: of| de)?[-_./ ]*{_MONTH}(?: de)?[-_./, ]*"
            rf"(20\d\d){_AFTER}",
            re.I,
        ),
        "dmy",
    ),
    (re.compile(rf"{_EDGE}{_MONTH}[-_./ ]*([0-3]?\d)(?:st|nd|rd|th)?[-_./, ]+(20\d\d){_AFTER}", re.I), "mdy"),
    (re.compile(rf"{_EDGE}([0-3]?\d)\. ?([0-3]?\d)\. ?(20\d\d){_AFTER}", re.I), "dmy"),
    (re.compile(rf"{_EDGE}([0-3]?\d)[-_./]([0-3]?\d)[-_./](20\d\d){_AFTER}", re.I), "?"),
)
"""The first that fits wins; "?" is day and month in an order that only a number over 12 tells."""


def date_in_name(name: str) -> date | None:
    """The date in a file's own name ("calls/2026-03-19 discovery.vtt"), else in its folder's."""
    for part in reversed(name.split("/")):
        found = first_date(part.replace("_", " "))
        if found:
            return found
    return None


def first_date(text: str) -> date | None:
    """The first date with a year that the text states unambiguously; None when there is none."""
    found = [(m.start(), order, m.groups()) for p, order in PATTERNS for m in p.finditer(text)]
    for _, order, parts in sorted(found, key=lambda f: f[0]):
        day = _date(order, parts)
        if day:
            return day
    return None


def date_of_value(value: object) -> date | None:
    """A date from an export's metadata: ISO text, other text, or seconds or milliseconds since 1970 (UTC)."""
    if isinstance(value, str):
        return first_date(value) or (
            date_of_value(float(value)) if re.fullmatch(r"\d{9,13}", value) else None
        )
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    seconds = value / 1000 if value > 1e11 else value
    if not 946_684_800 <= seconds <= 4_102_444_800:  # 2000 to 2100: anything else is no date
        return None
    return datetime.fromtimestamp(seconds, tz=UTC).date()


def _date(order: str, parts: tuple[str, ...]) -> date | None:
    if order == "?":
        order = _numeric_order(int(parts[0]), int(parts[1]))
    values = dict(zip(order, parts, strict=True)) if order else {}
    try:
        return date(int(values["y"]), _month(values["m"]), int(values["d"]))
    except (KeyError, ValueError):
        return None


def _numeric_order(first: int, second: int) -> str:
    if first > 12 or first == second:
        return "dmy"
    return "mdy" if second > 12 else ""


def _month(text: str) -> int:
    return int(text) if text.isdigit() else MONTHS[text.lower().rstrip(".")]
