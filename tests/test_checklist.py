"""The checklist fills itself from the record, and a person ticks what no record shows."""

from __future__ import annotations

from typing import Any

from packets import packet_of

from assistant import pipeline, review
from assistant.packet import Decision, Evidence, Packet
from assistant.protocol.checklist import ChecklistItem, checklist
from assistant.protocol.policy import load_policy

POLICY = load_policy()
QUOTE = Evidence(source="handoff.vtt", segment_id="s4", quote="They bought now because", locator="00:01:10")


def packet(*decisions: Decision, **fragment: Any) -> Packet:
    found = pipeline.check(packet_of(fragment, "complete"), POLICY)
    for decision in decisions:
        found = review.decide(found, decision, POLICY)
    return found


def event(kind: str, at: str = "2026-03-10T09:00:00+00:00", **more: Any) -> Decision:
    return Decision(at=at, by="Mia", action="record", subject=f"event.{kind}", **more)


def item(id: str, of: Packet) -> ChecklistItem:
    return next(one for one in checklist(of, POLICY) if one.id == id)


def test_an_appointment_proves_that_the_meeting_is_scheduled_and_says_when() -> None:
    found = item("meeting-scheduled", packet(event("meeting_scheduled", due="2026-03-12 14:30")))
    assert (found.state, found.why) == ("proven", "noted by Mia for 2026-03-12 14:30")


def test_who_came_is_held_against_who_must_come() -> None:
    assert item("attended", packet()).state == "open"
    both = packet(event("meeting_held", subjects=("Ines Marchetti", "Beth Akande", "Owen Tran")))
    assert item("attended", both).state == "proven"
    one = item("attended", packet(event("meeting_held", subjects=("Beth Akande",))))
    assert (one.state, one.why) == ("open", "absent: Ines Marchetti")


def test_an_introduction_counts_only_within_its_hours_after_the_meeting() -> None:
    held = event("meeting_held", due="2026-03-05 10:00", subjects=("Beth Akande",))
    in_time = packet(held, event("introduction_sent", due="2026-03-07 09:00"))
    assert item("introduction-sent", in_time).state == "proven"
    late = item("introduction-sent", packet(held, event("introduction_sent", due="2026-03-07 11:00")))
    assert (late.state, late.why) == ("open", "on 2026-03-07 11:00, due 2026-03-07 10:00")


def test_a_kickoff_is_scheduled_within_the_outer_days_of_the_meeting() -> None:
    held = event("meeting_held", due="2026-03-01 10:00")
    soon = event("kickoff_scheduled", at="2026-03-08T09:00:00+00:00", due="2026-03-30")
    late = event("kickoff_scheduled", at="2026-03-09T11:00:00+00:00", due="2026-03-10")
    assert item("kickoff-scheduled", packet(held, soon)).state == "proven"
    assert item("kickoff-scheduled", packet(held, late)).state == "open"


def test_notes_of_the_meeting_or_a_transcript_among_the_sources_are_filed() -> None:
    assert item("notes-filed", packet(event("meeting_held"))).state == "open"
    assert item("notes-filed", packet(event("meeting_held", text="notes/it.md"))).why == "notes/it.md"
    source = {"id": "S1", "name": "handoff.vtt", "kind": "handoff_meeting", "sha256": "0"}
    assert item("notes-filed", packet(sources=[source])).why == "handoff.vtt"


def test_the_crm_s_date_is_noted_by_whoever_writes_it() -> None:
    assert item("crm-date", packet(event("crm_updated"))).state == "proven"


def test_a_part_that_was_spoken_of_is_proven_by_its_words() -> None:
    said = Decision(
        at="2026-03-10T09:00:00+00:00", by="Mia", action="cover", subject="meeting.context", evidence=(QUOTE,)
    )
    found = item("context-covered", packet(said))
    assert (found.state, found.why) == ("proven", "“They bought now because” (handoff.vtt, 00:01:10)")
    assert item("risks-covered", packet(said)).state == "open"


def test_action_items_need_an_owner_each() -> None:
    def action(owner: str | None) -> Decision:
        return Decision(
            at="2026-03-10T09:00:00+00:00", by="Mia", action="action_item", subject="meeting", text="send it",
            owner=owner, evidence=(QUOTE,),
        )  # fmt: skip

    assert item("actions-assigned", packet(action("Beth"))).state == "proven"
    assert item("actions-assigned", packet(action("Beth"), action(None))).why == "1 of 2 without owner"


def test_a_person_may_tick_what_no_record_shows() -> None:
    tick = Decision(at="2026-03-10T09:00", by="Kim", action="tick", subject="checklist.context-covered")
    assert item("context-covered", packet(tick)).state == "ticked"
