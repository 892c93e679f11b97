"""Working time against values that were computed by hand, and laws that hold for any of them."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.protocol.calendar import Calendar, Length, calendar_for, earlier, later
from assistant.protocol.policy import Policy, PolicyError, load_policy
from assistant.protocol.public_holidays import knows_country, public_holidays

WEEK = frozenset(range(5))
NEW_YORK = Calendar(ZoneInfo("America/New_York"), 9 * 60, 17 * 60, WEEK, country="US")
BERLIN = Calendar(
    ZoneInfo("Europe/Berlin"), 8 * 60, 16 * 60 + 30, WEEK,
    closures=frozenset({date(2026, 12, 24), date(2026, 12, 31)}), country="DE",
)  # fmt: skip
WHOLE_DAYS = Calendar(ZoneInfo("Europe/Berlin"), weekdays=WEEK)
DUBAI = Calendar(ZoneInfo("Asia/Dubai"), 8 * 60, 15 * 60, frozenset({0, 1, 2, 3, 4}), country="AE")
ANYTIME = Calendar(ZoneInfo("UTC"))


def local(text: str, calendar: Calendar) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone)


@pytest.mark.parametrize(
    ("calendar", "start", "length", "due"),
    [
        # Friday 15:00: two hours that day, the rest of ten on Monday and no further.
        (NEW_YORK, "2026-03-06 15:00", Length(10, "hours"), "2026-03-09 17:00"),  # the clocks change between
        (NEW_YORK, "2026-03-06 15:00", Length(11, "hours"), "2026-03-10 10:00"),
        # Before Thanksgiving (Thursday, 26 November), which is no working day.
        (NEW_YORK, "2026-11-25 16:00", Length(2, "hours"), "2026-11-27 10:00"),
        # 4 July 2026 is a Saturday, so Friday the 3rd is free.
        (NEW_YORK, "2026-07-02 16:30", Length(1, "hours"), "2026-07-06 09:30"),
        # After hours counts from the next opening.
        (NEW_YORK, "2026-05-15 22:00", Length(8, "hours"), "2026-05-18 17:00"),
        (NEW_YORK, "2026-05-17 12:00", Length(1, "days"), "2026-05-19 09:00"),
        (NEW_YORK, "2026-05-15 16:00", Length(3, "days"), "2026-05-20 16:00"),
        # Memorial Day, Monday 25 May 2026.
        (NEW_YORK, "2026-05-22 10:00", Length(5, "days"), "2026-06-01 10:00"),
        # Year's end in Berlin: 24 and 31 closed by the company, 25 (Fri) and 1 January (Fri) free; 26 is Sat.
        (BERLIN, "2026-12-23 14:00", Length(3, "days"), "2026-12-30 14:00"),
        (BERLIN, "2026-12-30 16:00", Length(24, "hours"), "2027-01-06 14:30"),
        # A leap day that is a working day (Thursday, 29 February 2024), and a year without one.
        (BERLIN, "2024-02-28 12:00", Length(2, "days"), "2024-03-01 12:00"),
        (BERLIN, "2026-02-27 12:00", Length(1, "days"), "2026-03-02 12:00"),
        # Summer time begins in Berlin on Sunday 29 March 2026; Friday 24 hours are Monday's all the same.
        (WHOLE_DAYS, "2026-03-27 15:00", Length(24, "hours"), "2026-03-30 15:00"),
        (WHOLE_DAYS, "2026-10-23 15:00", Length(1, "days"), "2026-10-26 15:00"),
        # Asia: National Day of the Emirates, 2 and 3 December 2026 (Wed, Thu).
        (DUBAI, "2026-12-01 14:00", Length(2, "hours"), "2026-12-04 09:00"),
    ],
)
def test_working_time_is_as_computed_by_hand(
    calendar: Calendar, start: str, length: Length, due: str
) -> None:
    assert later(local(start, calendar), length, calendar, True) == local(due, calendar)


@pytest.mark.parametrize(
    ("calendar", "moment", "length", "due"),
    [
        (NEW_YORK, "2026-03-09 10:00", Length(2, "hours"), "2026-03-06 16:00"),
        (NEW_YORK, "2026-03-09 09:00", Length(8, "hours"), "2026-03-06 09:00"),
        (NEW_YORK, "2026-11-27 10:00", Length(1, "days"), "2026-11-25 10:00"),
        (NEW_YORK, "2026-05-17 12:00", Length(1, "days"), "2026-05-14 17:00"),
        (BERLIN, "2027-01-04 08:30", Length(1, "hours"), "2026-12-30 16:00"),
    ],
)
def test_working_time_counts_backwards(
    calendar: Calendar, moment: str, length: Length, due: str
) -> None:
    assert earlier(local(moment, calendar), length, calendar, True) == local(due, calendar)


def test_hours_of_calendar_time_are_hours_and_days_keep_the_time_of_day() -> None:
    friday = local("2026-03-07 15:00", NEW_YORK)  # the night before the clocks go forward
    assert later(friday, Length(24, "hours"), NEW_YORK, False) == local("2026-03-08 16:00", NEW_YORK)
    assert later(friday, Length(1, "days"), NEW_YORK, False) == local("2026-03-08 15:00", NEW_YORK)
    assert earlier(local("2026-11-01 15:00", NEW_YORK), Length(24, "hours"), NEW_YORK, False) == local(
        "2026-10-31 16:00", NEW_YORK
    )
    assert later(local("2024-01-30 09:00", BERLIN), Length(30, "days"), BERLIN, False) == local(
        "2024-02-29 09:00", BERLIN
    )


def test_a_time_that_is_skipped_comes_an_hour_later_and_one_that_is_twice_is_the_first() -> None:
    skipped = later(local("2026-03-07 02:30", NEW_YORK), Length(1, "days"), NEW_YORK, False)
    assert skipped == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)  # 03:30 summer time
    twice = later(local("2026-10-31 01:30", NEW_YORK), Length(1, "days"), NEW_YORK, False)
    assert twice == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_the_same_moment_is_due_alike_in_whatever_zone_it_is_told() -> None:
    told = local("2026-03-06 15:00", NEW_YORK)
    for other in (UTC, ZoneInfo("Asia/Tokyo"), ZoneInfo("Pacific/Chatham")):
        same = told.astimezone(other)
        assert later(same, Length(10, "hours"), NEW_YORK, True) == local("2026-03-09 17:00", NEW_YORK)


def _moments(seed: int) -> list[tuple[Calendar, datetime, Length]]:
    chance = random.Random(seed)
    start = datetime(2023, 12, 1, tzinfo=UTC)
    return [
        (
            chance.choice((NEW_YORK, BERLIN, WHOLE_DAYS, DUBAI, ANYTIME)),
            start + timedelta(minutes=chance.randrange(3 * 365 * 24 * 60)),
            Length(chance.randrange(1, 60), chance.choice(("hours", "days"))),
        )
        for _ in range(150)
    ]


def test_a_later_start_is_never_due_earlier() -> None:
    for calendar, moment, length in _moments(1):
        due = later(moment, length, calendar, True)
        assert moment < due
        assert due <= later(moment + timedelta(minutes=37), length, calendar, True)
        assert due < later(moment, Length(length.amount + 1, length.unit), calendar, True)


def test_what_is_due_lies_in_working_time() -> None:
    for calendar, moment, length in _moments(2):
        due = later(moment, length, calendar, True)
        day = (due - timedelta(microseconds=1)).astimezone(calendar.zone).date()
        opening, closing = calendar.hours_of(day)
        inside = calendar.works_on(day) and opening < due <= closing
        assert inside or due == calendar.hours_of(calendar.day_of(due))[0]


def test_working_hours_add_up() -> None:
    for calendar, moment, length in _moments(3):
        one = later(moment, Length(length.amount, "hours"), calendar, True)
        two = later(one, Length(7, "hours"), calendar, True)
        assert two == later(moment, Length(length.amount + 7, "hours"), calendar, True)


def test_there_and_back_again_from_within_working_time() -> None:
    for calendar, moment, length in _moments(4):
        inside = later(moment, Length(1, "hours"), calendar, True)
        hours = Length(length.amount, "hours")
        assert earlier(later(inside, hours, calendar, True), hours, calendar, True) == inside


def test_a_deal_in_another_country_has_its_own_holidays(tmp_path: Path) -> None:
    policy = _policy(tmp_path, 'country = "US"')
    assert calendar_for(policy).works_on(date(2026, 12, 28))
    assert not calendar_for(policy, "GB-ENG").works_on(date(2026, 12, 28))  # Boxing Day, moved
    assert not calendar_for(policy, "us-ca").works_on(date(2026, 11, 26))
    assert calendar_for(policy, "XX") == calendar_for(policy)  # a wrong letter stops no clock
    assert not knows_country("US-QQ") and public_holidays("XX", 2026) == frozenset()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('zone = "Europe/Bärlin"', "no time zone"),
        ('zone = "../etc/passwd"', "no time zone"),
        ('opens = "9"', "no time of the day"),
        ('opens = "24:30"', "no time of the day"),
        ('opens = "17:00"', "must come before"),
        ("days = []", "must name a working day"),
        ('country = "XX"', "no public holidays"),
        ('closures = ["Christmas"]', "no closure"),
        ('closures = ["2026-12-24..2026-12-01"]', "must end after it begins"),
        ('business = ["lunch"]', "calendar.business.0"),
    ],
)
def test_a_calendar_that_cannot_be_is_explained(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(PolicyError, match=told):
        _policy(tmp_path, line)


def test_a_calendar_without_a_working_day_says_so() -> None:
    never = Calendar(ZoneInfo("UTC"), weekdays=frozenset())
    for length in (Length(1, "hours"), Length(1, "days")):
        with pytest.raises(Exception, match="no working day"):
            later(datetime(2026, 1, 1, tzinfo=UTC), length, never, True)


def _policy(folder: Path, line: str) -> Policy:
    (folder / "policy.toml").write_text(f"[calendar]\n{line}\n", "utf-8")
    return load_policy(folder / "policy.toml")
