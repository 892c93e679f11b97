"""The handoff checklist: 21 items that fill themselves where the record knows, and are ticked elsewhere."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from assistant.packet import Noun, Packet
from assistant.protocol.checklist_facts import KNOWS
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


def checklist(packet: Packet, policy: Policy) -> tuple[ChecklistItem, ...]:
    """All items in their order. A person's tick is a decision: action "tick", subject "checklist.<id>"."""
    numbers = policy.clocks.model_dump()
    return tuple(_item(row, row.label.format_map(numbers), packet, policy) for row in _rows())


def _item(row: ItemRow, label: str, packet: Packet, policy: Policy) -> ChecklistItem:
    told = KNOWS[row.knows](packet, policy) if row.knows else None
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


@cache
def _rows() -> tuple[ItemRow, ...]:
    return tuple(ItemRow.model_validate(row) for row in tomllib.loads(FILE.read_text("utf-8"))["item"])
