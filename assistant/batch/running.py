"""A batch from its first deal to its last: what is done is kept, the rest is drafted side by side."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.batch.drafting import How, draft_job
from assistant.batch.jobs import Job, content_key
from assistant.batch.ledger import Ledger
from assistant.batch.processes import Task, run_processes
from assistant.batch.rows import Row
from assistant.readers import Reader

WAITING_READERS = 4
"""Deals that a chat model reads side by side in one process: mostly they wait for it."""


@dataclass(frozen=True)
class Plan:
    """How a batch is drafted."""

    how: How
    identity: str
    """What the keys of all its deals share; see `identity_of`."""
    most: int | None = None
    """Deals side by side; None: one a core, or WAITING_READERS with a reader that waits for a model."""
    reader_of: Callable[[Path], Reader] | None = None
    """Makes the reader of a deal's folder, to be used by threads of this process. None: the embedded reader
    in a process a core."""
    ears: Callable[[], str] = field(default=lambda: "")
    """Who hears recordings, as a key knows it; see `content_key`."""
    on_begin: Callable[[str], None] = field(default=lambda name: None)
    on_row: Callable[[Row], None] = field(default=lambda row: None)


def run(jobs: Sequence[Job], plan: Plan, ledger: Ledger) -> list[Row]:
    """A row a deal, in the order of `jobs`. Finished deals are in the ledger however this ends."""
    rows: dict[str, Row] = {}

    def told(row: Row) -> None:
        rows[row.deal] = row
        plan.on_row(row)

    waiting = _waiting(jobs, plan, ledger, told)
    drafted = (
        _run_threads(waiting, plan) if plan.reader_of
        else run_processes(waiting, plan.how, plan.most or cores(), plan.on_begin)
    )  # fmt: skip
    for row in drafted:
        ledger.add(row)
        told(row)
    return [rows[job.name] for job in jobs]


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _waiting(
    jobs: Sequence[Job], plan: Plan, ledger: Ledger, told: Callable[[Row], None]
) -> Iterator[Task]:
    """What is still to be drafted; what was done before is told on the way."""
    for job in jobs:
        key = content_key(job, plan.identity, plan.ears)
        if row := ledger.done(job, key):
            told(replace(row, kept=True))
        else:
            yield job, key


def _run_threads(tasks: Iterator[Task], plan: Plan) -> Iterator[Row]:
    """Threads, for readers that wait for a model. They are daemons: Ctrl-C ends without waiting for it."""
    assert plan.reader_of is not None
    reader_of, policy = plan.reader_of, plan.how.load()
    results: queue.SimpleQueue[Row | BaseException] = queue.SimpleQueue()
    turn = threading.Lock()

    def work() -> None:
        try:
            while True:
                with turn:
                    task = next(tasks, None)
                if task is None:
                    return
                plan.on_begin(task[0].name)
                reader = reader_of(task[0].folder)
                results.put(draft_job(*task, plan.how, policy, reader, plan.on_begin))
        except BaseException as failure:
            results.put(failure)
        finally:
            results.put(StopIteration())

    most = plan.most or WAITING_READERS
    for _ in range(most):
        threading.Thread(target=work, daemon=True).start()
    while most:
        found = results.get()
        if isinstance(found, StopIteration):
            most -= 1
        elif isinstance(found, BaseException):
            raise found
        else:
            yield found
