"""The handover's page: overdue clocks first, items that may be ticked, words escaped."""

from __future__ import annotations

from datetime import UTC, datetime

from packets import packet_of

from assistant.packet import Decision, Packet
from assistant.protocol.checklist import checklist
from assistant.protocol.clocks import clocks
from assistant.protocol.events import events
from assistant.protocol.meeting import open_answers
from assistant.protocol.policy import load_policy
from assistant.protocol.readiness import readiness
from assistant.protocol.score import score_packet
from assistant.protocol.surprise_search import Likely
from assistant.screens import handover_view as view

POLICY = load_policy()
NOW = datetime(2026, 5, 22, 12, tzinfo=UTC)


def happened(kind: str, **more: object) -> Decision:
    given = {"at": "2026-05-18T10:00:00+00:00", "by": "<b>Mia</b>", "action": "record"}
    given["subject"] = f"event.{kind}"
    return Decision.model_validate({**given, **more})


def with_events(*made: Decision) -> Packet:
    return packet_of({"deal": {"ae": "Ana", "csm": "Cem"}}, "complete").model_copy(update={"decisions": made})


def test_what_is_overdue_stands_first_and_what_did_not_start_in_one_line() -> None:
    shown = view.clock_table(clocks(with_events(happened("closed")), POLICY, NOW))
    assert shown.index("Overdue") < shown.index("Running")
    assert "Not started yet: " in shown and "1 d 23 h" not in shown.split("Overdue")[0]


def test_a_deal_that_was_not_closed_says_what_to_do() -> None:
    assert "closed" in view.clock_table(clocks(with_events(), POLICY, NOW))


def test_events_are_escaped_and_the_latest_comes_first() -> None:
    packet = with_events(happened("closed"), happened("meeting_scheduled", due="2026-05-20", text="<i>x</i>"))
    shown = view.event_table(events(packet))
    assert "&lt;b&gt;Mia" in shown and "<i>" not in shown
    assert shown.index("scheduled") < shown.index("Closed-won") and "(planned)" in shown


def test_only_what_the_packet_does_not_show_may_be_ticked() -> None:
    items = checklist(with_events(), POLICY)
    proven = [item.id for item in items if item.state == "proven"]
    shown = view.checklist_view(items, may_tick=True)
    assert proven and not any(f'data-choose="{id}"' in shown for id in proven)
    assert "data-choose" not in view.checklist_view(items, may_tick=False)


def test_the_score_explains_each_part_and_guesses_none() -> None:
    shown = view.score_table(score_packet(with_events(), POLICY), 100.0)
    assert shown.count("not yet, of") == 5 and "Completeness: 100 %" in shown


def test_a_proposal_says_where_it_stood() -> None:
    packet = packet_of({}, "complete")
    about = packet.commitments[0]
    assert about.text[:20] in view.likely_line(Likely(kind="accepted_anyway", about=about.id), packet)
    assert "never in the sources" in view.likely_line(Likely(kind="never_said"), packet)


def test_what_the_record_says_is_not_so_stands_out_and_what_it_proves_is_not_ticked() -> None:
    late = {"readiness": {"contract_fully_executed": False, "payment_terms": "net 60"}}
    items = readiness(packet_of(late, "complete"), POLICY)
    assert any(item.is_red for item in items)
    assert "Not so" in view.readiness_view(items, may_tick=True)
    proven = readiness(with_events(), POLICY)
    assert not any(
        f'data-choose="{item.id}"' in view.readiness_view(proven, may_tick=True)
        for item in proven
        if item.state == "proven"
    )


def test_answers_of_the_meeting_come_with_their_words_escaped() -> None:
    said = {"source": "m.txt", "segment_id": "s1", "quote": "<b>September</b>", "locator": "00:00:25"}
    made = happened("meeting_held", action="propose_answer", subject="surprise-question",
                    text="She leaves", reason="What might surprise us?", evidence=[said])  # fmt: skip
    packet = with_events(made)
    shown = view.meeting_view(packet, open_answers(packet))
    assert "00:00:25" in shown and "<b>" not in shown and "&lt;b&gt;September" in shown
