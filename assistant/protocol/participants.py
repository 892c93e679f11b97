"""Who must, should and may sit in the handoff meeting of this deal (protocol, section 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from assistant.packet import Deal, Noun, Packet
from assistant.protocol.events import happened
from assistant.protocol.kinds import incoming, kind_of, outgoing
from assistant.protocol.policy import Policy

Need = Literal["mandatory", "recommended", "optional"]
MEETS: dict[str, tuple[str, Callable[[Deal], str | None], str]] = {
    "ae": ("Account executive", lambda deal: deal.ae, "hands the account over"),
    "csm": ("Customer success manager", lambda deal: deal.csm, "receives the account"),
    "outgoing_owner": ("Outgoing owner", outgoing, "hands the account over"),
    "incoming_owner": ("Incoming owner", incoming, "receives the account"),
}
"""Seat that a kind of handover names in kinds.toml -> its label, who takes it, why."""


class Seat(Noun):
    """One chair at the meeting's table."""

    role: str
    label: str
    need: Need
    name: str | None
    """None where nobody is named for it yet."""
    why: str


def participants(packet: Packet, policy: Policy) -> tuple[Seat, ...]:
    """Every seat that this packet asks for, mandatory ones first."""
    order: tuple[Need, ...] = ("mandatory", "recommended", "optional")
    return tuple(sorted(_seats(packet, policy), key=lambda seat: order.index(seat.need)))


class Attendance(Noun):
    """Who of those who must be there was; a seat that nobody is named for counts as absent."""

    present: tuple[Seat, ...]
    absent: tuple[Seat, ...]


def attendance(packet: Packet, policy: Policy) -> Attendance | None:
    """Of the handoff meeting that was noted as held; None before."""
    meeting = happened(packet, "meeting_held")
    if meeting is None:
        return None
    there = {" ".join(name.split()).casefold() for name in meeting.people}
    seats = [seat for seat in participants(packet, policy) if seat.need == "mandatory"]
    came = [bool(seat.name) and " ".join((seat.name or "").split()).casefold() in there for seat in seats]
    return Attendance(
        present=tuple(seat for seat, yes in zip(seats, came, strict=True) if yes),
        absent=tuple(seat for seat, yes in zip(seats, came, strict=True) if not yes),
    )


def _seats(packet: Packet, policy: Policy) -> Iterator[Seat]:
    deal, strategic = packet.deal, policy.is_strategic(packet.deal)
    for role in kind_of(deal).meets:
        label, name, why = MEETS[role]
        yield _seat(role, label, "mandatory", name(deal), why)
    if deal.trigger == "poc_to_paid":
        yield _seat("se", "Sales engineer", "recommended", deal.se, "knows the proof of concept")
    if deal.trigger == "off_boarding":
        yield _seat("next_provider", "Next provider", "recommended", deal.next_provider, "carries on")
    if strategic:
        yield _seat("cs_manager", "CS manager", "mandatory", deal.cs_manager, "the account is strategic")
        yield _seat("sales_manager", "Sales manager", "optional", None, "the account is strategic")
    points = _technical_points(packet)
    if points >= policy.meeting.technical_points_for_se and deal.trigger != "poc_to_paid":
        yield _seat("se", "Sales engineer", "recommended", deal.se, f"{points} technical points to hand over")
    if policy.meeting.implementation_team:
        yield _seat("implementation", "Implementation specialist", "recommended", None, "runs the set-up")
    if reasons := _complex_structure(packet):
        yield _seat("revops", "RevOps", "optional", None, ", ".join(reasons))
    yield from _by_promises(packet)


def _by_promises(packet: Packet) -> Iterator[Seat]:
    standing = [c for c in packet.commitments if c.party == "vendor" and c.verdict != "withdrawn"]
    if any(c.category == "roadmap" for c in standing):
        yield _seat("product", "Product", "optional", None, "the roadmap was promised on")
    if any(c.category == "customization" for c in standing) or packet.summary.scope.customizations.values:
        yield _seat("services", "Professional services", "optional", None, "customisation was promised")


def _technical_points(packet: Packet) -> int:
    """How many separate technical facts somebody has to explain."""
    technical, scope = packet.summary.technical, packet.summary.scope
    fields = (
        technical.integration_specifications, technical.data_migration, technical.security_compliance,
        scope.integrations_required, scope.customizations,
    )  # fmt: skip
    return sum(len(field.values) for field in fields)


def _complex_structure(packet: Packet) -> list[str]:
    reasons = ["an amendment changes the contract"] if _has_kind(packet, "amendment") else []
    reasons += ["special terms were agreed"] if packet.summary.commercial_terms.special_terms.values else []
    return reasons + (["payment shows red flags"] if packet.readiness.red_flags else [])


def _has_kind(packet: Packet, kind: str) -> bool:
    return any(source.kind == kind for source in packet.sources)


def _seat(role: str, label: str, need: Need, name: str | None, why: str) -> Seat:
    return Seat(role=role, label=label, need=need, name=name, why=why)
