"""Deals that wait for a worker, and what became of them. A key stands for all that a packet depends on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from assistant.store import meters
from assistant.store.message_tables import turns
from assistant.store.messages import take_turn
from assistant.store.queue_tables import queued_deals as table

EARS = "ears "
"""Begins the name of the turn of a worker that hears."""


@dataclass(frozen=True)
class Waiting:
    """A deal as a worker takes it. `files` is a zip, `how` says who reads on which day, by which policy."""

    key: str
    name: str
    how: dict[str, Any]
    files: bytes
    tries: int


@dataclass(frozen=True)
class Ended:
    """What became of a deal: its row as plain values, and a zip of its documents unless it failed."""

    key: str
    row: dict[str, Any]
    result: bytes | None


def add(connection: Connection, deals: Sequence[dict[str, Any]], at: str) -> set[str]:
    """Put the deals in line; the keys of those that were not there, or failed and now wait again.

    A deal has `key`, `name`, `how` and `files`.
    """
    if not deals:
        return set()
    fresh = {"state": "queued", "tries": 0, "row": None, "result": None, "queued_at": at, "ended_at": None}
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
    insert = insert.values([{**deal, **fresh} for deal in deals])  # one statement, one round trip
    again = insert.on_conflict_do_update(
        index_elements=[table.c.key],
        set_={**fresh, "files": insert.excluded.files, "how": insert.excluded.how},
        where=table.c.state == "failed",
    ).returning(table.c.key)
    return set(connection.execute(again).scalars())


def take(connection: Connection, key: str) -> Waiting | None:
    """The deal for a worker that begins with it; None where it is done or gone."""
    begun = (
        update(table)
        .where((table.c.key == key) & (table.c.state == "queued"))
        .values(tries=table.c.tries + 1)
        .returning(table.c.key, table.c.name, table.c.how, table.c.files, table.c.tries)
    )
    row = connection.execute(begun).one_or_none()
    return Waiting(row.key, row.name, row.how, row.files or b"", row.tries) if row else None


def end(
    connection: Connection, ended: Ended, failed: bool, at: str, counts: dict[str, float]
) -> bool:
    """Keep what became of the deal, once: False, and nothing is changed or counted, where it had ended."""
    state = "failed" if failed else "done"
    done = (
        update(table)
        .where((table.c.key == ended.key) & (table.c.state == "queued"))
        .values(state=state, row=ended.row, result=ended.result, files=None, ended_at=at)
    )
    if connection.execute(done).rowcount != 1:
        return False
    meters.add(connection, counts)
    return True


def to_be_heard(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of the deals whose recordings somebody named in `how` is to hear."""
    ears = table.c.how["ears"].as_string()
    query = select(table.c.key).where(table.c.key.in_(list(keys)) & (ears != ""))
    return set(connection.execute(query).scalars())


def hears(connection: Connection, worker: str, ears: str, now: str, until: str) -> None:
    """That worker hears, by these ears, and is there until then; those whose time is over are forgotten."""
    connection.execute(delete(turns).where(turns.c.name.startswith(EARS) & (turns.c.until < now)))
    take_turn(connection, f"{EARS}{worker}"[:40], ears, now, until)


def hears_no_more(connection: Connection, worker: str) -> None:
    """It is there no more."""
    connection.execute(delete(turns).where(turns.c.name == f"{EARS}{worker}"[:40]))


def who_hears(connection: Connection, now: str) -> list[str]:
    """The ears of all workers that are there."""
    there = turns.c.name.startswith(EARS) & (turns.c.until >= now)
    query = select(turns.c.holder).where(there).distinct().order_by(turns.c.holder)
    return list(connection.execute(query).scalars())


def states(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """Key -> state of those of the deals that are known."""
    query = select(table.c.key, table.c.state).where(table.c.key.in_(list(keys)))
    return {row.key: row.state for row in connection.execute(query)}


def state_of(connection: Connection, key: str, name: str) -> str | None:
    """The state of the deal of that key and name; None where there is none."""
    query = select(table.c.state).where((table.c.key == key) & (table.c.name == name))
    found = connection.execute(query).scalar()
    return str(found) if found is not None else None


def living_workers(connection: Connection, seconds: float) -> int:
    """How many workers have shown within so many seconds that they live."""
    query = text(
        "SELECT count(*) FROM procrastinate_workers "
        "WHERE last_heartbeat > now() - make_interval(secs => :seconds)"
    )
    return int(connection.execute(query, {"seconds": seconds}).scalar_one())


def tries(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """Key -> how often a worker began with the deal."""
    query = select(table.c.key, table.c.tries).where(table.c.key.in_(list(keys)))
    return {row.key: row.tries for row in connection.execute(query)}


def workers(connection: Connection) -> int:
    """How many workers there are, those included that died a moment ago."""
    return int(connection.execute(text("SELECT count(*) FROM procrastinate_workers")).scalar_one())


def ended_since(connection: Connection, since: str) -> list[tuple[str, str]]:
    """(key, when) of the deals that have ended at that time or later, oldest first."""
    query = select(table.c.key, table.c.ended_at).where(table.c.ended_at >= since)
    return [(key, at) for key, at in connection.execute(query.order_by(table.c.ended_at))]


def result(connection: Connection, key: str) -> Ended | None:
    """What became of the deal; None while it waits."""
    query = select(table.c.key, table.c.row, table.c.result).where(table.c.key == key)
    row = connection.execute(query.where(table.c.state != "queued")).one_or_none()
    return Ended(row.key, row.row, row.result) if row else None


def counts(connection: Connection) -> dict[str, int]:
    """State -> how many deals are in it."""
    query = select(table.c.state, func.count().label("number")).group_by(table.c.state)
    found = {row.state: row.number for row in connection.execute(query)}
    return {state: found.get(state, 0) for state in ("queued", "done", "failed")}


def drop_old(connection: Connection, before: str) -> int:
    """Delete what ended before that time; how many there were."""
    return connection.execute(delete(table).where(table.c.ended_at < before)).rowcount


def lost(connection: Connection, most: int = 500) -> list[str]:
    """Keys of deals that wait while no job stands for them: they would wait for ever."""
    script = text(
        "SELECT key FROM queued_deal q WHERE state = 'queued' AND NOT EXISTS (SELECT 1 FROM "
        "procrastinate_jobs j WHERE j.lock = q.key AND j.status IN ('todo', 'doing')) "
        "ORDER BY key LIMIT :most"
    )
    return list(connection.execute(script, {"most": most}).scalars())


def jobs_left(connection: Connection, queues: Sequence[str]) -> bool:
    """Whether a job waits in one of these queues."""
    script = text(
        "SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = ANY(:names) LIMIT 1"
    )
    return connection.execute(script, {"names": list(queues)}).scalar() is not None


def jobs_waiting(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Those of the keys for which a job waits already."""
    script = text(
        "SELECT queueing_lock FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = ANY(:keys)"
    )
    return set(connection.execute(script, {"keys": list(keys)}).scalars())


def has_table(connection: Connection, name: str) -> bool:
    """Whether a PostgreSQL table of that name is there.

    The catalogue is read as a table: `to_regclass` may answer from what this connection remembers, and then
    what another one made a moment ago is not there.
    """
    found = text("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = :name")
    return connection.execute(found, {"name": name}).scalar() is not None


def run_script(connection: Connection, script: str) -> None:
    """Run SQL as it stands."""
    driver_of(connection).execute(script)


def driver_of(connection: Connection) -> Any:
    """The driver's own connection, for a library that adds to this transaction."""
    return connection.connection.driver_connection
