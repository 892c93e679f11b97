"""Decisions about what is known of a stakeholder: each tells one aspect of one person."""

from __future__ import annotations

from typing import Any, Literal, get_args

from assistant.errors import HandoffError
from assistant.packet import Decision, Packet, Stakeholder, Value
from assistant.review.fit import DoesNotFit

Aspect = Literal["stance", "influence", "relationship", "objective", "concern", "preference", "defers_to"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
CHOICES: dict[str, tuple[str, ...]] = {
    "stance": ("champion", "supporter", "neutral", "sceptic"),
    "influence": ("high", "medium", "low"),
    "relationship": ("strong", "moderate", "new"),
}
"""Aspects of which one of a few words is told; the others are free words, and one more each time."""
LISTS = {
    "objective": "objectives", "concern": "concerns", "preference": "preferences", "defers_to": "defers_to",
}  # fmt: skip


def describe_stakeholder(packet: Packet, decision: Decision) -> Packet:
    """Subject "stakeholders.<name>", `was` the aspect, `text` what is known."""
    name = decision.subject.removeprefix("stakeholders.")
    if name not in {s.name for s in packet.stakeholders}:
        raise DoesNotFit(f"The packet has no person '{name[:60]}' any more. Look at its people now.")
    if decision.was not in ASPECTS or not decision.text:
        raise HandoffError(f"Say what is known, and of which: {', '.join(ASPECTS)}.")
    people = tuple(_told(s, decision) if s.name == name else s for s in packet.stakeholders)
    return packet.model_copy(update={"stakeholders": people})


def _told(person: Stakeholder, decision: Decision) -> Stakeholder:
    aspect, text = decision.was or "", decision.text or ""
    if aspect in CHOICES:
        word = text.strip().casefold()
        if word not in CHOICES[aspect]:
            raise HandoffError(f"{aspect.capitalize()} is one of {', '.join(CHOICES[aspect])}.")
        return person.model_copy(update={aspect: word})
    field = LISTS[aspect]
    value = Value(text=text, evidence=decision.evidence, entered_by=decision.by)
    kept: tuple[Any, ...] = getattr(person, field)
    return person.model_copy(update={field: (*kept, value)})
