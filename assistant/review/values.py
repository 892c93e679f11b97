"""Decisions about the deal summary and the stakeholders: each takes packet and decision, gives the packet."""

from __future__ import annotations

from assistant.errors import HandoffError
from assistant.packet import Decision, Evidence, Field, Packet, Stakeholder, Value
from assistant.review.fit import field_at, with_field


def edit_value(packet: Packet, decision: Decision) -> Packet:
    """`text` in place of the value `was` (None: one more value); without `text` the value goes.

    The person's own words name the person. Where the old value is gone, the person's is kept all the same.
    """
    field = field_at(packet.summary, decision.subject)
    entered = _entered(decision) if decision.text else ()
    at = next((i for i, value in enumerate(field.values) if value.text == decision.was), None)
    if at is None:
        return with_field(packet, decision.subject, _filled((*field.values, *entered)))
    kept = tuple(v.model_copy(update={"evidence": field.values[at].evidence or v.evidence}) for v in entered)
    return with_field(
        packet, decision.subject, _filled((*field.values[:at], *kept, *field.values[at + 1 :]), field)
    )


def mark_not_applicable(packet: Packet, decision: Decision) -> Packet:
    """The line does not apply, for a reason."""
    if not decision.reason:
        raise HandoffError("Say why it does not apply: a bare N/A hides that nobody asked.")
    field_at(packet.summary, decision.subject)
    return with_field(packet, decision.subject, Field(status="not_applicable", reason=decision.reason))


def answer_gap(packet: Packet, decision: Decision) -> Packet:
    """An answer: a value of the summary where the gap is one of its lines, else words beside the gap.

    `was` is the summary's path that it fills, None where it fills none.
    """
    if not decision.text:
        raise HandoffError("Write the answer: an empty one closes no gap.")
    if decision.was is None:
        return packet
    field = field_at(packet.summary, decision.was)
    return with_field(packet, decision.was, _filled((*field.values, *_entered(decision)), field))


def name_stakeholder(packet: Packet, decision: Decision) -> Packet:
    """The customer's person in a role: `text` is the name, `reason` the title, `was` whom it replaces."""
    if not decision.text or decision.role is None:
        raise HandoffError("Give the person's name and role.")
    known = next((s for s in packet.stakeholders if s.name in (decision.text, decision.was)), None)
    person = known or Stakeholder(name=decision.text, side="customer", organization=packet.deal.account)
    update = {"name": decision.text, "role": decision.role, "title": decision.reason or person.title}
    named = person.model_copy(update=update)
    others = tuple(named if s is known else s for s in packet.stakeholders)
    return packet.model_copy(update={"stakeholders": others if known else (named, *others)})


def _entered(decision: Decision) -> tuple[Value, ...]:
    """What the person wrote, with the quote that they selected, if any."""
    evidence: tuple[Evidence, ...] = decision.evidence
    return (Value(text=decision.text or "", evidence=evidence, entered_by=decision.by),)


def _filled(values: tuple[Value, ...], before: Field | None = None) -> Field:
    if not values:
        return Field()
    conflicting = before is not None and before.status == "conflicting" and len(values) > 1
    return Field(status="conflicting" if conflicting else "stated", values=values)
