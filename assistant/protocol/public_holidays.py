"""Public holidays by country and region, from the `holidays` package."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

YEAR = 2024
"""Any year will do to learn whether a country is known."""


@lru_cache(maxsize=256)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The year's holidays, those moved to another day included; none for a country that nobody knows.

    `country` is ISO 3166 in capitals: "DE", "US-CA".
    """
    import holidays  # takes its time to load, and only where a country is named

    code, _, part = country.partition("-")
    try:
        return frozenset(holidays.country_holidays(code, subdiv=part or None, years=year))
    except (NotImplementedError, KeyError):
        return frozenset()


@lru_cache(maxsize=256)
def knows_country(country: str) -> bool:
    """Whether the country, and the region where one is named, has public holidays here."""
    return bool(public_holidays(country, YEAR))
