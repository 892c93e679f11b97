"""The policy's sections about time: how long clocks run, when a company works, what is told to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import field_validator, model_validator

from assistant.protocol.public_holidays import knows_country
from assistant.protocol.rights import RoleName
from assistant.protocol.section import Percent, Positive, Section

ClockId = Literal[
    "hold", "process_start", "meeting_confirmed", "meeting_held", "cs_engaged", "signature", "agenda",
    "introduction", "preparation", "kickoff_scheduled", "kickoff_scheduled_outer", "kickoff_held",
    "returned_packet", "confirmation_call", "review_after_start", "satisfaction",
]  # fmt: skip
"""The rows of clocks.toml."""
CLOCK_IDS: tuple[ClockId, ...] = get_args(ClockId)
MessageKind = Literal[
    "meeting", "due_soon", "overdue", "escalated", "hold", "approval_asked", "submitted", "returned",
    "rejected_again", "spot_check", "edited",
]  # fmt: skip
"""The rows of assistant/outbox/messages.toml."""
MESSAGE_KINDS: tuple[MessageKind, ...] = get_args(MessageKind)
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
TIME = re.compile(r"^([01]\d|2[0-4]):([0-5]\d)$")
MOST_CLOSED = 400
"""Days of one closure; more is a slip of the pen."""


class Clocks(Section):
    """Service levels, in hours or days as the name says."""

    process_start_hours: Positive
    meeting_held_hours: Positive
    meeting_confirmed_hours: Positive
    agenda_before_meeting_hours: Positive
    introduction_hours: Positive
    returned_packet_hours: Positive
    confirmation_call_before_start_hours: Positive
    review_after_start_hours: Positive
    cs_engaged_days: Positive
    signature_expected_days: Positive
    preparation_days: Positive
    kickoff_scheduled_days: Positive
    kickoff_scheduled_outer_days: Positive
    kickoff_held_days: Positive
    satisfaction_days: Positive


class CalendarSection(Section):
    """When the company works, and which clocks count only that time."""

    business: tuple[ClockId, ...]
    zone: str
    opens: str
    closes: str
    days: tuple[Weekday, ...]
    country: str
    closures: tuple[str, ...]

    @property
    def opening(self) -> int:
        """Minutes after midnight."""
        return _minutes(self.opens)

    @property
    def closing(self) -> int:
        return _minutes(self.closes)

    def closed_days(self) -> Iterator[date]:
        """Every day of the closures."""
        for closure in self.closures:
            first, last = _ends(closure)
            yield from (first + timedelta(days=n) for n in range((last - first).days + 1))

    @field_validator("zone")
    @classmethod
    def _is_a_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ValueError, KeyError, OSError):
            raise ValueError(f"'{zone}' is no time zone; write one as Europe/Berlin") from None
        return zone

    @field_validator("country")
    @classmethod
    def _has_holidays(cls, country: str) -> str:
        if country and not knows_country(country.upper()):
            raise ValueError(f"no public holidays are known for '{country}'; write an ISO code: DE, US-CA")
        return country.upper()

    @field_validator("closures")
    @classmethod
    def _are_days(cls, closures: tuple[str, ...]) -> tuple[str, ...]:
        for closure in closures:
            _ends(closure)
        return closures

    @model_validator(mode="after")
    def _somebody_works(self) -> CalendarSection:
        if not self.days:
            raise ValueError("days must name a working day")
        if not self.opening < self.closing:
            raise ValueError("opens must come before closes, both of one day (00:00 to 24:00)")
        return self


class Told(Section):
    """Whose clock it is -> who hears of it."""

    ae: tuple[RoleName, ...]
    csm: tuple[RoleName, ...]
    cs_manager: tuple[RoleName, ...]


class Receivers(Section):
    """Kind of message -> who gets it, where no clock says so."""

    meeting: tuple[RoleName, ...]
    hold: tuple[RoleName, ...]
    approval_asked: tuple[RoleName, ...]
    submitted: tuple[RoleName, ...]
    returned: tuple[RoleName, ...]
    rejected_again: tuple[RoleName, ...]
    spot_check: tuple[RoleName, ...]
    edited: tuple[RoleName, ...]


class MessagesSection(Section):
    """What goes out, when and to whom."""

    due_soon_percent: Percent
    escalate_after_hours: Positive
    agenda_lead_hours: Positive
    stale_days: Positive
    tries: Positive
    retry_minutes: Positive
    off: tuple[MessageKind, ...]
    due_soon: Told
    overdue: Told
    escalated: Told
    to: Receivers


def _minutes(time: str) -> int:
    found = TIME.match(time)
    minutes = int(found[1]) * 60 + int(found[2]) if found else -1
    if not 0 <= minutes <= 24 * 60:
        raise ValueError(f"'{time}' is no time of the day; write it as 09:00, the day's end as 24:00")
    return minutes


def _ends(closure: str) -> tuple[date, date]:
    """The first and the last day of "2026-12-24" or "2026-12-24..2027-01-01"."""
    first, _, last = closure.partition("..")
    try:
        begin, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        raise ValueError(f"'{closure}' is no closure; write 2026-12-24 or 2026-12-24..2027-01-01") from None
    if not 0 <= (end - begin).days <= MOST_CLOSED:
        raise ValueError(f"the closure '{closure}' must end after it begins, within {MOST_CLOSED} days")
    return begin, end
