"""What a value must carry to be one: a number, an amount, a date, a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from assistant.evidence.dates import ReadDate, read_dates
from assistant.evidence.quantities import read_quantities
from assistant.evidence.units import CURRENCY_CODES, dimension
from assistant.readers.embedded.statements import Statement

NO_YEAR = 2000
"""The year of a day that names none, in a source without a date."""
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen)\b"
)
_NAME = re.compile(r"(?<![.?!:]\s)(?<!^)(?<![\"“])\b(?!I\b|I['’])(?:[A-Z][\w-]+|[A-Z]{2,})")
_NO_NAMES = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July"
    " August September October November December Christmas Easter Thanksgiving OK Okay CEO CFO CIO COO VP IT"
    " HR PO NDA MSA SOW".split()
)


def carries(needs: Sequence[str], s: Statement) -> bool:
    """Whether the statement carries everything that the row needs."""
    return all(_TESTS[need](s) for need in needs)


def dates_in(s: Statement) -> list[date]:
    """The days that the statement names, latest day of an interval."""
    return [d.last for d in _read_days(s)]


def lies_behind(s: Statement, first: date | None) -> bool:
    """Whether every day that it names lies before the deal's first talk: no plan of this deal is older."""
    days = [d for d in dates_in(s) if s.day or d.year > NO_YEAR]
    return first is not None and bool(days) and max(days) < first


def has_money(s: Statement) -> bool:
    """Whether an amount of money stands in it."""
    return any(q.quantity.unit in CURRENCY_CODES and q.quantity.value >= 100 for q in read_quantities(s.text))


def _has_date(s: Statement) -> bool:
    return any(d.text.lower() not in _VAGUE for d in _read_days(s))


def _read_days(s: Statement) -> list[ReadDate]:
    return read_dates(s.text, s.day or date(NO_YEAR, 1, 1))


_VAGUE = frozenset("today tomorrow yesterday may march".split())


def _has_time(s: Statement) -> bool:
    spans = any(dimension(q.quantity.unit) == "time" for q in read_quantities(s.text))
    return spans or _has_date(s)


def _has_percent_or_money(s: Statement) -> bool:
    read = read_quantities(s.text)
    return any(q.quantity.unit == "percent" or q.quantity.unit in CURRENCY_CODES for q in read)


def _has_number(s: Statement) -> bool:
    return bool(_NUMBER.search(s.plain))


def _has_name(s: Statement) -> bool:
    return bool(s.systems) or bool(set(_NAME.findall(s.text)) - _NO_NAMES)


def _answers(s: Statement) -> bool:
    return bool(s.asked)


_TESTS: dict[str, Callable[[Statement], bool]] = {
    "number": _has_number,
    "money": has_money,
    "date": _has_date,
    "time": _has_time,
    "name": _has_name,
    "percent_or_money": _has_percent_or_money,
    "answers": _answers,
}
