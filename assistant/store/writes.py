"""Inserting a row that may be there already."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_once(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert the row unless one of the same key is there. True when it was inserted."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    key = next(iter(table.primary_key.columns))
    done = connection.execute(insert(table).values(row).on_conflict_do_nothing().returning(key))
    return done.first() is not None
