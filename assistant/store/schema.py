"""Tables are made and changed by migrations that ship with the package and run when the store is opened."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from assistant.store.engine import MIGRATING, Store, StoreError, lock

MIGRATIONS = Path(__file__).with_name("migrations")
HEAD = "0005"
"""The newest migration; Alembic is loaded only where the store is older."""


def bring_up_to_date(store: Store) -> None:
    """Run the migrations that this store has not seen yet, in one transaction, one process at a time."""
    with store.read() as connection:
        if _revision(connection) == HEAD:
            return
    with store.write() as connection:
        lock(connection, MIGRATING)
        found = _revision(connection)
        if found is not None and found > HEAD:
            raise StoreError(
                f"The store at {store.place} is of a newer handoff (migration {found}; this one knows "
                f"{HEAD}). Update handoff."
            )
        if found != HEAD:
            _upgrade(connection)


def revision_of(store: Store) -> str | None:
    """The migration that the store has; None where there are no tables."""
    with store.read() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
