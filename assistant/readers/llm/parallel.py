"""Jobs side by side in threads that never keep a program from ending."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

R = TypeVar("R")


def in_parallel(jobs: Sequence[Callable[[], R]], most: int) -> list[R]:
    """The results in the order of the jobs. After a failure no further job begins, those that run are waited
    for, and the first failure is raised."""
    if len(jobs) <= 1:
        return [job() for job in jobs]
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in range(len(jobs)):
        waiting.put(number)
    results: dict[int, R] = {}
    failures: dict[int, BaseException] = {}

    def work() -> None:
        while not failures:
            try:
                number = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                results[number] = jobs[number]()
            except BaseException as failure:
                failures[number] = failure

    # Daemons, so that Ctrl-C ends the program instead of waiting for minutes for a slow model.
    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(most, len(jobs)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[min(failures)]
    return [results[number] for number in range(len(jobs))]
