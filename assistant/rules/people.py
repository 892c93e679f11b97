"""People: roles of the stakeholder map that nobody fills, and people without a name."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.packet import Finding, Packet, Stakeholder
from assistant.protocol.participants import participants
from assistant.protocol.policy import Policy
from assistant.protocol.real_names import names_a_person
from assistant.protocol.template import RoleRow, ask_about, is_required, load_template
from assistant.rules.gaps import missing_categories
from assistant.rules.rule import found, rule
from assistant.rules.wording import account, slug


@rule("buyer-or-champion-unnamed", "major")
def buyer_or_champion_unnamed(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the champion or the economic buyer is unknown, or known by role only.

    Why: the transfer packet wants both by name with their real roles; no packet, no kickoff.
    Ask: who is it: name, title, and what they want or may decide?
    Known problems: a first name alone counts as a name.
    """
    for role in _required_roles(packet, policy, "buyer-or-champion-unnamed"):
        if not any(names_a_person(person.name) for person in _in_role(packet, role)):
            yield _role_finding(packet, role, "buyer-or-champion-unnamed")


@rule("role-not-filled", "minor")
def role_not_filled(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: nobody is known as executive sponsor, technical lead or end users.

    Why: CS must know whom to engage for what, and whom the work is for.
    Ask: who is it: name, title, what they require?
    Known problems: someone whose role the reader did not recognise is among the stakeholders without a role.
    """
    for role in _required_roles(packet, policy, "role-not-filled"):
        if not _in_role(packet, role):
            yield _role_finding(packet, role, "role-not-filled")


def _required_roles(packet: Packet, policy: Policy, asked_by: str) -> list[RoleRow]:
    if "stakeholders" in missing_categories(packet):
        return []
    return [r for r in load_template().role if r.asked_by == asked_by and is_required(r, packet, policy)]


def _in_role(packet: Packet, role: RoleRow) -> list[Stakeholder]:
    return [person for person in packet.stakeholders if person.side == "customer" and person.role == role.id]


def _role_finding(packet: Packet, role: RoleRow, rule: str) -> Finding:
    people = _in_role(packet, role)
    verb = "are" if role.id == "end_users" else "is"
    message = f"Nobody is known as {role.label} at {account(packet.deal)}."
    if role.id == "end_users":
        message = f"Nothing says who the end users at {account(packet.deal)} are."
    if people:
        message = f'The {role.label} {verb} known by role only: "{people[0].name}".'
    return found(
        rule, role.id, role.severity, "stakeholders", message,
        ask=ask_about(role.ask, packet.deal), ask_of="ae", where="stakeholders",
        evidence=tuple(e for person in people for e in person.evidence),
    )  # fmt: skip


@rule("stakeholder-role-only", "minor")
def stakeholder_role_only(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a stakeholder of the customer is named by role only ("the CFO", "Head of IT"), not by name.

    Why: one cannot write to a role.
    Ask: what is the person's name and address?
    Known problems: end users are a group and need no name; champion and economic buyer have their own rule.
    A name in a language or script whose words for titles are not in real_names.toml is taken for a person's.
    """
    elsewhere = {r.id for r in _required_roles(packet, policy, "buyer-or-champion-unnamed")} | {"end_users"}
    for person in packet.stakeholders:
        if person.side != "customer" or person.role in elsewhere or names_a_person(person.name):
            continue
        yield found(
            "stakeholder-role-only", slug(person.name) or "unnamed", "minor", "stakeholders",
            f'A stakeholder at {account(packet.deal)} is known by role only: "{person.name}".',
            ask=f'What is the name and address of "{person.name}" at {account(packet.deal)}?',
            ask_of="ae", where="stakeholders", evidence=person.evidence,
        )  # fmt: skip


@rule("participant-missing", "minor")
def participant_missing(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: nobody is named for a seat of the handoff meeting that must be taken (AE and CSM, or both owners,
    for strategic accounts the CS manager).

    Why: without the one who sold and the one who receives, the meeting is no handoff.
    Ask: who takes the seat?
    Known problems: only deal.yaml, the CRM or the screen name these people; a name in a call does not count.
    """
    for seat in participants(packet, policy):
        if seat.need != "mandatory" or seat.name:
            continue
        yield found(
            "participant-missing", seat.role, "minor", "readiness",
            f"Nobody is named as {seat.label} for the handoff meeting; {seat.why}.",
            ask=f"Who is the {seat.label} for {account(packet.deal)}?",
            ask_of="ops" if seat.role in ("ae", "outgoing_owner") else "cs_manager",
            where=f"deal.{seat.role}",
        )  # fmt: skip
