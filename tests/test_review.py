"""Pure decisions over packets: what each does, what it refuses, and that replaying them gives the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from packets import packet_of
from sample_packet import promises

from assistant import pipeline, review
from assistant.errors import HandoffError
from assistant.packet import Decision, Packet, RejectionReason
from assistant.protocol.policy import load_policy
from assistant.review import DoesNotFit
from assistant.review.compare import compare
from assistant.review.rounds import is_escalated, open_blockers, rejections, return_clock

POLICY = load_policy()
AT = "2026-05-18T12:00:00+00:00"
WIN = "success_ladder.early_win"


def packet(**changes: Any) -> Packet:
    whole = packet_of({}, "complete").model_copy(update={"commitments": promises(), **changes})
    return pipeline.check(whole, POLICY)


def decision(action: str, subject: str = "packet", **more: Any) -> Decision:
    return Decision(at=AT, by="Mia Moss", action=action, subject=subject, **more)


def decide(before: Packet, action: str, subject: str = "packet", **more: Any) -> Packet:
    return review.decide(before, decision(action, subject, **more), POLICY)


def test_a_decision_is_appended_and_the_score_computed_anew() -> None:
    after = decide(packet(), "mark_not_applicable", WIN, reason="A renewal: nothing starts.")
    assert after.decisions[-1].action == "mark_not_applicable"
    assert after.summary.success_ladder.early_win.reason == "A renewal: nothing starts."
    assert after == pipeline.check(after, POLICY)


def test_the_packet_before_is_untouched() -> None:
    before = packet()
    copy = before.model_copy(deep=True)
    decide(before, "edit_value", WIN, text="first report in week two")
    assert before == copy


@pytest.mark.parametrize(
    ("action", "subject", "more"),
    [
        ("mark_not_applicable", WIN, {}),
        ("answer_gap", "missing-field:x", {"text": None}),
        ("correct_verdict", "c-000001", {"verdict": "covered"}),
        ("correct_verdict", "c-000001", {"reason": "no verdict"}),
        ("name_stakeholder", "stakeholders.champion", {"text": "Ben Cole"}),
        ("merge", "c-000001", {"subjects": ()}),
        ("merge", "c-000001", {"subjects": ("c-000001",)}),
        ("split", "c-000001", {}),
        ("waive", "no-contract", {}),
        ("accept", "packet", {}),
        ("reject", "packet", {"reasons": (RejectionReason(code="major_gap"),)}),
        ("request_revision", "packet", {"reason": "dates"}),
    ],
)
def test_an_incomplete_or_untimely_decision_is_refused(
    action: str, subject: str, more: dict[str, Any]
) -> None:
    with pytest.raises(HandoffError) as told:
        decide(packet(), action, subject, **more)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("action", "subject", "more"),
    [
        ("edit_value", "scope.nonsense", {"text": "x"}),
        ("edit_value", "nonsense", {"text": "x"}),
        ("edit_value", "scope.__class__", {"text": "x"}),
        ("edit_value", "model_fields.scope", {"text": "x"}),
        ("assign", "c-ffffff", {"owner": "Cem"}),
        ("waive", "no-such-gap", {"reason": "fine"}),
        ("confirm_verdict", "c-000001", {"verdict": "vague"}),
    ],
)
def test_a_decision_about_what_is_not_there_does_not_fit(
    action: str, subject: str, more: dict[str, Any]
) -> None:
    with pytest.raises(DoesNotFit):
        decide(packet(), action, subject, **more)


def test_an_empty_text_takes_a_value_away() -> None:
    before = decide(packet(), "edit_value", WIN, text="a report")
    words = [v.text for v in before.summary.success_ladder.early_win.values]
    after = decide(before, "edit_value", WIN, was="a report")
    assert [v.text for v in after.summary.success_ladder.early_win.values] == words[:-1]


def test_a_conflict_is_settled_by_taking_one_value_away() -> None:
    values = [{"text": "June"}, {"text": "July"}]
    start = {"start_date": {"status": "conflicting", "values": values}}
    both = packet_of({"summary": {"implementation_plan": start}}, "complete")
    after = decide(both, "edit_value", "implementation_plan.start_date", was="June")
    assert after.summary.implementation_plan.start_date.status == "stated"


def test_a_corrected_verdict_is_the_reviewers() -> None:
    after = decide(packet(), "correct_verdict", "c-000001", verdict="contradicted", reason="section 4")
    promise = next(c for c in after.commitments if c.id == "c-000001")
    assert (promise.decided_by, promise.relation) == ("reviewer", "different")
    assert promise.confirmed_by == "Mia Moss"


def test_a_waiver_holds_for_the_same_gap_only_and_can_be_taken_back() -> None:
    before = packet_of({})
    gap = open_blockers(pipeline.check(before, POLICY))[0]
    waived = decide(pipeline.check(before, POLICY), "waive", gap.id, reason="known", was="blocker")
    assert gap.id not in {f.id for f in open_blockers(waived)}
    assert len(open_blockers(waived)) == len(open_blockers(pipeline.check(before, POLICY))) - 1
    again = decide(waived, "unwaive", gap.id)
    assert gap.id in {f.id for f in open_blockers(again)}


def test_what_was_waived_as_a_lesser_gap_is_open_again_as_a_blocker() -> None:
    bare = pipeline.check(packet_of({}), POLICY)
    gap = open_blockers(bare)[0]
    waived = decide(bare, "waive", gap.id, reason="known", was="major")
    assert gap.id in {f.id for f in open_blockers(waived)}


def test_a_named_stakeholder_takes_the_place_of_a_role_in_other_words() -> None:
    before = packet_of({"stakeholders": [{"name": "the CFO", "side": "customer"}]}, "complete")
    after = decide(
        before, "name_stakeholder", "stakeholders.economic_buyer", text="Dana Fox", role="economic_buyer",
        reason="CFO", was="the CFO",
    )  # fmt: skip
    assert [(s.name, s.role, s.title) for s in after.stakeholders] == [("Dana Fox", "economic_buyer", "CFO")]


def test_rejections_are_counted_and_a_request_for_revision_is_none() -> None:
    seen = packet()
    for action, more in (
        ("reject", {"reasons": (RejectionReason(code="major_gap"),)}),
        ("request_revision", {"reason": "dates"}),
        ("reject", {"reasons": (RejectionReason(code="other", note="see mail"),)}),
    ):  # fmt: skip
        seen = decide(decide(seen, "submit"), action, **more)
    assert rejections(seen) == 2 and is_escalated(seen, POLICY)


def test_the_clock_runs_from_the_last_return_and_stops_when_submitted() -> None:
    returned = decide(decide(packet(), "submit"), "request_revision", reason="dates")
    now = datetime(2026, 5, 18, 22, tzinfo=UTC)
    clock = return_clock(returned, POLICY, now)
    assert clock is not None and clock.left == timedelta(hours=14)
    assert return_clock(decide(returned, "submit"), POLICY, now) is None


def test_the_same_decisions_over_the_same_draft_give_the_same_packet() -> None:
    draft = packet()
    seen = draft
    for action, subject, more in (
        ("edit_value", WIN, {"text": "a report"}),
        ("correct_verdict", "c-000001", {"verdict": "vague", "reason": "no number"}),
        ("assign", "c-000001", {"owner": "Cem", "due": "2026-07-01"}),
    ):
        seen = decide(seen, action, subject, **more)
    again, misfits = review.redraft(draft, seen, decision("redraft"), POLICY)
    assert misfits == []
    assert again.model_copy(update={"decisions": seen.decisions}) == seen


def test_two_versions_differ_only_in_what_was_decided() -> None:
    before = packet()
    after = decide(before, "assign", "c-000001", owner="Cem")
    found = compare(before, after)
    assert [(c.key, c.parts) for c in found.promises] == [("c-000001", ("owner",))]
    assert not found.fields and not found.sources and not found.is_empty
    assert compare(before, before).is_empty


def test_what_is_gone_and_what_is_new_are_told_apart() -> None:
    before = packet()
    without = before.model_copy(update={"commitments": before.commitments[1:]})
    (gone,) = compare(before, without).promises
    (new,) = compare(without, before).promises
    assert (gone.after, new.before) == (None, None)


def test_what_is_no_promise_goes_for_a_reason_and_can_be_brought_back() -> None:
    before = packet()
    gone = before.commitments[0]
    after = decide(before, "dismiss", gone.id, reason="a list price", promises=(gone,))
    assert gone not in after.commitments
    assert decide(after, "bring_back", gone.id, promises=(gone,)).commitments[-1] == gone
    with pytest.raises(HandoffError, match="Say why"):
        decide(before, "dismiss", gone.id, promises=(gone,))


def test_an_accepted_packet_goes_back_to_cs_when_the_new_draft_has_an_open_blocker() -> None:
    accepted = packet_of({}, "complete").model_copy(update={"status": "accepted"})
    same, _ = review.redraft(pipeline.check(accepted, POLICY), accepted, decision("redraft"), POLICY)
    worse, _ = review.redraft(packet(), accepted, decision("redraft"), POLICY)
    assert open_blockers(worse) and not open_blockers(same)
    assert (same.status, worse.status) == ("accepted", "submitted")


def test_a_person_is_described_one_aspect_at_a_time() -> None:
    before = packet_of({}, "complete")
    name = f"stakeholders.{before.stakeholders[0].name}"
    now = decide(before, "describe_stakeholder", name, was="relationship", text="Strong")
    now = decide(now, "describe_stakeholder", name, was="preference", text="calls before nine")
    person = now.stakeholders[0]
    assert (person.relationship, person.preferences[-1].text) == ("strong", "calls before nine")
    assert person.preferences[-1].entered_by == "Mia Moss"


@pytest.mark.parametrize(("was", "text"), [("relationship", "odd"), ("mood", "high"), ("concern", None)])
def test_what_no_aspect_has_is_refused(was: str, text: str | None) -> None:
    before = packet_of({}, "complete")
    name = f"stakeholders.{before.stakeholders[0].name}"
    with pytest.raises(HandoffError):
        decide(before, "describe_stakeholder", name, was=was, text=text)


def test_a_person_who_is_gone_does_not_fit() -> None:
    with pytest.raises(DoesNotFit):
        decide(packet_of({}), "describe_stakeholder", "stakeholders.Nobody", was="influence", text="high")
