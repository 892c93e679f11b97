"""A deal arrives from a CRM, a webhook or a folder: it becomes a handoff once, however often it is told."""

from __future__ import annotations

from typing import Any

from assistant import desk as verbs
from assistant.crm.nouns import Fetched
from assistant.desk import Desk
from assistant.errors import HandoffError
from assistant.protocol.rights import User
from assistant.store import crm
from assistant.store.crm import LinkedAlready


def program(name: str, label: str) -> User:
    """Who acts when nobody does: deals are made for others by ops."""
    return User(login=name, name=label, role="ops")


def arrive(
    desk: Desk, user: User, origin: str, fetched: Fetched, fallback: str | None = None
) -> tuple[str, bool]:
    """The deal's id here, and whether it was made now. Its AE owns it, else the login `fallback`.

    A deal that is here already gets what is new of its closing, and nothing else: people may have corrected
    the rest.
    """
    with desk.store.read() as connection:
        there = crm.deal_of(connection, origin, fetched.id)
    if there is None:
        owner = owner_of(desk, fetched, fallback)

        def tie(connection: Any, deal: str) -> None:
            crm.link(connection, deal, origin, fetched.id)

        try:
            return verbs.new_deal(desk, user, fetched.deal, owner=owner, also=tie).id, True
        except LinkedAlready as same:
            there = same.deal
    _closed(desk, user, there, fetched)
    return there, False


def would_arrive(
    desk: Desk, origin: str, fetched: Fetched, fallback: str | None = None
) -> tuple[str, bool]:
    """What `arrive` would answer, "" for the id of a deal that would be made; nothing is changed."""
    with desk.store.read() as connection:
        there = crm.deal_of(connection, origin, fetched.id)
    if there is None:
        owner_of(desk, fetched, fallback)
    return there or "", there is None


def closed_here(desk: Desk, user: User, origin: str, remote: str) -> str | None:
    """The deal's id here, where it is here and known to be won: there is nothing more to fetch of it."""
    with desk.store.read() as connection:
        there = crm.deal_of(connection, origin, remote)
    if there is None or verbs.get_deal(desk, user, there).deal.known.closed_at is None:
        return None
    return there


def owner_of(desk: Desk, fetched: Fetched, fallback: str | None) -> str:
    """Login of the AE: by mail, by name, else the fallback. Raises HandoffError without one."""
    people = [person for person in (desk.people or tuple)() if person.role == "ae"]
    mail, name = (fetched.owner_email or "").casefold(), fetched.deal.ae
    for person in people:
        if mail and (person.email or "").casefold() == mail:
            return person.login
    for person in people:
        if name and person.name == name:
            return person.login
    if fallback is None:
        who = name or fetched.owner_email or "nobody"
        raise HandoffError(
            f"The deal's AE ({who}) is nobody here: `handoff user add`, or set HANDOFF_CRM_OWNER to a login."
        )
    return fallback


def _closed(desk: Desk, user: User, deal: str, fetched: Fetched) -> None:
    """A deal that was open when it came and is won now: its clocks start."""
    known = verbs.get_deal(desk, user, deal).deal.known
    if fetched.is_won and known.closed_at is None and fetched.deal.closed_at is not None:
        changed = {"closed_at": fetched.deal.closed_at}
        if known.trigger == "pre_close":
            changed["trigger"] = "post_close"  # type: ignore[assignment]
        verbs.change_facts(desk, user, deal, known.model_copy(update=changed))
