"""How a worker is told to stop: what it has begun is ended first, and a second Ctrl-C ends it at once."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

AT_ONCE = 130
"""Exit code of a worker that was told twice; its deals go to others after its silence."""
log = logging.getLogger("handoff.queue")


class Stopping:
    """Whether somebody has asked the worker to stop."""

    def __init__(self) -> None:
        self.asked = False
        self._working: tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]] | None = None

    @contextlib.contextmanager
    def heard(self) -> Iterator[Stopping]:
        """Inside, Ctrl-C and SIGTERM ask to stop, and no more than that: a terminal, a service and the
        process that started this one may all pass the same wish on. Who was asked is not asked again."""
        if threading.current_thread() is not threading.main_thread():  # the others hear no signals
            yield self
            return
        both = (signal.SIGINT, signal.SIGTERM)
        before = {which: signal.signal(which, self._told) for which in both}
        try:
            yield self
        finally:
            if not self.asked:
                for which, handler in before.items():
                    signal.signal(which, handler)

    def cancel(self, task: asyncio.Task[Any]) -> None:
        """The task to cancel, once, when somebody asks; at once where somebody has."""
        self._working = asyncio.get_running_loop(), task
        if self.asked:
            task.cancel()

    def _told(self, which: int, frame: object) -> None:
        if not self.asked:
            self.asked = True
            log.info("stopping when what was begun is done")
            if self._working is not None:
                loop, task = self._working
                with contextlib.suppress(RuntimeError):  # that loop is closed: nothing was begun
                    loop.call_soon_threadsafe(task.cancel)
        elif which == signal.SIGINT:
            os._exit(AT_ONCE)
