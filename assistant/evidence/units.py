"""Canonical units, how they convert, and which of two quantities is the better one.

Conversions, where units differ: 10 business days = 2 weeks, 8 business hours = 1 business day, a quarter =
3 months, 12 months = 1 year. A calendar month is taken as 30.44 days with a tolerance of 2 %, so that
"three months" equals "ninety days". "About" widens the tolerance to 10 %.
"""

from __future__ import annotations

from typing import Literal

from assistant.packet import Quantity

Better = Literal["lower", "higher"]
Outcome = Literal["equal", "better", "worse"]

DAY = 24 * 60.0
_MONTH = 365.25 / 12 * DAY
MINUTES: dict[str, float] = {
    "second": 1 / 60, "minute": 1, "hour": 60, "day": DAY, "week": 7 * DAY, "month": _MONTH,
    "quarter": 3 * _MONTH, "year": 12 * _MONTH, "business_hour": 60 * 3 * 7 / 5, "business_day": DAY * 7 / 5,
}  # fmt: skip
"""Calendar minutes of one unit of time; a business hour is an eighth of a business day."""
UNIT_WORDS: dict[str, str] = {
    "sec": "second", "secs": "second", "min": "minute", "mins": "minute", "hr": "hour", "hrs": "hour",
    "wk": "week", "wks": "week", "mo": "month", "mos": "month", "mth": "month", "mths": "month",
    "yr": "year", "yrs": "year", "annum": "year", "qtr": "quarter", "fortnight": "fortnight",
    "fortnights": "fortnight",
} | {
    w + s: w
    for w in ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
    for s in ("", "s")
}  # fmt: skip
CURRENCY_SIGNS: dict[str, str] = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "S$": "SGD",
    "HK$": "HKD",
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR",
}  # fmt: skip
CURRENCY_CODES = ("USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD", "HKD", "JPY", "INR", "SEK", "NOK",
                  "DKK", "PLN", "CZK", "ZAR", "BRL", "MXN", "AED")  # fmt: skip
CURRENCY_WORDS: dict[str, str] = {
    "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD", "euro": "EUR", "euros": "EUR",
    "pound": "GBP", "pounds": "GBP", "francs": "CHF", "rupees": "INR", "yen": "JPY", "kronor": "SEK",
}  # fmt: skip
_CALENDAR_MONTHS = ("month", "quarter", "year")
SLACK_MONTHS = 0.02
SLACK_ABOUT = 0.10


def dimension(unit: str) -> str:
    """ "time", "money", "percent", "frequency" ("once a week"), or the counted noun itself."""
    if unit == "time":
        return "frequency"
    if unit in MINUTES:
        return "time"
    if unit in CURRENCY_CODES:
        return "money"
    return unit


def minutes(quantity: Quantity) -> float | None:
    """Calendar minutes of a quantity of time, None for anything else."""
    factor = MINUTES.get(quantity.unit)
    return None if factor is None else quantity.value * factor


def compare(promise: Quantity, term: Quantity, better: Better) -> Outcome | None:
    """Whether the promise is equal to, better than or worse than the term for the one who receives it.

    `better` says which direction is good: "lower" for a response time or a price, "higher" for uptime or
    seats. None when the two are of different dimensions, currencies or rates.
    """
    pair = _same_scale(promise, term)
    if pair is None:
        return None
    left, right = pair
    if abs(left - right) <= _slack(promise, term) * max(abs(left), abs(right)) + 1e-9:
        return "equal"
    return "better" if (left < right) == (better == "lower") else "worse"


def _same_scale(left: Quantity, right: Quantity) -> tuple[float, float] | None:
    if dimension(left.unit) != dimension(right.unit):
        return None
    if dimension(left.unit) == "time":
        if left.unit == right.unit:
            return left.value, right.value
        return left.value * MINUTES[left.unit], right.value * MINUTES[right.unit]
    if left.unit != right.unit:
        return None
    if left.unit == "percent":
        return left.value, right.value
    return _same_rate(left, right)


def _same_rate(left: Quantity, right: Quantity) -> tuple[float, float] | None:
    """Both as a rate per year where both are rates over time, else only where the rate is the same."""
    if left.per == right.per:
        return left.value, right.value
    rates = [_per_year(q) for q in (left, right)]
    if rates[0] is None or rates[1] is None or rates[0][1] != rates[1][1]:
        return None
    return left.value * rates[0][0], right.value * rates[1][0]


def _per_year(quantity: Quantity) -> tuple[float, str] | None:
    """Times a year, and what is left of `per` ("user" in "user/month")."""
    parts = (quantity.per or "").split("/")
    times = [MINUTES["year"] / MINUTES[p] for p in parts if p in MINUTES]
    return (times[0], "/".join(p for p in parts if p not in MINUTES)) if len(times) == 1 else None


def _slack(left: Quantity, right: Quantity) -> float:
    if "about" in (left.bound, right.bound):
        return SLACK_ABOUT
    mixed = (left.unit in _CALENDAR_MONTHS) != (right.unit in _CALENDAR_MONTHS)
    return SLACK_MONTHS if mixed and dimension(left.unit) == "time" else 0.0


_TIMES = {
    "second": "second", "minute": "minute", "hour": "hour", "business_hour": "business hour", "day": "day",
    "business_day": "business day", "week": "week", "month": "month", "quarter": "quarter", "year": "year",
}  # fmt: skip


def describe(quantity: Quantity) -> str:
    """The quantity for a person: "12 weeks", "99.5%", "$142,800 per year"."""
    value = f"{quantity.value:,.10g}" if quantity.value < 1e9 else f"{quantity.value:,.0f}"
    if quantity.unit == "percent":
        text = f"{value}%"
    elif quantity.unit in CURRENCY_CODES:
        text = f"${value}" if quantity.unit == "USD" else f"{quantity.unit} {value}"
    else:
        noun = _TIMES.get(quantity.unit, quantity.unit.replace("_", " "))
        text = f"{value} {noun if quantity.value == 1 else plural(noun)}"
    return f"{text} per {quantity.per.replace('/', ' per ')}" if quantity.per else text


def plural(noun: str) -> str:
    """The usual English plural: "branch" -> "branches", "copy" -> "copies"."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun + "s"


_IRREGULAR = {"people": "person", "staff": "person", "licences": "licence", "analyses": "analysis",
              "indices": "index", "children": "child", "men": "man", "women": "woman"}  # fmt: skip


def singular(noun: str) -> str:
    """The usual English singular of a lower-case noun."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun
