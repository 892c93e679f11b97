"""What the record tells of the items of readiness: it holds, it does not hold, or nobody can tell."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from assistant.evidence.quantities import read_quantities
from assistant.evidence.units import CURRENCY_CODES
from assistant.packet import Evidence, Packet, Side, Signature
from assistant.protocol import checklist_facts as checked
from assistant.protocol.capacity import Load, capacity_words
from assistant.protocol.events import happened
from assistant.protocol.kinds import incoming, is_signed
from assistant.protocol.moments import facts_of
from assistant.protocol.payment import (
    DELAY_ASKED,
    LONG_TERMS,
    LONGER_ASKED,
    NO_PURCHASE_ORDER,
    payment_days,
)
from assistant.protocol.policy import Policy

NEAR = 0.01
"""Share by which two amounts may differ and be the same."""


class Known(NamedTuple):
    """What the record says; `holds` None: nothing."""

    holds: bool | None
    why: str
    evidence: tuple[Evidence, ...] = ()


Fact = Callable[[Packet, Policy, Load | None], Known]


def signed_by(side: Side, packet: Packet, policy: Policy, load: Load | None) -> Known:
    """Every signature block of that side is filled."""
    blocks = [s for s in packet.readiness.signatures if s.party == side]
    evidence = tuple(e for block in blocks for e in block.evidence)
    if not blocks:
        if is_signed(packet):
            return executed(packet, policy, load)
        return Known(None, "no signature block was found")
    missing = [_missing(block) for block in blocks if block.signed is False or block.blanks]
    if missing:
        return Known(False, "; ".join(missing), evidence)
    if any(block.signed is None for block in blocks):
        return Known(None, "a scanned signature cannot be told", evidence)
    return Known(True, ", ".join(filter(None, (block.name for block in blocks))) or "signed", evidence)


def _missing(block: Signature) -> str:
    who = block.organization or block.name or "one party"
    return f"{who}: {', '.join(block.blanks)} blank" if block.blanks else f"{who} has not signed"


def executed(packet: Packet, policy: Policy, load: Load | None) -> Known:
    """The contract is fully executed: the sources show it, or a person noted it."""
    noted, shown = happened(packet, "signed"), packet.readiness.contract_fully_executed
    evidence = tuple(e for block in packet.readiness.signatures for e in block.evidence)
    if shown:
        return Known(True, "the contract shows every signature", evidence)
    if noted:
        return Known(True, f"noted by {noted.by}, {noted.at:%Y-%m-%d}")
    return Known(shown, packet.readiness.execution_note, evidence)


def closed(packet: Packet, policy: Policy, load: Load | None) -> Known:
    """Closed-won, by the CRM or a person."""
    at = facts_of(packet).closed()
    return Known(True, f"since {at:%Y-%m-%d %H:%M}") if at else Known(None, "")


def certificate(packet: Packet, policy: Policy, load: Load | None) -> Known:
    """The signing service's completion certificate is among the sources."""
    there = packet.readiness.completion_certificate
    return Known(True, "among the files") if there else Known(None, "none among the files")


def terms(packet: Packet, policy: Policy, load: Load | None) -> Known:
    """A source states the payment terms."""
    ready = packet.readiness
    if ready.payment_terms is None:
        return Known(None, "no source states them")
    return Known(True, ready.payment_terms, ready.payment_evidence)


def standard_terms(packet: Packet, policy: Policy, load: Load | None) -> Known:
    """The terms are within the policy's standard."""
    ready, days = packet.readiness, payment_days(packet.readiness.payment_terms)
    if LONG_TERMS in ready.red_flags or (days is not None and days > policy.payment.standard_days):
        return Known(False, ready.payment_terms or LONG_TERMS, ready.payment_evidence)
    if days is None:
        return Known(None, "")
    return Known(True, ready.payment_terms or "", ready.payment_evidence)


def no_delay(packet: Packet, policy: Policy, load: Load | None) -> Known:
    """The customer did not ask to pay later. That nobody asked is what the sources show, no proof."""
    ready = packet.readiness
    asked = [flag for flag in (DELAY_ASKED, LONGER_ASKED) if flag in ready.red_flags]
    if asked:
        return Known(False, "; ".join(asked), ready.red_flag_evidence)
    return Known(True, "no source asks for it") if packet.sources else Known(None, "")


def purchase_order(packet: Packet, policy: Policy, load: Load | None) -> Known:
    """Its number is known, or a source says that it is missing."""
    if packet.deal.purchase_order:
        return Known(True, packet.deal.purchase_order)
    if NO_PURCHASE_ORDER in packet.readiness.red_flags:
        return Known(False, NO_PURCHASE_ORDER, packet.readiness.red_flag_evidence)
    return Known(None, "")


def event(kind: str, packet: Packet, policy: Policy, load: Load | None) -> Known:
    """A person or program noted it."""
    found = happened(packet, kind)
    if found is None:
        return Known(None, "")
    note = f": {found.text}" if found.text else ""
    return Known(True, f"noted by {found.by}, {found.at:%Y-%m-%d}{note}")


def crm_value(packet: Packet, policy: Policy, load: Load | None) -> Known:
    """The CRM's value is one of the amounts that the contract value names."""
    field, value = packet.summary.commercial_terms.contract_value, packet.deal.value
    if value is None or not field.values:
        return Known(None, "")
    read = [q.quantity for one in field.values for q in read_quantities(one.text)]
    amounts = [q.value for q in read if q.unit in CURRENCY_CODES]
    evidence = tuple(e for one in field.values for e in one.evidence)
    if any(abs(amount - value) <= NEAR * value for amount in amounts):
        return Known(True, f"{value:,.0f} in both", evidence)
    return Known(None, f"{value:,.0f} in the CRM; the sources name another amount", evidence)


def told(fact: checked.Fact, packet: Packet, policy: Policy, load: Load | None) -> Known:
    """What the checklist knows of it."""
    done, why = fact(packet, policy)
    return Known(done, why)


def notified(packet: Packet, policy: Policy, load: Load | None) -> Known:
    """Somebody is named to receive it, and CS was engaged or took the packet."""
    name = load.name if load else incoming(packet.deal)
    engaged = happened(packet, "cs_engaged") or happened(packet, "meeting_held")
    if engaged and name:
        return Known(True, f"{name}; noted by {engaged.by}")
    return Known(None, f"{name} is named" if name else "nobody is named")


def reviewed(packet: Packet, policy: Policy, load: Load | None) -> Known:
    """The one who receives it decided something about the packet, or CS accepted it."""
    names = {name for name in (load.name if load else None, incoming(packet.deal)) if name}
    mine = [d for d in packet.decisions if d.by in names and d.action not in ("tick", "untick", "record")]
    if mine:
        return Known(True, f"{mine[-1].by}, {mine[-1].at}")
    taken = [d for d in packet.decisions if d.action == "accept"]
    return Known(True, f"accepted by {taken[-1].by}") if taken else Known(None, "")


def asked(packet: Packet, policy: Policy, load: Load | None) -> Known:
    """The one who receives it asked something."""
    names = {name for name in (load.name if load else None, incoming(packet.deal)) if name}
    questions = [d for d in packet.decisions if d.action == "ask" and d.by in names]
    return Known(True, f"{len(questions)} asked by {questions[-1].by}") if questions else Known(None, "")


def capacity(packet: Packet, policy: Policy, load: Load | None) -> Known:
    """The CSM's open handoffs are within the limit, or more was given."""
    short, granted = happened(packet, "capacity_short"), happened(packet, "capacity_granted")
    if granted and (short is None or granted.noted_at >= short.noted_at):
        return Known(True, f"given by {granted.by}: {granted.text or 'more time or people'}")
    if load:
        return Known(not load.is_over, capacity_words(load))
    return Known(False, short.text or "") if short else Known(None, "")


def no_conflict(packet: Packet, policy: Policy, load: Load | None) -> Known:
    """More time or people was given, which settles a conflict; that there is none a person says."""
    granted = happened(packet, "capacity_granted")
    if granted is None:
        return Known(None, "")
    return Known(True, f"escalated; given by {granted.by}: {granted.text or 'more time or people'}")


KNOWS: dict[str, Fact] = {
    "customer_signed": partial(signed_by, "customer"),
    "countersigned": partial(signed_by, "vendor"),
    "executed": executed,
    "closed": closed,
    "certificate": certificate,
    "terms": terms,
    "payment_confirmed": partial(event, "payment_confirmed"),
    "standard_terms": standard_terms,
    "no_delay": no_delay,
    "purchase_order": purchase_order,
    "crm_value": crm_value,
    "crm_written": partial(event, "crm_updated"),
    "summary_complete": partial(told, checked.summary_complete),
    "stakeholders_mapped": partial(told, checked.stakeholders_mapped),
    "commitments_validated": partial(told, checked.commitments_validated),
    "notified": notified,
    "reviewed": reviewed,
    "asked": asked,
    "capacity": capacity,
    "no_conflict": no_conflict,
}
"""Name in readiness.toml -> what asks the record."""
