"""Verbs about deals: list, make, change, assign, delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant.desk.place import Desk, allowed, see_right
from assistant.desk.readying import note_room
from assistant.desk.timing import clocks_now
from assistant.errors import HandoffError
from assistant.packet import Deal, Status
from assistant.protocol.clocks import Clock, breaches, next_due
from assistant.protocol.rights import ROLE_NAMES, NotAllowed, RoleName, User, reach, who_may
from assistant.review.rounds import ReturnClock, clock_from
from assistant.store import audit
from assistant.store.deals import (
    DealRow,
    add_deal,
    change_deal,
    delete_deal,
    find_deal,
    find_deals,
    find_deals_before,
    number_of,
)

WAITS_FOR: dict[Status, RoleName] = {
    "draft": "ae", "rejected": "ae", "needs_revision": "ae", "submitted": "cs_manager", "accepted": "csm",
}  # fmt: skip
"""Whose move it is."""


@dataclass(frozen=True)
class Filters:
    """What the list of deals is narrowed to; None and "" narrow nothing."""

    text: str = ""
    """In the account's or vendor's name, in the id, in the AE's or CSM's login."""
    status: Status | None = None
    mine: bool = False
    """Only what waits for this user."""
    blocked: bool = False
    """Only with an open blocker."""


@dataclass(frozen=True)
class DealLine:
    """A line of the list: the deal, whose move it is, and its clocks."""

    deal: DealRow
    waits_for: RoleName
    waits_for_me: bool
    clock: ReturnClock | None
    """Of a packet that was sent back."""
    is_escalated: bool
    next_clock: Clock | None = None
    """Of the clocks that run, the one that is due first."""
    breached: tuple[Clock, ...] = ()
    """Ran out, and still to be done."""


def list_deals(desk: Desk, user: User, filters: Filters | None = None) -> list[DealLine]:
    """The deals that the user may see: what waits for them first, then what changed last."""
    far = reach(user, "see")
    mine = {"own": {"owner": user.login}, "assigned": {"csm": user.login}}.get(far or "", {})
    with desk.store.read() as connection:
        rows = find_deals(connection, **mine) if far else []
    lines = [_line(desk, row, user) for row in rows]
    wanted = [line for line in lines if _fits(line, filters or Filters())]
    return sorted(wanted, key=lambda line: not line.waits_for_me)


def page_deals(
    desk: Desk, user: User, filters: Filters | None = None, *, before: str | None = None, most: int = 50
) -> tuple[list[DealLine], str | None]:
    """Deals that the user may see, the newest first, from after the deal `before`; and the next `before`.

    It reads no more than it shows, so that the thousandth page costs what the first does.
    """
    far = reach(user, "see")
    mine = {"own": {"owner": user.login}, "assigned": {"csm": user.login}}.get(far or "", {})
    found: list[DealLine] = []
    number = number_of(before) if before is not None else None
    while far and len(found) <= most:
        with desk.store.read() as connection:
            rows = find_deals_before(connection, number, most + 1, **mine)
        lines = (_line(desk, row, user) for row in rows)
        found += [line for line in lines if _fits(line, filters or Filters())]
        if len(rows) <= most:
            break
        number = number_of(rows[-1].id)
    return found[:most], found[most - 1].deal.id if len(found) > most else None


def get_deal(desk: Desk, user: User, deal: str) -> DealLine:
    """One deal's line, also before it has a packet."""
    return _line(desk, allowed(desk, user, "see", deal), user)


def new_deal(
    desk: Desk, user: User, known: Deal, *, owner: str | None = None, csm: str | None = None,
    also: Callable[[Any, str], None] | None = None,
) -> DealRow:  # fmt: skip
    """A deal without files. An AE owns it; others say which AE (login) does, or `known` names them.

    `also` is called with the store's connection and the deal's id within the same transaction.
    """
    if (far := reach(user, "create_deal")) is None:
        raise NotAllowed(f"{who_may('create_deal')} may make deals, not {ROLE_NAMES[user.role]}.")
    if far == "own" and owner not in (None, user.login):
        raise NotAllowed("An AE makes deals of their own. Ask ops to make one for somebody else.")
    owner = owner or _login_of(desk, known.ae, "ae") if far == "all" else user.login
    if owner is None:
        raise HandoffError("Say which AE owns the deal.")
    csm = csm or _login_of(desk, known.csm, "csm")
    _see_there(desk, owner, "ae")
    _see_there(desk, csm, "csm")
    at = desk.stamp()
    with desk.store.write() as connection:
        deal = add_deal(connection, known, owner, csm, at)
        if also is not None:
            also(connection, deal)
        audit.append(connection, at=at, by=user.login, action="create_deal", deal=deal)
        return find_deal(connection, deal)


def change_facts(desk: Desk, user: User, deal: str, known: Deal) -> DealRow:
    """What is known of the deal (people with their sides, kinds of files, value ...), for the next draft."""
    return _changed(desk, user, "change_deal", deal, known=known.model_dump(mode="json"))


def assign_csm(desk: Desk, user: User, deal: str, csm: str) -> DealRow:
    """Give the deal to a CSM (login). One who has no room for it is a finding of the packet."""
    _see_there(desk, csm, "csm")
    row = _changed(desk, user, "assign_csm", deal, csm=csm)
    if row.version == 0:
        return row
    note_room(desk, user, deal, csm)
    with desk.store.read() as connection:
        return find_deal(connection, deal)


def drop_deal(desk: Desk, user: User, deal: str) -> None:
    """Delete the deal with files, packets and kept answers. The audit log keeps only that it happened."""
    allowed(desk, user, "delete_deal", deal)
    with desk.store.write() as connection:
        delete_deal(connection, deal)
        audit.append(connection, at=desk.stamp(), by=user.login, action="delete_deal", deal=deal)


def colleagues(desk: Desk, user: User, role: RoleName) -> list[User]:
    """Everybody of that role, to choose from, for those who may make or assign deals; else nobody."""
    if reach(user, "create_deal") != "all" and reach(user, "assign_csm") is None and role != "csm":
        return []
    return [person for person in (desk.people or tuple)() if person.role == role]


def _login_of(desk: Desk, name: str | None, role: RoleName) -> str | None:
    """The login of the person of that name and role, where there is one."""
    people = (desk.people or tuple)()
    return next((p.login for p in people if p.role == role and name and p.name == name), None)


def _see_there(desk: Desk, login: str | None, role: RoleName) -> None:
    """Raises HandoffError where nobody of that login and role may sign in."""
    if login is None or desk.people is None:
        return
    if not any(person.login == login and person.role == role for person in desk.people()):
        raise HandoffError(f"There is no {ROLE_NAMES[role]} with the login '{login[:80]}'. Choose another.")


def _changed(desk: Desk, user: User, verb: str, deal: str, **values: object) -> DealRow:
    at = desk.stamp()
    with desk.store.write() as connection:
        see_right(user, verb, find_deal(connection, deal))  # type: ignore[arg-type]
        change_deal(connection, deal, changed_at=at, **values)
        audit.append(connection, at=at, by=user.login, action=verb, deal=deal)
        return find_deal(connection, deal)


def _line(desk: Desk, row: DealRow, user: User) -> DealLine:
    turn = WAITS_FOR[row.status]
    clock = None
    if row.returned_at and row.status in ("rejected", "needs_revision"):
        clock = clock_from(row.returned_at, desk.policy, desk.now(), row.known.country)
    escalated = row.rejections >= desk.policy.review.rejections_before_escalation
    running = clocks_now(desk, row)
    return DealLine(
        row, turn, user.role == turn, clock, escalated, next_due(running), breaches(running)
    )


def _fits(line: DealLine, filters: Filters) -> bool:
    row, text = line.deal, filters.text.strip().casefold()
    places = (row.account, row.vendor, row.id, row.owner, row.csm or "")
    return (
        (not text or any(text in place.casefold() for place in places))
        and filters.status in (None, row.status)
        and (not filters.mine or line.waits_for_me)
        and (not filters.blocked or row.blockers > 0)
    )
