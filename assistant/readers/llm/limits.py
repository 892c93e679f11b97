"""Pace: never more requests or tokens in a minute than the provider allows, whoever asks at once."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

MINUTE = 60.0


class Limits(Protocol):
    """Whoever says when a request may go out: `Pace` in one process, the store's for several machines."""

    def wait(self, tokens: int) -> None: ...

    def pause(self, seconds: float) -> None: ...


@dataclass(frozen=True)
class Traffic:
    """What several deals that are read at once share: the pace, and how many calls may be under way."""

    pace: Limits
    under_way: threading.Semaphore


class Pace:
    """A minute's window over requests and tokens that all threads share. Without limits it never waits."""

    def __init__(
        self,
        requests: int | None = None,
        tokens: int | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._requests, self._tokens = requests, tokens
        self._clock, self._sleep = clock, sleep
        self._sent: deque[tuple[float, int]] = deque()
        self._closed_until = 0.0
        self._lock = threading.Lock()

    def wait(self, tokens: int) -> None:
        """Return when a request of so many tokens may go out; it then counts as sent."""
        while delay := self._try(tokens):
            self._sleep(delay)

    def pause(self, seconds: float) -> None:
        """The provider asked for patience: nobody goes out before that."""
        with self._lock:
            self._closed_until = max(self._closed_until, self._clock() + seconds)

    def _try(self, tokens: int) -> float:
        """0 when the request was let out, else the seconds after which to ask again."""
        with self._lock:
            now = self._clock()
            if now < self._closed_until:
                return self._closed_until - now
            while self._sent and self._sent[0][0] <= now - MINUTE:
                self._sent.popleft()
            if self._sent and self._full(tokens):
                return max(self._sent[0][0] + MINUTE - now, 0.01)
            if self._requests or self._tokens:
                self._sent.append((now, tokens))
            return 0.0

    def _full(self, tokens: int) -> bool:
        """A request larger than a minute's tokens goes out alone, or it never would."""
        if self._requests and len(self._sent) >= self._requests:
            return True
        return bool(self._tokens and sum(n for _, n in self._sent) + tokens > self._tokens)
