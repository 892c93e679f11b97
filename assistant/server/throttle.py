"""Wrong passwords slow the next try down, for the person at that address, for the address, for the login."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Lock

WINDOW = timedelta(minutes=15)
MOST = {"person": 5, "address": 20, "login": 50}
"""Wrong tries within the window. A login from elsewhere is not shut out by somebody who only knows its name
until far more tries were made."""
MOST_KEYS = 10_000


class Throttle:
    """Counts wrong tries in memory; times are handed in."""

    def __init__(self) -> None:
        self._wrong: dict[tuple[str, str], deque[datetime]] = {}
        self._lock = Lock()

    def wait(self, login: str, address: str, now: datetime) -> timedelta:
        """How long this try has to wait; zero: go ahead."""
        with self._lock:
            waits = [self._left(kind, key, now) for kind, key in _keys(login, address)]
        return max(waits, default=timedelta(0))

    def failed(self, login: str, address: str, now: datetime) -> None:
        """The password was wrong."""
        with self._lock:
            if len(self._wrong) > MOST_KEYS:
                self._forget(now)
            for key in _keys(login, address):
                self._wrong.setdefault(key, deque(maxlen=MOST[key[0]])).append(now)

    def succeeded(self, login: str, address: str) -> None:
        """The person is known at that address again."""
        with self._lock:
            self._wrong.pop(("person", f"{login}\n{address}"), None)

    def _left(self, kind: str, key: str, now: datetime) -> timedelta:
        tries = self._wrong.get((kind, key), deque())
        recent = [at for at in tries if at > now - WINDOW]
        return recent[0] + WINDOW - now if len(recent) >= MOST[kind] else timedelta(0)

    def _forget(self, now: datetime) -> None:
        old = [key for key, tries in self._wrong.items() if tries[-1] <= now - WINDOW]
        for key in old or list(self._wrong)[: MOST_KEYS // 2]:
            del self._wrong[key]


def _keys(login: str, address: str) -> Iterator[tuple[str, str]]:
    yield "person", f"{login}\n{address}"
    yield "address", address
    yield "login", login
