"""The monthly quality review and the quarterly protocol review: one page out of the same handoffs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assistant.packet import Noun
from assistant.protocol.handoffs import Handoff
from assistant.protocol.measures import Measure, measures
from assistant.protocol.policy import Policy
from assistant.protocol.reports import Gap, Habit, Line, gaps, habits, lines, month_of, quarter_of


class QualityReview(Noun):
    """A period, the one before it, and whom to talk about."""

    period: str
    """ "2026-05" or "2026-Q2"."""
    n: int
    measures: tuple[Measure, ...]
    before: tuple[Measure, ...]
    """The same figures of the period before."""
    n_before: int
    by_team: tuple[Line, ...]
    gaps: tuple[Gap, ...]
    habits: tuple[Habit, ...]
    substandard: tuple[str, ...]
    """Ids of handoffs whose whole score is known and below the last band: to be remedied."""
    escalated: tuple[str, ...]
    """Rejected so often that sales leadership was told."""
    late: tuple[str, ...]
    """Whose meeting was not held within the SLA."""


def quality_review(
    handoffs: Sequence[Handoff], period: str, policy: Policy, now: datetime
) -> QualityReview:
    """The page of a month ("2026-05") or a quarter ("2026-Q2")."""
    key = quarter_of if "Q" in period else month_of
    held = [h for h in handoffs if key(h) == period]
    earlier = [h for h in handoffs if key(h) == previous(period)]
    enough = policy.review.rejections_before_escalation
    return QualityReview(
        period=period, n=len(held), n_before=len(earlier),
        measures=measures(held, now), before=measures(earlier, now),
        by_team=lines(held, "team", policy, now), gaps=gaps(held, most=5), habits=habits(held, policy)[:5],
        substandard=tuple(h.id for h in held if h.band == "substandard"),
        escalated=tuple(h.id for h in held if h.rejections >= enough),
        late=tuple(h.id for h in held if h.in_time(now) is False),
    )  # fmt: skip


def previous(period: str) -> str:
    """The month or quarter before."""
    year, number = int(period[:4]), int(period[-1] if "Q" in period else period[5:])
    last, shape = (4, "{}-Q{}") if "Q" in period else (12, "{}-{:02d}")
    return shape.format(year, number - 1) if number > 1 else shape.format(year - 1, last)
