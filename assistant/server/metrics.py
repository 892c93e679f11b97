"""Numbers for Prometheus at /metrics: the queue, what drafts took, clocks that ran out. No name of any deal.

Counts are kept in the store, so that every server shows those of all servers and workers together.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from assistant.desk import Desk
from assistant.desk.timing import clocks_now
from assistant.protocol.clocks import breaches
from assistant.protocol.rights import reach
from assistant.settings import Settings
from assistant.store import meters, queued
from assistant.store.deals import find_deals

PLACE = "/metrics"
COUNTERS = {
    "drafts": "Packets that were drafted.",
    "drafts_failed": "Drafts that ended in an error.",
    "draft_seconds": "Seconds that drafts took.",
    "model_calls": "Calls of the chat model that were paid.",
    "tokens": "Tokens that drafts rest on, read and written.",
    "cost": "US dollars that drafts rest on.",
    "quotes_rejected": "Quotes that were not found in the sources.",
}
"""Name in the store's meters -> what it counts."""
FRESH = timedelta(seconds=30)
"""How long the clocks of all deals are not computed anew."""


class Figures:
    """What is collected when Prometheus asks."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._lock = desk, Lock()
        self._breached: tuple[datetime, dict[str, int]] | None = None

    def collect(self) -> Iterator[Any]:
        """Families of metrics, as the library wants them."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        with self._desk.store.read() as connection:
            counted, states = meters.read(connection), queued.counts(connection)
            census, oldest = meters.census(connection), meters.oldest_waiting(connection)
        for name, what in COUNTERS.items():
            yield CounterMetricFamily(f"handoff_{name}", what, value=counted.get(name, 0.0))
        yield _gauges(GaugeMetricFamily, "handoff_queue_deals", "Deals in the queue.", "state", states)
        yield GaugeMetricFamily(
            "handoff_queue_oldest_seconds", "How long a deal has waited.", value=self._age(oldest)
        )
        yield _gauges(GaugeMetricFamily, "handoff_deals", "Deals on the desk.", "status", census)
        late = self._late()
        yield _gauges(GaugeMetricFamily, "handoff_clocks_breached", "Clocks that ran out.", "clock", late)

    def _age(self, since: str | None) -> float:
        return (self._desk.now() - datetime.fromisoformat(since)).total_seconds() if since else 0.0

    def _late(self) -> dict[str, int]:
        """Clock -> deals in which it ran out and what it asks for is not done."""
        now = self._desk.now()
        with self._lock:
            if self._breached is None or now - self._breached[0] > FRESH:
                with self._desk.store.read() as connection:
                    rows = find_deals(connection)
                found = Counter(c.id for row in rows for c in breaches(clocks_now(self._desk, row)))
                self._breached = (now, dict(sorted(found.items())))
            return self._breached[1]


def _gauges(family: Any, name: str, what: str, label: str, values: dict[str, int]) -> Any:
    made = family(name, what, labels=[label])
    for key, value in values.items():
        made.add_metric([key], value)
    return made


def metric_routes(desk: Desk, settings: Settings) -> APIRouter:
    """GET /metrics, for those who may see the audit log and for whoever sends HANDOFF_METRICS_TOKEN."""
    router, figures = APIRouter(), Figures(desk)

    @router.get(PLACE)
    def metrics(request: Request) -> Response:
        if not _may(request, settings):
            return PlainTextResponse("Sign in as ops or administrator, or send the metrics token.", 401)
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

        registry = CollectorRegistry(auto_describe=False)
        registry.register(figures)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return router


def _may(request: Request, settings: Settings) -> bool:
    user = request.state.user
    if user is not None and reach(user, "see_audit") == "all":
        return True
    sent = request.headers.get("authorization", "").removeprefix("Bearer ")
    wanted = settings.metrics_token.get_secret_value() if settings.metrics_token else ""
    return bool(wanted) and hmac.compare_digest(sent.encode(), wanted.encode())
