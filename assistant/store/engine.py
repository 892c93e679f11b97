"""The store: one database behind two words, `read` and `write`. SQLite in a file, or PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from assistant.errors import HandoffError
from assistant.settings import Settings

FILE_NAME = "handoff.sqlite3"
WAIT_SECONDS = 5.0
"""How long a write waits for another one before it gives up."""
BUSY = "The store is busy with somebody else's change. Nothing was lost; try again."
MIGRATING, MIGRATION_SECONDS = 706_001, 300
"""Number of PostgreSQL's advisory lock while the tables are made or changed, and for how many seconds others
who start meanwhile wait for that."""


class StoreError(HandoffError):
    """The database did not do it; nothing was changed."""


class StoreBusy(StoreError):  # noqa: N818 - reads as what it says
    """Somebody else holds the database."""


class StoreFull(StoreError):  # noqa: N818 - reads as what it says
    """The disk is full."""


@dataclass(frozen=True)
class Store:
    """A database with the tables of handoff in it. Make it with `open_store`; close it when done."""

    engine: Engine
    place: str
    """Where it lies, without password, for messages."""
    turns: Lock = field(default_factory=Lock, repr=False)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database."""
        with _told(self.place), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it or, when anything is raised, nothing of it.

        Raises StoreBusy, StoreFull or StoreError where the database refuses.
        """
        writing = self.engine.execution_options(handoff_write=True)
        with self._turn(), _told(self.place), writing.begin() as connection:
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite lets one write at a time: in line here, where SQLite itself would let luck decide."""
        if not self.is_sqlite:
            yield
            return
        if not self.turns.acquire(timeout=2 * WAIT_SECONDS):
            raise StoreBusy(BUSY)
        try:
            yield
        finally:
            self.turns.release()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def open_store(settings: Settings) -> Store:
    """The store that the settings name, its tables made or brought up to date.

    Raises StoreError when it cannot be reached or is of a newer handoff.
    """
    from assistant.store.schema import bring_up_to_date

    if settings.database_url is not None:
        store = _postgres(settings.database_url.get_secret_value())
    else:
        store = _sqlite(settings.data_dir.expanduser())
    bring_up_to_date(store)
    return store


def _sqlite(folder: Path) -> Store:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / FILE_NAME
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"Cannot keep the store in '{folder}': {error.strerror}. "
            "Set HANDOFF_DATA_DIR to a folder of yours."
        ) from None
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": WAIT_SECONDS, "check_same_thread": False},
        pool_size=16, max_overflow=48,
    )  # fmt: skip
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Store(engine, str(path))


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun below, by name
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("handoff_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(url: str) -> Store:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError(
            "HANDOFF_DATABASE_URL is no address. Write postgresql://user:password@host/name."
        ) from None
    if parsed.get_backend_name() not in ("postgresql", "postgres"):
        raise StoreError(
            f"HANDOFF_DATABASE_URL names '{parsed.drivername}'. Only PostgreSQL is known; SQLite needs none."
        )
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"), pool_size=16, max_overflow=48, pool_pre_ping=True,
        connect_args={"connect_timeout": 10, "options": f"-c lock_timeout={int(WAIT_SECONDS * 1000)}"},
    )  # fmt: skip
    return Store(engine, parsed.render_as_string(hide_password=True))


@contextmanager
def _told(place: str) -> Iterator[None]:
    """What the database says, as one line with a remedy. Everything that was begun is rolled back."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).splitlines()[0] if error.orig else str(error)
        low = said.lower()
        if "locked" in low or "busy" in low or "lock timeout" in low:
            raise StoreBusy(BUSY) from error
        if "full" in low or "no space" in low or "disk i/o" in low:
            raise StoreFull(
                f"The disk that holds the store is full, so nothing was changed. Make room beside {place}, "
                "then try again."
            ) from error
        if isinstance(error, OperationalError):
            raise StoreError(f"The store at {place} cannot be used: {said}. Nothing was changed.") from error
        raise


def lock(connection: Connection, number: int, seconds: int | None = None) -> None:
    """Wait until no other transaction holds this lock, WAIT_SECONDS or so many. SQLite lets only one
    transaction write anyway."""
    if connection.dialect.name == "postgresql":
        if seconds is not None:
            connection.execute(text(f"SET LOCAL lock_timeout = '{int(seconds)}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": number})


def try_lock(connection: Connection, number: int) -> bool:
    """Whether this transaction now holds the lock; False at once where another one has it."""
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.execute(text("SELECT pg_try_advisory_xact_lock(:n)"), {"n": number}).scalar())


def scalar(connection: Connection, query: Any) -> Any:
    """The first column of the first row, or None."""
    return connection.execute(query).scalar()
