"""Sending a packet: what is new or changed since last time, one write after the other, each remembered.

A run that breaks off is taken up where it was; what was begun without an answer is looked for first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant import desk as verbs
from assistant.crm.calling import NotThere
from assistant.crm.nouns import Door, Write
from assistant.crm.record import marker, plan
from assistant.desk import Desk, Opened
from assistant.errors import HandoffError
from assistant.protocol.events import happened
from assistant.protocol.rights import User
from assistant.store import audit, crm
from assistant.store.crm import Written

State = Literal["new", "changed", "there"]


@dataclass(frozen=True)
class Step:
    """A write and what it means over there; `before` is how it was sent last."""

    write: Write
    state: State
    before: Written | None


def steps(
    desk: Desk, user: User, deal: str, name: str, address: str | None = None
) -> tuple[Opened, list[Step]]:
    """What a push would do, in order; nothing is sent. Tasks that are settled are marked done.

    `address` is the desk's, for a link to the deal.
    """
    seen = verbs.get_packet(desk, user, deal)
    link = f"{address.rstrip('/')}/?deal={deal}" if address else None
    wanted = plan(seen.packet, deal, desk.policy, link)
    with desk.store.read() as connection:
        sent = crm.written(connection, deal, name)
    found = [_step(write, sent) for write in wanted]
    if seen.packet.status == "accepted":
        found += [_step(write, sent) for write in _settled(deal, wanted, sent)]
    return seen, found


def push_packet(
    desk: Desk, user: User, deal: str, name: str, door: Door, address: str | None = None,
    say: Callable[[Step], None] = lambda step: None,
) -> list[Step]:  # fmt: skip
    """Send what is new or changed; `say` is told each step before it is sent. Returns what was sent.

    Raises HandoffError where the CRM refuses: everything until then is kept, run it again for the rest.
    """
    with desk.store.read() as connection:
        remote = crm.remote_of(connection, deal, name)
    if remote is None:
        raise HandoffError(f"'{deal}' is no deal of {name} yet: `handoff crm link {name} {deal} ID` ties it.")
    with crm.one_at_a_time(desk.store, deal, name, desk.stamp(), user.login):
        seen, found = steps(desk, user, deal, name, address)
        sent = [step for step in found if step.state != "there"]
        for step in sent:
            say(step)
            _send(desk, user, seen, name, door, remote, step)
    if sent:
        _noted(desk, user, seen)
    return sent


def _step(write: Write, sent: dict[tuple[str, str], Written]) -> Step:
    before = sent.get((write.kind, write.subject))
    if before is None or before.remote is None:
        return Step(write, "new", before)
    return Step(write, "there" if before.digest == write.digest else "changed", before)


def _settled(deal: str, wanted: list[Write], sent: dict[tuple[str, str], Written]) -> list[Write]:
    """Tasks of before that are open no more."""
    still = {(write.kind, write.subject) for write in wanted}
    gone = [w for key, w in sent.items() if w.kind == "task" and key not in still and w.remote is not None]
    return [Write("task", w.subject, _done(w), marker(deal, w.subject)) for w in gone]


def _done(sent: Written) -> dict[str, object]:
    return {"title": f"Settled: {sent.subject}"[:250], "body": "", "at": sent.at, "done": True}


def _send(
    desk: Desk, user: User, seen: Opened, name: str, door: Door, remote: str, step: Step
) -> None:
    write, deal = step.write, seen.deal.id
    known = step.before.remote if step.before else None
    if step.before is not None and known is None:
        known = door.find(remote, write)  # begun before, and the answer was lost
    about = {"version": seen.version, "at": desk.stamp(), "by": user.login}
    if step.before is None:
        crm.begin_write(desk.store, deal, name, write.kind, write.subject, **about)  # type: ignore[arg-type]
    try:
        id_ = door.send(remote, write, known)
    except NotThere:
        if known is None or write.kind == "record":
            raise
        id_ = door.send(remote, write, None)  # somebody deleted it over there
    crm.end_write(
        desk.store, deal, name, write.kind, write.subject, digest=write.digest, remote=id_, **about,  # type: ignore[arg-type]
    )  # fmt: skip


def _noted(desk: Desk, user: User, seen: Opened) -> None:
    """The audit log has a line, and the handover its event, once."""
    with desk.store.write() as connection:
        audit.append(connection, at=desk.stamp(), by=user.login, action="crm_push", deal=seen.deal.id)
    if seen.packet.status == "accepted" and happened(seen.packet, "crm_updated") is None:
        verbs.record_event(desk, user, seen.deal.id, seen.version, kind="crm_updated")
