"""The handoff checklist: 21 items that fill themselves where the packet knows, and are ticked elsewhere."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from assistant.packet import Noun, Packet
from assistant.protocol.policy import Policy

FILE = Path(__file__).with_name("checklist.toml")
When = Literal["before", "meeting", "after"]
State = Literal["proven", "ticked", "open"]


class ItemRow(Noun):
    """A line of checklist.toml."""

    id: str
    when: When
    label: str
    knows: str | None = None


class ChecklistItem(Noun):
    """One item as it stands for a packet."""

    id: str
    when: When
    label: str
    state: State
    """Proven by the packet, ticked by a person, or open."""
    why: str
    """What proves it, who ticked it, or what is open; "" for an open item that only a person can tick."""


class Told(NamedTuple):
    """What the packet says of an item."""

    done: bool
    why: str


def checklist(packet: Packet, policy: Policy) -> tuple[ChecklistItem, ...]:
    """All items in their order. A person's tick is a decision: action "tick", subject "checklist.<id>"."""
    numbers = policy.clocks.model_dump()
    return tuple(_item(row, row.label.format_map(numbers), packet) for row in _rows())


def _item(row: ItemRow, label: str, packet: Packet) -> ChecklistItem:
    told = KNOWS[row.knows](packet) if row.knows else None
    tick = _tick(row.id, packet)
    state: State = "proven" if told and told.done else "ticked" if tick else "open"
    why = tick if state == "ticked" else told.why if told else ""
    return ChecklistItem(id=row.id, when=row.when, label=label, state=state, why=why)


def _tick(item: str, packet: Packet) -> str:
    """Who ticked the item last and when; "" when nobody did or the tick was taken back."""
    marks = [
        d for d in packet.decisions if d.subject == f"checklist.{item}" and d.action in ("tick", "untick")
    ]
    return f"{marks[-1].by}, {marks[-1].at}" if marks and marks[-1].action == "tick" else ""


def _summary_complete(packet: Packet) -> Told:
    gaps = [
        f
        for f in packet.findings
        if f.rule in ("missing-category", "missing-field", "out-of-scope-not-stated")
    ]
    return Told(not gaps, f"{len(gaps)} required fields open" if gaps else "every required field is stated")


def _stakeholders_mapped(packet: Packet) -> Told:
    gaps = [f for f in packet.findings if f.category == "stakeholders" and f.severity != "minor"]
    return Told(not gaps, gaps[0].message if gaps else "buyer and champion are named")


def _commitments_validated(packet: Packet) -> Told:
    rules = ("promise-contradicted", "promise-not-in-contract", "vague-promise")
    gaps = [f for f in packet.findings if f.rule in rules]
    total = len(packet.commitments)
    if not total:
        return Told(False, "no promise is documented")
    return Told(not gaps, f"{len(gaps)} of {total} promises open" if gaps else f"{total} promises hold")


def _csm_assigned(packet: Packet) -> Told:
    return Told(bool(packet.deal.csm), packet.deal.csm or "nobody is named")


def _packet_accepted(packet: Packet) -> Told:
    return Told(packet.status == "accepted", f"the packet is {packet.status.replace('_', ' ')}")


KNOWS: dict[str, Callable[[Packet], Told]] = {
    "summary_complete": _summary_complete,
    "stakeholders_mapped": _stakeholders_mapped,
    "commitments_validated": _commitments_validated,
    "csm_assigned": _csm_assigned,
    "packet_accepted": _packet_accepted,
}
"""Name in checklist.toml -> what asks the packet."""


@cache
def _rows() -> tuple[ItemRow, ...]:
    return tuple(ItemRow.model_validate(row) for row in tomllib.loads(FILE.read_text("utf-8"))["item"])
