"""Spoiling the practice packet: its flaws follow from a number, so that it can be done again."""

from __future__ import annotations

import random
from functools import cache
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant import pipeline
from assistant.packet import Packet
from assistant.practice.truth import HERE, field_of, person_of, promise_of
from assistant.protocol.policy import Policy
from assistant.review.fit import with_field

Kind = Literal["verdict", "dropped", "added", "field", "person", "signed"]
USUAL = 6
"""Flaws in a practice, unless another number is asked for."""


class Flaw(BaseModel):
    """A row of flaws.yaml; `row` is the whole of it."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: Kind
    explain: str
    about: str
    """What it is about: a promise's id, a line's path, a role, or "readiness"."""
    row: dict[str, Any]


@cache
def all_flaws() -> tuple[Flaw, ...]:
    """Every flaw that there is, in the file's order."""
    rows = yaml.safe_load((HERE / "flaws.yaml").read_text("utf-8"))
    return tuple(
        Flaw(id=row["id"], kind=row["kind"], explain=row["explain"], about=_about(row), row=row)
        for row in rows
    )


def plant(packet: Packet, number: int, policy: Policy, many: int = USUAL) -> tuple[Packet, tuple[Flaw, ...]]:
    """The packet with `many` flaws chosen by `number`, no two of them about the same thing."""
    order = list(all_flaws())
    random.Random(number).shuffle(order)
    chosen: dict[str, Flaw] = {}
    for flaw in order:
        if len(chosen) < many and not chosen.keys() & _excludes(flaw):
            chosen[flaw.about] = flaw
    planted = tuple(sorted(chosen.values(), key=lambda flaw: flaw.id))
    for flaw in planted:
        packet = SPOIL[flaw.kind](packet, flaw)
    return pipeline.check(packet, policy), planted


def _about(row: dict[str, Any]) -> str:
    if row["kind"] == "added":
        return f"c-{row['id']}"
    return str(row.get("promise") or row.get("path") or row.get("role") or "readiness")


def _excludes(flaw: Flaw) -> set[str]:
    return {flaw.about}


def _verdict(packet: Packet, flaw: Flaw) -> Packet:
    """Another verdict, told as surely as the right one."""
    changed = tuple(
        c.model_copy(update=_wrong(flaw.row["verdict"])) if c.id == flaw.about else c
        for c in packet.commitments
    )
    return packet.model_copy(update={"commitments": changed})


def _wrong(verdict: str) -> dict[str, Any]:
    if verdict == "not_in_contract":
        told = "No clause speaks of it."
        return {"verdict": verdict, "relation": None, "contract_evidence": (), "explanation": told}
    return {"verdict": verdict, "relation": None, "explanation": "The clause gives what was promised."}


def _dropped(packet: Packet, flaw: Flaw) -> Packet:
    left = tuple(c for c in packet.commitments if c.id != flaw.about)
    return packet.model_copy(update={"commitments": left})


def _added(packet: Packet, flaw: Flaw) -> Packet:
    made = promise_of({**flaw.row, "id": flaw.about})
    place = len(flaw.id) % (len(packet.commitments) + 1)
    commitments = (*packet.commitments[:place], made, *packet.commitments[place:])
    return packet.model_copy(update={"commitments": commitments})


def _field(packet: Packet, flaw: Flaw) -> Packet:
    return with_field(packet, flaw.about, field_of(flaw.row))


def _person(packet: Packet, flaw: Flaw) -> Packet:
    """Somebody else in the role; who held another role keeps it too."""
    people = tuple(s for s in packet.stakeholders if s.role != flaw.about)
    return packet.model_copy(update={"stakeholders": (*people, person_of(flaw.row))})


def _signed(packet: Packet, flaw: Flaw) -> Packet:
    note = "Fully executed: every signature block is filled."
    update = {"contract_fully_executed": True, "execution_note": note, "signatures": ()}
    return packet.model_copy(update={"readiness": packet.readiness.model_copy(update=update)})


SPOIL = {
    "verdict": _verdict, "dropped": _dropped, "added": _added, "field": _field, "person": _person,
    "signed": _signed,
}  # fmt: skip
