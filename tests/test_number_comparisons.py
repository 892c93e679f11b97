"""The numbers of a promise against those of a clause, as texts."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.packet import Category
from assistant.readers.embedded.comparisons import Comparison, compare_measures
from assistant.readers.embedded.measures import Measures, elliptic, measure
from assistant.readers.embedded.subjects import stems

DAY = date(2026, 1, 15)


def held(promise: str | Measures, clause: str, category: Category, before: str = "") -> list[Comparison]:
    said = measure(promise, DAY, {}, before) if isinstance(promise, str) else promise
    return compare_measures(
        said, measure(clause, DAY, {}), frozenset(), category, frozenset(stems(said.text))
    )


@pytest.mark.parametrize(
    ("promise", "clause", "outcome"),
    [
        ("Seven hundred dollars a pen.", "AUD 700.00 per pen", "equal"),
        ("Two dollars ten a tag.", "unit price $2.10", "equal"),
        ("Three pounds fifty and that's the year.", "a fee of £3.50", "equal"),
        ("Forty-seven hundred a gate.", "each gate costs $4,900", "better"),
        ("Twenty-four hundred, all in.", "a charge of $2,900.00 applies", "better"),
        ("A dollar ten, both years.", "a rate of $1.19", "better"),
        ("Four fifty a month.", "$450.00.", "equal"),
        ("Four fifty a month.", "a charge of $450.00 per month", "equal"),
    ],
)
def test_a_price_is_held_in_the_contracts_money(promise: str, clause: str, outcome: str) -> None:
    assert [c.outcome for c in held(promise, clause, "pricing")] == [outcome]


@pytest.mark.parametrize(
    ("promise", "clause", "category", "outcome"),
    [
        ("Eleven is fine.", "are kept readable for a period of seven (7) years", "data", "better"),
        ("Thirty.", "within sixty (60) days of the call", "support", "better"),
        ("All forty-eight.", "within sixty (60) days of the call", "support", None),
        ("On your pine it's ninety-six.", "agreement shall be at least 94 %", "feature", "better"),
        ("That's the forty-two.", "The fee of $42,000 covers it", "pricing", "equal"),
    ],
)
def test_a_number_alone_counts_what_the_clause_counts(
    promise: str, clause: str, category: Category, outcome: str | None
) -> None:
    found = held(elliptic(promise), clause, category)
    assert [c.outcome for c in found] == ([outcome] if outcome else [])


def test_a_number_takes_the_unit_that_it_had_in_the_talk_before() -> None:
    found = held("I'll freeze it for the five.", "fixed for three (3) years", "pricing", "five years it is")
    assert [(c.kind, c.outcome) for c in found] == [("time", "better")]


def test_seconds_are_better_few_whatever_is_promised() -> None:
    found = held("Eight seconds a pack.", "retrieval is twelve (12) seconds", "feature")
    assert [c.outcome for c in found] == ["better"]


def test_to_leave_after_three_months_is_more_than_a_term_of_a_year() -> None:
    found = held("After ninety days you can walk.", "The term is twelve (12) months.", "other")
    assert [c.outcome for c in found] == ["better"]


def test_the_very_same_number_is_held_before_a_nearer_one() -> None:
    clause = "2 % of volume for the first three (3) months, released thirty days after the end of that period"
    found = held("A reserve of two percent for three months, then it's released.", clause, "pricing")
    assert {c.outcome for c in found} == {"equal"}


def test_days_of_the_week_that_come_round_are_no_dates() -> None:
    assert measure("Four in the morning, weekdays and Saturday.", DAY, {}).deadlines == ()
    assert measure("Saturdays too.", DAY, {}).deadlines == ()
    assert len(measure("You have it on Friday.", DAY, {}).deadlines) == 1


@pytest.mark.parametrize(
    ("promise", "clause", "outcome"),
    [
        ("Two days at each of the five yards.", "instruction at each Yard for two (2) days", "equal"),
        ("Two days at each of the five yards.", "ten (10) days of instruction in all", "equal"),
        ("Four per cent off in each of the three years.", "a discount of 4% for each year", "equal"),
        ("One point three percent, debit and credit.", "1.60% of each transaction", "better"),
    ],
)
def test_what_is_promised_for_each_is_held_as_the_clause_counts(
    promise: str, clause: str, outcome: str
) -> None:
    assert outcome in [c.outcome for c in held(promise, clause, "training")]
