"""What good handoffs have in common: a table of habits that a packet can show."""

from __future__ import annotations

from collections.abc import Callable

from assistant.packet import Packet
from assistant.protocol.events import happened
from assistant.protocol.participants import attendance
from assistant.protocol.policy import Policy
from assistant.protocol.real_names import names_a_person
from assistant.protocol.standing import SURPRISE
from assistant.protocol.template import is_known, summary_field

MINIMUM = "success_ladder.minimum_acceptable_outcome"
Habit = Callable[[Packet, Policy], bool]


def _known(path: str) -> Habit:
    return lambda packet, policy: is_known(summary_field(packet.summary, path))


def _done(kind: str) -> Habit:
    return lambda packet, policy: happened(packet, kind) is not None


def _named(role: str) -> Habit:
    return lambda packet, policy: any(
        s.role == role and s.side == "customer" and names_a_person(s.name) for s in packet.stakeholders
    )


def _surprise_asked(packet: Packet, policy: Policy) -> bool:
    return any(d.action == "answer_gap" and d.subject == SURPRISE for d in packet.decisions)


def _promises_owned(packet: Packet, policy: Policy) -> bool:
    live = [c for c in packet.commitments if c.verdict != "withdrawn"]
    return bool(live) and all(c.speaker or c.owner for c in live)


def _all_attended(packet: Packet, policy: Policy) -> bool:
    came = attendance(packet, policy)
    return came is not None and not came.absent


def _no_contradiction_open(packet: Packet, policy: Policy) -> bool:
    return not any(f.rule == "promise-contradicted" and f.is_open for f in packet.findings)


PRACTICES: dict[str, tuple[str, Habit]] = {
    "metrics": ("success criteria are stated", _known("business_objectives.success_criteria")),
    "early-win": ("an early win is named", _known("success_ladder.early_win")),
    "minimum": ("the minimum acceptable outcome is stated", _known(MINIMUM)),
    "out-of-scope": ("what is out of scope is stated", _known("scope.out_of_scope")),
    "buyer": ("the economic buyer has a name", _named("economic_buyer")),
    "champion": ("the champion has a name", _named("champion")),
    "promises-owned": ("every promise has a person", _promises_owned),
    "no-contradiction": ("no promise contradicts the contract any more", _no_contradiction_open),
    "surprise": ("the surprise question is answered", _surprise_asked),
    "agenda": ("the agenda went out", _done("agenda_sent")),
    "attended": ("everybody who must came to the meeting", _all_attended),
    "confirmation": ("a confirmation call was held", _done("confirmation_call")),
}
"""Id -> what it is called, and whether a packet shows it."""


def practices_of(packet: Packet, policy: Policy) -> tuple[str, ...]:
    """Ids of the habits that the packet shows."""
    return tuple(id for id, (_, shows) in PRACTICES.items() if shows(packet, policy))
