"""What a worker does with a deal out of the queue: it ends once, with documents or the reason why not."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing import active_children
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from databases import ready_settings, settings_for
from desks import CHEAP, FILES, MIA, QuickReader, make_desk, submitted
from sqlalchemy import Connection

from assistant.batch.bundle import pack
from assistant.batch.drafting import How, failed
from assistant.batch.jobs import Job, fingerprint, identity_of
from assistant.batch.processes import BROKE, draft_alone
from assistant.batch.rows import Row
from assistant.batch.work import KEPT_FOR, OTHER, TAKEN_DOWN, DeskWork
from assistant.cli.worker import clocks_of
from assistant.documents import DRAFTED
from assistant.errors import HandoffError
from assistant.queue import ALONE_AFTER, MOST_TRIES, enqueue, make_ready
from assistant.stopping import Stopping
from assistant.store import Store, meters, open_store, queued
from assistant.store.engine import StoreError
from assistant.store.messages import find_messages
from assistant.store.queued import Ended
from assistant.store.users import UsersFile

DAY = date(2026, 5, 18)
NOON = datetime(2026, 5, 18, 12, tzinfo=UTC)


@pytest.fixture
def work(tmp_path: Path) -> DeskWork:
    settings = ready_settings(tmp_path / "store")
    reader = lambda name, deal: QuickReader()  # noqa: E731
    return DeskWork(settings, open_store(settings), now=lambda: NOON, reader_of=reader)


def put(work: DeskWork, tmp_path: Path, files: dict[str, bytes], policy: str | None = None) -> str:
    """A deal in line; its key."""
    for name, content in files.items():
        (tmp_path / "deal" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "deal" / name).write_bytes(content)
    file = tmp_path / "policy.toml" if policy else None
    if file is not None and policy:
        file.write_text(policy, "utf-8")
    how: dict[str, Any] = {
        "reader": "embedded", "as_of": DAY.isoformat(), "policy": policy,
        "identity": fingerprint(identity_of(work.settings, "embedded", DAY, file)),
    }  # fmt: skip
    body = pack((tmp_path / "deal" / name, name) for name in files)
    with work.store.write() as connection:
        deal = {"key": "k", "name": "fernhill", "how": how, "files": body}
        queued.add(connection, [deal], NOON.isoformat())
    return "k"


def ended(work: DeskWork) -> Ended:
    with work.store.read() as connection:
        found = queued.result(connection, "k")
    assert found is not None
    return found


def test_a_deal_ends_with_its_documents_its_row_and_its_counts(work: DeskWork, tmp_path: Path) -> None:
    files = {**FILES, "deal.yaml": b"customer: Fernhill Foods\n"}
    put(work, tmp_path, files, "[payment]\nstandard_days = 45\n")
    work.draft("k")
    found = ended(work)
    assert (found.row["account"], found.row["error"]) == ("Fernhill Foods", "")
    assert found.result is not None
    assert zipfile.ZipFile(io.BytesIO(found.result)).namelist() == list(DRAFTED)
    with work.store.read() as connection:
        assert meters.read(connection)["drafts"] == 1
    work.draft("k")
    with work.store.read() as connection:
        assert meters.read(connection)["drafts"] == 1


def test_what_is_wrong_with_a_deal_names_the_deal_and_no_place_on_the_worker(
    work: DeskWork, tmp_path: Path
) -> None:
    put(work, tmp_path, {})
    work.draft("k")
    assert ended(work).row["error"] == "No file in 'fernhill' could be read. It holds none."
    with work.store.read() as connection:
        assert queued.counts(connection)["failed"] == 1


def test_a_worker_with_another_model_version_or_policy_refuses(work: DeskWork, tmp_path: Path) -> None:
    put(work, tmp_path, FILES)
    with work.store.write() as connection:
        how = {"reader": "embedded", "as_of": DAY.isoformat(), "policy": None, "identity": "other"}
        connection.exec_driver_sql("DELETE FROM queued_deal")
        queued.add(connection, [{"key": "k", "name": "x", "how": how, "files": b""}], NOON.isoformat())
    work.draft("k")
    assert ended(work).row["error"] == OTHER


def test_a_deal_that_takes_its_worker_down_every_time_is_given_up(work: DeskWork, tmp_path: Path) -> None:
    put(work, tmp_path, FILES)
    for _ in range(MOST_TRIES):
        with work.store.write() as connection:
            queued.take(connection, "k")  # and the worker dies
    work.draft("k")
    assert ended(work).row["error"] == TAKEN_DOWN


def test_a_deal_that_has_lost_workers_is_drafted_in_a_process_of_its_own(
    work: DeskWork, tmp_path: Path
) -> None:
    alone: list[str] = []

    def dies(job: Job, key: str, how: How) -> Row:
        alone.append(job.name)
        return failed(job, key, f"It died in {job.folder}.")

    put(work, tmp_path, FILES)
    for _ in range(ALONE_AFTER):
        with work.store.write() as connection:
            queued.take(connection, "k")
    replace(work, alone=dies).draft("k")
    assert (alone, ended(work).row["error"]) == (["fernhill"], "It died in fernhill.")


def test_a_deal_whose_own_process_is_killed_twice_is_at_fault_and_nobody_else_is_lost(
    tmp_path: Path,
) -> None:
    rows: list[Row] = []
    job = Job("fernhill", tmp_path / "deal", tmp_path / "out")
    drafting = Thread(target=lambda: rows.append(draft_alone(job, "k", How(DAY))))
    drafting.start()
    while drafting.is_alive():
        for child in active_children():
            child.kill()
        drafting.join(0.02)
    assert rows[0].error == BROKE.format(job.folder)


class AwayStore(Store):
    """A store that is away when it is written to for the second and third time."""

    @contextmanager
    def write(self) -> Iterator[Connection]:
        AWAY.append(True)
        if len(AWAY) in (2, 3):
            raise StoreError("The store cannot be used.")
        with super().write() as connection:
            yield connection


AWAY: list[bool] = []


def test_what_was_drafted_is_kept_although_the_database_was_away_meanwhile(
    work: DeskWork, tmp_path: Path
) -> None:
    put(work, tmp_path, FILES)
    waits: list[float] = []
    AWAY.clear()
    replace(work, store=AwayStore(work.store.engine, ""), sleep=waits.append).draft("k")
    assert (ended(work).row["error"], len(waits)) == ("", 2)


def test_a_database_that_is_lost_while_drafting_is_no_fault_of_the_deal(
    work: DeskWork, tmp_path: Path
) -> None:
    def lost(name: str, deal: str) -> QuickReader:
        raise StoreError("The store cannot be used.")

    put(work, tmp_path, FILES)
    with pytest.raises(StoreError):
        replace(work, reader_of=lost).draft("k")
    with work.store.read() as connection:
        assert queued.counts(connection)["queued"] == 1


def test_a_worker_that_is_told_to_stop_again_is_stopped_once() -> None:
    async def begun(stopping: Stopping) -> int:
        task = asyncio.create_task(asyncio.sleep(60))
        stopping.cancel(task)
        for which in (signal.SIGINT, signal.SIGTERM, signal.SIGTERM):
            os.kill(os.getpid(), which)
        with contextlib.suppress(asyncio.CancelledError):
            await task
        return task.cancelling()

    before = {which: signal.getsignal(which) for which in (signal.SIGINT, signal.SIGTERM)}
    try:
        with Stopping().heard() as stopping:
            assert (asyncio.run(begun(stopping)), stopping.asked) == (1, True)
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)


def test_results_are_forgotten_after_a_while_and_clocks_are_looked_at(work: DeskWork, tmp_path: Path) -> None:
    looked: list[bool] = []
    put(work, tmp_path, {})
    work.draft("k")
    replace(work, clocks=lambda: looked.append(True)).tick()
    ended(work)
    replace(work, now=lambda: NOON + KEPT_FOR + timedelta(days=1)).tick()
    with work.store.read() as connection:
        assert queued.result(connection, "k") is None
    assert looked == [True]


@pytest.mark.usefixtures("postgres_server")
def test_a_queue_that_somebody_else_just_made_is_seen_at_once(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A worker and a batch that start together both make the queue: the second must find the first one's."""
    settings = settings_for("postgres", tmp_path, request)
    mine, others = open_store(settings), open_store(settings)
    with mine.write() as connection:
        assert not queued.has_table(connection, "procrastinate_jobs")
        make_ready(others)
        assert queued.has_table(connection, "procrastinate_jobs")
    make_ready(mine)


def test_a_queue_without_postgresql_names_the_remedy(work: DeskWork) -> None:
    with pytest.raises(HandoffError, match="HANDOFF_DATABASE_URL"):
        enqueue(work.store, [])


def test_a_workers_clocks_know_who_receives_their_messages(tmp_path: Path) -> None:
    settings = ready_settings(tmp_path)
    mia = MIA.model_copy(update={"email": "mia@cartwheel.example"})
    UsersFile(tmp_path / "users.json", CHEAP).add(mia, None)
    store = open_store(settings)
    deal = submitted(replace(make_desk(store), now=lambda: datetime.now(UTC))).deal.id
    clocks_of(settings)()
    with store.read() as connection:
        told = [message for message in find_messages(connection, deal) if message.kind == "submitted"]
    assert "mia@cartwheel.example" in {person["email"] for message in told for person in message.people}
