"""The protocol's own lists stand in the product: its questions, items, parts, documents, numbers."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from packets import packet_of
from sample_packet import promises

from assistant.documents import PAGES, Rendering
from assistant.packet import Packet
from assistant.packet.packet import RejectionCode
from assistant.protocol.agenda import FILE as AGENDA
from assistant.protocol.checklist import checklist
from assistant.protocol.policy import load_policy
from assistant.protocol.template import load_template
from assistant.review.people import ASPECTS
from assistant.screens.texts import REJECTION_CODES

POLICY = load_policy()
SEGMENTS: dict[str, dict[str, Any]] = {
    row["id"]: row for row in tomllib.loads(AGENDA.read_text("utf-8"))["segment"]
}
PROTOCOL = Path(__file__).parents[1] / "assistant" / "protocol"


@pytest.mark.parametrize(
    ("segment", "minutes", "asks"),
    [
        ("customer_overview", 5, ["special", "surprise", "one thing"]),
        ("stakeholders", 10, ["day-to-day", "last word", "resist", "champion personally win"]),
        ("objectives", 10, ["90 days", "failure", "report upwards", "first month"]),
        ("scope", 10, ["worries you most", "hard to deliver", "legal or finance", "believe is included"]),
        ("implementation", 5, ["derail", "realistic", "landmines", "last project"]),
        ("risks", 5, ["confident", "leave", "first 30 days", "trust"]),
        ("questions", 5, ["introduce", "kickoff"]),
    ],
)
def test_a_segment_of_the_agenda_has_its_minutes_and_questions(
    segment: str, minutes: int, asks: list[str]
) -> None:
    asked = " ".join(question["ask"] for question in SEGMENTS[segment]["question"])
    assert [word for word in asks if word not in asked] == []
    assert getattr(POLICY.meeting.agenda, segment) == minutes


def test_the_last_segment_covers_introduction_escalation_and_the_ae_s_further_role() -> None:
    covers = SEGMENTS["questions"]["covers"]
    wanted = ("introduction", "kickoff", "further role", "escalation", "actions")
    assert [word for word in wanted if word not in covers] == []


def test_the_checklist_has_the_protocol_s_lines_in_their_times() -> None:
    items = checklist(packet_of({}), POLICY)
    assert [sum(item.when == when for item in items) for when in ("before", "meeting", "after")] == [6, 10, 5]


def test_the_library_of_documents_is_whole() -> None:
    wanted = {
        "deal-summary", "stakeholder-map", "implementation-plan", "risk-register", "meeting-notes",
        "meeting-agenda", "introduction-email", "checklist", "crm-record", "transfer-packet",
        "account-handover", "off-boarding", "promise-audit", "confirmation-call", "kickoff-plan",
    }  # fmt: skip
    assert wanted - set(PAGES) == set()


def test_grounds_for_rejection_are_the_codes() -> None:
    assert set(REJECTION_CODES) == set(RejectionCode.__args__)  # type: ignore[attr-defined]
    assert {"major_gap", "undocumented_commitment", "stakeholders_incomplete",
            "technical_requirements_unclear"} < set(REJECTION_CODES)  # fmt: skip


def test_the_score_s_weights_and_bands_are_the_protocol_s() -> None:
    score = POLICY.score.model_dump()
    assert list(score["documentation"].values()) == [15, 10, 15, 10]
    assert list(score["meeting"].values()) == [10, 10, 10]
    assert list(score["timeliness"].values()) == [15, 5]
    assert list(score["bands"].values()) == [90, 80, 70]


@pytest.mark.parametrize(
    ("category", "paths"),
    [
        ("customer_context", ["customer_overview.industry", "customer_overview.business_challenges",
                              "customer_overview.strategic_priorities",
                              "customer_overview.competitive_landscape"]),
        ("business_objectives", ["business_objectives.success_criteria", "business_objectives.personal_wins",
                                 "business_objectives.roi_expectations"]),
        ("scope_and_commitments", ["scope.features_included", "scope.integrations_required",
                                   "scope.customizations", "scope.professional_services", "scope.training",
                                   "scope.support_level", "scope.timeline_promised", "scope.out_of_scope"]),
        ("technical_requirements", ["technical.environment", "technical.integration_specifications",
                                    "technical.data_migration", "technical.security_compliance",
                                    "technical.validation_status"]),
        ("implementation_planning", ["implementation_plan.start_date", "implementation_plan.go_live_target",
                                     "implementation_plan.milestones", "implementation_plan.dependencies",
                                     "implementation_plan.customer_resources", "implementation_plan.risks"]),
        ("risk_factors", ["risk_factors.objections", "risk_factors.how_addressed",
                          "risk_factors.remaining_concerns", "risk_factors.churn_indicators"]),
        ("commercial", ["commercial_terms.contract_value", "commercial_terms.discount",
                        "commercial_terms.payment_terms", "commercial_terms.special_terms"]),
    ],
)  # fmt: skip
def test_a_category_asks_for_its_lines(category: str, paths: list[str]) -> None:
    rows = {row.path for row in load_template().field if row.category == category}
    assert set(paths) - rows == set()


def test_people_have_the_six_roles_and_everything_that_is_told_of_them() -> None:
    assert {role.id for role in load_template().role} == {
        "executive_sponsor", "champion", "economic_buyer", "technical_lead", "end_users", "blocker",
    }  # fmt: skip
    assert set(ASPECTS) == {
        "stance", "influence", "relationship", "objective", "concern", "preference", "defers_to",
    }  # fmt: skip


def test_no_number_of_the_protocol_is_a_constant_in_its_code() -> None:
    """The clocks' lengths stand in the policy alone: no file of the protocol spells 24, 48 or 72 hours."""
    spelt = [
        f"{file.name}: {line.strip()}"
        for file in PROTOCOL.glob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if "hours=24" in line or "hours=48" in line or "hours=72" in line or "days=10)" in line
    ]
    assert spelt == []


def test_every_part_of_the_packet_is_one_noun() -> None:
    assert {"summary", "stakeholders", "commitments", "contract_terms", "findings", "readiness", "score",
            "decisions", "sources"} < set(Packet.model_fields)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("transfer-packet", ["goal, in their own words", "success metric", "In scope", "out of scope",
                             "Economic buyer", "Champion", "Promises that the contract does not hold"]),
        ("confirmation-call", ["24 hours before", "Place and access", "Scope as agreed", "Products",
                               "Special situations", "Time frame"]),
        ("kickoff-plan", ["20–30", "Introduces", "in front of the customer", "Ultimate objective",
                          "Earliest sign of progress", "Minimum acceptable outcome"]),
        ("introduction-email", ["looks after you", "for the first 30 minutes", "reach me afterwards"]),
        ("crm-record", ["Handoff status", "Handoff date and time", "Participants", "Recording",
                        "Deal summary", "Completeness", "Quality score", "acceptance", "Introduction",
                        "Kickoff"]),
        ("account-handover", ["Contact details", "State of each project", "Deadlines",
                              "Open issues and concerns", "Preferences", "History", "Strategy"]),
        ("off-boarding", ["Goals then and status now", "difficulties", "How they were met", "Loose ends",
                          "What the next provider must know", "Who may be asked later",
                          "Knowledge only we have"]),
        ("meeting-notes", ["Attend", "Action"]),
    ],
)  # fmt: skip
def test_a_document_holds_what_the_protocol_lists(name: str, words: list[str]) -> None:
    packet = packet_of({"deal": {"ae": "Ana Ruiz", "csm": "Cem Aydin"}}, "complete")
    shown = Rendering(packet, POLICY).render(f"{name}.md").decode()
    assert [word for word in words if word not in shown] == []


def test_an_abbreviation_is_spelled_out_where_our_words_use_it_first() -> None:
    packet = packet_of({"deal": {"ae": "Ana Ruiz", "csm": "Cem Aydin"}}, "complete")
    shown = Rendering(packet, POLICY).render("confirmation-call.md").decode()
    assert shown.index("CSM (customer success manager)") <= shown.index("CSM")


def test_the_promise_audit_goes_through_what_the_protocol_names_with_a_mail_for_each_open_promise() -> None:
    packet = packet_of({}, "complete").model_copy(update={"commitments": promises()})
    shown = Rendering(packet, POLICY).render("promise-audit.md").decode()
    wanted = ("Scope", "Timeline", "Integrations", "Service expectations", "Edge cases", "buyer believes")
    assert [word for word in wanted if word not in shown] == []
    assert shown.count("Subject:") == sum(c.verdict == "contradicted" for c in promises())
