"""The packet's way between sales and customer success: submit, accept, reject, revise, and its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.errors import HandoffError
from assistant.packet import Decision, Finding, Packet, Status
from assistant.protocol.calendar import calendar_for
from assistant.protocol.clocks import due_of
from assistant.protocol.kinds import approval_words, is_approved
from assistant.protocol.policy import Policy
from assistant.review.fit import finding_of

WITH_SALES: tuple[Status, ...] = ("draft", "rejected", "needs_revision")
RETURNS = ("reject", "request_revision")


class Blocked(HandoffError):  # noqa: N818 - reads as what it says
    """The packet cannot be accepted yet; `blockers` are the open ones."""

    def __init__(self, blockers: list[Finding]) -> None:
        self.blockers = blockers
        many = "a blocker is open" if len(blockers) == 1 else f"{len(blockers)} blockers are open"
        super().__init__(
            f"The packet cannot be accepted while {many}. Close or waive what is open, or send it back."
        )


@dataclass(frozen=True)
class ReturnClock:
    """How long sales has for a packet that was sent back. Times are aware, in UTC."""

    started: datetime
    due: datetime
    left: timedelta
    """Negative once it is overdue."""

    @property
    def is_overdue(self) -> bool:
        return self.left < timedelta(0)


def submit(packet: Packet, decision: Decision) -> Packet:
    """From the AE to customer success."""
    if packet.status not in WITH_SALES:
        raise HandoffError(f"The packet is {_said(packet.status)} already; there is nothing to submit.")
    return packet.model_copy(update={"status": "submitted"})


def accept(packet: Packet, decision: Decision) -> Packet:
    """Customer success takes it. Raises Blocked while a blocker is open."""
    _at_cs(packet, "accepted")
    if not is_approved(packet):
        raise HandoffError(
            f"This handover before close is not approved: {approval_words(packet)}. The CS manager approves "
            "it first, or it waits for the signature."
        )
    if blockers := open_blockers(packet):
        raise Blocked(blockers)
    return packet.model_copy(update={"status": "accepted"})


def reject(packet: Packet, decision: Decision) -> Packet:
    """Back to sales, with a code a gap; the clock starts."""
    _at_cs(packet, "rejected")
    if not decision.reasons:
        raise HandoffError("Give at least one reason, so that sales knows what to fix.")
    for reason in decision.reasons:
        if reason.code == "other" and not (reason.note or "").strip():
            raise HandoffError("'Other' needs words: say what is wrong, so that sales can fix it.")
        if reason.subject and not reason.subject.startswith("c-"):
            finding_of(packet, reason.subject)
    return packet.model_copy(update={"status": "rejected"})


def request_revision(packet: Packet, decision: Decision) -> Packet:
    """Back to sales with a wish, without counting as a rejection."""
    _at_cs(packet, "returned")
    if not decision.reason:
        raise HandoffError("Say what has to be revised.")
    return packet.model_copy(update={"status": "needs_revision"})


def open_blockers(packet: Packet) -> list[Finding]:
    """What stands in the way of acceptance."""
    return [f for f in packet.findings if f.severity == "blocker" and f.is_open]


def rejections(packet: Packet) -> int:
    """How often it was rejected."""
    return sum(decision.action == "reject" for decision in packet.decisions)


def is_escalated(packet: Packet, policy: Policy) -> bool:
    """Rejected so often that sales leadership is told."""
    return rejections(packet) >= policy.review.rejections_before_escalation


def return_clock(packet: Packet, policy: Policy, now: datetime) -> ReturnClock | None:
    """The clock of a packet that was sent back; None while it is not with sales for that."""
    if packet.status not in ("rejected", "needs_revision"):
        return None
    last = [decision.at for decision in packet.decisions if decision.action in RETURNS]
    return clock_from(last[-1], policy, now, packet.deal.country) if last else None


def clock_from(returned_at: str, policy: Policy, now: datetime, country: str | None = None) -> ReturnClock:
    """The clock of a packet that was sent back at that ISO time, in a deal of that country."""
    started = datetime.fromisoformat(returned_at)
    due = due_of("returned_packet", started, policy, calendar_for(policy, country)) or started
    return ReturnClock(started, due, due - now)


def _at_cs(packet: Packet, becoming: str) -> None:
    if packet.status != "submitted":
        raise HandoffError(
            f"Only a submitted packet can be {becoming}; this one is {_said(packet.status)}. "
            "The AE submits it first."
        )


def _said(status: Status) -> str:
    return {"draft": "a draft", "needs_revision": "in revision"}.get(status, status)
