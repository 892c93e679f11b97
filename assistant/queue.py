"""Drafting on several machines: deals wait in the store's PostgreSQL, workers take them. Only this file knows
Procrastinate, which hands out the jobs.

A job is named by the key of its deal's content, so that nothing is queued or drafted twice. A worker shows
that it lives by a heartbeat; the jobs of one that is silent too long go to others.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from types import ModuleType
from typing import Any, Protocol

from assistant.errors import HandoffError
from assistant.settings import Settings
from assistant.stopping import Stopping
from assistant.store import Store, queued
from assistant.store.engine import MIGRATING, MIGRATION_SECONDS, StoreError, lock, try_lock

DRAFTS, RECORDINGS, HOUSEWORK = "drafts", "recordings", "housework"
"""The queues: deals, those that only a worker with an ear takes, and what has to be done now and then."""
EVERY_MINUTE = "* * * * *"
SWEEPING = 706_010
"""Number of PostgreSQL's advisory lock of the one worker that looks after the others."""
ALONE_AFTER = 2
"""Lost workers after which a deal is drafted last, and in a process of its own that may die alone."""
MOST_TRIES = 20
"""How often a deal may lose its worker before it is given up, whoever is to blame."""
AGAIN_AFTER = 2.0
"""Seconds until a worker that lost the database tries again."""
LIVING = 60.0
"""Seconds of silence after which nobody counts on a worker any more."""
log = logging.getLogger("handoff.queue")


class Work(Protocol):
    """What a worker does. Neither raises for what is wrong with a deal; where they do it is tried again."""

    def draft(self, key: str) -> None: ...

    def tick(self) -> None: ...


@dataclass(frozen=True)
class Rhythm:
    """Times of a worker, in seconds."""

    stalled_after: float = 30.0
    """Silence after which its jobs are given to others; it shows three times as often that it lives."""
    poll: float = 5.0
    """How often it looks for jobs that nobody has told it of."""

    @property
    def beat(self) -> float:
        return self.stalled_after / 3


def enqueue(store: Store, deals: Sequence[dict[str, Any]]) -> set[str]:
    """Put deals (`key`, `name`, `how`, `files`) in line, all or none; the keys that were not there yet.

    What failed before waits again. Raises HandoffError where the store is no PostgreSQL.
    """
    library = _library()
    make_ready(store)
    with store.write() as connection:
        fresh = queued.add(connection, deals, _stamp())
        _defer(library, connection, [deal["key"] for deal in deals if deal["key"] in fresh])
    return fresh


def take_stock(store: Store) -> None:
    """Let the database count what waits. Until it has, finding the next of 10,000 jobs takes it seconds."""
    with store.write() as connection:
        queued.run_script(connection, "ANALYZE procrastinate_jobs; ANALYZE queued_deal")


def make_ready(store: Store) -> None:
    """Make Procrastinate's own tables where they are not there yet."""
    if store.is_sqlite:
        raise HandoffError(
            "Several machines need a PostgreSQL that all of them reach: set HANDOFF_DATABASE_URL. "
            "On one machine leave out --queue."
        )
    with store.read() as connection:
        if queued.has_table(connection, "procrastinate_jobs"):
            return
    with store.write() as connection:
        lock(connection, MIGRATING, MIGRATION_SECONDS)
        if not queued.has_table(connection, "procrastinate_jobs"):
            queued.run_script(connection, _library().schema.SchemaManager.get_schema())


def run_worker(
    settings: Settings, store: Store, work: Work, *, at_once: int, rhythm: Rhythm, drain: bool = False,
    ears: str = "",
) -> None:  # fmt: skip
    """Take deals and draft them until stopped; with `drain` until none is left. Returns when what was begun
    is done. `ears` stands for who hears here; "": nobody, and deals with recordings go to others."""
    library = _library()
    make_ready(store)
    assert settings.database_url is not None
    address = store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    listener, served = Listener(ears, secrets.token_hex(8)), False
    try:
        with Stopping().heard() as stopping:
            while not stopping.asked:
                app = _app(library, address, work, at_once)
                try:
                    if asyncio.run(_serve(app, store, at_once, rhythm, drain, listener, stopping)):
                        return
                except (StoreError, library.exceptions.ConnectorException):
                    if not served:
                        raise
                served = True
                log.warning("the database was lost, trying again")
                time.sleep(AGAIN_AFTER)
    finally:
        with contextlib.suppress(StoreError):
            listener.gone(store)


def _app(library: ModuleType, address: str, work: Work, at_once: int) -> Any:
    """Procrastinate with what it is to do."""
    app = library.App(connector=library.PsycopgConnector(conninfo=address, min_size=1, max_size=at_once + 3))

    def draft(key: str) -> None:
        work.draft(key)

    def tick(timestamp: int) -> None:
        work.tick()

    app.task(name="draft", queue=DRAFTS, retry=library.RetryStrategy(max_attempts=5, wait=5))(draft)
    now_and_then = app.task(name="tick", queue=HOUSEWORK, queueing_lock="tick", lock="tick", priority=10)
    app.periodic(cron=EVERY_MINUTE)(now_and_then(tick))
    return app


@dataclass(frozen=True)
class Listener:
    """What others are told of a worker: whether it hears, and who hears there."""

    ears: str
    worker: str

    def here(self, store: Store, rhythm: Rhythm) -> None:
        """It is there for some while longer."""
        if self.ears:
            now = datetime.now(UTC)
            until = now + timedelta(seconds=2 * rhythm.stalled_after)
            with store.write() as connection:
                queued.hears(connection, self.worker, self.ears, _iso(now), _iso(until))

    def gone(self, store: Store) -> None:
        """It takes no more deals."""
        if self.ears:
            with store.write() as connection:
                queued.hears_no_more(connection, self.worker)


def has_workers(store: Store) -> bool:
    """Whether there is somebody to draft what is queued: on PostgreSQL, with a worker that lives."""
    if store.is_sqlite or find_spec("procrastinate") is None:
        return False
    with store.read() as connection:
        if not queued.has_table(connection, "procrastinate_workers"):
            return False
        return queued.living_workers(connection, LIVING) > 0


def who_hears(store: Store) -> list[str]:
    """The ears of the workers that are there, each once."""
    with store.read() as connection:
        return queued.who_hears(connection, _stamp())


async def _serve(
    app: Any, store: Store, at_once: int, rhythm: Rhythm, drain: bool, listener: Listener, stopping: Stopping
) -> bool:
    """Work until asked to stop or, with `drain`, until no deal is left: True. False when the database was
    lost: Procrastinate then ends, and what was begun is ended as well."""
    take_stock(store)
    drafts = [DRAFTS, RECORDINGS] if listener.ears else [DRAFTS]
    async with app.open_async():
        listener.here(store, rhythm)
        await _sweep(app, store, rhythm)
        over = asyncio.Event()
        sweeper = asyncio.create_task(_sweep_on(app, store, rhythm, listener, over))
        working = asyncio.create_task(app.run_worker_async(
            queues=drafts if drain else [*drafts, HOUSEWORK],
            concurrency=at_once, wait=not drain, delete_jobs="successful",
            fetch_job_polling_interval=rhythm.poll, update_heartbeat_interval=rhythm.beat,
            stalled_worker_timeout=rhythm.stalled_after, install_signal_handlers=False,
        ))  # fmt: skip
        stopping.cancel(working)
        try:
            await working
        except asyncio.CancelledError:
            if not stopping.asked:
                raise
        except _library().exceptions.ConnectorException:
            return stopping.asked
        finally:
            over.set()
            await sweeper
        return stopping.asked or (drain and not _left(store, drafts))


def _left(store: Store, queues: Sequence[str]) -> bool:
    """Whether deals wait in these queues, or nobody knows."""
    try:
        with store.read() as connection:
            return queued.jobs_left(connection, queues)
    except StoreError:
        return True


async def _sweep_on(app: Any, store: Store, rhythm: Rhythm, listener: Listener, over: asyncio.Event) -> None:
    while not over.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), rhythm.beat)
        if over.is_set():
            return
        try:
            listener.here(store, rhythm)
            await _sweep(app, store, rhythm)
        except Exception as error:  # the next round will do
            log.warning("sweeping failed", extra={"why": type(error).__name__})


async def _sweep(app: Any, store: Store, rhythm: Rhythm) -> None:
    """Put the jobs of silent workers back in line, and those that got lost; one worker at a time."""
    with store.write() as connection:
        if not try_lock(connection, SWEEPING):
            return
        manager = app.job_manager
        await manager.prune_stalled_workers(rhythm.stalled_after)
        stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=rhythm.stalled_after))
        tries = queued.tries(connection, [job.lock for job in stalled])
        for job in stalled:
            last = -1 if tries.get(job.lock, 0) >= ALONE_AFTER else None
            with contextlib.suppress(_library().exceptions.ConnectorException):  # it has just ended
                await manager.retry_job(job, priority=last)
                log.warning("a stalled job goes to another worker", extra={"job": job.id})
        lost = queued.lost(connection)
        if lost:
            log.warning("jobs that were lost are queued again", extra={"count": len(lost)})
            _defer(_library(), connection, lost)


def _defer(library: ModuleType, connection: Any, keys: Sequence[str]) -> None:
    """A job for each key, in the same transaction as everything else that it does."""
    waiting, sounds = queued.jobs_waiting(connection, keys), queued.to_be_heard(connection, keys)
    jobs = [
        library.jobs.Job(
            id=None, queue=RECORDINGS if key in sounds else DRAFTS, lock=key, queueing_lock=key,
            task_name="draft", task_kwargs={"key": key},
        )
        for key in keys
        if key not in waiting
    ]
    if jobs:
        app = library.App(connector=library.SyncPsycopgConnector())
        app.job_manager.batch_defer_jobs(jobs, connection=queued.driver_of(connection))


def _library() -> ModuleType:
    try:
        import procrastinate
        import procrastinate.exceptions
        import procrastinate.jobs
        import procrastinate.schema
    except ImportError:
        raise HandoffError("A queue needs one more package: pip install 'handoff[cluster]'.") from None
    return procrastinate


def _stamp() -> str:
    return _iso(datetime.now(UTC))


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
