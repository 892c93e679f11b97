"""Which messages are due for a deal. Pure: what happened, the clocks, the policy and a moment in, plans out.

A plan's key says what it is about and when, so the same message is never made twice, however often one looks.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from assistant.protocol.clocks import Clock, clock_rows, of_rows
from assistant.protocol.moments import RETURNS, Facts, Moment
from assistant.protocol.policy import Policy
from assistant.protocol.policy_time import MessageKind
from assistant.protocol.rights import RoleName

HOUR = timedelta(hours=1)
ANSWERS = ("approval_given", "approval_refused")


class Plan(NamedTuple):
    """A message that is to go out."""

    kind: MessageKind
    key: str
    at: datetime
    """The moment that it is about."""
    to: tuple[RoleName, ...]
    fields: dict[str, Any]
    """What its words are filled with, besides the account and the link; times are moments."""


def plans(
    deal: str, facts: Facts, running: Sequence[Clock], policy: Policy, now: datetime,
    ae_names: Collection[str] = (),
) -> list[Plan]:  # fmt: skip
    """Every message that is due at that moment and not stale, whether it was made already or not.

    `deal` is its id, `ae_names` are names that the AE's own changes bear.
    """
    if facts.last("churned"):
        return []
    meeting = list(_meeting(facts, running, policy, now))
    told = [clock for clock in running if not (meeting and clock.id == "agenda")]  # it goes out right now
    found = [
        *meeting,
        *(plan for clock in told for plan in _of_clock(clock, facts, policy, now)),
        *_hold(facts, running, policy, now),
        *_rounds(facts, running, policy),
        *_approval(facts, policy),
        *_spot_check(deal, facts, policy),
        *_edited(facts, policy, now, ae_names),
    ]
    oldest = now - timedelta(days=policy.messages.stale_days)
    off = policy.messages.off
    return [plan for plan in found if plan.at >= oldest and plan.kind not in off]


def quiet_until(
    facts: Facts, running: Sequence[Clock], policy: Policy, now: datetime
) -> datetime | None:
    """Before that moment nothing new is due unless something happens to the deal; None: never."""
    moments = [meeting - policy.messages.agenda_lead_hours * HOUR
               for meeting in (clock.due for clock in of_rows(running, "agenda")) if meeting]  # fmt: skip
    for clock in running:
        if clock.is_open and clock.due:
            later = clock.due + timedelta(hours=policy.messages.escalate_after_hours)
            moments += [clock.due, later, due_soon_at(clock, policy) or clock.due]
    moments += [_hour(m.at) + HOUR for m in facts.moments if m.kind == "edited"]
    return min((moment for moment in moments if moment >= now), default=None)


def is_spot_checked(deal: str, percent: int) -> bool:
    """Whether the deal is one of those that sales managers look at: drawn by its id, the same every time."""
    drawn = int.from_bytes(hashlib.sha256(f"spot check {deal}".encode()).digest()[:4], "big")
    return drawn % 100 < percent


def due_soon_at(clock: Clock, policy: Policy) -> datetime | None:
    """When no more than the policy's share of the clock's time is left."""
    row = next(row for row in clock_rows() if row.id == clock.id)
    percent = policy.messages.due_soon_percent
    if clock.due is None or clock.started is None or row.lasts is None or not percent:
        return None
    whole = clock.due - clock.started
    if row.before:
        number = getattr(policy.clocks, row.lasts)
        whole = timedelta(hours=number) if row.lasts.endswith("_hours") else timedelta(days=number)
    return clock.due - whole * percent / 100


def _of_clock(clock: Clock, facts: Facts, policy: Policy, now: datetime) -> Iterator[Plan]:
    """Due soon, overdue, and overdue for so long that the next ones are told.

    What was due before it was asked for (a call before a start of tomorrow) is nobody's fault to escalate.
    What comes before an appointment is not told any more once that has passed.
    """
    row = next(row for row in clock_rows() if row.id == clock.id)
    appointment = facts.last(row.starts[0]) if row.before else None
    passed = appointment and appointment.planned_for and appointment.planned_for <= now
    if clock.due is None or not clock.is_open or passed:
        return
    tells = row.tells
    about = f"{clock.id}:{stamp(clock.due)}"
    fields = {"clock": clock.label, "due": clock.due, "doer": clock.doer,
              "hours": policy.messages.escalate_after_hours}  # fmt: skip
    soon = due_soon_at(clock, policy)
    later = clock.due + timedelta(hours=policy.messages.escalate_after_hours)
    told = policy.messages
    if clock.state == "running" and "due_soon" in tells and soon and soon <= now:
        yield Plan("due_soon", f"due_soon:{about}", soon, getattr(told.due_soon, clock.doer), fields)
    if clock.state == "breached" and "overdue" in tells:
        yield Plan("overdue", f"overdue:{about}", clock.due, getattr(told.overdue, clock.doer), fields)
    had_time = clock.started is None or clock.started < clock.due
    if clock.state == "breached" and "escalated" in tells and later <= now and had_time:
        yield Plan("escalated", f"escalated:{about}", later, getattr(told.escalated, clock.doer), fields)


def _meeting(facts: Facts, running: Sequence[Clock], policy: Policy, now: datetime) -> Iterator[Plan]:
    """The reminder with the agenda, early enough for the agenda to be in time."""
    meeting, agenda = facts.last("meeting_scheduled"), of_rows(running, "agenda")
    if meeting is None or meeting.planned_for is None or not agenda or agenda[0].due is None:
        return
    at = max(agenda[0].due - policy.messages.agenda_lead_hours * HOUR, meeting.at)
    if at <= now < meeting.planned_for and not _was_held(facts, meeting):
        to = policy.messages.to.meeting + (("cs_manager",) if policy.is_strategic(facts.deal) else ())
        fields = {"when": meeting.planned_for}
        yield Plan("meeting", f"meeting:{stamp(meeting.planned_for)}", at, tuple(dict.fromkeys(to)), fields)


def _was_held(facts: Facts, meeting: Moment) -> bool:
    held = facts.last("meeting_held")
    return held is not None and held.at >= meeting.at


def _hold(facts: Facts, running: Sequence[Clock], policy: Policy, now: datetime) -> Iterator[Plan]:
    if any(clock.state == "running" for clock in of_rows(running, "hold")):
        fields = {"probability": f"{facts.deal.probability:g}"}
        yield Plan("hold", "hold", now, policy.messages.to.hold, fields)


def _rounds(facts: Facts, running: Sequence[Clock], policy: Policy) -> Iterator[Plan]:
    """The packet's way between sales and CS."""
    rounds = [m for m in facts.moments if m.kind in ("submitted", "accepted", *RETURNS)]
    to = policy.messages.to
    if rounds and rounds[-1].kind == "submitted":
        yield Plan("submitted", f"submitted:{stamp(rounds[-1].at)}", rounds[-1].at, to.submitted, {})
    if rounds and rounds[-1].kind in RETURNS:
        due = of_rows(running, "returned_packet")[-1].due
        yield Plan("returned", f"returned:{stamp(rounds[-1].at)}", rounds[-1].at, to.returned, {"due": due})
    rejections = [m for m in rounds if m.kind == "rejected"]
    if (count := len(rejections)) >= policy.review.rejections_before_escalation:
        key = f"rejected_again:{count}"
        yield Plan("rejected_again", key, rejections[-1].at, to.rejected_again, {"count": count})


def _approval(facts: Facts, policy: Policy) -> Iterator[Plan]:
    """Asked and not answered, nor overtaken by the close."""
    talk = [m for m in facts.moments if m.kind in ("approval_asked", *ANSWERS)]
    if talk and talk[-1].kind == "approval_asked" and facts.closed() is None:
        at = talk[-1].at
        yield Plan("approval_asked", f"approval_asked:{stamp(at)}", at, policy.messages.to.approval_asked, {})


def _spot_check(deal: str, facts: Facts, policy: Policy) -> Iterator[Plan]:
    percent, submitted = policy.review.spot_check_percent, facts.first("submitted")
    if submitted and is_spot_checked(deal, percent):
        to = policy.messages.to.spot_check
        yield Plan("spot_check", "spot_check", submitted.at, to, {"percent": percent})


def _edited(facts: Facts, policy: Policy, now: datetime, ae_names: Collection[str]) -> Iterator[Plan]:
    """Changes after acceptance, gathered by the hour, those of the AE left out."""
    late = [m for m in facts.moments if m.kind == "edited" and m.by not in ae_names]
    hours = Counter(_hour(m.at) for m in late)
    for hour, count in sorted(hours.items()):
        if hour + HOUR <= now:
            fields = {"count": count, "from_time": hour, "to_time": hour + HOUR}
            yield Plan("edited", f"edited:{stamp(hour)}", hour + HOUR, policy.messages.to.edited, fields)


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def stamp(moment: datetime) -> str:
    """ "20260518T1030Z": short enough for a key and a file's name; seconds where there are any."""
    return moment.strftime("%Y%m%dT%H%MZ" if not moment.second else "%Y%m%dT%H%M%SZ")
