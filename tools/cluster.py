"""A cluster on one machine, for tests and measurements: a real PostgreSQL and workers that can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from assistant.queue import make_ready
from assistant.settings import Settings
from assistant.store import Store, open_store, queued
from tests.databases import new_database, running_postgres

ROOT = Path(__file__).resolve().parent.parent
LOG_ENDS = """
CREATE TABLE ended_log (key text, state text);
CREATE FUNCTION log_end() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.state <> 'queued' AND OLD.state = 'queued' THEN INSERT INTO ended_log VALUES (NEW.key, NEW.state);
  END IF; RETURN NEW; END $$;
CREATE TRIGGER log_end BEFORE UPDATE ON queued_deal FOR EACH ROW EXECUTE FUNCTION log_end();
"""
"""Counts how often each deal ends, past the code that is measured."""


@dataclass
class Cluster:
    """One database and the processes that work on it."""

    url: str
    folder: Path
    store: Store
    extra: dict[str, str] = field(default_factory=dict)
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What every process of the cluster is told."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("HANDOFF_")}
        own = {"HANDOFF_DATABASE_URL": self.url, "HANDOFF_DATA_DIR": str(self.folder), "HANDOFF_LOG": "json"}
        return {**plain, **own, **self.extra}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """`handoff` with these arguments, in a process group of its own; what it logs goes to a file."""
        log = (self.folder / "processes.log").open("a")
        process = subprocess.Popen(
            [sys.executable, "-m", "assistant.cli", *arguments], cwd=ROOT, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=log, start_new_session=True,
        )  # fmt: skip
        log.close()
        self.processes.append(process)
        return process

    def start_workers(self, number: int, stalled_after: float = 3.0) -> list[subprocess.Popen[str]]:
        """So many workers of one process each."""
        options = ("worker", "--jobs", "1", "--stalled-after", str(stalled_after))
        return [self.start(*options) for _ in range(number)]

    def counts(self) -> dict[str, int]:
        """State -> deals in it."""
        with self.store.read() as connection:
            return queued.counts(connection)

    def log_ends(self) -> None:
        """From now on every end of a deal is written down by the database itself."""
        make_ready(self.store)
        with self.store.write() as connection:
            queued.run_script(connection, LOG_ENDS)

    def rows(self, query: str) -> list[Any]:
        """What the database says, past the code that is measured."""
        with self.store.read() as connection:
            return list(queued.driver_of(connection).execute(query).fetchall())

    def wait_until(self, done: int, seconds: float) -> None:
        """Return when so many deals have ended. Raises SystemExit where that takes too long."""
        until = time.monotonic() + seconds
        while True:
            now = self.counts()
            if now["done"] + now["failed"] >= done:
                return
            if time.monotonic() > until:
                raise SystemExit(f"still waiting after {seconds:.0f} s: {now}; see {self.folder}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End what still runs."""
        for process in self.processes:
            kill(process)
        self.store.close()


def kill(process: subprocess.Popen[str]) -> None:
    """kill -9, also what it has started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


@contextmanager
def cluster(folder: Path, server: str | None = None, **extra: str) -> Iterator[Cluster]:
    """A cluster on a database of its own, on that PostgreSQL or on one that is started for it."""
    if server is None:
        with running_postgres() as own, cluster(folder, own, **extra) as made:
            yield made
        return
    url = new_database(server)
    settings = settings_of(url, folder)
    made = Cluster(url, folder, open_store(settings), extra)
    try:
        yield made
    finally:
        made.stop()


def settings_of(url: str, folder: Path, **more: Any) -> Settings:
    """Settings of nobody's environment for that database."""
    return Settings(database_url=SecretStr(url), data_dir=folder, _env_file=None, **more)
