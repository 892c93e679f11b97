"""Numbers that leave their unit to the talk."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.readers.embedded.bare_numbers import bare_numbers, whole_times
from assistant.readers.embedded.comparisons import compare_measures
from assistant.readers.embedded.measures import measure
from assistant.readers.embedded.subjects import stems

DAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("All eighteen, we'll just pick them up.", [18]),
        ("You get twelve of them, two a branch.", [12, 2]),
        ("It does up to, I think it's ten.", [10]),
        ("A P1 is in phase two, at seven.", []),
        ("We signed in 2026.", []),
        ("Page 12, section 4.2.", []),
        ("Ninety percent of it.", []),
    ],
)
def test_a_number_counts_what_the_talk_is_about_unless_it_names_one_of_many(
    said: str, counted: list[float]
) -> None:
    assert [n.quantity.value for n in bare_numbers(said, [])] == counted


def test_a_number_with_a_unit_is_not_read_again() -> None:
    read = measure("You get forty seats, and all forty by June.", DAY, {})
    assert [(q.quantity.value, q.quantity.unit) for q in read.quantities] == [(40, "seat")]
    assert [q.quantity.value for q in read.bare] == [40]


def test_a_full_year_is_one_year() -> None:
    assert [(q.quantity.value, q.quantity.unit) for q in whole_times("A full year, every night of it.")] == [
        (1, "year")
    ]


@pytest.mark.parametrize(
    ("said", "clause", "outcome"),
    [
        ("Recipes? All six hundred and forty, we load them.", "We will enter up to 400 recipes.", "better"),
        ("Bands, it does up to, I think it's ten.", "Prices are held in up to ten (10) bands.", "equal"),
        ("Three hundred thousand reminders a year.", "Reminders sent: 240,000 in each year", "better"),
    ],
)
def test_a_bare_number_is_held_against_what_the_other_text_counts(
    said: str, clause: str, outcome: str
) -> None:
    words = frozenset(stems(said))
    found = compare_measures(measure(said, DAY, {}), measure(clause, DAY, {}), frozenset(), "other", words)
    assert [c.outcome for c in found] == [outcome]


def test_two_bare_numbers_of_different_things_are_not_compared() -> None:
    said, clause = "All eighteen, we'll pick them up.", "A printer that is on a list of 40 models."
    words = frozenset(stems(said))
    assert not compare_measures(
        measure(said, DAY, {}), measure(clause, DAY, {}), frozenset(), "other", words
    )
