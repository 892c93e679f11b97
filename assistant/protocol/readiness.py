"""Ready to start: contract, payment, systems, documents, CS (section 7), each proven, ticked or open."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from assistant.packet import AskOf, Evidence, Noun, Packet, Trigger
from assistant.protocol.capacity import Load
from assistant.protocol.policy import Policy
from assistant.protocol.readiness_facts import KNOWS, Known

FILE = Path(__file__).with_name("readiness.toml")
SUBJECT = "readiness."
GroupId = Literal["contract", "payment", "systems", "documents", "cs"]
State = Literal["proven", "ticked", "open"]


class GroupRow(Noun):
    id: GroupId
    label: str


class ItemRow(Noun):
    """A line of readiness.toml; its keys are explained at the top of that file."""

    id: str
    group: GroupId
    label: str
    whose: AskOf
    knows: str | None = None
    triggers: tuple[Trigger, ...] = ()
    red: bool = False


class ReadinessItem(Noun):
    """One thing that must be true before work starts, as it stands for a packet."""

    id: str
    group: GroupId
    label: str
    whose: AskOf
    state: State
    """Proven by evidence or the record, ticked by a person, or open."""
    why: str
    """What proves it, who ticked it, or what is known of it; "" where only a person can tell."""
    evidence: tuple[Evidence, ...] = ()
    is_red: bool = False
    """The record says that it is not so; otherwise an open item is only not known."""


def readiness(packet: Packet, policy: Policy, load: Load | None = None) -> tuple[ReadinessItem, ...]:
    """Every item that this kind of handover has, in order. `load`: the assigned CSM's open handoffs.

    A person's tick is a decision: action "tick", subject "readiness.<id>". Evidence goes before a tick.
    """
    rows = [row for row in _rows() if not row.triggers or packet.deal.trigger in row.triggers]
    return tuple(_item(row, packet, policy, load) for row in rows)


def readiness_groups() -> tuple[GroupRow, ...]:
    """The groups, in the order in which they are shown."""
    return tuple(GroupRow.model_validate(row) for row in _table()["group"])


def readiness_label(item: str) -> str | None:
    """How a person reads the item; None for an id that there is not."""
    return next((row.label for row in _rows() if row.id == item), None)


def is_ready(items: tuple[ReadinessItem, ...]) -> bool:
    """Nothing is open."""
    return all(item.state != "open" for item in items)


def _item(row: ItemRow, packet: Packet, policy: Policy, load: Load | None) -> ReadinessItem:
    known = KNOWS[row.knows](packet, policy, load) if row.knows else Known(None, "")
    tick = _tick(row.id, packet)
    state: State = "proven" if known.holds else "ticked" if tick else "open"
    why = tick if state == "ticked" else known.why
    label = row.label.format(standard_days=policy.payment.standard_days)
    return ReadinessItem(
        id=row.id, group=row.group, label=label, whose=row.whose, state=state, why=why,
        evidence=known.evidence, is_red=row.red and known.holds is False and state == "open",
    )  # fmt: skip


def _tick(item: str, packet: Packet) -> str:
    """Who ticked it last, when and with which words; "" where nobody did or the tick was taken back."""
    marks = [d for d in packet.decisions if d.subject == SUBJECT + item and d.action in ("tick", "untick")]
    if not marks or marks[-1].action == "untick":
        return ""
    note = f": {marks[-1].reason}" if marks[-1].reason else ""
    return f"{marks[-1].by}, {marks[-1].at}{note}"


@cache
def _rows() -> tuple[ItemRow, ...]:
    return tuple(ItemRow.model_validate(row) for row in _table()["item"])


def _table() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads(FILE.read_text("utf-8"))
