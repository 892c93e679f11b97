"""The papers of a handover that happens: what was noted stands in them, what was not is asked for."""

from __future__ import annotations

from typing import Any

import pytest
from packets import packet_of
from sample_packet import sample_packet

from assistant.documents import Rendering
from assistant.packet import Decision, Packet
from assistant.protocol.policy import load_policy


def shown(packet: Packet, document: str) -> str:
    return (
        Rendering(packet, load_policy()).render(f"{document}.md").decode().replace("\\", "").replace("**", "")
    )


def noted(packet: Packet, kind: str, due: str | None = None, **more: Any) -> Packet:
    event = Decision(
        at="2026-05-19T08:00:00+00:00",
        by="Ana Ruiz",
        action="record",
        subject=f"event.{kind}",
        due=due,
        **more,
    )
    return packet.model_copy(update={"decisions": (*packet.decisions, event)})


def field(*values: str) -> dict[str, Any]:
    return {
        "status": "stated",
        "values": [
            {
                "text": v,
                "evidence": [{"source": "n.md", "segment_id": f"s{n}", "quote": v, "locator": f"line {n}"}],
            }
            for n, v in enumerate(values, start=1)
        ],
    }


def of_kind(trigger: str, **sections: dict[str, Any]) -> Packet:
    deal = {"account": "Acme", "ae": "Old Owner", "csm": "New Owner", "trigger": trigger}
    return packet_of({"deal": deal, "summary": sections})


def test_an_account_handover_tells_the_new_owner_what_the_old_one_knows() -> None:
    packet = of_kind(
        "account_handover",
        account_handover={
            "project_states": field("Rollout at site 4 of 9"),
            "handover_reason": field("Parental leave"),
        },
    )
    text = shown(packet, "account-handover")
    wanted = ("Old Owner hands over to New Owner", "Rollout at site 4 of 9", "Parental leave",
              "Customer told who takes over and why", "Follow-up meeting held", "open")  # fmt: skip
    assert [words for words in wanted if words not in text] == []
    assert "Deadlines | Not stated in any source" in text


def test_an_off_boarding_puts_the_goals_then_beside_where_they_stand() -> None:
    packet = of_kind(
        "off_boarding",
        off_boarding={"original_goals": field("Halve the backlog"), "goals_now": field("Down by a third"),
                      "loose_ends": field("Export not delivered")},
    )  # fmt: skip
    text = shown(packet, "off-boarding")
    assert "Halve the backlog [n.md line 1] | Down by a third [n.md line 1]" in text
    assert "Loose ends | Export not delivered" in text


@pytest.mark.parametrize(
    ("trigger", "has"), [("post_close", set()), ("account_handover", {"account-handover.md"}),
                         ("off_boarding", {"off-boarding.md"})],
)  # fmt: skip
def test_a_packet_has_the_documents_of_its_kind_only(trigger: str, has: set[str]) -> None:
    names = Rendering(of_kind(trigger), load_policy()).names()
    assert {n for n in names if n in ("account-handover.md", "off-boarding.md")} == has
    assert (f"{trigger.replace('_', '-')}.md" in names) == bool(has)


def test_the_kickoff_plan_keeps_the_seller_and_tests_the_early_win() -> None:
    text = shown(sample_packet(), "kickoff-plan")
    assert "20–30 | Ana Ruiz and Mia Stone" in text and "Early-win test not passed" in text
    assert "to be held within 10 days" in text
    won = of_kind("post_close", success_ladder={"early_win": field("First invoice run in week two")})
    assert "Early-win test passed" in shown(won, "kickoff-plan")


def test_dates_that_were_noted_stand_in_agenda_kickoff_introduction_and_crm_record() -> None:
    packet = noted(sample_packet(), "meeting_scheduled", "2026-05-20 14:30")
    packet = noted(packet, "kickoff_scheduled", "2026-05-27 15:00")
    assert "2026-05-20 14:30 UTC" in shown(packet, "meeting-agenda")
    assert "Planned for 2026-05-27 15:00 UTC" in shown(packet, "kickoff-plan")
    assert "kickoff, on 2026-05-27" in shown(packet, "introduction-email")
    record = shown(packet, "crm-record")
    assert "Handoff status | scheduled" in record and "planned for 2026-05-20 14:30 UTC" in record


def test_the_crm_record_holds_who_came_and_the_recording() -> None:
    packet = noted(
        sample_packet(), "meeting_held", subjects=("Ana Ruiz", "Mia Stone"), text="https://rec.example/1"
    )
    record = shown(packet, "crm-record")
    assert "Ana Ruiz, Mia Stone" in record and "rec.example/1" in record


def test_the_surprise_question_stands_with_its_answer() -> None:
    assert "Not asked yet: what have I not told you" in shown(sample_packet(), "transfer-packet")
    answer = Decision(
        at="2026-05-19T08:00:00+00:00", by="Ana Ruiz", action="answer_gap", subject="surprise-question",
        text="Their CFO leaves in June",
    )  # fmt: skip
    told = sample_packet().model_copy(update={"decisions": (answer,)})
    text = shown(told, "transfer-packet")
    assert "Their CFO leaves in June" in text and "Answered by Ana Ruiz, 2026-05-19" in text


def test_each_open_promise_gets_its_correction_and_a_mail_that_names_no_file_of_ours() -> None:
    text = shown(sample_packet(), "promise-audit")
    mail = text[text.index("Dear Ben,") :]
    assert "On 2026-03-02 I told you: “we answer every P1 within four hours”" in mail
    assert "(section 4.2)" in mail and "msa.docx" not in mail
    assert "To correct: Before signature change the clause" in text


def test_the_introduction_endorses_the_receiver_and_the_seller_does_not_vanish() -> None:
    text = shown(sample_packet(), "introduction-email")
    assert "in good hands: Mia has read everything" in text
    assert "first 30 minutes of the kickoff and you can reach me afterwards as before" in text


def test_abbreviations_are_spelled_out_at_their_first_use_and_never_in_a_quote() -> None:
    packet = packet_of(
        {"deal": {"account": "Acme", "ae": "Ana"}, "summary": {"scope": {"training": field("SSO and SLA")}}}
    )
    text = shown(packet, "deal-summary")
    assert text.count("(AE, account executive)") == 1
    assert (
        "SSO and SLA [n.md line 1]" in text and "SLA: service level agreement; SSO: single sign-on." in text
    )
