"""Days of a promise against days of a clause."""

from datetime import date

import pytest

from assistant.evidence.dates import ReadDate, read_dates
from assistant.readers.embedded.due_days import (
    compare_days,
    compare_each_day,
    day_of_month,
    is_weekday,
    lies_outside,
)

SAID = date(2025, 9, 20)


def first(text: str, anchor: date = SAID) -> ReadDate:
    return read_dates(text, anchor)[0]


@pytest.mark.parametrize(
    ("promise", "clause", "outcome"),
    [
        ("live on 3 May 2026", "no later than 3 May 2026", "equal"),
        ("live on 3 May 2026", "no later than 30 June 2026", "better"),
        ("live on 3 August 2026", "no later than 30 June 2026", "worse"),
        ("by the middle of June 2026", "by 15 June 2026", "equal"),
        ("in June 2026", "by 30 September 2026", "better"),
        ("everything by the first of October", "from 1 October 2026", "equal"),
        ("that one is in June 2026", "cut-over: 23 June 2026", "equal"),
    ],
)
def test_an_earlier_day_is_better(promise: str, clause: str, outcome: str) -> None:
    found = compare_days(first(promise), read_dates(clause, SAID))
    assert found is not None and found[0] == outcome


@pytest.mark.parametrize(
    ("promise", "clause", "outcomes"),
    [
        ("sign by the end of May 2026 and it's yours", "valid to 31 December 2026", []),
        ("sign by the end of May 2026 and it's yours", "if executed by 31 May 2026", ["equal"]),
        ("signed in May 2026, live on 20 June 2026", "in use by 20 June 2026", ["equal"]),
        ("live on 3 May 2026", "in use by 3 June 2026", ["better"]),
    ],
)
def test_a_day_by_which_to_sign_contradicts_nothing(promise: str, clause: str, outcomes: list[str]) -> None:
    found = compare_each_day(read_dates(promise, SAID), promise, read_dates(clause, SAID), clause)
    assert [one[0] for one in found] == outcomes


CLOSED = "No installation takes place between 20 November 2026 and 4 January 2027."


@pytest.mark.parametrize(
    ("promise", "clause", "outcomes"),
    [
        ("live on 3 November 2026", CLOSED, []),
        ("live on 1 February 2027", CLOSED, []),
        ("live on 3 December 2026", CLOSED, ["better"]),
        ("live on 3 December 2026", "Crews are not sent from 20 November to 31 December 2026.", ["better"]),
        ("live on 3 December 2026", "Help is given at no charge between 1 and 20 November 2026.", ["worse"]),
        ("live on 3 December 2026", f"{CLOSED} Go-live is on 3 December 2026.", ["equal"]),
    ],
)
def test_a_time_in_which_nothing_happens_denies_the_days_in_it_alone(
    promise: str, clause: str, outcomes: list[str]
) -> None:
    found = compare_each_day(read_dates(promise, SAID), promise, read_dates(clause, SAID), clause)
    assert [one[0] for one in found] == outcomes


@pytest.mark.parametrize(
    ("promise", "clause", "outside"),
    [
        ("live on 3 November 2026", CLOSED, True),
        ("live on 3 December 2026", CLOSED, False),
        ("live in November 2026", CLOSED, False),
        ("live on 3 November 2026", f"{CLOSED} Go-live is on 1 February 2027.", False),
        ("live on 3 November 2026", "Go-live is not before 1 February 2027.", False),
        ("live on 3 November 2026", "Data is not loaded by the vendor.", False),
    ],
)
def test_a_time_in_which_nothing_happens_decides_nothing_of_other_days(
    promise: str, clause: str, outside: bool
) -> None:
    assert lies_outside(read_dates(promise, SAID), clause) is outside


def test_a_clause_without_a_day_answers_none() -> None:
    assert compare_days(first("by 3 May 2026"), []) is None


def test_a_day_takes_the_month_of_the_talk_before() -> None:
    read = day_of_month("You'll have them the third.", "I need the files by October tenth.", SAID)
    assert read is not None and read.last == date(2025, 10, 3)
    assert day_of_month("That's the third gateway.", "by October tenth", SAID) is None
    assert day_of_month("You'll have them the third.", "we may need them soon", SAID) is None
    assert day_of_month("the thirty-first", "in November", SAID) is None


def test_a_day_of_the_week_alone_is_one() -> None:
    assert is_weekday(first("by Friday"))
    assert not is_weekday(first("Friday, 3 October"))
