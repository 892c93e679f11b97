"""Ready to start: each item is proven by the record, ticked by a person, or open; red where it is not so."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from packets import packet_of

from assistant import pipeline, review
from assistant.packet import AskOf, Decision, Packet
from assistant.protocol.capacity import Load, capacity_words, is_open, load_of
from assistant.protocol.moments import Moment
from assistant.protocol.policy import Policy, load_policy
from assistant.protocol.readiness import (
    FILE,
    ReadinessItem,
    is_ready,
    readiness,
    readiness_groups,
    readiness_label,
)
from assistant.protocol.readiness_facts import KNOWS

POLICY = load_policy()
ROOM = Load(login="beth", name="Beth Akande", open=3, limit=8)
FULL = Load(login="beth", name="Beth Akande", open=9, limit=8)


def packet(*decisions: Decision, base: str = "complete", **fragment: Any) -> Packet:
    found = pipeline.check(packet_of(fragment, base), POLICY)
    for decision in decisions:
        found = review.decide(found, decision, POLICY)
    return found


def event(kind: str, **more: Any) -> Decision:
    at = "2026-03-10T09:00:00+00:00"
    return Decision(at=at, by="Mia", action="record", subject=f"event.{kind}", **more)


def item(id: str, of: Packet, load: Load | None = None) -> ReadinessItem:
    return next(one for one in readiness(of, POLICY, load) if one.id == id)


def test_the_table_names_functions_groups_and_people_that_exist() -> None:
    rows = tomllib.loads(FILE.read_text("utf-8"))["item"]
    assert {row["knows"] for row in rows if "knows" in row} == set(KNOWS)
    assert {row["group"] for row in rows} == {group.id for group in readiness_groups()}
    assert {row["whose"] for row in rows} <= set(get_args(AskOf))
    assert len({row["id"] for row in rows}) == len(rows) == 33


@pytest.mark.parametrize(
    ("id", "fragment", "state", "red"),
    [
        ("customer-signed", {}, "proven", False),
        ("customer-signed", {"readiness": {"signatures": [
            {"party": "customer", "organization": "Northfield", "signed": False, "blanks": ["signature"]}]}},
         "open", True),
        ("customer-signed", {"readiness": {"signatures": [
            {"party": "customer", "organization": "Northfield", "signed": None}]}}, "open", False),
        ("countersigned", {"readiness": {"signatures": [
            {"party": "vendor", "organization": "Palisade", "signed": True, "blanks": ["date"]}]}},
         "open", True),
        ("executed", {"readiness": {"contract_fully_executed": False}}, "open", True),
        ("executed", {"readiness": {"contract_fully_executed": None}}, "open", False),
        ("crm-status", {}, "open", False),
        ("crm-status", {"deal": {"closed_at": "2026-03-01T10:00:00"}}, "proven", False),
        ("certificate", {}, "proven", False),
        ("certificate", {"readiness": {"completion_certificate": False}}, "open", False),
        ("payment-terms", {"readiness": {"payment_terms": None}}, "open", False),
        ("payment-standard", {}, "proven", False),
        ("payment-standard", {"readiness": {"payment_terms": "net 60"}}, "open", True),
        ("payment-standard", {"readiness": {"payment_terms": "as agreed"}}, "open", False),
        ("payment-delay", {}, "proven", False),
        ("payment-delay", {"readiness": {"red_flags": ["customer asks to delay payment"]}}, "open", True),
        ("purchase-order", {}, "open", False),
        ("purchase-order", {"readiness": {"red_flags": ["missing purchase order"]}}, "open", True),
        ("purchase-order", {"deal": {"purchase_order": "4711"}}, "proven", False),
        ("crm-value", {}, "proven", False),
        ("crm-value", {"deal": {"value": 12}}, "open", False),
        ("summary-ready", {}, "proven", False),
        ("support-tier", {}, "open", False),
    ],
)  # fmt: skip
def test_the_record_proves_it_denies_it_or_does_not_know(
    id: str, fragment: dict[str, Any], state: str, red: bool
) -> None:
    found = item(id, packet(**fragment))
    assert (found.state, found.is_red) == (state, red), found


def test_a_person_notes_the_signature_and_the_first_payment() -> None:
    bare = packet(base="bare")
    assert item("executed", bare).state == "open"
    noted = packet(event("signed"), event("payment_confirmed", text="first rate on 1 April"), base="bare")
    assert item("executed", noted).state == item("customer-signed", noted).state == "proven"
    assert "first rate on 1 April" in item("payment-confirmed", noted).why


def test_a_tick_names_who_and_why_and_evidence_goes_before_it() -> None:
    def tick(item: str, action: str = "tick") -> Decision:
        at, subject = "2026-03-10T10:00:00+00:00", f"readiness.{item}"
        return Decision(at=at, by="Kim", action=action, subject=subject, reason="saw it")

    assert item("support-tier", packet(tick("support-tier"))).why == "Kim, 2026-03-10T10:00:00+00:00: saw it"
    assert item("payment-standard", packet(tick("payment-standard"))).state == "proven"
    assert item("support-tier", packet(tick("support-tier"), tick("support-tier", "untick"))).state == "open"


def test_room_is_proven_by_the_csm_s_own_handoffs_and_more_is_given_by_the_manager() -> None:
    assert item("capacity", packet(), ROOM).why == "Beth Akande has 3 open handoffs, limit 8"
    full = item("capacity", packet(), FULL)
    assert (full.state, full.is_red) == ("open", True)
    given = packet(event("capacity_short", text="9 of 8"), event("capacity_granted", text="a second CSM"))
    assert item("capacity", given, FULL).state == "proven"
    assert item("resource-conflict", given).why == "escalated; given by Mia: a second CSM"
    assert item("capacity", packet()).state == "open"


def test_the_receiver_s_own_decisions_show_that_they_reviewed_and_asked() -> None:
    asked = Decision(
        at="2026-03-10T10:00:00+00:00", by="Beth Akande", action="ask", subject="c-00000a", ask_of="ae",
        text="Which May?",
    )  # fmt: skip
    found = packet(asked)
    assert item("csm-reviewed", found).state == item("csm-questions", found).state == "proven"
    assert item("csm-notified", packet(event("cs_engaged"))).why == "Beth Akande; noted by Mia"


def test_a_handover_between_owners_needs_no_signature_and_no_payment() -> None:
    items = readiness(packet(deal={"trigger": "account_handover"}), POLICY)
    assert {one.group for one in items} == {"systems", "documents", "cs"}
    assert not is_ready(items)


def test_it_is_ready_once_nothing_is_open() -> None:
    rows = tomllib.loads(FILE.read_text("utf-8"))["item"]
    ticks = [
        Decision(at="2026-03-10T10:00", by="Kim", action="tick", subject=f"readiness.{row['id']}")
        for row in rows
    ]
    assert is_ready(readiness(packet(*ticks), POLICY))
    assert readiness_label("capacity") == "CSM has room for it"
    assert readiness_label("party") is None


def limits(**given: int) -> Policy:
    capacity = POLICY.capacity.model_copy(update={"limits": given})
    return POLICY.model_copy(update={"capacity": capacity})


def test_a_person_s_own_limit_goes_before_the_policy_s() -> None:
    assert load_of("beth", "Beth", 8, POLICY).room == 0
    assert not load_of("beth", "Beth", 8, POLICY).is_over
    assert load_of("beth", "Beth", 5, limits(beth=4)).is_over
    assert capacity_words(load_of("beth", "Beth", 1, POLICY)) == "Beth has 1 open handoff, limit 8"


@pytest.mark.parametrize(
    ("status", "happened", "open"),
    [
        ("draft", (), True),
        ("accepted", (), True),
        ("accepted", ("kickoff_held",), False),
        ("accepted", ("follow_up_held",), False),
        ("submitted", ("work_started",), True),
        ("draft", ("churned",), False),
    ],
)
def test_a_handoff_is_over_once_it_is_accepted_and_work_goes_on(
    status: Any, happened: Any, open: bool
) -> None:
    moments = [Moment(kind=kind, at=datetime(2026, 3, 1, tzinfo=UTC)) for kind in happened]
    assert is_open(status, moments) is open
