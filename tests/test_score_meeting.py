"""The meeting's points: known once it was held, and each explained."""

from __future__ import annotations

from typing import Any

from packets import packet_of

from assistant.packet import Decision, Packet, ScorePart
from assistant.pipeline import check
from assistant.protocol import load_policy, score_packet

POLICY = load_policy()
HELD = "2026-05-20T10:00:00+00:00"


def with_decisions(*made: dict[str, Any], **deal: Any) -> Packet:
    packet = packet_of({"deal": {"ae": "Ana Ruiz", "csm": "Cem Aydin", **deal}}, "complete")
    decisions = tuple(Decision.model_validate({"at": HELD, "by": "Mia", **one}) for one in made)
    return packet.model_copy(update={"decisions": decisions})


def held(*people: str) -> dict[str, Any]:
    return {"action": "record", "subject": "event.meeting_held", "subjects": people}


def tick(item: str) -> dict[str, Any]:
    return {"action": "tick", "subject": f"checklist.{item}"}


def part(packet: Packet, name: str) -> ScorePart:
    return next(p for p in score_packet(packet, POLICY).parts if p.name == name)


def test_whoever_must_attend_and_did_counts() -> None:
    assert part(with_decisions(held("ana  ruiz", "Cem Aydin")), "all attended").points == 10
    half = part(with_decisions(held("Ana Ruiz")), "all attended")
    assert (half.points, half.why) == (
        5, "1 of 2 who must attend did; absent: Customer success manager (Cem Aydin)",
    )  # fmt: skip


def test_a_seat_that_nobody_is_named_for_counts_as_absent() -> None:
    got = part(with_decisions(held("Ana Ruiz"), csm=None), "all attended")
    assert got.points == 5 and "nobody named" in got.why


def test_segments_that_were_covered_count_by_their_number() -> None:
    got = part(with_decisions(held(), tick("context-covered"), tick("risks-covered")), "agenda covered")
    assert got.points == 3.3
    assert got.why.startswith("2 of 6 segments were covered; open: stakeholders")


def test_questions_count_as_answered_when_cs_ticked_so() -> None:
    got = part(with_decisions(held(), tick("questions-answered")), "CS questions answered")
    assert got.points == 10 and "Mia" in got.why


def test_without_a_note_whether_questions_were_answered_is_not_guessed() -> None:
    assert part(with_decisions(held()), "CS questions answered").points is None


def test_a_question_that_still_waits_costs_its_share() -> None:
    packet = with_decisions(held())
    gap = packet_of({"summary": {"scope": {"training": {"status": "not_stated"}}}}, "complete")
    whole = check(gap.model_copy(update={"decisions": packet.decisions}), POLICY)
    asked = Decision(at=HELD, by="Mia", action="ask", subject=whole.findings[0].id, ask_of="ae", text="How?")
    closed = asked.model_copy(update={"subject": "missing-field:scope.closed_since"})
    got = part(check(whole.model_copy(update={"decisions": (*whole.decisions, asked, closed)}), POLICY),
               "CS questions answered")  # fmt: skip
    assert (got.points, got.why) == (5, "1 of 2 questions that were asked have an answer")


def test_taking_the_meeting_back_makes_its_points_unknown_again() -> None:
    back = {"action": "unrecord", "subject": "event.meeting_held"}
    assert part(with_decisions(held("Ana Ruiz"), back), "all attended").points is None


CLOSED = {"action": "record", "subject": "event.closed", "due": "2026-05-18T12:00:00+00:00"}


def test_a_meeting_within_its_clock_has_the_points_and_says_when_it_was_due() -> None:
    got = part(with_decisions(CLOSED, held("Ana Ruiz")), "handoff in time")
    assert (got.points, got.why) == (15, "2026-05-20 10:00 UTC, due 2026-05-20 12:00 UTC")


def test_a_late_meeting_has_none() -> None:
    early = {**CLOSED, "due": "2026-05-18T09:59:59+00:00"}
    assert part(with_decisions(early, held("Ana Ruiz")), "handoff in time").points == 0


def test_a_late_introduction_has_no_points() -> None:
    sent = {"action": "record", "subject": "event.introduction_sent", "at": "2026-06-20T10:00:00+00:00"}
    accepted = {"action": "accept", "subject": "packet"}
    assert part(with_decisions(CLOSED, held(), accepted, sent), "introduction in time").points == 0


def test_without_a_close_timeliness_is_not_guessed() -> None:
    got = part(with_decisions(held()), "handoff in time")
    assert (got.points, got.why) == (None, "when its clock started was not noted")


def test_a_kind_without_the_clock_has_no_such_part() -> None:
    names = [p.name for p in score_packet(with_decisions(held(), trigger="account_handover"), POLICY).parts]
    assert "handoff in time" not in names
