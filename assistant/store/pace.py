"""The provider's limits, kept by all workers on all machines together: one row a provider in the database."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, select, text, update

from assistant.settings import Settings
from assistant.store.engine import Store
from assistant.store.queue_tables import paces
from assistant.store.writes import insert_once

WINDOW = 61
"""Seconds that a request counts after the second in which it was let out: a minute, and one second for what
is longer under way than the one before it."""
SHORTEST, LONGEST = 0.05, 5.0
"""Bounds of a wait before it is asked again, in seconds."""


class SharedPace:
    """The same words as the `Pace` of one process: `wait` until a request may go out, `pause` for everybody.

    Requests and tokens are counted by the second of the database's clock, so that machines need not agree on
    the time and a row stays small at any limit.
    """

    def __init__(
        self,
        store: Store,
        endpoint: str,
        requests: int | None = None,
        tokens: int | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store, self._endpoint = store, endpoint[:300]
        self._requests, self._tokens = requests, tokens
        self._sleep, self._clock = sleep, clock
        row = {"endpoint": self._endpoint, "closed_until": 0.0, "sent": {}}
        with store.write() as connection:
            insert_once(connection, paces, row)

    def wait(self, tokens: int) -> None:
        """Return when a request of so many tokens may go out; it then counts as sent."""
        while delay := self._try(tokens):
            self._sleep(min(max(delay, SHORTEST), LONGEST))

    def pause(self, seconds: float) -> None:
        """The provider asked for patience: no machine goes out before that."""
        with self._store.write() as connection:
            closed, _ = self._row(connection)
            until = max(closed, self._now(connection) + seconds)
            self._set(connection, closed_until=until)

    def _try(self, tokens: int) -> float:
        """0 when the request was let out, else the seconds after which to ask again."""
        with self._store.write() as connection:
            closed, sent = self._row(connection)
            now = self._now(connection)
            if now < closed:
                return closed - now
            if not (self._requests or self._tokens):
                return 0.0
            recent = {second: counts for second, counts in sent.items() if int(second) + WINDOW > now}
            if recent and self._full(recent, tokens):
                return min(map(int, recent)) + WINDOW - now
            before = recent.get(str(int(now)), [0, 0])
            recent[str(int(now))] = [before[0] + 1, before[1] + tokens]
            self._set(connection, sent=recent)
            return 0.0

    def _full(self, recent: dict[str, list[int]], tokens: int) -> bool:
        """A request larger than a minute's tokens goes out alone, or it never would."""
        if self._requests and sum(count for count, _ in recent.values()) >= self._requests:
            return True
        return bool(self._tokens and sum(n for _, n in recent.values()) + tokens > self._tokens)

    def _row(self, connection: Connection) -> tuple[float, dict[str, list[int]]]:
        query = select(paces.c.closed_until, paces.c.sent).where(paces.c.endpoint == self._endpoint)
        closed, sent = connection.execute(query.with_for_update()).one()
        return closed, dict(sent)

    def _set(self, connection: Connection, **values: Any) -> None:
        connection.execute(update(paces).where(paces.c.endpoint == self._endpoint).values(**values))

    def _now(self, connection: Connection) -> float:
        """The database's clock; an embedded one has this machine's."""
        if self._store.is_sqlite:
            return self._clock()
        return float(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())


def pace_of(settings: Settings, store: Store) -> SharedPace | None:
    """The pace that all workers on this store share; None without a limit, and where nobody shares."""
    requests, tokens = settings.requests_per_minute, settings.tokens_per_minute
    if store.is_sqlite or not (requests or tokens):
        return None
    endpoint = f"{settings.model} {settings.base_url or ''}"
    return SharedPace(store, endpoint, requests, tokens)
