"""Dates are read as people say them."""

from datetime import date

import pytest

from assistant.evidence.dates import add_time, read_dates

ANCHOR = date(2026, 3, 19)
EVENTS = {"signature": date(2026, 5, 11)}
CASES = [
    ("live on 20 July", "2026-07-20", "2026-07-20"),
    ("July 20th", "2026-07-20", "2026-07-20"),
    ("Tuesday 26 May at 10", "2026-05-26", "2026-05-26"),
    ("the eleventh of May", "2026-05-11", "2026-05-11"),
    ("August thirty-first", "2026-08-31", "2026-08-31"),
    ("by the end of Q3", "2026-09-30", "2026-09-30"),
    ("third quarter of 2026", "2026-07-01", "2026-09-30"),
    ("by Christmas", "2026-12-25", "2026-12-25"),
    ("mid-August", "2026-08-11", "2026-08-20"),
    ("beginning of July", "2026-07-01", "2026-07-10"),
    ("next Friday", "2026-03-27", "2026-03-27"),
    ("2026-08-03", "2026-08-03", "2026-08-03"),
    ("31.5.2026", "2026-05-31", "2026-05-31"),
    ("31/5/26", "2026-05-31", "2026-05-31"),
    ("8/3/2026", "2026-08-03", "2026-08-03"),
    ("eight weeks from signature", "2026-07-06", "2026-07-06"),
    ("inside two weeks of us signing", "2026-05-25", "2026-05-25"),
    ("ten business days after the Effective Date", "2026-05-25", "2026-05-25"),
    ("two weeks from today", "2026-04-02", "2026-04-02"),
    ("by end of the month", "2026-03-31", "2026-03-31"),
    ("year-end", "2026-12-31", "2026-12-31"),
    ("on the 15th", "2026-04-15", "2026-04-15"),
    ("First clinic on April thirteen, then weekly", "2026-04-13", "2026-04-13"),
    ("running by June one.", "2026-06-01", "2026-06-01"),
    ("in May two people come", "2026-05-01", "2026-05-31"),
    ("March twenty-three is fine", "2026-03-23", "2026-03-23"),
]


@pytest.mark.parametrize(("text", "first", "last"), CASES)
def test_a_date_is_read(text: str, first: str, last: str) -> None:
    found = read_dates(text, ANCHOR, EVENTS)
    assert [(str(d.first), str(d.last)) for d in found] == [(first, last)]


@pytest.mark.parametrize(
    "text", ["you may march on", "three nines", "Section 5.3", "24/7", "99/99/2026", "1.2", ""]
)
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert read_dates(text, ANCHOR) == []


def test_a_deadline_is_marked() -> None:
    assert read_dates("no later than 29 May", ANCHOR)[0].bound == "by"
    assert read_dates("after 1 September", ANCHOR)[0].bound == "after"


def test_a_duration_from_signature_needs_the_day_of_signature() -> None:
    assert read_dates("eight weeks from signature", ANCHOR) == []


def test_a_month_later_keeps_to_the_months_end() -> None:
    assert add_time(date(2026, 1, 31), 1, "month") == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("between October 15 and November 15, 2025", ["2025-10-15", "2025-11-15"]),
        ("from December 1 to February 28, 2027", ["2026-12-01", "2027-02-28"]),
        ("November 4 and 5, 2025", ["2025-11-04"]),
        ("on the 4th and 5th of November", ["2026-11-04", "2026-11-05"]),
    ],
)
def test_two_days_share_the_year_or_month_that_is_said_once(text: str, days: list[str]) -> None:
    assert [d.first.isoformat() for d in read_dates(text, ANCHOR)] == days
