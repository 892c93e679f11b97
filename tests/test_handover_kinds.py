"""The kinds of handover are a table: when each starts, who approves it, which rules and sections it has."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from packets import packet_of

from assistant import pipeline, review
from assistant.documents import PAGES
from assistant.errors import HandoffError
from assistant.packet import KIND_SECTIONS, Decision, Packet, Scenario, Summary, Trigger
from assistant.packet.deal import Deal
from assistant.protocol.events import event_rows
from assistant.protocol.kinds import (
    approval_words,
    has_rule,
    is_preliminary,
    kind_of,
    kinds,
    scenario_label,
    scenarios,
    start_conditions,
)
from assistant.protocol.participants import participants
from assistant.protocol.policy import load_policy
from assistant.protocol.template import is_required, load_template, shown_rows, shown_sections
from assistant.rules import RULES, validate

POLICY = load_policy()
TEMPLATE = load_template()


def packet(base: str = "bare", **deal: Any) -> Packet:
    return pipeline.check(packet_of({"deal": deal}, base), POLICY)


def noted(packet: Packet, kind: str, by: str = "Mia", at: str = "2026-03-10T09:00:00+00:00") -> Packet:
    return review.decide(packet, Decision(at=at, by=by, action="record", subject=f"event.{kind}"), POLICY)


def decided(packet: Packet, action: str) -> Packet:
    decision = Decision(at="2026-03-10T10:00:00+00:00", by="Mia", action=action, subject="packet")
    return review.decide(packet, decision, POLICY)


def test_every_trigger_and_scenario_has_a_row() -> None:
    assert [kind.id for kind in kinds()] == list(get_args(Trigger))
    assert [row.id for row in scenarios()] == list(get_args(Scenario))


def test_the_table_names_numbers_rules_and_seats_that_exist() -> None:
    rules = {rule.id for rule in RULES}
    for kind in kinds():
        assert set(kind.windows) <= set(POLICY.clocks.model_dump())
        assert {*kind.rules, *kind.rules_off} <= rules
        assert set(kind.documents) <= set(PAGES)
        seats = {seat.role for seat in participants(packet(trigger=kind.id), POLICY)}
        assert set(kind.meets) <= seats


def test_events_and_rules_of_one_kind_are_not_those_of_another() -> None:
    assert has_rule(Deal(trigger="pre_close"), "pre-close-not-approved")
    assert not has_rule(Deal(), "pre-close-not-approved")
    assert not has_rule(Deal(trigger="off_boarding"), "no-early-win")
    assert all(set(row.triggers) <= set(get_args(Trigger)) for row in event_rows())


@pytest.mark.parametrize("trigger", get_args(Trigger))
def test_a_kind_shows_its_own_sections_and_asks_for_nothing_of_another(trigger: Trigger) -> None:
    here = packet(trigger=trigger)
    own = {section for section, triggers in KIND_SECTIONS.items() if trigger in triggers}
    assert {row.id for row in shown_sections(here)} & set(KIND_SECTIONS) == own
    asked = {row.path.split(".")[0] for row in TEMPLATE.field if is_required(row, here, POLICY)}
    assert asked & set(KIND_SECTIONS) == own
    assert {row.path.split(".")[0] for row in shown_rows(here)} & set(KIND_SECTIONS) == own


def test_what_a_section_of_another_kind_says_is_shown_all_the_same() -> None:
    said = {"poc": {"poc_results": {"status": "stated", "values": [{"text": "nine of ten"}]}}}
    assert "poc" in {row.id for row in shown_sections(packet_of({"summary": said}))}


def test_an_empty_section_of_another_kind_is_not_in_the_file_and_old_files_still_load() -> None:
    text = packet().model_dump_json()
    assert not [section for section in KIND_SECTIONS if f'"{section}":{{' in text]
    assert Packet.model_validate_json(text).summary == Summary()
    said = {"off_boarding": {"loose_ends": {"status": "stated", "values": [{"text": "one ticket"}]}}}
    kept = packet_of({"summary": said})
    assert Packet.model_validate_json(kept.model_dump_json()) == kept


@pytest.mark.parametrize("scenario", get_args(Scenario))
def test_each_scenario_is_named_and_asks_for_its_own(scenario: Scenario) -> None:
    own = {
        "leave": "cover_arrangements", "project_completed": "results_delivered",
        "reorganisation": "customer_changes", "merger": "customer_changes",
        "service_upgrade": "customer_changes", "provider_change": "access_and_materials",
        "new_account_manager": "account_history",
    }[scenario]  # fmt: skip
    here = packet(trigger="account_handover", scenario=scenario)
    assert scenario_label(here.deal)
    assert is_required(TEMPLATE.row(f"account_handover.{own}"), here, POLICY)
    assert not is_required(TEMPLATE.row(f"account_handover.{own}"), packet(), POLICY)
    core = ("contact_details", "project_states", "handover_deadlines", "open_issues", "account_strategy")
    assert all(is_required(TEMPLATE.row(f"account_handover.{name}"), here, POLICY) for name in core)


def test_a_line_that_only_another_scenario_has_is_shown_once_it_says_something() -> None:
    def lines(here: Packet) -> set[str]:
        return {row.path for row in shown_rows(here)}

    cover, changes = "account_handover.cover_arrangements", "account_handover.customer_changes"
    assert lines(packet(trigger="account_handover", scenario="leave")) >= {cover}
    assert changes not in lines(packet(trigger="account_handover", scenario="leave"))
    merger = packet(trigger="account_handover", scenario="merger")
    assert changes in lines(merger) and cover not in lines(merger)
    assert "account_handover.access_and_materials" in lines(packet(trigger="off_boarding"))
    stated = {"status": "stated", "values": [{"text": "Lia signs"}]}
    said = {"account_handover": {"cover_arrangements": stated}}
    assert cover in lines(packet_of({"deal": {"trigger": "account_handover"}, "summary": said}))


def test_a_pre_close_handover_is_preliminary_until_somebody_notes_the_signature() -> None:
    pending = packet("complete", trigger="pre_close")
    assert not pending.readiness.pending_contract  # its contract shows every signature
    pending = packet(trigger="pre_close", expected_close="2026-03-15")
    assert pending.readiness.pending_contract and is_preliminary(pending)
    signed = noted(pending, "signed")
    assert not signed.readiness.pending_contract
    assert "pre-close-preliminary" in {f.rule for f in pending.findings} - {f.rule for f in signed.findings}


def test_nobody_accepts_a_pre_close_handover_that_is_not_approved() -> None:
    pending = decided(noted(packet(trigger="pre_close"), "approval_asked", by="Ana"), "submit")
    pending = pending.model_copy(update={"findings": ()})
    with pytest.raises(HandoffError, match="not approved: asked by Ana on 2026-03-10"):
        decided(pending, "accept")
    given = noted(pending, "approval_given").model_copy(update={"findings": ()})
    assert decided(given, "accept").status == "accepted"
    refused = noted(given, "approval_refused", at="2026-03-11T09:00:00+00:00")
    with pytest.raises(HandoffError, match="refused by Mia"):
        decided(refused.model_copy(update={"findings": ()}), "accept")


def test_how_the_approval_stands_is_told_in_one_line() -> None:
    assert approval_words(packet(trigger="pre_close")) == "nobody asked for it"
    assert approval_words(noted(packet(trigger="pre_close"), "signed")) == "signed meanwhile"


@pytest.mark.parametrize(
    ("deal", "events", "done"),
    [
        ({}, (), [False, False]),
        ({}, ("signed", "closed"), [True, True]),
        ({"trigger": "pre_close", "expected_close": "2026-03-15"}, ("verbal_yes",), [True, True, False]),
        ({"trigger": "pre_close", "probability": 95}, ("approval_given",), [True, False, True]),
        ({"trigger": "pre_close", "expected_close": "2026-04-30"}, ("signed",), [False, True, True]),
        ({"trigger": "account_handover", "ae": "Ana", "incoming_owner": "Lia"}, (), [True, False]),
        ({"trigger": "account_handover", "scenario": "merger"}, (), [False, True]),
        ({"trigger": "off_boarding", "ae": "Ana", "handover_date": "2026-05-01"}, (), [True, True]),
    ],
)
def test_what_must_be_true_before_it_starts(deal: dict[str, Any], events: Any, done: list[bool]) -> None:
    here = packet(**deal)
    for kind in events:
        here = noted(here, kind)
    conditions = start_conditions(here, POLICY)
    assert [condition.done for condition in conditions] == done
    assert all(condition.label and condition.why for condition in conditions)


def test_whoever_ran_the_proof_of_concept_should_come() -> None:
    seats = {s.role: s for s in participants(packet("complete", trigger="poc_to_paid"), POLICY)}
    assert (seats["se"].need, seats["se"].name) == ("recommended", "Owen Tran")


def test_an_off_boarding_is_not_asked_for_an_early_win_or_why_they_may_leave() -> None:
    asked = {f.id for f in validate(packet_of({"deal": {"trigger": "off_boarding"}}, "complete"), POLICY)}
    assert not [id for id in asked if "early" in id or "churn" in id]
    assert "missing-field:off_boarding.original_goals" in asked
    assert kind_of(Deal(trigger="off_boarding")).approves is None
