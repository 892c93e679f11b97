"""What reports measure: a row a figure, each over those handoffs of which it can be told, with its n."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from math import sqrt
from statistics import fmean, median
from typing import Literal

from assistant.packet import Noun
from assistant.protocol.handoffs import Handoff

Unit = Literal["percent", "hours", "points", "of_ten"]
Look = Callable[[Handoff, datetime], float | bool | None]
Z = 1.96
"""95 %."""


class Measure(Noun):
    """One figure. `value` is None where no handoff tells; shares come with a 95 % interval (Wilson)."""

    id: str
    label: str
    unit: Unit
    value: float | None
    n: int
    """Of how many handoffs it could be told."""
    low: float | None = None
    high: float | None = None


class MeasureRow(Noun):
    """How a figure is made: a share of yes, the middle, or the mean."""

    id: str
    label: str
    unit: Unit
    how: Literal["share", "median", "mean"]


ROWS: tuple[tuple[MeasureRow, Look], ...] = (
    (
        MeasureRow(id="in_time", label="Meeting held within the SLA", unit="percent", how="share"),
        lambda h, now: h.in_time(now),
    ),
    (
        MeasureRow(id="first_review", label="Accepted at first review", unit="percent", how="share"),
        lambda h, now: None if h.first_review is None else h.first_review == "accept",
    ),
    (
        MeasureRow(id="hours", label="Time from close to acceptance, middle", unit="hours", how="median"),
        lambda h, now: h.hours,
    ),
    (
        MeasureRow(id="score", label="Quality score, of what can be known", unit="points", how="mean"),
        lambda h, now: h.score,
    ),
    (
        MeasureRow(id="completeness", label="Completeness", unit="percent", how="mean"),
        lambda h, now: h.completeness,
    ),
    (
        MeasureRow(id="satisfaction", label="30-day satisfaction", unit="of_ten", how="mean"),
        lambda h, now: h.satisfaction,
    ),
    (
        MeasureRow(id="churned", label="Customers who left, of those accepted", unit="percent", how="share"),
        lambda h, now: None if h.accepted is None and h.churned is None else h.churned is not None,
    ),
)  # fmt: skip
"""In the order in which reports show them."""


def measures(handoffs: Sequence[Handoff], now: datetime) -> tuple[Measure, ...]:
    """Every figure over these handoffs."""
    return tuple(_measure(row, [look(h, now) for h in handoffs]) for row, look in ROWS)


def _measure(row: MeasureRow, told: Sequence[float | bool | None]) -> Measure:
    values = [float(value) for value in told if value is not None]
    made = Measure(id=row.id, label=row.label, unit=row.unit, value=None, n=len(values))
    if not values:
        return made
    if row.how == "share":
        low, high = wilson(sum(values), len(values))
        share = round(100 * fmean(values), 1)
        return made.model_copy(update={"value": share, "low": low, "high": high})
    middle = median(values) if row.how == "median" else fmean(values)
    return made.model_copy(update={"value": round(middle, 1)})


def wilson(yes: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score, in per cent."""
    share, z2 = yes / n, Z * Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return round(100 * max(0.0, centre - half), 1), round(100 * min(1.0, centre + half), 1)
