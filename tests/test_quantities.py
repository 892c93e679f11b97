"""Quantities are read from words and figures, and compared by arithmetic."""

import pytest

from assistant.evidence.quantities import compare, read_quantities
from assistant.evidence.units import Better, describe
from assistant.packet import Quantity

CASES = [
    ("three nines, all year", 99.9, "percent"),
    ("four nines five uptime", 99.995, "percent"),
    ("ninety-nine and one-half per cent (99.5%) of the minutes", 99.5, "percent"),
    ("ninety nine point nine five percent", 99.95, "percent"),
    ("half a percent", 0.5, "percent"),
    ("15 % off", 15, "percent"),
    ("twelve (12) weeks after", 12, "week"),
    ("it's a hundred and forty-two eight a year, all in price", 142800, "USD"),
    ("$142,800", 142800, "USD"),
    ("about 142.8k a year for the license", 142800, "USD"),
    ("we spend 62 thousand a year", 62000, "USD"),
    ("1.2 million dollars", 1200000, "USD"),
    ("EUR 40.000", 40000, "EUR"),
    ("two hundred and twenty-five dollars ($225)", 225, "USD"),
    ("net 45", 45, "day"),
    ("net-30 days", 30, "day"),
    ("a week and a half from kickoff", 1.5, "week"),
    ("two and a half weeks", 2.5, "week"),
    ("within the hour", 1, "hour"),
    ("we answer in an hour", 1, "hour"),
    ("half a day", 0.5, "day"),
    ("a couple of weeks", 2, "week"),
    ("in a fortnight", 2, "week"),
    ("four (4) hours within business hours", 4, "business_hour"),
    ("one (1) Business Hour", 1, "business_hour"),
    ("next business day", 1, "business_day"),
    ("a 12-month term", 12, "month"),
    ("a dozen seats", 12, "seat"),
    ("eighty-five (85) Named Users", 85, "user"),
    ("up to 24,000 shipments", 24000, "shipment"),
    ("Named Users: 85", 85, "user"),
    ("100 GB of storage", 100, "gb"),
    ("24/7 support", 168, "hour"),
    ("one sandbox environment", 1, "sandbox"),
]


@pytest.mark.parametrize(("text", "value", "unit"), CASES)
def test_a_quantity_is_read(text: str, value: float, unit: str) -> None:
    found = read_quantities(text)
    assert [(pytest.approx(q.quantity.value), q.quantity.unit) for q in found] == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    ["on 3 August 2026", "July 20th", "Section 5.3 Fees", "SOC 2 Type II reports", "TLS 1.2 connections",
     "Priority 1 Incidents", "P1 issues", "call me at 10:30 on 555-1234", "",
     "we march on", "Exhibit 2 fees"],
)  # fmt: skip
def test_what_is_no_quantity_is_not_read(text: str) -> None:
    assert read_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [("up to five users", "at_most"), ("no more than 10 users", "at_most"), ("within 4 hours", "at_most"),
     ("four weeks tops", "at_most"), ("at least 3 days", "at_least"), ("50+ users", "at_least"),
     ("about 40 users", "about"), ("40 users or so", "about"),
     ("capped at 7%", "at_most"), ("40 users", "exactly")],
)  # fmt: skip
def test_the_bound_is_read(text: str, bound: str) -> None:
    assert read_quantities(text)[0].quantity.bound == bound


def test_a_rate_keeps_what_it_is_per() -> None:
    assert read_quantities("$40 per user per month")[0].quantity.per == "user/month"
    assert read_quantities("2,000 euros a month")[0].quantity.per == "month"
    assert read_quantities("twice a year")[0].quantity.per == "year"


def test_a_range_gives_its_upper_end_and_its_lower_end() -> None:
    for text in ("6-8 weeks", "six to eight weeks", "between six and eight weeks"):
        found = read_quantities(text)
        assert [(q.quantity.value, q.low) for q in found] == [(8, 6)]


def test_a_figure_that_differs_from_its_words_is_reported() -> None:
    assert read_quantities("twelve (21) weeks")[0].disagrees == 21
    assert read_quantities("twelve (12) weeks")[0].disagrees is None


def test_the_offsets_point_at_the_words() -> None:
    text = "so it is up to 25 seats, right"
    found = read_quantities(text)[0]
    assert text[found.start : found.end] == found.quantity.text == "up to 25 seats"


def _q(value: float, unit: str, per: str | None = None) -> Quantity:
    return Quantity(value=value, unit=unit, per=per, text="")


@pytest.mark.parametrize(
    ("promise", "term", "better", "outcome"),
    [
        (_q(2, "week"), _q(10, "business_day"), "lower", "equal"),
        (_q(3, "month"), _q(90, "day"), "lower", "equal"),
        (_q(1, "year"), _q(12, "month"), "higher", "equal"),
        (_q(8, "week"), _q(12, "week"), "lower", "better"),
        (_q(4, "hour"), _q(1, "business_day"), "lower", "better"),
        (_q(1, "hour"), _q(1, "business_hour"), "lower", "better"),
        (_q(99.9, "percent"), _q(99.5, "percent"), "higher", "better"),
        (_q(20, "seat"), _q(25, "seat"), "higher", "worse"),
        (_q(100, "USD", "month"), _q(1200, "USD", "year"), "lower", "equal"),
        (_q(100, "USD"), _q(100, "EUR"), "lower", None),
        (_q(3, "week"), _q(3, "seat"), "lower", None),
        (_q(4, "session"), _q(4, "session", "year"), "higher", None),
    ],
)
def test_two_quantities_compare_across_units(
    promise: Quantity, term: Quantity, better: Better, outcome: str | None
) -> None:
    assert compare(promise, term, better) == outcome


def test_a_quantity_is_described_for_people() -> None:
    assert describe(_q(10, "business_day")) == "10 business days"
    assert describe(_q(142800, "USD", "year")) == "$142,800 per year"
    assert describe(_q(99.5, "percent")) == "99.5%"
