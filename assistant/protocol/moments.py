"""When things happened in a handover: all that the clocks need of a packet, kept beside the deal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assistant.packet import Deal, Decision, Noun, Packet
from assistant.protocol.events import events_of, utc

ROUNDS = {
    "draft": "drafted", "submit": "submitted", "accept": "accepted", "reject": "rejected",
    "request_revision": "revision_asked",
}  # fmt: skip
"""Decision about the packet as a whole -> the kind of its moment."""
RETURNS = ("rejected", "revision_asked")
MATERIAL = (
    "edit_value", "mark_not_applicable", "answer_gap", "name_stakeholder", "correct_verdict", "assign",
    "add_promise", "merge", "split", "dismiss", "bring_back", "redraft",
)  # fmt: skip
"""Decisions that change what the packet says; after acceptance the AE is told of them (protocol, 9)."""


class Moment(Noun):
    """A kind of events.toml, one of ROUNDS, or "edited": a material change after acceptance. Times in UTC."""

    kind: str
    at: datetime
    planned_for: datetime | None = None
    by: str = ""


class Facts(Noun):
    """A deal and what happened so far; a deal that was not drafted yet has no moments."""

    deal: Deal
    moments: tuple[Moment, ...] = ()

    def last(self, kind: str) -> Moment | None:
        """The last one noted, which corrects those before it."""
        return next((moment for moment in reversed(self.moments) if moment.kind == kind), None)

    def first(self, kind: str) -> Moment | None:
        return next((moment for moment in self.moments if moment.kind == kind), None)

    def closed(self) -> datetime | None:
        """When the deal was won: noted by a person, else told by the CRM or deal.yaml."""
        if moment := self.last("closed"):
            return moment.at
        return utc(self.deal.closed_at) if self.deal.closed_at else None


def facts_of(packet: Packet, known: Deal | None = None) -> Facts:
    """What happened, out of the packet's decisions. `known`: the deal as it is known today."""
    return Facts(deal=deal_today(packet.deal, known), moments=moments_of(packet.decisions))


def moments_of(decisions: Sequence[Decision]) -> tuple[Moment, ...]:
    """Events that were not taken back, then rounds and late edits, each in the order of noting."""
    happened = [
        Moment(kind=event.kind, at=event.at, planned_for=event.planned_for, by=event.by)
        for event in events_of(decisions)
    ]
    return (*happened, *_rounds(decisions))


def _rounds(decisions: Sequence[Decision]) -> list[Moment]:
    found, is_accepted = [], False
    for decision in decisions:
        kind = ROUNDS.get(decision.action)
        if kind is None and is_accepted and decision.action in MATERIAL:
            kind = "edited"
        if kind is not None:
            found.append(Moment(kind=kind, at=utc(datetime.fromisoformat(decision.at)), by=decision.by))
        is_accepted = is_accepted or kind == "accepted"
    return found


def deal_today(drafted: Deal, known: Deal | None) -> Deal:
    """The deal as it is known today; where that says nothing, as the packet was drafted with it."""
    if known is None:
        return drafted
    said = {name: getattr(known, name) for name in known.model_fields_set}
    return drafted.model_copy(update={name: value for name, value in said.items() if value not in (None, ())})
