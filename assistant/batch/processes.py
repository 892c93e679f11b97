"""Worker processes that stay warm: each keeps the reader loaded and drafts deal after deal on one core.

A worker that dies takes nobody along: its deal is given to a new one, once. All of them are in the process
group of whoever started the batch, and end with it.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from multiprocessing import connection, get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from assistant.batch.drafting import How, draft_job, failed
from assistant.batch.hearing import Told
from assistant.batch.jobs import Job
from assistant.batch.rows import Row

DEAL_SECONDS = 900.0
"""A deal that takes longer is given up; a large one takes seconds."""
MOST_DEALS = 500
"""Deals after which a worker is replaced, so that what it keeps in memory stays bounded."""
BROKE = (
    "The program was killed while drafting it, twice (out of memory, perhaps). "
    "Draft it alone: handoff draft {}"
)
SLOW = "Drafting took more than {:.0f} s and was given up. Draft it alone: handoff draft {}"
GARBAGE = 50_000
"""Objects made between two looks for unreachable ones, which are also looked for after DEALS_A_LOOK deals."""
DEALS_A_LOOK = 5
_SETTLED = count()
Task = tuple[Job, str]
_CONTEXT = get_context("spawn")


@dataclass
class Worker:
    """A process, the pipe to it, and what it is doing."""

    process: SpawnProcess
    pipe: Connection
    task: Task | None = None
    tries: int = 1
    until: float = 0.0
    drafted: int = 0

    def give(self, task: Task, tries: int, seconds: float) -> None:
        """Have it draft this deal."""
        self.task, self.tries, self.until = task, tries, time.monotonic() + seconds
        try:
            self.pipe.send(task)
        except OSError:
            return  # it died meanwhile: reading its answer tells

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def run_processes(
    tasks: Iterator[Task], how: How, most: int, begun: Callable[[str], None], seconds: float = DEAL_SECONDS
) -> Iterator[Row]:
    """The rows as they come, `most` workers at a time. Tasks are taken when somebody is free for them."""
    workers: list[Worker] = []
    try:
        for task in tasks:
            rows: list[Row] = []
            while len(workers) >= most and all(worker.task for worker in workers):
                rows += _arrived(workers, how, seconds, begun)
            begun(task[0].name)
            free = next((worker for worker in workers if worker.task is None), None)
            if free is None:
                workers.append(free := _started(how))
            free.give(task, 1, seconds)
            yield from rows  # they are written down while the next deal is drafted
        while any(worker.task for worker in workers):
            yield from _arrived(workers, how, seconds, begun)
    finally:
        for worker in workers:
            worker.stop()


def draft_alone(job: Job, key: str, how: How) -> Row:
    """The deal's row, drafted in a process that dies alone where the deal is too much for it."""
    return next(run_processes(iter([(job, key)]), how, 1, lambda name: None))


def _arrived(workers: list[Worker], how: How, seconds: float, told: Told) -> Iterator[Row]:
    """Wait until somebody is done, dead or late; the rows of those that are done."""
    busy = {worker.pipe: worker for worker in workers if worker.task}
    soonest = min(worker.until for worker in busy.values()) - time.monotonic()
    ready = connection.wait(list(busy), timeout=max(soonest, 0))
    for pipe in ready:
        yield from _answer(busy[pipe], workers, how, seconds, told)  # type: ignore[index]
    for worker in busy.values():
        if worker.task and worker.pipe not in ready and worker.until <= time.monotonic():
            (job, key), slow = worker.task, SLOW.format(seconds, worker.task[0].folder)
            _replace(worker, workers, how)
            yield failed(job, key, slow, seconds)


def _answer(
    worker: Worker, workers: list[Worker], how: How, seconds: float, told: Told
) -> Iterator[Row]:
    assert worker.task is not None
    (job, key), tries = worker.task, worker.tries
    try:
        row: Row | str = worker.pipe.recv()
    except (EOFError, OSError):
        fresh = _replace(worker, workers, how)
        if tries == 1:
            fresh.give((job, key), 2, seconds)
        else:
            yield failed(job, key, BROKE.format(job.folder))
        return
    if isinstance(row, str):  # it hears a recording, which takes its time
        worker.until = time.monotonic() + seconds
        told(row)
        return
    worker.task, worker.drafted = None, worker.drafted + 1
    if worker.drafted >= MOST_DEALS:
        _replace(worker, workers, how)
    yield row


def _replace(worker: Worker, workers: list[Worker], how: How) -> Worker:
    worker.stop()
    fresh = workers[workers.index(worker)] = _started(how)
    return fresh


def _started(how: How) -> Worker:
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=serve, args=(theirs, how), daemon=True)
    process.start()
    theirs.close()
    return Worker(process, ours)


def serve(pipe: Connection, how: How) -> None:
    """A worker's life: draft what comes until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    policy = how.load()
    keep_to_one_core()
    while True:
        try:
            job, key = pipe.recv()
            pipe.send(draft_job(job, key, how, policy, "embedded", pipe.send))
            settle()
        except (EOFError, OSError):
            return


def keep_to_one_core() -> None:
    """Let this process compute in one thread, and seldom look for garbage: it drafts deal after deal, and
    there is such a process for each core."""
    from assistant.meanings.similarity import compute_when_asked

    compute_when_asked()
    gc.set_threshold(GARBAGE)


def settle() -> None:
    """After a deal: look for garbage now and then, for a Word document is some. What is loaded by the end of
    the first deal stays and is passed over from then on, so that a look is quick."""
    if gc.get_threshold()[0] != GARBAGE:
        return  # a process that does other things too
    if next(_SETTLED) % DEALS_A_LOOK == 0:
        gc.collect()
    if not gc.get_freeze_count():
        gc.freeze()


def _end_with_parent() -> None:
    """Nobody drafts for somebody who was killed."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
