"""Which deal of a CRM a deal is, and what was written there: so that nothing is written twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, select, update

from assistant.errors import HandoffError
from assistant.store.deals import PREFIX, number_of
from assistant.store.engine import Store
from assistant.store.tables import calls, crm_links, crm_writes
from assistant.store.writes import insert_once

LOCK = "lock"
LEASE = timedelta(minutes=15)
"""After so long a push that was cut off no longer keeps others away."""


@dataclass(frozen=True)
class Written:
    """A write as it was last sent. `remote` is its id over there; None: begun, and nobody knows more."""

    kind: str
    subject: str
    version: int
    digest: str
    remote: str | None
    at: str


class LinkedAlready(HandoffError):  # noqa: N818 - reads as what it says
    """The CRM's deal has a handoff; `deal` is its id."""

    def __init__(self, deal: str) -> None:
        self.deal = deal
        super().__init__(f"The CRM's deal is '{deal}' here already. Nothing was made twice.")


def link(connection: Connection, deal: str, crm: str, remote: str) -> None:
    """Remember which deal of the CRM it is, within the caller's transaction. Raises LinkedAlready."""
    row = {"deal": number_of(deal), "crm": crm, "remote": remote}
    if not insert_once(connection, crm_links, row):
        raise LinkedAlready(deal_of(connection, crm, remote) or deal)


def deal_of(connection: Connection, crm: str, remote: str) -> str | None:
    """The deal that the CRM's deal is here, or None."""
    wanted = (crm_links.c.crm == crm) & (crm_links.c.remote == remote)
    number = connection.execute(select(crm_links.c.deal).where(wanted)).scalar()
    return f"{PREFIX}{number}" if number is not None else None


def remote_of(connection: Connection, deal: str, crm: str) -> str | None:
    """The CRM's id of the deal, or None."""
    wanted = (crm_links.c.deal == number_of(deal)) & (crm_links.c.crm == crm)
    found = connection.execute(select(crm_links.c.remote).where(wanted)).scalar()
    return str(found) if found is not None else None


def linked(connection: Connection, crm: str) -> list[tuple[str, str]]:
    """(deal, the CRM's id) of every deal that is in that CRM, oldest first."""
    query = select(crm_links.c.deal, crm_links.c.remote).where(crm_links.c.crm == crm)
    rows = connection.execute(query.order_by(crm_links.c.deal))
    return [(f"{PREFIX}{row.deal}", row.remote) for row in rows]


def written(connection: Connection, deal: str, crm: str) -> dict[tuple[str, str], Written]:
    """(kind, subject) -> what was sent of the deal."""
    mine = (crm_writes.c.deal == number_of(deal)) & (crm_writes.c.crm == crm) & (crm_writes.c.kind != LOCK)
    names = ("kind", "subject", "version", "digest", "remote", "at")
    rows = connection.execute(select(*(crm_writes.c[name] for name in names)).where(mine))
    return {(row.kind, row.subject): Written(*row) for row in rows}


def begin_write(
    store: Store, deal: str, crm: str, kind: str, subject: str, *, version: int, at: str, by: str
) -> None:
    """It is about to be made over there: should the answer be lost, one knows to look for it first."""
    row = {"deal": number_of(deal), "crm": crm, "kind": kind, "subject": subject, "version": version,
           "digest": "", "at": at, "by": by}  # fmt: skip
    with store.write() as connection:
        insert_once(connection, crm_writes, row)


def end_write(
    store: Store, deal: str, crm: str, kind: str, subject: str, *, version: int, digest: str, remote: str,
    at: str, by: str,
) -> None:  # fmt: skip
    """It stands over there under that id."""
    mine = _row(deal, crm, kind, subject)
    values = {"version": version, "digest": digest, "remote": remote, "at": at, "by": by}
    with store.write() as connection:
        connection.execute(update(crm_writes).where(mine).values(**values))


@contextmanager
def one_at_a_time(store: Store, deal: str, crm: str, at: str, by: str) -> Iterator[None]:
    """Nobody else pushes this deal meanwhile. Raises HandoffError where somebody does."""
    old = (datetime.fromisoformat(at) - LEASE).isoformat(timespec="seconds")
    mine = _row(deal, crm, LOCK, "")
    row = {"deal": number_of(deal), "crm": crm, "kind": LOCK, "subject": "", "version": 0, "digest": "",
           "at": at, "by": by}  # fmt: skip
    with store.write() as connection:
        connection.execute(delete(crm_writes).where(mine & (crm_writes.c.at < old)))
        if not insert_once(connection, crm_writes, row):
            raise HandoffError(f"Somebody is sending '{deal}' to the CRM right now. Try again in a minute.")
    try:
        yield
    finally:
        with store.write() as connection:
            connection.execute(delete(crm_writes).where(mine))


def first_time(store: Store, origin: str, key: str, at: str, kept_for: timedelta) -> bool:
    """Whether a call with that key never came before; it is remembered for so long."""
    old = (datetime.fromisoformat(at) - kept_for).isoformat(timespec="seconds")
    with store.write() as connection:
        connection.execute(delete(calls).where((calls.c.origin == origin) & (calls.c.at < old)))
        return insert_once(connection, calls, {"origin": origin, "key": key, "at": at})


def forget_call(store: Store, origin: str, key: str) -> None:
    """The call may come again."""
    with store.write() as connection:
        connection.execute(delete(calls).where((calls.c.origin == origin) & (calls.c.key == key)))


def _row(deal: str, crm: str, kind: str, subject: str) -> ColumnElement[bool]:
    return (
        (crm_writes.c.deal == number_of(deal))
        & (crm_writes.c.crm == crm)
        & (crm_writes.c.kind == kind)
        & (crm_writes.c.subject == subject)
    )
