"""One recording at a time on a machine, whichever of its processes hears: whoever comes second waits."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.settings import Settings

PAUSE = 0.5
"""Seconds between two looks whether it is our turn."""
FILE_NAME = "hearing.lock"


@contextmanager
def one_at_a_time(settings: Settings, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Held while something is heard; `on_wait` is told every so often while another one is at it.

    The lock is the operating system's: who dies holds it no more.
    """
    folder = settings.data_dir.expanduser()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / FILE_NAME).open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                on_wait()
                time.sleep(PAUSE)
        yield
