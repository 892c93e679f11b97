"""The 72-hour review: what was met that nobody expected, and what the packet had said of it.

Source: protocol, 9 and 10. A surprise is a decision of action "surprise" and subject "review"; `text` is
what was met, `was` its class. A note of the same words replaces the one before.
"""

from __future__ import annotations

from typing import Literal, get_args

from assistant.packet import Decision, Evidence, Noun, Packet

Class = Literal["missed", "accepted_anyway", "never_said"]
CLASSES: tuple[Class, ...] = get_args(Class)
LABELS: dict[Class, str] = {
    "missed": "in the sources, and missed",
    "accepted_anyway": "flagged, and accepted anyway",
    "never_said": "never in the sources",
}


class Surprise(Noun):
    """One thing that was met against what was told."""

    text: str
    kind: Class
    by: str
    at: str
    """ISO time in UTC."""
    about: str | None = None
    """Id of the promise or finding that had told it."""
    evidence: tuple[Evidence, ...] = ()


def surprises(packet: Packet) -> tuple[Surprise, ...]:
    """Every surprise in the order in which it was first noted."""
    found: dict[str, Surprise] = {}
    for decision in packet.decisions:
        if decision.action == "surprise" and decision.text:
            found[decision.text.casefold()] = _surprise(decision)
    return tuple(found.values())


def _surprise(decision: Decision) -> Surprise:
    kind: Class = decision.was if decision.was in CLASSES else "never_said"
    return Surprise(
        text=decision.text or "", kind=kind, by=decision.by, at=decision.at,
        about=decision.subjects[0] if decision.subjects else None, evidence=decision.evidence,
    )  # fmt: skip
