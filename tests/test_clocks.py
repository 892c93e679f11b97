"""Every SLA as a clock: when it starts, when it is due, how it ends."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant import review
from assistant.packet import Deal, Decision, Packet, RejectionReason, Run, Trigger
from assistant.protocol.clocks import Clock, breaches, clock_rows, clocks, next_due, of_rows
from assistant.protocol.events import event_rows
from assistant.protocol.moments import ROUNDS, Facts, Moment, facts_of
from assistant.protocol.policy import Policy, load_policy
from assistant.protocol.policy_time import CLOCK_IDS
from assistant.review.rounds import return_clock

POLICY = load_policy()
CLOSED = datetime(2026, 5, 18, 10, tzinfo=UTC)  # a Monday
RUN = Run(reader="t", version="1", as_of=date(2026, 5, 18))


def at(hours: float) -> datetime:
    return CLOSED + timedelta(hours=hours)


def facts(*moments: tuple[str, float] | tuple[str, float, float], trigger: Trigger = "post_close",
          closed: bool = True, **known: object) -> Facts:  # fmt: skip
    """Moments are (kind, hours after the close[, hours after the close that it is planned for])."""
    made = tuple(
        Moment(kind=kind, at=at(hour), planned_for=at(planned[0]) if planned else None)
        for kind, hour, *planned in moments
    )
    deal = Deal(trigger=trigger, closed_at=CLOSED if closed else None, **known)
    return Facts(deal=deal, moments=made)


def clock(id: str, of: Facts, hours: float = 0, policy: Policy = POLICY) -> Clock:
    return next(c for c in clocks(of, policy, at(hours)) if c.id == id)


@pytest.mark.parametrize(
    ("id", "starts", "hours"),
    [
        ("process_start", (), 24),
        ("meeting_confirmed", (), 24),
        ("meeting_held", (), 48),
        ("cs_engaged", (), 5 * 24),
        ("agenda", (("meeting_scheduled", 1, 45),), 45 - 24),
        ("introduction", (("meeting_held", 40),), 40 + 48),
        ("preparation", (("meeting_held", 40),), 40 + 3 * 24),
        ("kickoff_scheduled", (("meeting_held", 40),), 40 + 5 * 24),
        ("kickoff_scheduled_outer", (("meeting_held", 40),), 40 + 7 * 24),
        ("kickoff_held", (("meeting_held", 40),), 40 + 10 * 24),
        ("returned_packet", (("rejected", 9),), 9 + 24),
        ("confirmation_call", (("start_planned", 50, 400),), 400 - 24),
        ("review_after_start", (("work_started", 400),), 400 + 72),
        ("satisfaction", (("work_started", 400),), 400 + 30 * 24),
    ],
)
def test_each_clock_is_due_when_the_protocol_says(
    id: str, starts: tuple[tuple[str, float]], hours: float
) -> None:
    known = facts(*starts)
    due = at(hours)
    assert clock(id, known, hours).due == due
    assert clock(id, known, hours).state == "running"
    late = clock(id, known, hours + 0.5)
    assert (late.state, late.left) == ("breached", timedelta(minutes=-30))
    end = next(row for row in clock_rows() if row.id == id).ends[0]
    assert clock(id, facts(*starts, (end, hours)), hours + 99).state == "met"
    assert clock(id, facts(*starts, (end, hours + 0.1)), hours + 99).state == "late"


def test_the_signature_of_a_pre_close_handover_is_expected_within_days() -> None:
    asked = facts(("verbal_yes", 0), trigger="pre_close", closed=False)
    assert clock("signature", asked).due == at(7 * 24)
    assert clock("signature", asked, 8 * 24).state == "breached"
    refused = facts(("verbal_yes", 0), ("approval_refused", 5), trigger="pre_close", closed=False)
    assert clock("signature", refused, 8 * 24).state == "not_needed"
    signed = facts(("verbal_yes", -100), ("signed", -1), trigger="pre_close")
    assert clock("signature", signed).state == "met"


def test_a_meeting_before_the_close_was_in_time() -> None:
    early = facts(("meeting_held", -50), trigger="pre_close", closed=False)
    assert clock("meeting_held", early).state == "met"
    assert clock("meeting_held", facts(("meeting_held", -50), trigger="pre_close")).state == "met"


def test_the_calendar_is_held_once_the_deal_is_likely() -> None:
    likely = facts(closed=False, probability=90)
    held = facts(("meeting_scheduled", 0, 48), closed=False, probability=95)
    assert clock("hold", facts(closed=False, probability=89)).state == "waiting"
    assert (clock("hold", likely).state, clock("hold", likely).due) == ("running", None)
    assert clock("hold", held).state == "met"
    assert clock("hold", facts(probability=100)).state == "not_needed"  # closed: it has to be confirmed now


def test_a_deal_without_packet_has_clocks() -> None:
    found = clocks(Deal(closed_at=CLOSED.replace(tzinfo=None)), POLICY, at(25))
    assert {c.id for c in breaches(found)} == {"process_start", "meeting_confirmed"}
    assert (upcoming := next_due(found)) is not None and upcoming.id == "meeting_held"


def test_each_return_is_a_run_of_its_own() -> None:
    known = facts(("rejected", 0), ("submitted", 20), ("revision_asked", 30), ("submitted", 60),
                  ("rejected", 70))  # fmt: skip
    runs = of_rows(clocks(known, POLICY, at(71)), "returned_packet")
    assert [(c.round, c.state) for c in runs] == [(1, "met"), (2, "late"), (3, "running")]
    assert of_rows(clocks(facts(), POLICY, at(0)), "returned_packet")[0].state == "waiting"


def test_a_customer_who_left_stops_what_was_still_in_time() -> None:
    left = facts(("meeting_held", 40), ("churned", 41))
    states = {c.id: c.state for c in clocks(left, POLICY, at(999))}
    assert states["introduction"] == states["kickoff_held"] == "not_needed"
    assert states["process_start"] == "breached"  # it had run out before


def test_a_time_noted_again_corrects_the_one_before_and_an_appointment_counts_when_first_made() -> None:
    known = facts(("meeting_held", 60), ("meeting_held", 40), ("kickoff_scheduled", 41, 90),
                  ("kickoff_scheduled", 300, 400))  # fmt: skip
    assert clock("meeting_held", known).state == "met"
    assert clock("kickoff_scheduled", known).ended == at(41)


def test_a_meeting_that_is_moved_moves_its_agenda() -> None:
    known = facts(("meeting_scheduled", 1, 45), ("meeting_scheduled", 20, 100))
    assert clock("agenda", known).due == at(76)


def test_only_the_clocks_that_the_policy_names_count_working_time(tmp_path: Path) -> None:
    policy = _policy(tmp_path, 'business = ["meeting_held"]\nopens = "00:00"\ncloses = "24:00"\n')
    friday = Facts(deal=Deal(closed_at=datetime(2026, 5, 15, 16)))
    found = {c.id: c for c in clocks(friday, policy, at(0))}
    assert found["meeting_held"].due == datetime(2026, 5, 19, 16, tzinfo=UTC)
    assert found["meeting_held"].business and not found["process_start"].business
    assert found["process_start"].due == datetime(2026, 5, 16, 16, tzinfo=UTC)
    abroad = Facts(deal=Deal(closed_at=datetime(2026, 5, 22, 16), country="US"))  # Memorial Day on Monday
    assert clock("meeting_held", abroad, 0, policy).due == datetime(2026, 5, 27, 16, tzinfo=UTC)


def test_kinds_of_handover_have_their_own_clocks() -> None:
    needed = {
        trigger: Counter(c.state for c in clocks(facts(trigger=trigger), POLICY, at(0)))["not_needed"]
        for trigger in ("post_close", "pre_close", "poc_to_paid", "account_handover", "off_boarding")
    }
    assert needed["off_boarding"] > needed["account_handover"] > needed["pre_close"]
    assert clock("agenda", facts(("meeting_scheduled", 0, 48), trigger="off_boarding")).state == "running"


def test_a_time_beyond_all_calendars_is_never_due() -> None:
    known = Facts(deal=Deal(), moments=(Moment(kind="work_started", at=datetime(9999, 12, 31, tzinfo=UTC)),))
    assert clock("satisfaction", known).due is None


def test_every_row_names_what_exists() -> None:
    kinds = {row.id for row in event_rows()} | set(ROUNDS.values()) | {"likely"}
    assert {row.id for row in clock_rows()} == set(CLOCK_IDS)
    for row in clock_rows():
        assert {*row.starts, *row.ends, *row.stops} <= kinds, row.id
        assert row.lasts is None or row.lasts in type(POLICY.clocks).model_fields, row.id
    used = {row.lasts for row in clock_rows()} - {None}
    assert used == set(type(POLICY.clocks).model_fields)


def test_the_clock_of_a_returned_packet_is_the_same_everywhere() -> None:
    packet = Packet(deal=Deal(account="Fernhill", country="DE"), status="submitted", run=RUN)
    back = Decision(at=CLOSED.isoformat(), by="Mia", action="reject", subject="packet",
                    reasons=(RejectionReason(code="major_gap"),))  # fmt: skip
    rejected = review.decide(packet, back, POLICY)
    one = return_clock(rejected, POLICY, at(1))
    (other,) = of_rows(clocks(rejected, POLICY, at(1)), "returned_packet")
    assert one is not None and (one.due, one.left) == (other.due, other.left)


def test_what_the_deal_says_today_goes_before_what_it_was_drafted_with() -> None:
    packet = Packet(deal=Deal(account="Fernhill", trigger="pre_close", country="DE"), run=RUN)
    today = facts_of(packet, Deal(account="Fernhill", closed_at=CLOSED))
    assert today.closed() == CLOSED and today.deal.country == "DE" and today.deal.trigger == "pre_close"


def _policy(folder: Path, lines: str) -> Policy:
    (folder / "policy.toml").write_text(f"[calendar]\n{lines}", "utf-8")
    return load_policy(folder / "policy.toml")
