"""The handoff meeting: minutes that add up, questions where gaps are, who must come, the checklist."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.packet import Commitment, Deal, Evidence, Finding, Packet, Run, Severity
from assistant.packet.finding import FindingCategory
from assistant.packet.packet import Decision
from assistant.protocol.agenda import agenda, meeting_minutes
from assistant.protocol.checklist import checklist
from assistant.protocol.participants import participants
from assistant.protocol.policy import load_policy

POLICY = load_policy()
RUN = Run(reader="embedded", version="1", as_of=date(2026, 3, 2))


def gap(number: int, category: FindingCategory, severity: Severity = "major", where: str = "x") -> Finding:
    return Finding(
        id=f"missing-field:{number}", rule="missing-field", severity=severity, category=category,
        message="open", ask=f"What about {number}?", ask_of="ae", where=where,
    )  # fmt: skip


def packet(*findings: Finding, deal: Deal | None = None, **rest: object) -> Packet:
    return Packet.model_validate({"deal": deal or Deal(), "findings": findings, "run": RUN, **rest})


@pytest.mark.parametrize(
    ("given", "minutes"),
    [
        (packet(), 30),
        (packet(gap(1, "risk_factors", "minor")), 30),
        (packet(gap(1, "risk_factors")), 45),
        (packet(deal=Deal(segment="strategic")), 60),
    ],
)
def test_the_length_follows_what_is_open_and_the_segment_minutes_add_up(given: Packet, minutes: int) -> None:
    assert meeting_minutes(given, POLICY) == minutes
    items = agenda(given, POLICY)
    assert sum(item.minutes for item in items) == minutes
    assert [item.start for item in items] == [sum(i.minutes for i in items[:n]) for n in range(len(items))]
    assert min(item.minutes for item in items) >= POLICY.meeting.least_segment_minutes


def test_minutes_go_where_the_gaps_are() -> None:
    even = {item.label: item.minutes for item in agenda(packet(gap(0, "documentation")), POLICY)}
    risky = packet(*(gap(n, "risk_factors", "blocker") for n in range(4)))
    tailored = {item.label: item.minutes for item in agenda(risky, POLICY)}
    assert tailored["Risk factors"] > even["Risk factors"]
    assert tailored["Stakeholders"] <= even["Stakeholders"]


def test_the_packets_own_questions_come_first_and_what_has_no_room_is_counted() -> None:
    item = agenda(packet(*(gap(n, "customer_context") for n in range(6))), POLICY)[0]
    assert [q.ask for q in item.questions[:3]] == ["What about 0?", "What about 1?", "What about 2?"]
    assert item.questions[3].ask.startswith("What have you not told us that might surprise us")
    assert item.left_over == 3


def test_the_same_question_is_asked_once() -> None:
    twice = [gap(1, "customer_context"), gap(1, "customer_context", where="y")]
    assert [q.ask for q in agenda(packet(*twice), POLICY)[0].questions].count("What about 1?") == 1


def test_a_promise_is_asked_about_in_its_own_words() -> None:
    quote = Evidence(source="a.vtt", segment_id="s1", quote="free training", locator="00:00:01")
    promise = Commitment(
        id="c-1", party="vendor", speaker="Ana", category="training", text="free training", evidence=(quote,)
    )
    silent = gap(1, "scope_and_commitments", where="commitments.c-1").model_copy(
        update={"rule": "promise-not-in-contract"}
    )
    scope = agenda(packet(silent, commitments=(promise,)), POLICY)[3]
    assert scope.questions[0].ask.startswith("“free training”: the contract is silent.")


def test_a_question_that_the_packet_answers_is_not_asked() -> None:
    ask = "Why would they leave?"
    known = {"risk_factors": {"churn_indicators": {"status": "stated", "values": [
        {"text": "a new CFO in May", "entered_by": "Ana"}]}}}  # fmt: skip
    for summary, asked in (({}, True), (known, False)):
        questions = {q.ask for item in agenda(packet(summary=summary), POLICY) for q in item.questions}
        assert (ask in questions) is asked


def test_a_strategic_account_needs_the_cs_manager() -> None:
    needs = {s.role: s.need for s in participants(packet(deal=Deal(value=300_000.0)), POLICY)}
    assert needs == {
        "ae": "mandatory",
        "csm": "mandatory",
        "cs_manager": "mandatory",
        "sales_manager": "optional",
    }


def test_a_roadmap_promise_invites_product_unless_it_was_taken_back() -> None:
    quote = Evidence(source="a.vtt", segment_id="s1", quote="q", locator="00:00:01")
    promise = Commitment(
        id="c-1", party="vendor", speaker="Ana", category="roadmap", text="q", evidence=(quote,)
    )
    taken_back = promise.model_copy(update={"verdict": "withdrawn"})
    assert "product" in {s.role for s in participants(packet(commitments=(promise,)), POLICY)}
    assert "product" not in {s.role for s in participants(packet(commitments=(taken_back,)), POLICY)}


def test_the_checklist_has_twenty_one_items_and_nothing_is_proven_by_an_empty_packet_but_what_holds() -> None:
    items = checklist(packet(gap(1, "customer_context")), POLICY)
    assert len(items) == 21
    assert [i.id for i in items if i.state == "proven"] == ["stakeholder-map"]


def test_a_tick_names_who_and_can_be_taken_back() -> None:
    ticked = Decision(at="2026-03-02T10:00", by="Kim Osei", action="tick", subject="checklist.crm-updated")
    undone = ticked.model_copy(update={"action": "untick", "at": "2026-03-02T11:00"})
    first = checklist(packet(decisions=(ticked,)), POLICY)[0]
    assert (first.state, first.why) == ("ticked", "Kim Osei, 2026-03-02T10:00")
    assert checklist(packet(decisions=(ticked, undone)), POLICY)[0].state == "open"


def test_a_kind_of_handover_has_questions_of_its_own() -> None:
    def asked(**deal: Any) -> set[str]:
        return {q.ask for item in agenda(packet(deal=Deal(**deal)), POLICY) for q in item.questions}

    why = "Why does the owner change, and what does the customer think of it?"
    assert why in asked(trigger="account_handover") and why not in asked()
    goals = "Which goals did we set out with, and where does each stand today?"
    assert goals in asked(trigger="off_boarding") and goals not in asked(trigger="account_handover")
    assert "Why did they buy now?" not in asked(trigger="off_boarding")
