"""The handoff meeting, spoken or as minutes: who came, what was covered, answered and taken on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from packets import packet_of

from assistant import pipeline
from assistant.evidence.locate import fold
from assistant.packet import Packet
from assistant.protocol.meeting import COVERS, MeetingRead
from assistant.protocol.policy import load_policy
from assistant.readers.embedded.meeting import read_meeting
from assistant.readers.embedded.meeting_turns import is_inside, known_as
from extractors import read_source
from extractors.segments import Segment, Source

POLICY = load_policy()
MEETINGS = Path(__file__).parent / "data" / "meetings"
GONE = {"status": "not_stated"}
PROMISE = {
    "id": "c-000042", "party": "vendor", "speaker": "Ines Marchetti", "category": "integration",
    "text": "We will connect the door scanners in the autumn", "due": "autumn", "verdict": "not_in_contract",
    "evidence": [{"source": "discovery.vtt", "segment_id": "s0030", "locator": "00:30:00",
                  "quote": "we'll connect the door scanners in the autumn"}],
}  # fmt: skip


def source_of(name: str) -> Source:
    [source] = read_source((MEETINGS / name).read_bytes(), name, "handoff_meeting")
    return source


def clinics() -> Packet:
    """Six lines, a role and a promise are open."""
    whole = packet_of({}, "complete")
    people = [s.model_dump(mode="json") for s in whole.stakeholders if s.role != "technical_lead"]
    summary = {
        "scope": {"training": GONE}, "technical": {"data_migration": GONE},
        "implementation_plan": {"go_live_target": GONE, "customer_resources": GONE},
        "customer_overview": {"why_now": GONE},
    }  # fmt: skip
    promises = [*(c.model_dump(mode="json") for c in whole.commitments), PROMISE]
    fragment = {"summary": summary, "stakeholders": people, "commitments": promises}
    return pipeline.check(packet_of(fragment, "complete"), POLICY)


def printers() -> Packet:
    deal = {
        "account": "Orchard Row Printing", "ae": "Sam Petrov", "csm": "Lia Brandt",
        "cs_manager": "Kofi Mensah", "se": "Dana Whitlock", "segment": "strategic",
    }  # fmt: skip
    summary = {
        "scope": {"support_level": GONE}, "success_ladder": {"early_win": GONE},
        "technical": {"data_migration": GONE},
    }  # fmt: skip
    return pipeline.check(packet_of({"deal": deal, "summary": summary}, "complete"), POLICY)


@pytest.fixture(scope="module")
def spoken() -> MeetingRead:
    return read_meeting(source_of("spoken.vtt"), clinics(), POLICY)


@pytest.fixture(scope="module")
def minutes() -> MeetingRead:
    return read_meeting(source_of("minutes.md"), printers(), POLICY)


def test_who_spoke_is_named_as_the_deal_spells_it(spoken: MeetingRead) -> None:
    assert spoken.people == ("Ines Marchetti", "Beth Akande", "Owen Tran")
    assert spoken.absent == ()


def test_minutes_list_who_was_there_and_who_was_not(minutes: MeetingRead) -> None:
    assert minutes.people == ("Sam Petrov", "Lia Brandt", "Kofi Mensah")
    assert str(minutes.happened_on) == "2026-03-12"


def test_who_must_come_and_was_not_heard_is_absent() -> None:
    packet = clinics()
    alone = Source(name="a.txt", kind="handoff_meeting", sha256="0", segments=(
        Segment(id="s1", text="I am early.", kind="turn", locator="1", speaker="Beth"),))  # fmt: skip
    assert read_meeting(alone, packet, POLICY).absent == ("Ines Marchetti",)


def test_a_part_is_covered_where_it_was_told_and_shown_by_its_words(
    spoken: MeetingRead, minutes: MeetingRead
) -> None:
    assert [one.part for one in spoken.covered] == list(COVERS)
    assert {one.part for one in minutes.covered} == set(COVERS)
    risks = next(one for one in spoken.covered if one.part == "risks")
    assert "finance director" in risks.evidence[0].quote


def test_a_part_that_was_only_asked_for_is_not_covered() -> None:
    asked = Source(name="a.txt", kind="handoff_meeting", sha256="0", segments=tuple(
        Segment(id=f"s{n}", text=text, kind="turn", locator=str(n), speaker=who)
        for n, (who, text) in enumerate([
            ("Beth Akande", "What are the risks, and what would make them cancel?"),
            ("Ines Marchetti", "No idea, honestly."),
            ("Beth Akande", "And their concerns? I worry about risks that nobody wrote down."),
            ("Ines Marchetti", "Sorry, my other call starts."),
        ])))  # fmt: skip
    assert read_meeting(asked, clinics(), POLICY).covered == ()


def test_answers_are_held_against_what_the_packet_leaves_open(spoken: MeetingRead) -> None:
    found = {answer.finding: answer for answer in spoken.answers}
    assert set(found) == {
        "missing-field:customer_overview.why_now", "missing-field:scope.training",
        "missing-field:technical.data_migration", "missing-field:implementation_plan.go_live_target",
        "role-not-filled:technical_lead", "promise-not-in-contract:c-000042", "surprise-question",
    }  # fmt: skip
    training = found["missing-field:scope.training"]
    assert (training.path, training.by) == ("scope.training", "Ines Marchetti")
    assert training.text.startswith("Two half-day sessions for the front desks")
    assert found["role-not-filled:technical_lead"].by == "Owen Tran"
    assert "tried to cancel the project in January" in found["surprise-question"].text
    assert spoken.unanswered == ("missing-field:implementation_plan.customer_resources",)


def test_questions_and_answers_of_minutes_need_no_speaker(minutes: MeetingRead) -> None:
    found = {answer.finding: answer.text for answer in minutes.answers}
    assert found == {
        "no-early-win": "The first jobs without a paper docket, in week three at the latest.",
        "missing-field:scope.support_level": "Weekdays from six to eighteen, answer within four hours.",
    }
    assert minutes.unanswered == ("missing-field:technical.data_migration",)  # "Not known." is no answer


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("I told Carla that the tablets stay with her for another year, free of charge.", True),
        ("We promised them a second trainer for the autumn, at no cost to them.", True),
        ("I said you only pay for the rooms that are open in winter.", True),
        ("Carla's been told that the price will not move until next spring.", True),
        ("I told you that the printer list comes on Monday, didn't I?", False),
        ("I never promised them a second trainer for the autumn.", False),
        ("They told us that the reseller has gone bust last month.", False),
        ("I said we would connect the door scanners in the autumn, remember.", False),
    ],
)
def test_what_the_giver_told_the_customer_is_shown_unless_a_promise_says_it(said: str, found: bool) -> None:
    turn = Segment(id="s1", text=said, kind="turn", locator="1", speaker="Ines Marchetti")
    source = Source(name="a.txt", kind="handoff_meeting", sha256="0", segments=(turn,))
    read = read_meeting(source, clinics(), POLICY)
    assert [one.by for one in read.mentioned] == (["Ines Marchetti"] if found else [])
    heard = turn.model_copy(update={"speaker": "Beth Akande"})
    own = read_meeting(source.model_copy(update={"segments": (heard,)}), clinics(), POLICY)
    assert own.mentioned == ()


def test_action_items_have_owner_and_date_where_they_were_said(
    spoken: MeetingRead, minutes: MeetingRead
) -> None:
    assert [(a.owner, a.due) for a in spoken.actions] == [
        ("Ines Marchetti", "2026-03-12"), ("Owen Tran", None), ("Beth Akande", "2026-03-20"),
        ("Owen Tran", "before the kickoff"),
    ]  # fmt: skip
    assert [(a.owner, a.due, a.text) for a in minutes.actions] == [
        ("Sam Petrov", "2026-03-16", "Sam Petrov to introduce Lia to Rosa Lund by 16 March 2026"),
        ("Lia Brandt", "2026-03-20", "Lia to draft the success plan (by 20 March)"),
        ("Kofi Mensah", "before the kickoff",
         "Kofi will raise the calibration question with product before the kickoff."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "I told them we would send a second scanner.",
        "They will write to you when the audit is over.",
        "Could you send it?",
        "If they ask, I will check the price.",
        "I will be honest with you here.",
        "The system will create the invoice by Friday.",
    ],
)
def test_what_nobody_takes_on_is_no_action_item(said: str) -> None:
    turns = (
        Segment(id="s1", text=said, kind="turn", locator="1", speaker="Ines Marchetti"),
        Segment(id="s2", text="Hm.", kind="turn", locator="2", speaker="Beth Akande"),
    )
    source = Source(name="a.txt", kind="handoff_meeting", sha256="0", segments=turns)
    assert read_meeting(source, clinics(), POLICY).actions == ()


@pytest.mark.parametrize("name", ["spoken.vtt", "minutes.md"])
def test_every_quote_stands_in_its_segment_word_for_word(name: str) -> None:
    source = source_of(name)
    read = read_meeting(source, clinics() if name == "spoken.vtt" else printers(), POLICY)
    texts = {segment.id: fold(segment.text) for segment in source.segments}
    rows: list[Any] = [*read.covered, *read.answers, *read.actions]
    quotes = [e for row in rows for e in row.evidence]
    assert len(quotes) > 12
    assert [e.quote for e in quotes if fold(e.quote) not in texts[e.segment_id]] == []


def test_reading_twice_gives_the_same(spoken: MeetingRead) -> None:
    assert read_meeting(source_of("spoken.vtt"), clinics(), POLICY) == spoken


def test_a_packet_with_nothing_open_still_has_its_surprise_answered() -> None:
    read = read_meeting(source_of("spoken.vtt"), packet_of({}, "complete"), POLICY)
    assert {answer.finding for answer in read.answers} == {"surprise-question"}


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Ines", "Ines Marchetti"), ("MARCHETTI, Ines (Palisade)", "Ines Marchetti"),
        ("Owen Tran | Palisade", "Owen Tran"), ("Carla Nunez (Northfield)", "Carla Nunez"),
        ("beth akande", "Beth Akande"), ("Speaker 2", "Speaker 2"),
    ],
)  # fmt: skip
def test_a_speaker_is_known_by_parts_of_the_name(name: str, known: str) -> None:
    assert known_as(name, ("Ines Marchetti", "Owen Tran", "Beth Akande")) == known


def test_a_meeting_of_giver_and_receiver_alone_is_recognised_and_one_with_the_customer_is_not() -> None:
    deal = clinics().deal
    inside = source_of("spoken.vtt")
    assert is_inside(inside, deal)
    guest = Segment(id="s99", text="Hello!", kind="turn", locator="9", speaker="Carla Nunez")
    assert not is_inside(inside.model_copy(update={"segments": (*inside.segments, guest)}), deal)
    assert not is_inside(source_of("minutes.md"), deal)


@pytest.mark.parametrize(
    "segments",
    [
        (),
        (Segment(id="s1", text="", kind="turn", locator="1", speaker="Beth"),),
        (Segment(id="s1", text="Present: ", kind="paragraph", locator="1"),),
        (Segment(id="s1", text="??? ... !!!", kind="turn", locator="1", speaker=""),),
        (Segment(id="s1", text="What? Why? When? Who? Is it in the contract?", kind="turn", locator="1"),),
        (Segment(id="s1", text="I will send " + "very " * 400 + "much.", kind="turn", locator="1"),),
    ],
)
def test_a_transcript_with_nothing_in_it_tells_nothing_and_breaks_nothing(segments: Any) -> None:
    source = Source(name="a.txt", kind="handoff_meeting", sha256="0", segments=segments)
    read = read_meeting(source, clinics(), POLICY)
    assert read.answers == () and read.covered == ()
    assert set(read.absent) >= {"Ines Marchetti"}


def test_a_line_of_a_packet_for_another_kind_is_still_answered() -> None:
    packet = packet_of({"deal": {"trigger": "account_handover", "scenario": "leave"}}, "complete")
    turns = [
        ("Beth Akande", "What do I decide alone while you are away, and what waits until you are back?"),
        ("Ines Marchetti", "Discounts up to five percent you decide, the renewal waits until I am back."),
    ]
    source = Source(name="a.txt", kind="handoff_meeting", sha256="0", segments=tuple(
        Segment(id=f"s{n}", text=text, kind="turn", locator=str(n), speaker=who)
        for n, (who, text) in enumerate(turns)))  # fmt: skip
    read = read_meeting(source, pipeline.check(packet, POLICY), POLICY)
    assert {a.path for a in read.answers} == {"account_handover.cover_arrangements"}
