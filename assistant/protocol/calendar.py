"""Working time: a company's hours and days, public holidays and closures, in its own time zone.

Pure: every moment is an argument. Moments are aware; what comes out is in UTC. An hour of working time is an
hour between opening and closing, whatever the clocks did meanwhile; a day is the same time by the wall clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from assistant.errors import HandoffError
from assistant.protocol.policy import Policy
from assistant.protocol.policy_time import WEEKDAYS, CalendarSection
from assistant.protocol.public_holidays import knows_country, public_holidays

HORIZON = 3660
"""Days to look ahead for working time before it is said that there is none."""


class Length(NamedTuple):
    """How long a clock runs."""

    amount: int
    unit: Literal["hours", "days"]


@dataclass(frozen=True)
class Calendar:
    """When a company works. `opens` and `closes` are minutes after midnight by the wall clock."""

    zone: ZoneInfo
    opens: int = 0
    closes: int = 24 * 60
    weekdays: frozenset[int] = frozenset(range(7))
    """0 is Monday."""
    closures: frozenset[date] = frozenset()
    country: str = ""
    """Whose public holidays are no working days: "DE", "US-CA"; "": nobody's."""

    def works_on(self, day: date) -> bool:
        """Whether anybody works that day."""
        if day.weekday() not in self.weekdays or day in self.closures:
            return False
        return not self.country or day not in public_holidays(self.country, day.year)

    def hours_of(self, day: date) -> tuple[datetime, datetime]:
        """When that day opens and closes."""
        return self.moment(day, self.opens), self.moment(day, self.closes)

    def moment(self, day: date, minutes: float) -> datetime:
        """So many minutes after midnight by the wall clock; a time that is skipped comes an hour later."""
        wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
        return wall.replace(tzinfo=self.zone).astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        """The local day."""
        return moment.astimezone(self.zone).date()


def later(moment: datetime, length: Length, calendar: Calendar, working: bool) -> datetime:
    """The moment so much later; `working`: only working time counts."""
    if working:
        step = _working_hours_later if length.unit == "hours" else _working_days_later
        return step(moment, length.amount, calendar)
    if length.unit == "hours":
        return moment.astimezone(UTC) + timedelta(hours=length.amount)
    return _same_time(moment, calendar.day_of(moment) + timedelta(days=length.amount), calendar)


def earlier(moment: datetime, length: Length, calendar: Calendar, working: bool) -> datetime:
    """The moment so much earlier."""
    if working:
        step = _working_hours_earlier if length.unit == "hours" else _working_days_earlier
        return step(moment, length.amount, calendar)
    if length.unit == "hours":
        return moment.astimezone(UTC) - timedelta(hours=length.amount)
    return _same_time(moment, calendar.day_of(moment) - timedelta(days=length.amount), calendar)


def _working_hours_later(moment: datetime, hours: int, calendar: Calendar) -> datetime:
    left = timedelta(hours=hours)
    for day in _working_days(calendar.day_of(moment), 1, calendar):
        opening, closing = calendar.hours_of(day)
        begin = max(opening, moment)
        if begin + left <= closing:
            return begin.astimezone(UTC) + left
        left -= max(timedelta(0), closing - begin)
    raise _nobody_works()


def _working_hours_earlier(moment: datetime, hours: int, calendar: Calendar) -> datetime:
    left = timedelta(hours=hours)
    for day in _working_days(calendar.day_of(moment), -1, calendar):
        opening, closing = calendar.hours_of(day)
        end = min(closing, moment)
        if end - left >= opening:
            return end.astimezone(UTC) - left
        left -= max(timedelta(0), end - opening)
    raise _nobody_works()


def _working_days_later(moment: datetime, days: int, calendar: Calendar) -> datetime:
    """The same time `days` working days later; outside working time, from the next opening on."""
    ahead = _working_days(calendar.day_of(moment), 1, calendar)
    first = next(day for day in ahead if calendar.hours_of(day)[1] > moment)
    begin = max(calendar.hours_of(first)[0], moment)
    return _same_time(begin, _nth(ahead, days), calendar)


def _working_days_earlier(moment: datetime, days: int, calendar: Calendar) -> datetime:
    """The same time `days` working days earlier; outside working time, from the last closing on."""
    behind = _working_days(calendar.day_of(moment), -1, calendar)
    first = next(day for day in behind if calendar.hours_of(day)[0] < moment)
    if moment >= calendar.hours_of(first)[1]:
        return calendar.hours_of(_nth(behind, days))[1]
    return _same_time(moment, _nth(behind, days), calendar)


def _nth(days: Iterator[date], count: int) -> date:
    for _ in range(count - 1):
        next(days)
    return next(days)


def _working_days(day: date, step: int, calendar: Calendar) -> Iterator[date]:
    """That day and those after (or before) it on which somebody works."""
    for _ in range(HORIZON):
        if calendar.works_on(day):
            yield day
        day += timedelta(days=step)
    raise _nobody_works()


def _same_time(moment: datetime, day: date, calendar: Calendar) -> datetime:
    wall = moment.astimezone(calendar.zone)
    since = wall.replace(tzinfo=None) - datetime(wall.year, wall.month, wall.day)
    return calendar.moment(day, since / timedelta(minutes=1))


def _nobody_works() -> HandoffError:
    return HandoffError("The policy's calendar has no working day in ten years. Correct [calendar].")


@lru_cache(maxsize=256)
def _calendar(section: CalendarSection, country: str) -> Calendar:
    return Calendar(
        zone=ZoneInfo(section.zone), opens=section.opening, closes=section.closing,
        weekdays=frozenset(WEEKDAYS.index(day) for day in section.days),
        closures=frozenset(section.closed_days()), country=country,
    )  # fmt: skip


def calendar_for(policy: Policy, country: str | None = None) -> Calendar:
    """The policy's calendar with the public holidays of the deal's country, else of the policy's own.

    A deal's country that nobody knows counts as none named: one wrong letter must not stop all clocks.
    """
    section = policy.calendar
    if country and knows_country(country.upper()):
        return _calendar(section, country.upper())
    return _calendar(section, section.country)
