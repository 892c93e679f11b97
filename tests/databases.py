"""Databases for tests: SQLite in a folder, and a real PostgreSQL that lives as long as the test run."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from assistant.settings import Settings
from assistant.store import Store, open_store
from assistant.store.engine import FILE_NAME

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
FAST = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=80"


def postgres_binaries() -> Path | None:
    """The newest PostgreSQL's programs, or None where there are none."""
    found = shutil.which("initdb")
    return BINARIES[-1] if BINARIES else Path(found).parent if found else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL that listens at a socket in a folder of its own; the socket's folder."""
    if postgres_binaries() is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with running_postgres() as server:
        yield server


@contextmanager
def running_postgres() -> Iterator[str]:
    """The same for whoever is no test."""
    programs = postgres_binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=memory if memory.is_dir() else None))
    somebody = "postgres" if os.getuid() == 0 else None  # PostgreSQL does not run as root
    if somebody:
        shutil.chown(folder, somebody)

    def run(*command: str) -> None:
        subprocess.run(command, user=somebody, cwd=folder, check=True, capture_output=True)

    data = str(folder / "data")
    run(str(programs / "initdb"), "-D", data, "-U", "handoff", "-A", "trust", "--no-sync")
    options = f"-k {folder} {FAST}"
    run(str(programs / "pg_ctl"), "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield str(folder)
    finally:
        run(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-W", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def restart_postgres(server: str) -> None:
    """Stop the PostgreSQL of `running_postgres` as an update does, and start it again."""
    programs = postgres_binaries()
    assert programs is not None
    somebody = "postgres" if os.getuid() == 0 else None
    for how in (("-m", "fast", "stop"), ("-o", f"-k {server} {FAST}", "start")):
        command = [str(programs / "pg_ctl"), "-D", f"{server}/data", "-l", f"{server}/log", "-w", *how]
        subprocess.run(command, user=somebody, cwd=server, check=True, capture_output=True)


def new_database(server: str, template: str = "template1") -> str:
    """The address of a new database: an empty one, or a copy."""
    name = f"test_{os.getpid()}_{secrets.token_hex(4)}"  # tests and tools share the server, not a counter
    with psycopg.connect(f"host={server} user=handoff dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[call-overload]
    return f"postgresql://handoff@/{name}?host={server}"


@cache
def migrated_database(server: str) -> str:
    """Name of a database in which the tables are made: a copy is faster than making them for each test."""
    url = new_database(server)
    settings = plain_settings(Path("unused")).model_copy(update={"database_url": SecretStr(url)})
    open_store(settings).close()
    return url.split("@/")[1].split("?")[0]


@cache
def migrated_file() -> bytes:
    """A SQLite file in which the tables are made."""
    with tempfile.TemporaryDirectory() as folder:
        open_store(plain_settings(Path(folder))).close()
        return (Path(folder) / FILE_NAME).read_bytes()


def settings_for(kind: str, folder: Path, request: pytest.FixtureRequest) -> Settings:
    """Settings of an empty store of that kind."""
    if kind == "sqlite":
        return ready_settings(folder)
    server = request.getfixturevalue("postgres_server")
    url = new_database(server, migrated_database(server))
    return plain_settings(folder).model_copy(update={"database_url": SecretStr(url)})


def ready_settings(folder: Path) -> Settings:
    """Settings of a store in the folder, with its tables made."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE_NAME).write_bytes(migrated_file())
    return plain_settings(folder)


def plain_settings(folder: Path) -> Settings:
    """Settings of nobody's environment: a store in the folder."""
    return Settings(data_dir=folder, _env_file=None)  # type: ignore[call-arg]


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, once of each kind."""
    opened = open_store(settings_for(request.param, tmp_path, request))
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite store, for what has nothing to do with the kind of database."""
    opened = open_store(ready_settings(tmp_path))
    yield opened
    opened.close()
