"""Counts that only grow, kept in the store: all processes add to them, and a restart loses none."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select, update

from assistant.store.queue_tables import meters
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
