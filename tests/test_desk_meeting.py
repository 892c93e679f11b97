"""The handoff meeting at the desk: its transcript is read, a person confirms what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from access_calls import MEETING
from databases import ready_settings
from desks import ANA, CALL, CEM, KNOWN, MIA, drafted, make_desk

from assistant import desk as verbs
from assistant.desk import Desk, Opened
from assistant.errors import HandoffError
from assistant.packet import Participant
from assistant.protocol.checklist import checklist
from assistant.protocol.events import events, happened
from assistant.protocol.meeting import actions, open_answers
from assistant.store import open_store
from assistant.store.packets import StaleVersion


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_store(ready_settings(tmp_path))
    yield make_desk(opened)
    opened.close()


def read(desk: Desk, seen: Opened) -> Opened:
    return verbs.read_meeting(desk, CEM, seen.deal.id, seen.version, name="handoff.vtt", data=MEETING)


def test_a_reading_is_one_version_that_notes_the_meeting_and_who_does_what(desk: Desk) -> None:
    seen = drafted(desk)
    after = read(desk, seen)
    assert after.version == seen.version + 1
    meeting = happened(after.packet, "meeting_held")
    assert meeting is not None and meeting.people == ("Cem Aksoy", "Ana Ruiz")
    assert [(item.owner, item.due) for item in actions(after.packet)] == [("Cem Aksoy", "2026-05-22")]
    filed = next(item for item in checklist(after.packet, desk.policy) if item.id == "notes-filed")
    assert (filed.state, filed.why) == ("proven", "handoff.vtt")
    assert verbs.history(desk, CEM, seen.deal.id)[-1].what == "read the handoff meeting: handoff.vtt"


def test_its_quotes_are_shown_in_their_place(desk: Desk) -> None:
    after = read(desk, drafted(desk))
    proof = open_answers(after.packet)[0].answer.evidence[0]
    text = verbs.get_source_text(desk, CEM, after.deal.id, proof.source)
    assert proof.quote in {segment.text for segment in text.segments if segment.id == proof.segment_id}
    assert {s.kind for s in after.packet.sources if s.name == "handoff.vtt"} == {"handoff_meeting"}


def test_it_makes_no_promise_and_answers_nothing_until_a_person_confirms(desk: Desk) -> None:
    seen = drafted(desk)
    after = read(desk, seen)
    assert after.packet.commitments == seen.packet.commitments
    assert after.packet.summary == seen.packet.summary
    [waiting] = open_answers(after.packet)
    done = verbs.confirm_answer(desk, MIA, after.deal.id, after.version, number=waiting.number)
    [value] = done.packet.summary.risk_factors.remaining_concerns.values
    assert value.entered_by == MIA.name and value.evidence == waiting.answer.evidence
    assert open_answers(done.packet) == ()


def test_a_proposal_may_be_put_in_other_words_or_turned_down(desk: Desk) -> None:
    after = read(desk, drafted(desk))
    [waiting] = open_answers(after.packet)
    dropped = verbs.drop_answer(desk, MIA, after.deal.id, after.version, number=waiting.number)
    assert open_answers(dropped.packet) == ()
    with pytest.raises(HandoffError, match="settled meanwhile"):
        verbs.confirm_answer(desk, MIA, after.deal.id, dropped.version, number=waiting.number)
    other = read(desk, drafted(desk))
    [waiting] = open_answers(other.packet)
    done = verbs.confirm_answer(
        desk, MIA, other.deal.id, other.version, number=waiting.number, text="They were let down once",
        path="risk_factors.churn_indicators",
    )  # fmt: skip
    assert done.packet.summary.risk_factors.churn_indicators.values[0].text == "They were let down once"


def test_a_redraft_keeps_the_meeting_and_draws_no_promise_from_it(desk: Desk) -> None:
    after = read(desk, drafted(desk))
    again = verbs.draft(desk, ANA, after.deal.id).opened.packet
    assert [(e.kind, e.people) for e in events(again)] == [(e.kind, e.people) for e in events(after.packet)]
    assert {s.kind for s in again.sources if s.name == "handoff.vtt"} == {"handoff_meeting"}
    assert not [c for c in again.commitments for e in c.evidence if e.source == "handoff.vtt"]
    assert actions(again) == actions(after.packet)


def test_reading_the_same_file_again_replaces_what_it_told(desk: Desk) -> None:
    after = read(desk, drafted(desk))
    twice = verbs.read_meeting(desk, CEM, after.deal.id, after.version, name="handoff.vtt")
    assert len(actions(twice.packet)) == len(open_answers(twice.packet)) == 1


def test_a_call_with_the_customer_is_no_handoff_meeting(desk: Desk) -> None:
    known = KNOWN.model_copy(update={"participants": (Participant(name="Ben Cole", side="customer"),)})
    deal, _ = verbs.create_deal(desk, ANA, known, {"calls/first.vtt": CALL})
    seen = verbs.draft(desk, ANA, deal.id).opened
    with pytest.raises(HandoffError, match="Ben Cole of the customer speaks"):
        verbs.read_meeting(desk, ANA, deal.id, seen.version, name="calls/first.vtt")


def test_what_cannot_be_read_is_refused_in_one_line_and_nothing_changes(desk: Desk) -> None:
    seen = drafted(desk)
    with pytest.raises(HandoffError, match="no one file"):
        verbs.read_meeting(desk, CEM, seen.deal.id, seen.version, name="nothing.vtt")
    with pytest.raises(HandoffError):
        verbs.read_meeting(desk, CEM, seen.deal.id, seen.version, name="x.key", data=b"\x00\x01")
    with pytest.raises(StaleVersion):
        verbs.read_meeting(desk, CEM, seen.deal.id, seen.version - 1, name="handoff.vtt", data=MEETING)
    assert verbs.get_packet(desk, CEM, seen.deal.id).version == seen.version
