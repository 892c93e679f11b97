"""The clocks of a desk that is served: a thread that looks at them every so often."""

from __future__ import annotations

import logging
import os
import socket
import threading
from types import TracebackType

from assistant.desk import Desk
from assistant.desk.ticking import Outgoing, Ticked, Watch, tick_clocks
from assistant.errors import HandoffError
from assistant.outbox import sender_of
from assistant.settings import Settings

LOG = logging.getLogger("handoff.tick")


def outgoing(settings: Settings) -> Outgoing:
    """The way out that the settings name. Raises HandoffError where they do not say enough."""
    base = settings.desk_url or f"http://{settings.host}:{settings.port}"
    return Outgoing(sender_of(settings), settings.send_by, base)


class Ticker:
    """Looks at the clocks every `seconds` for as long as the `with` lasts; 0: never."""

    def __init__(self, desk: Desk, out: Outgoing, seconds: float) -> None:
        self._desk, self._out, self._seconds = desk, out, seconds
        self._stop, self._watch = threading.Event(), Watch()
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)
        self._holder = f"{socket.gethostname()[:40]} {os.getpid()}"

    def __enter__(self) -> Ticker:
        if self._seconds:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(30)

    def _run(self) -> None:
        while not self._stop.wait(self._seconds):
            try:
                tell(tick_clocks(self._desk, self._out, holder=self._holder, watch=self._watch))
            except HandoffError as error:
                LOG.warning("the clocks were not looked at: %s", error)
            except Exception:  # the next look may do better, and the desk goes on without
                LOG.exception("the clocks were not looked at")


def tell(done: Ticked) -> None:
    """Into the log: what went out, and what a person has to see to."""
    for outcome in done.outcomes:
        level = logging.INFO if outcome.state in ("sent", "waiting") else logging.ERROR
        LOG.log(level, "%s", outcome)
    for problem in done.problems:
        LOG.error("%s", problem)
