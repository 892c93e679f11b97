"""Two ways to insert: a row that may be there already, and a row that must not be."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_once(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert the row unless one of the same key is there. True when it was inserted."""
    if connection.dialect.name == "sqlite":
        done = connection.execute(sqlite.insert(table).values(row).on_conflict_do_nothing())
    else:
        done = connection.execute(postgresql.insert(table).values(row).on_conflict_do_nothing())
    return done.rowcount == 1
