"""Tables are made and changed by migrations that ship with the package and run when the store is opened."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect, text

from assistant.store.engine import MIGRATING, MIGRATION_SECONDS, Store, StoreError, lock

MIGRATIONS = Path(__file__).with_name("migrations")
HEAD = "0006"
"""The newest migration; Alembic is loaded only where the store is older."""
SQLITE = MIGRATIONS / "sqlite.sql"
"""What all migrations make of an empty file, so that a new store needs no Alembic; `make docs` writes it."""
_END = ";\n\n"
_MADE = (
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL "
    "ORDER BY type <> 'table', CASE type WHEN 'table' THEN rowid END, name"  # indexes are made in any order
)


def bring_up_to_date(store: Store) -> None:
    """Run the migrations that this store has not seen yet, in one transaction, one process at a time."""
    with store.read() as connection:
        if _revision(connection) == HEAD:
            return
    with store.write() as connection:
        lock(connection, MIGRATING, MIGRATION_SECONDS)
        found = _revision(connection)
        if found is not None and found > HEAD:
            raise StoreError(
                f"The store at {store.place} is of a newer handoff (migration {found}; this one knows "
                f"{HEAD}). Update handoff."
            )
        if store.is_sqlite and not inspect(connection).get_table_names():
            found = _made(connection)
        if found != HEAD:
            upgrade(connection)


def revision_of(store: Store) -> str | None:
    """The migration that the store has; None where there are no tables."""
    with store.read() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def _made(connection: Connection) -> str | None:
    """Make everything in an empty SQLite file. Tells which migration that is."""
    for statement in SQLITE.read_text("utf-8").split(_END)[:-1]:
        connection.exec_driver_sql(statement)
    return _revision(connection)


def sqlite_text() -> str:
    """The statements of SQLITE, as the migrations say them now."""
    with create_engine("sqlite://").begin() as connection:
        upgrade(connection)
        rows = connection.execute(text(_MADE))
        made = [sql for (sql,) in rows if not sql.startswith("CREATE TABLE sqlite_")]
        noted = f"INSERT INTO alembic_version (version_num) VALUES ('{_revision(connection)}')"
    return "".join(f"{statement}{_END}" for statement in (*made, noted))


def upgrade(connection: Connection) -> None:
    """Run the migrations that this database has not seen, in the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
