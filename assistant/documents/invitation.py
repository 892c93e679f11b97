"""The invitation to the handoff meeting as an iCalendar file (RFC 5545), the tailored agenda in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from assistant.documents.words import account_of
from assistant.errors import HandoffError
from assistant.packet import Packet
from assistant.protocol.agenda import agenda, meeting_minutes
from assistant.protocol.events import events, happened
from assistant.protocol.participants import participants
from assistant.protocol.policy import Policy

PRODUCT = "-//handoff//handoff meeting//EN"
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
ROLE = {"mandatory": "REQ-PARTICIPANT", "recommended": "REQ-PARTICIPANT", "optional": "OPT-PARTICIPANT"}
MOST_OCTETS = 75


def invitation(packet: Packet, policy: Policy) -> bytes:
    """The invitation to the meeting that was scheduled. Raises HandoffError while no time is known."""
    event = happened(packet, "meeting_scheduled")
    if event is None or event.planned_for is None:
        raise HandoffError(
            "No time is known for the handoff meeting. Note when it is scheduled, then ask again."
        )
    moved = sum(e.kind == "meeting_scheduled" for e in events(packet)) - 1
    return meeting_invitation(packet, event.planned_for, policy, sequence=moved, stamped=event.noted_at)


def meeting_invitation(
    packet: Packet, start: datetime, policy: Policy, *, sequence: int = 0, stamped: datetime | None = None
) -> bytes:
    """The file, CRLF, UTF-8; `start` is an aware time and is written in UTC.

    The UID stays the same for a deal, so that a file with a higher `sequence` moves the same appointment.
    """
    if start.tzinfo is None:
        raise HandoffError("The meeting's time has no time zone. Give one, as in 2026-05-18 14:30+02:00.")
    begin = start.astimezone(UTC)
    end = begin + timedelta(minutes=meeting_minutes(packet, policy))
    day = packet.run.as_of
    made = (stamped or datetime(day.year, day.month, day.day, tzinfo=UTC)).astimezone(UTC)
    title = f"Handoff meeting: {account_of(packet)}"
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:REQUEST",
        "BEGIN:VEVENT", f"UID:{_uid(packet)}", f"DTSTAMP:{_utc(made)}", f"SEQUENCE:{sequence}",
        f"DTSTART:{_utc(begin)}", f"DTEND:{_utc(end)}", f"SUMMARY:{_text(title)}",
        f"DESCRIPTION:{_text(_agenda(packet, policy))}", "STATUS:CONFIRMED", "TRANSP:OPAQUE",
        *_people(packet, policy),
        "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(title)}",
        f"TRIGGER:-PT{policy.clocks.agenda_before_meeting_hours}H", "END:VALARM",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return ("\r\n".join(folded for line in lines for folded in _folded(line)) + "\r\n").encode("utf-8")


def _uid(packet: Packet) -> str:
    """The same for every version of a deal's packet."""
    deal = packet.deal
    about = "\n".join((account_of(packet), deal.vendor or "", deal.trigger, str(deal.expected_close or "")))
    return f"{hashlib.sha256(about.encode('utf-8')).hexdigest()[:32]}@handoff"


def _people(packet: Packet, policy: Policy) -> Iterator[str]:
    """Organizer and attendees: named people, by mail address where deal.yaml knows one."""
    known = {p.name.casefold(): p.email for p in packet.deal.participants if p.email}
    ae = packet.deal.ae
    if ae and (address := _address(known.get(ae.casefold()))):
        yield f"ORGANIZER;CN={_parameter(ae)}:mailto:{address}"
    for seat in participants(packet, policy):
        if seat.name:
            address = _address(known.get(seat.name.casefold()))
            # Without an address a person is still named, by a URI that no mail program writes to.
            to = f"mailto:{address}" if address else "invalid:nomail"
            asks = "TRUE" if address else "FALSE"
            yield (
                f"ATTENDEE;CN={_parameter(seat.name)};ROLE={ROLE[seat.need]};PARTSTAT=NEEDS-ACTION;RSVP={asks}:{to}"
            )


def _address(given: str | None) -> str | None:
    """The address, if it is one and nothing else: it stands unescaped in the file."""
    return given if given and _ADDRESS.fullmatch(given) else None


def _agenda(packet: Packet, policy: Policy) -> str:
    lines = []
    for item in agenda(packet, policy):
        lines.append(f"{item.start}–{item.start + item.minutes} min  {item.label}: {item.covers}")
        lines += [f"   - {q.ask}" for q in item.questions]
    return "\n".join(lines)


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A value of type TEXT: separators escaped, control characters out."""
    safe = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    safe = safe.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]", " ", safe)


def _parameter(text: str) -> str:
    """A parameter in quotation marks; it can hold neither those nor control characters."""
    return '"' + re.sub(r"[\x00-\x1f\x7f\"\u2028\u2029]", "'", text) + '"'


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, no character cut; further ones begin with a blank."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > MOST_OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
