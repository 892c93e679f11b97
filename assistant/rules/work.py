"""No packet, no kickoff; no accepted packet, no work (protocol, 10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from assistant.packet import Finding, Packet
from assistant.protocol.events import Event, event_row, happened, utc
from assistant.protocol.policy import Policy
from assistant.rules.rule import found, rule

STARTS = ("kickoff_held", "work_started")


@rule("work-before-acceptance", "blocker")
def work_before_acceptance(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the kickoff was held, or work began, before customer success had accepted the packet.

    Why: what is not accepted is not known to be true; whoever starts on it finds out before the customer.
    Ask: what was begun, on whose word, and what of it does the packet not bear out?
    Known problems: it goes by what was noted and when it happened, not when it was noted.
    """
    begun = [event for kind in STARTS if (event := happened(packet, kind))]
    early = [event for event in begun if not _accepted_by(packet, event)]
    for event in early:
        label = event_row(event.kind).label
        yield found(
            "work-before-acceptance", event.kind, "blocker", "readiness",
            f"{label} on {event.at:%Y-%m-%d}, before customer success accepted the packet.",
            ask="What was begun, on whose word, and what of it does the packet not bear out?",
            ask_of="csm", where="readiness",
        )  # fmt: skip


def _accepted_by(packet: Packet, event: Event) -> bool:
    """Whether the packet stood accepted when it happened."""
    rounds = [
        (utc(datetime.fromisoformat(d.at)), d.action)
        for d in packet.decisions
        if d.action in ("accept", "reject", "request_revision", "submit")
    ]
    before = [action for at, action in rounds if at <= event.at]
    return bool(before) and before[-1] == "accept"
