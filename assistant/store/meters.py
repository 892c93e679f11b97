"""Counts that only grow, kept in the store: all processes add to them, and a restart loses none."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, select, update

from assistant.store.queue_tables import meters, queued_deals
from assistant.store.tables import deals
from assistant.store.writes import insert_once


def add(connection: Connection, counts: Mapping[str, float]) -> None:
    """Add to each of the counts; zeros change nothing. Always in order of name, so that two never lock."""
    for name, count in sorted(counts.items()):
        if count == 0 or insert_once(connection, meters, {"name": name, "value": count}):
            continue
        connection.execute(update(meters).where(meters.c.name == name).values(value=meters.c.value + count))


def read(connection: Connection) -> dict[str, float]:
    """Name -> count so far, in order of name."""
    return {row.name: row.value for row in connection.execute(select(meters).order_by(meters.c.name))}


def census(connection: Connection) -> dict[str, int]:
    """Status -> deals of the desk that have it."""
    query = select(deals.c.status, func.count().label("number")).group_by(deals.c.status)
    return {row.status: row.number for row in connection.execute(query)}


def oldest_waiting(connection: Connection) -> str | None:
    """When the deal was queued that waits longest; ISO in UTC."""
    waiting = queued_deals.c.state == "queued"
    found = connection.execute(select(func.min(queued_deals.c.queued_at)).where(waiting)).scalar()
    return str(found) if found else None
