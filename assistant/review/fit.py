"""What a decision is about: found in the packet, or said to be gone."""

from __future__ import annotations

from assistant.errors import HandoffError
from assistant.packet import Commitment, Field, Finding, Packet, Summary


class DoesNotFit(HandoffError):  # noqa: N818 - reads as what it says
    """The packet no longer has what the decision is about."""


def field_at(summary: Summary, path: str) -> Field:
    """The field at "section.name"."""
    section, _, name = path.partition(".")
    if section not in Summary.model_fields:
        raise DoesNotFit(f"The deal summary has no line '{path}'. Choose one of those that it shows.")
    part = getattr(summary, section)
    if name not in type(part).model_fields:
        raise DoesNotFit(f"The deal summary has no line '{path}'. Choose one of those that it shows.")
    field = getattr(part, name)
    assert isinstance(field, Field)
    return field


def with_field(packet: Packet, path: str, field: Field) -> Packet:
    """The packet with that field in place of the old one."""
    section, _, name = path.partition(".")
    part = getattr(packet.summary, section).model_copy(update={name: field})
    return packet.model_copy(update={"summary": packet.summary.model_copy(update={section: part})})


def promise_of(packet: Packet, id: str) -> Commitment:
    """The promise of that id."""
    for commitment in packet.commitments:
        if commitment.id == id:
            return commitment
    raise DoesNotFit(f"The packet has no promise '{id}' any more. Look at the list of promises as it is now.")


def with_promise(packet: Packet, changed: Commitment) -> Packet:
    """The packet with the promise in place of the one of the same id."""
    promises = tuple(changed if c.id == changed.id else c for c in packet.commitments)
    return packet.model_copy(update={"commitments": promises})


def finding_of(packet: Packet, id: str) -> Finding:
    """The finding of that id."""
    for finding in packet.findings:
        if finding.id == id:
            return finding
    raise DoesNotFit(f"The gap '{id}' is closed or was never there. Look at the gaps as they are now.")
