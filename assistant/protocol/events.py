"""What happened in a handover, read from the packet's decisions: there is no second journal.

An event is a decision of action "record" and subject "event.<kind>". `due` is its time where it is not the
time of noting it, `subjects` who was there, `text` the words beside it; action "unrecord" takes the last one
of its kind back. Kinds are the rows of events.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from assistant.errors import HandoffError
from assistant.packet import Decision, Noun, Packet, Trigger
from assistant.protocol.rights import Verb

FILE = Path(__file__).with_name("events.toml")
SUBJECT = "event."


class EventRow(Noun):
    """A line of events.toml."""

    id: str
    label: str
    planned: bool = False
    people: bool = False
    note: str = ""
    verb: Verb = "record"
    triggers: tuple[Trigger, ...] = ()


class Event(Noun):
    """One thing that happened, or an appointment that was made. Times are aware, in UTC."""

    kind: str
    at: datetime
    """When it happened; of an appointment, when it was made."""
    planned_for: datetime | None = None
    """The time to come that an appointment sets."""
    by: str
    noted_at: datetime
    text: str | None = None
    people: tuple[str, ...] = ()


@cache
def event_rows() -> tuple[EventRow, ...]:
    """All kinds, in the file's order."""
    return tuple(EventRow.model_validate(row) for row in tomllib.loads(FILE.read_text("utf-8"))["event"])


def kinds_for(trigger: Trigger) -> tuple[EventRow, ...]:
    """The kinds that this kind of handover has."""
    return tuple(row for row in event_rows() if not row.triggers or trigger in row.triggers)


def event_row(kind: str) -> EventRow:
    """The kind's row. Raises HandoffError where there is none."""
    for row in event_rows():
        if row.id == kind:
            return row
    raise HandoffError(f"'{kind[:60]}' is no event. Known are {', '.join(row.id for row in event_rows())}.")


def events(packet: Packet) -> tuple[Event, ...]:
    """Everything that happened and was not taken back, in the order in which it was noted."""
    return events_of(packet.decisions)


def events_of(decisions: Sequence[Decision]) -> tuple[Event, ...]:
    """The same of decisions alone."""
    found: list[Event] = []
    for decision in decisions:
        kind = decision.subject.removeprefix(SUBJECT)
        if decision.action == "record":
            found.append(_event(kind, decision))
        elif decision.action == "unrecord" and (last := last_of(found, kind)) is not None:
            found.remove(last)
    return tuple(found)


def happened(packet: Packet, kind: str) -> Event | None:
    """The last event of that kind; None where there was none."""
    return last_of(events(packet), kind)


def utc(moment: datetime) -> datetime:
    """The moment in UTC; one without a zone is taken as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def moment_of(text: str) -> datetime:
    """An ISO time or day as a moment in UTC. Raises HandoffError."""
    try:
        return utc(datetime.fromisoformat(text.strip()))
    except ValueError:
        raise HandoffError(f"'{text[:60]}' is no time. Write it as 2026-05-18 14:30.") from None


def _event(kind: str, decision: Decision) -> Event:
    noted = utc(datetime.fromisoformat(decision.at))
    given = moment_of(decision.due) if decision.due else None
    planned = any(row.planned for row in event_rows() if row.id == kind)
    return Event(
        kind=kind, at=noted if planned else given or noted, planned_for=given if planned else None,
        by=decision.by, noted_at=noted, text=decision.text, people=decision.subjects,
    )  # fmt: skip


def last_of(found: Sequence[Event], kind: str) -> Event | None:
    """The last event of that kind; None where there is none."""
    return next((event for event in reversed(found) if event.kind == kind), None)
