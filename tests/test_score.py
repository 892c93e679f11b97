"""The score counts what is known out of what can be known now, and says why."""

from __future__ import annotations

from typing import Any

import pytest
from packets import packet_of

from assistant.packet import Score, ScorePart
from assistant.protocol import band, load_policy, score_packet

POLICY = load_policy()


def part(score: Score, name: str) -> ScorePart:
    return next(part for part in score.parts if part.name == name)


def score_of(fragment: dict[str, Any], base: str = "complete") -> Score:
    return score_packet(packet_of(fragment, base), POLICY)


def test_a_complete_packet_has_all_that_can_be_known_before_the_meeting() -> None:
    score = score_of({})
    assert (score.known, score.knowable, score.out_of) == (50, 50, 100)


def test_meeting_and_timeliness_are_not_guessed() -> None:
    later = [p for p in score_of({}).parts if p.points is None]
    assert [p.out_of for p in later] == [10, 10, 10, 15, 5]
    assert all("not known before" in p.why for p in later)


def test_an_empty_packet_has_no_points_and_no_promises_to_judge() -> None:
    score = score_of({}, "bare")
    assert score.known == 0
    assert score.knowable == 35
    assert "cannot be known" in part(score, "commitments documented").why


def test_a_missing_field_costs_its_share_and_is_named() -> None:
    score = score_of({"summary": {"technical": {"environment": {"status": "not_stated"}}}})
    got = part(score, "deal summary complete")
    assert got.points is not None and 14 < got.points < 15
    assert got.why.endswith("missing: Environment")


def test_a_missing_risk_costs_points_among_the_risks() -> None:
    score = score_of({"summary": {"risk_factors": {"churn_indicators": {"status": "not_stated"}}}})
    assert part(score, "risks identified").points == 8
    assert part(score, "risks identified").why == "4 of 5 risk fields are known; missing: Churn indicators"


def test_a_role_without_a_name_is_worth_less_than_a_person() -> None:
    people = [{"name": "the CFO", "side": "customer", "role": "economic_buyer", "influence": "high"}]
    got = part(score_of({"stakeholders": people}), "stakeholder map detailed")
    assert got.points == 0.5  # a quarter of one of five roles
    assert "economic buyer (25 %)" in got.why


def test_a_promise_without_person_or_date_or_content_costs_points() -> None:
    promise = {
        "id": "c-1",
        "party": "vendor",
        "speaker": None,
        "category": "training",
        "text": "x",
        "evidence": [],
    }
    score = score_of({"commitments": [promise | {"verdict": "vague"}]})
    got = part(score, "commitments documented")
    assert got.points == 3.8  # one mark of four: a contract was read
    assert got.why.startswith("of 1 promises 0 name who made them, 0 have a date")


def test_a_withdrawn_promise_is_not_counted() -> None:
    promise = {
        "id": "c-1",
        "party": "vendor",
        "speaker": None,
        "category": "other",
        "text": "x",
        "evidence": [],
    }
    score = score_of({"commitments": [promise | {"verdict": "withdrawn"}]})
    assert part(score, "commitments documented").points is None


@pytest.mark.parametrize(
    ("known", "name"),
    [(100, "excellent"), (90, "excellent"), (89.9, "good"), (70, "acceptable"), (69, "substandard")],
)
def test_a_full_score_falls_into_a_band(known: float, name: str) -> None:
    assert band(Score(known=known, knowable=100), POLICY) == name


def test_there_is_no_band_while_parts_are_unknown() -> None:
    assert band(Score(known=50, knowable=50), POLICY) is None
