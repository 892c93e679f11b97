"""What reports count of each deal, kept so that no packet is read again while nothing changed.

A row is only a copy of what a packet says: it goes with its deal, no backup holds it, and one whose digest is
not asked for any more is as good as none.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, String, Table, Text, delete, insert, select
from sqlalchemy.exc import IntegrityError

from assistant.store.deals import PREFIX, number_of
from assistant.store.engine import Store, StoreError
from assistant.store.tables import metadata, of_deal

glances = Table(
    "glance",
    metadata,
    of_deal(),
    Column("digest", String(64), nullable=False),  # of what it was counted from
    Column("content", Text, nullable=False),  # protocol.handoffs.Handoff as JSON
)
AT_ONCE = 400
"""Rows of one statement; databases take no more values than some thousand."""


def find_glances(store: Store) -> dict[str, tuple[str, str]]:
    """Deal -> digest and content, of all that are kept."""
    with store.read() as connection:
        rows = connection.execute(select(glances)).all()
    return {f"{PREFIX}{row.deal}": (row.digest, row.content) for row in rows}


def keep_glances(store: Store, made: Mapping[str, tuple[str, str]]) -> None:
    """Keep them in place of the deals' older ones. What the database refuses is counted anew next time."""
    rows = [{"deal": number_of(deal), "digest": d, "content": c} for deal, (d, c) in sorted(made.items())]
    try:
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            with store.write() as connection:
                connection.execute(delete(glances).where(glances.c.deal.in_([row["deal"] for row in part])))
                connection.execute(insert(glances), part)
    except (IntegrityError, StoreError):  # kept by somebody else meanwhile, a deal deleted, no room
        return
