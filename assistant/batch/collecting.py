"""A batch that other machines draft: its deals are put in line, and what becomes of them is fetched."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from assistant.batch.bundle import pack, unpack
from assistant.batch.drafting import failed
from assistant.batch.hearing import HEARD
from assistant.batch.jobs import Job, content_key, deal_files, fingerprint, has_recording
from assistant.batch.ledger import Ledger
from assistant.batch.rows import Row, from_plain
from assistant.batch.running import Plan
from assistant.errors import HandoffError
from assistant.queue import enqueue, make_ready, take_stock, who_hears
from assistant.store import Store, queued
from assistant.store.engine import StoreError

AT_ONCE, MOST_BYTES = 100, 16_000_000
"""Deals and bytes that go into one transaction."""
COUNTED_EVERY = 10
"""Transactions after which the database counts anew what waits."""
LOOK_EVERY = 1.0
"""Seconds between two looks at what has ended."""
PATIENCE = 300
"""Looks in a row that may find the database away, before that is told as an error."""
SKEW = 10
"""Deals that ended last and are looked at again: two that end at once may be seen in the other order."""


@dataclass(frozen=True)
class Queueing:
    """Where the deals wait, and who is told."""

    store: Store
    reader: str
    on_idle: Callable[[], None] = lambda: None
    """Told once when deals wait and no worker is there."""
    on_deaf: Callable[[int], None] = lambda number: None
    """Told once how many deals with recordings wait while there are workers and none of them hears."""
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Queued:
    """What was put in line: the deals of each key that waits, and the rows of those that need not."""

    waiting: dict[str, list[Job]]
    rows: dict[str, Row]
    fresh: int
    """Deals that were not in line before."""
    sounds: frozenset[str] = frozenset()
    """Keys of the deals that only a worker with an ear takes."""


def put_in_line(jobs: Sequence[Job], plan: Plan, queueing: Queueing, ledger: Ledger) -> Queued:
    """Queue every deal that is not in the ledger; what waits already or is done is not sent again."""
    make_ready(queueing.store)
    found = Queued({}, {}, 0)
    fresh, sounds = 0, set[str]()
    how, ears = _how(plan, queueing.reader), cache(lambda: _ears(plan, queueing.store))
    for at in range(0, len(jobs), AT_ONCE):
        wanted: dict[str, Job] = {}
        for job in jobs[at : at + AT_ONCE]:
            key = content_key(job, plan.identity, ears)
            if row := ledger.done(job, key):
                found.rows[job.name] = replace(row, kept=True)
                plan.on_row(found.rows[job.name])
                continue
            found.waiting.setdefault(key, []).append(job)
            wanted[key] = job
            if ears() and has_recording(job):
                sounds.add(key)
        told = {key: {**how, "ears": ears() if key in sounds else ""} for key in wanted}
        for chunk in _packed(wanted, found, told, queueing.store, plan):
            fresh += len(enqueue(queueing.store, chunk))
        if fresh and (at // AT_ONCE % COUNTED_EVERY == COUNTED_EVERY - 1 or at + AT_ONCE >= len(jobs)):
            take_stock(queueing.store)
    return replace(found, fresh=fresh, sounds=frozenset(sounds))


def collect(found: Queued, plan: Plan, queueing: Queueing, ledger: Ledger) -> None:
    """Fetch what becomes of the deals in line until none waits; rows are added to `found.rows`."""
    since, told, deaf, away = "", False, False, 0
    while found.waiting:
        try:
            with queueing.store.read() as connection:
                ended = queued.ended_since(connection, since)
                idle = not told and not queued.workers(connection)
        except StoreError:
            if (away := away + 1) > PATIENCE:
                raise
            queueing.sleep(LOOK_EVERY)
            continue
        away = 0
        for key, _ in ended:
            for row in _fetched(key, found.waiting.pop(key, []), queueing.store):
                ledger.add(row)
                found.rows[row.deal] = row
                plan.on_row(row)
        since = ended[-SKEW][1] if len(ended) >= SKEW else since
        if found.waiting:
            if idle:
                queueing.on_idle()
                told = True
            if (unheard := found.sounds & found.waiting.keys()) and not (deaf or idle):
                deaf = not who_hears(queueing.store)
                if deaf:
                    queueing.on_deaf(len(unheard))
            queueing.sleep(LOOK_EVERY)


def _how(plan: Plan, reader: str) -> dict[str, Any]:
    """What a worker has to know to draft the same packet."""
    policy = plan.how.policy.read_text("utf-8") if plan.how.policy else None
    return {
        "reader": reader, "as_of": plan.how.as_of.isoformat(), "policy": policy,
        "identity": fingerprint(plan.identity),
    }  # fmt: skip


def _ears(plan: Plan, store: Store) -> str:
    """Who is to hear recordings: the workers' ear, else one like ours; "" where nobody hears."""
    there = who_hears(store)
    return there[0] if there else plan.ears()


def _packed(
    wanted: dict[str, Job], found: Queued, how: dict[str, dict[str, Any]], store: Store, plan: Plan
) -> Iterator[list[dict[str, Any]]]:
    """The deals that the store does not know or that failed there, in chunks that fit a transaction."""
    with store.read() as connection:
        known = queued.states(connection, wanted)
    chunk: list[dict[str, Any]] = []
    size = 0
    for key, job in wanted.items():
        if known.get(key) in ("queued", "done"):
            continue
        try:
            files = pack(deal_files(job.folder))
        except HandoffError as error:
            for other in found.waiting.pop(key):
                found.rows[other.name] = failed(other, key, str(error))
                plan.on_row(found.rows[other.name])
            continue
        chunk.append({"key": key, "name": job.name, "how": how[key], "files": files})
        size += len(files)
        if size >= MOST_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _fetched(key: str, jobs: Sequence[Job], store: Store) -> Iterator[Row]:
    """A row for each of the deals of that key, its documents written."""
    if not jobs:
        return
    with store.read() as connection:
        ended = queued.result(connection, key)
    for job in jobs:
        row = replace(from_plain(ended.row), deal=job.name) if ended else failed(job, key, "It is gone.")
        if ended and ended.result:
            _write(ended.result, job.out)
        yield row


def _write(documents: bytes, out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / HEARD).unlink(missing_ok=True)
        unpack(documents, out)
    except OSError as error:
        raise HandoffError(
            f"Cannot write to '{out}': {error.strerror}. Choose another folder with --out."
        ) from None
