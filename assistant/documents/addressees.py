"""Whom the customer's letters go to."""

from __future__ import annotations

from assistant.packet import Packet, Stakeholder

ORDER = ("champion", "economic_buyer", "executive_sponsor", "technical_lead", "blocker")


def contact_of(packet: Packet) -> Stakeholder | None:
    """The champion, else the buyer, else anybody on the customer's side with a role; never a group."""
    people = [p for p in packet.stakeholders if p.side == "customer" and p.role and p.role != "end_users"]
    return min(people, key=lambda p: ORDER.index(p.role or "blocker"), default=None)


def contact_line(packet: Packet) -> str:
    """ "Ben Ormsby, COO"; words that say so where nobody is named."""
    person = contact_of(packet)
    return (
        ", ".join(filter(None, (person.name, person.title))) if person else "the customer's buyer (not named)"
    )


def given_name(packet: Packet) -> str:
    """As a letter begins with it."""
    person = contact_of(packet)
    return person.name.split()[0] if person and person.name.split() else "customer"
