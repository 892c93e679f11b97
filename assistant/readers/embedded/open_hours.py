"""The hours of the day that a promise gives, held against those of a clause."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.hours import Hours
from assistant.evidence.units import Outcome


def compare_hours(promised: Hours, agreed: Sequence[Hours]) -> tuple[Outcome, str, str] | None:
    """The outcome and both hours in words; longer hours are better. None where the clause has no hours."""
    if not agreed:
        return None
    nearest = min(agreed, key=lambda h: abs(h.start - promised.start) + abs(h.end - promised.end))
    outcome: Outcome = "worse"
    if abs(nearest.start - promised.start) + abs(nearest.end - promised.end) < 0.01:
        outcome = "equal"
    elif promised.start < nearest.start or promised.end > nearest.end:
        outcome = "better"
    return outcome, clock(promised), clock(nearest)


def clock(hours: Hours) -> str:
    """ "07:00 to 23:00"."""
    return " to ".join(f"{int(h):02d}:{round(h % 1 * 60):02d}" for h in (hours.start, hours.end))
