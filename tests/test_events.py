"""Events are decisions: noted, read in order, taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assistant import review
from assistant.deal_file import parse_deal
from assistant.errors import HandoffError
from assistant.packet import Decision, Packet, Run
from assistant.protocol.events import event_rows, events, happened, kinds_for, moment_of
from assistant.protocol.moments import facts_of
from assistant.protocol.policy import load_policy

RUN = Run(reader="t", version="1", as_of=date(2026, 5, 18))
EMPTY = Packet(deal=parse_deal("customer: Fernhill"), run=RUN)


def noted(packet: Packet, kind: str, at: str = "2026-05-18T10:00:00+00:00", **more: object) -> Packet:
    action = str(more.pop("action", "record"))
    decision = Decision(at=at, by="Mia", action=action, subject=f"event.{kind}", **more)  # type: ignore[arg-type]
    return review.decide(packet, decision, load_policy())


def test_an_event_happened_when_it_was_noted_unless_a_time_is_given() -> None:
    packet = noted(noted(EMPTY, "agenda_sent"), "introduction_sent", due="2026-05-17 09:00")
    assert [e.at.isoformat() for e in events(packet)] == [
        "2026-05-18T10:00:00+00:00", "2026-05-17T09:00:00+00:00",
    ]  # fmt: skip


def test_an_appointment_keeps_when_it_was_made_and_when_it_is() -> None:
    packet = noted(EMPTY, "meeting_scheduled", due="2026-05-20T14:00:00+02:00")
    meeting = happened(packet, "meeting_scheduled")
    assert meeting is not None
    assert meeting.at == datetime(2026, 5, 18, 10, tzinfo=UTC)
    assert meeting.planned_for == datetime(2026, 5, 20, 12, tzinfo=UTC)


def test_an_event_that_was_taken_back_did_not_happen_and_both_notes_stay() -> None:
    packet = noted(noted(EMPTY, "closed", due="2026-05-01"), "closed", due="2026-05-02")
    assert facts_of(packet).closed() == moment_of("2026-05-02")
    packet = noted(packet, "closed", action="unrecord")
    assert facts_of(packet).closed() == moment_of("2026-05-01")
    assert len(packet.decisions) == 3


def test_the_crm_s_close_counts_until_a_person_notes_another() -> None:
    deal = parse_deal("closed_at: 2026-05-11 16:30\nprobability: 90\ncountry: DE")
    known = EMPTY.model_copy(update={"deal": deal})
    assert facts_of(known).closed() == datetime(2026, 5, 11, 16, 30, tzinfo=UTC)
    assert facts_of(noted(known, "closed", due="2026-05-12")).closed() == datetime(2026, 5, 12, tzinfo=UTC)
    assert facts_of(EMPTY).closed() is None


@pytest.mark.parametrize(
    ("kind", "due", "told"),
    [
        ("party", None, "is no event"),
        ("meeting_scheduled", None, "Say when"),
        ("introduction_sent", "2026-05-19", "before it happened"),
        ("introduction_sent", "soon", "is no time"),
    ],
)
def test_an_event_that_cannot_be_is_refused(kind: str, due: str | None, told: str) -> None:
    with pytest.raises(HandoffError, match=told):
        noted(EMPTY, kind, due=due)


def test_what_was_never_noted_cannot_be_taken_back() -> None:
    with pytest.raises(HandoffError, match="never noted"):
        noted(EMPTY, "kickoff_held", action="unrecord")


def test_a_kind_of_handover_has_its_own_events() -> None:
    ids = {row.id for row in kinds_for("post_close")}
    assert "approval_given" not in ids and "meeting_held" in ids
    assert "approval_given" in {row.id for row in kinds_for("pre_close")}
    assert len({row.id for row in event_rows()}) == len(event_rows())


def test_an_event_that_a_kind_of_handover_does_not_have_is_refused() -> None:
    with pytest.raises(HandoffError, match=r"no event of this handover \(Post-close handover\)"):
        noted(EMPTY, "approval_given")
    before = EMPTY.model_copy(update={"deal": EMPTY.deal.model_copy(update={"trigger": "pre_close"})})
    assert happened(noted(before, "approval_given"), "approval_given")
