"""Numbers in another unit, another currency's coins or another form are read as what they amount to."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.readers.embedded.measures import measure


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It's six cents a scan.", 0.06, "USD"),
        ("Three dollars and forty cents apiece.", 3.4, "USD"),
        ("It stays at eight fifty a head.", 8.5, "USD"),
        ("The charge in the first year is reduced by one eighth.", 12.5, "percent"),
        ("You'd be down no more than forty-four minutes in any month.", 99.9, "percent"),
        ("It shall not be unavailable for more than nine hours in any year.", 99.9, "percent"),
        ("We carry three million of cover.", 3_000_000.0, "USD"),
    ],
)
def test_a_number_is_read_as_what_it_amounts_to(text: str, value: float, unit: str) -> None:
    found = [(q.quantity.value, q.quantity.unit) for q in measure(text, date(2026, 1, 15), {}).quantities]
    assert any(v == pytest.approx(value) and u == unit for v, u in found)


@pytest.mark.parametrize(
    "text", ["It takes half an hour.", "Six and a half percent off.", "Back in one third of a day."]
)
def test_a_fraction_of_something_else_is_no_percentage(text: str) -> None:
    found = [q.quantity for q in measure(text, date(2026, 1, 15), {}).quantities]
    assert not [q for q in found if q.unit == "percent" and q.value in (50.0, 33.33)]


def test_a_duration_that_gives_a_day_is_kept_beside_the_day() -> None:
    read = measure("ten days after signature", date(2026, 1, 15), {"signature": date(2026, 2, 1)})
    assert [d.last for d in read.deadlines] == [date(2026, 2, 11)]
    assert [q.quantity.unit for q in read.relative] == ["day"]
