"""The invitation: an iCalendar file that calendars accept, whatever names and questions hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from packets import packet_of
from sample_packet import HOSTILE, sample_packet

from assistant.documents import DOCUMENTS, Rendering, meeting_invitation
from assistant.errors import HandoffError
from assistant.packet import Decision, Packet
from assistant.protocol.agenda import meeting_minutes
from assistant.protocol.policy import load_policy

START = datetime(2026, 5, 20, 9, 30, tzinfo=timezone(timedelta(hours=-5)))


def unfolded(content: bytes) -> list[str]:
    return content.decode("utf-8").replace("\r\n ", "").split("\r\n")


def fields(content: bytes) -> dict[str, str]:
    return {re.split("[;:]", line)[0]: line for line in unfolded(content) if line}


def with_people(**emails: str) -> Packet:
    packet = sample_packet()
    known = tuple({"name": name.replace("_", " "), "email": mail} for name, mail in emails.items())
    return Packet.model_validate(
        packet.model_dump() | {"deal": packet.deal.model_dump() | {"participants": known}}
    )


def scheduled(packet: Packet, *times: str) -> Packet:
    made = tuple(
        Decision(
            at=f"2026-05-1{n}T08:00:00+00:00", by="Ana Ruiz", action="record",
            subject="event.meeting_scheduled", due=time,
        )
        for n, time in enumerate(times)
    )  # fmt: skip
    return packet.model_copy(update={"decisions": made})


def test_the_time_is_written_in_utc_and_lasts_as_long_as_the_agenda() -> None:
    policy, packet = load_policy(), sample_packet()
    found = fields(meeting_invitation(packet, START, policy))
    minutes = meeting_minutes(packet, policy)
    assert found["DTSTART"] == "DTSTART:20260520T143000Z"
    assert found["DTEND"] == f"DTEND:20260520T{1430 + minutes if minutes < 30 else 1500 + minutes - 30}00Z"


def test_the_file_is_a_request_with_a_reminder_a_day_before() -> None:
    lines = unfolded(meeting_invitation(sample_packet(), START, load_policy()))
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert {"METHOD:REQUEST", "VERSION:2.0", "BEGIN:VALARM", "TRIGGER:-PT24H", "STATUS:CONFIRMED"} <= set(
        lines
    )


def test_lines_are_folded_at_75_octets_without_cutting_a_character() -> None:
    packet = packet_of({"deal": {"account": "Ž東京" * 60, "ae": "Ö" * 90}})
    content = meeting_invitation(packet, START, load_policy())
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert f"SUMMARY:Handoff meeting: {'Ž東京' * 60}" in unfolded(content)


def test_those_with_an_address_are_asked_and_the_others_are_named() -> None:
    lines = unfolded(meeting_invitation(with_people(Ana_Ruiz="ana@vendor.example"), START, load_policy()))
    assert 'ORGANIZER;CN="Ana Ruiz":mailto:ana@vendor.example' in lines
    mia = next(line for line in lines if line.startswith("ATTENDEE") and "Mia Stone" in line)
    assert "RSVP=FALSE:invalid:nomail" in mia


@pytest.mark.parametrize("address", ["a@b.c\r\nATTENDEE:mailto:evil@x.y", "not an address", "a@b", "a b@c.d"])
def test_what_is_no_address_is_never_written_into_the_file(address: str) -> None:
    content = meeting_invitation(with_people(Ana_Ruiz=address), START, load_policy()).decode()
    assert "mailto:" not in content and "evil" not in content


def test_words_of_a_source_begin_no_line_of_their_own() -> None:
    evil = "Acme\r\nBEGIN:VEVENT\nX:1;a,b\\n " + HOSTILE
    packet = packet_of({"deal": {"account": evil, "ae": 'Eve";X="1:\r\nATTENDEE:mailto:x@y.z', "csm": "Mia"}})
    lines = unfolded(meeting_invitation(packet, START, load_policy()))
    assert lines.count("BEGIN:VEVENT") == 1
    assert not [line for line in lines if line.startswith(("X:", "ATTENDEE:", "X=")) or "\x07" in line]
    assert "SUMMARY:Handoff meeting: Acme\\nBEGIN:VEVENT\\nX:1\\;a\\,b\\\\n" in next(
        line for line in lines if line.startswith("SUMMARY")
    )


def test_a_moved_meeting_keeps_its_uid_and_raises_its_sequence() -> None:
    once = scheduled(sample_packet(), "2026-05-20 14:30")
    moved = scheduled(sample_packet(), "2026-05-20 14:30", "2026-05-21 10:00")
    first, second = (fields(DOCUMENTS["meeting.ics"](packet, load_policy())) for packet in (once, moved))
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == ("SEQUENCE:0", "SEQUENCE:1")
    assert second["DTSTART"] == "DTSTART:20260521T100000Z"


def test_two_deals_have_two_uids() -> None:
    other = packet_of({"deal": {"account": "Another"}})
    uids = {fields(meeting_invitation(p, START, load_policy()))["UID"] for p in (sample_packet(), other)}
    assert len(uids) == 2


def test_the_invitation_is_a_document_once_a_time_is_known() -> None:
    policy = load_policy()
    assert "meeting.ics" not in Rendering(sample_packet(), policy).names()
    assert "meeting.ics" in Rendering(scheduled(sample_packet(), "2026-05-20 14:30"), policy).names()
    with pytest.raises(HandoffError, match="No time is known for the handoff meeting"):
        DOCUMENTS["meeting.ics"](sample_packet(), policy)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(HandoffError, match="no time zone"):
        meeting_invitation(sample_packet(), datetime(2026, 5, 20, 9, 30), load_policy())


def test_the_same_packet_gives_the_same_bytes() -> None:
    made = {meeting_invitation(sample_packet(), START.astimezone(UTC), load_policy()) for _ in range(2)}
    assert len(made) == 1
