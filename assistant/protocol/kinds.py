"""The kinds of handover: when each starts, who approves it, who meets, which rules and documents it has."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.packet import Deal, Noun, Packet, Scenario, Trigger
from assistant.protocol.events import Event, events, happened
from assistant.protocol.moments import facts_of
from assistant.protocol.policy import Policy
from assistant.protocol.rights import RoleName
from assistant.protocol.template import is_known

FILE = Path(__file__).with_name("kinds.toml")


class Kind(Noun):
    """A row of kinds.toml; its keys are explained at the top of that file."""

    id: Trigger
    label: str
    rule: str
    starts: tuple[str, ...]
    windows: tuple[str, ...] = ()
    approves: RoleName | None = None
    meets: tuple[str, ...]
    documents: tuple[str, ...]
    rules: tuple[str, ...] = ()
    rules_off: tuple[str, ...] = ()


class ScenarioRow(Noun):
    """Why an account changes its owner, as a person reads it."""

    id: Scenario
    label: str


class Condition(NamedTuple):
    """Something that must be true before a handover starts."""

    label: str
    done: bool
    why: str


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind, in the file's order."""
    return tuple(Kind.model_validate(row) for row in _table()["kind"])


@cache
def scenarios() -> tuple[ScenarioRow, ...]:
    """The seven scenarios of an account handover."""
    return tuple(ScenarioRow.model_validate(row) for row in _table()["scenario"])


def kind_of(deal: Deal) -> Kind:
    """The deal's kind of handover."""
    return next(kind for kind in kinds() if kind.id == deal.trigger)


def scenario_label(deal: Deal) -> str | None:
    """Why the owner changes, in words; None where nobody says."""
    return next((row.label for row in scenarios() if row.id == deal.scenario), None)


def has_rule(deal: Deal, rule: str) -> bool:
    """Whether the deal's kind uses the rule; a rule that no kind names is used by all."""
    kind = kind_of(deal)
    if rule in kind.rules_off:
        return False
    return rule in kind.rules or not any(rule in other.rules for other in kinds())


def is_signed(packet: Packet) -> bool:
    """The sources show a fully executed contract, or a person noted that it is."""
    return packet.readiness.contract_fully_executed is True or happened(packet, "signed") is not None


def is_preliminary(packet: Packet) -> bool:
    """A pre-close packet before the signature: "pending contract"."""
    return packet.deal.trigger == "pre_close" and not is_signed(packet)


def approval(packet: Packet) -> Event | None:
    """The last of approval asked, given or refused; None where nobody asked."""
    last = [event for event in events(packet) if event.kind.startswith("approval_")]
    return last[-1] if last else None


def is_approved(packet: Packet) -> bool:
    """Whoever has to approve did so last, or nobody has to; a signed contract needs no approval any more."""
    if kind_of(packet.deal).approves is None or is_signed(packet):
        return True
    last = approval(packet)
    return last is not None and last.kind == "approval_given"


def start_conditions(packet: Packet, policy: Policy) -> tuple[Condition, ...]:
    """What must be true before this handover starts, in the kind's order."""
    return tuple(STARTS[name](packet, policy) for name in kind_of(packet.deal).starts)


def _signed(packet: Packet, policy: Policy) -> Condition:
    noted = happened(packet, "signed")
    why = packet.readiness.execution_note or "nothing shows it"
    if packet.readiness.contract_fully_executed is True:
        why = "the contract shows every signature"
    elif noted:
        why = f"noted by {noted.by}"
    return Condition("Contract fully executed", is_signed(packet), why)


def _closed(packet: Packet, policy: Policy) -> Condition:
    at = facts_of(packet).closed()
    return Condition("Closed-won", at is not None, f"since {at:%Y-%m-%d}" if at else "nobody noted it")


def _verbal_yes(packet: Packet, policy: Policy) -> Condition:
    event, likely = happened(packet, "verbal_yes"), packet.deal.probability or 0
    if event is None and likely >= policy.meeting.hold_at_probability_percent:
        return Condition("Verbal yes with high confidence", True, f"{likely:g} % in the CRM")
    why = f"noted by {event.by}" if event else "nobody noted it"
    return Condition("Verbal yes with high confidence", event is not None, why)


def _signature_near(packet: Packet, policy: Policy) -> Condition:
    label = f"Signature expected within {policy.clocks.signature_expected_days} days"
    day = packet.deal.expected_close
    if is_signed(packet):
        return Condition(label, True, "signed")
    if day is None:
        return Condition(label, False, "no day is named")
    near = packet.run.as_of <= day <= packet.run.as_of + timedelta(policy.clocks.signature_expected_days)
    return Condition(label, near, f"expected on {day.isoformat()}")


def _approved(packet: Packet, policy: Policy) -> Condition:
    return Condition("CS manager approves", is_approved(packet), approval_words(packet))


def approval_words(packet: Packet) -> str:
    """How the approval stands: "asked by Ana on 2026-05-11", "refused by Mia on 2026-05-12: too early"."""
    last = approval(packet)
    if last is None:
        return "signed meanwhile" if is_signed(packet) else "nobody asked for it"
    note = f": {last.text}" if last.text else ""
    return f"{last.kind.removeprefix('approval_')} by {last.by} on {last.at:%Y-%m-%d}{note}"


def outgoing(deal: Deal) -> str | None:
    """Who hands the account over; the AE where nobody else is named."""
    return deal.outgoing_owner or deal.ae


def incoming(deal: Deal) -> str | None:
    """Who takes the account over; the CSM where nobody else is named."""
    return deal.incoming_owner or deal.csm


def _owners_named(packet: Packet, policy: Policy) -> Condition:
    owners = (outgoing(packet.deal), incoming(packet.deal))
    why = " to ".join(name or "nobody named" for name in owners)
    return Condition("Outgoing and incoming owner named", all(owners), why)


def _reason_known(packet: Packet, policy: Policy) -> Condition:
    label = scenario_label(packet.deal)
    stated = is_known(packet.summary.account_handover.handover_reason)
    why = label or ("stated in the sources" if stated else "nobody says why the owner changes")
    return Condition("Reason of the change known", bool(label) or stated, why)


def _outgoing_named(packet: Packet, policy: Policy) -> Condition:
    name = outgoing(packet.deal)
    return Condition("Outgoing owner named", bool(name), name or "nobody named")


def _end_known(packet: Packet, policy: Policy) -> Condition:
    day = packet.deal.handover_date
    return Condition("Day of the end known", day is not None, day.isoformat() if day else "no day is named")


STARTS: dict[str, Callable[[Packet, Policy], Condition]] = {
    "signed": _signed,
    "closed": _closed,
    "verbal_yes": _verbal_yes,
    "signature_near": _signature_near,
    "approved": _approved,
    "owners_named": _owners_named,
    "reason_known": _reason_known,
    "outgoing_named": _outgoing_named,
    "end_known": _end_known,
}
"""Name in kinds.toml -> what asks the packet."""


def _table() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads(FILE.read_text("utf-8"))
