"""Numbers said in pairs: "three ten" is 310; whether dollars, hundreds or thousands, the contract tells."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.evidence.number_words import read_numbers
from assistant.evidence.quantities import read_quantities
from assistant.packet import Quantity
from assistant.readers.embedded.comparisons import compare_measures
from assistant.readers.embedded.measures import measure
from assistant.readers.embedded.restated import as_meant


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("three ten in the first year", [310]),
        ("the four-fifty is credited", [450]),
        ("I asked for two ninety", [290]),
        ("it was six eighty-four and is five forty", [684, 540]),
        ("eleven fifty's the rate", [1150]),
        ("since nineteen eighty-seven", [1987]),
        ("priced at three ten a site", [310]),
    ],
)
def test_two_numbers_said_as_one_are_one(text: str, values: list[float]) -> None:
    assert [n.value for n in read_numbers(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("we meet at three ten", [3, 10]),
        ("three ten p.m.", [3, 10]),
        ("three ten-minute calls", [3, 10]),
        ("two thirty day windows", [2, 30]),
        ("two twenty-foot boxes", [2, 20]),
        ("in year one fifty percent", [1, 50]),
        ("that one fifty times", [1, 50]),
        ("three, ten", [3, 10]),
        ("nine ten people", [9, 10]),
        ("six eighty thousand", [6, 80_000]),
        ("one hundred and ten", [110]),
        ("two forty six ten", [2, 46, 10]),
    ],
)
def test_two_numbers_that_stand_side_by_side_stay_two(text: str, values: list[float]) -> None:
    assert [n.value for n in read_numbers(text)] == values


@pytest.mark.parametrize("said", ["The four-fifty comes off your bill.", "The 450 comes off your bill."])
def test_what_people_say_and_what_machines_write_of_it_are_held_against_the_contract_alike(said: str) -> None:
    day = date(2026, 1, 15)
    promise, clause = measure(said, day, {}), measure("A credit of $450.00 is applied.", day, {})
    [found] = compare_measures(promise, clause, frozenset(), "pricing", frozenset())
    assert found.outcome == "equal"


@pytest.mark.parametrize(
    ("said", "agreed", "meant"),
    [
        (Quantity(value=310, unit="any", text="three ten"), 3.1, 3.1),
        (Quantity(value=310, unit="USD", text="310 a site"), 3.1, 3.1),
        (Quantity(value=19.5, unit="USD", text="nineteen fifty"), 1950.0, 1950.0),
        (Quantity(value=684, unit="any", text="the six eighty-four"), 684_000.0, 684_000.0),
        (Quantity(value=310, unit="USD", text="$310 a site"), 3.1, 310),
        (Quantity(value=310, unit="USD", text="three hundred and ten"), 3.1, 310),
        (Quantity(value=31, unit="any", text="thirty-one"), 3100.0, 31),
        (Quantity(value=310, unit="any", text="310"), 4.2, 3.1),
    ],
)
def test_a_price_without_its_unit_is_what_the_contract_has(
    said: Quantity, agreed: float, meant: float
) -> None:
    term = Quantity(value=agreed, unit="USD", text=f"${agreed}")
    assert as_meant(said, [term]).value == meant


def test_a_head_is_one_however_it_was_heard() -> None:
    [said] = read_quantities("It's 36 ahead a month on that plan.")
    assert (said.quantity.value, said.quantity.unit, said.quantity.per) == (36, "USD", "head/month")
    assert read_quantities("We are 36 ahead of them.") == []


def test_ninety_is_not_nines() -> None:
    assert read_quantities("I asked for two ninety.") == []
    assert [q.quantity.value for q in read_quantities("two nines of uptime")] == [99.0]
