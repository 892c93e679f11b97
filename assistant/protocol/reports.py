"""Reports (protocol, 9) out of handoffs at a glance. Pure: `now` is an argument; every figure has its n.

Nobody is named on fewer handoffs than the policy says: such people stand together in one line, and where
they are too few even together, only their number is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from statistics import fmean
from typing import Literal, get_args

from assistant.packet import Noun
from assistant.protocol.handoffs import Handoff
from assistant.protocol.measures import Measure, measures
from assistant.protocol.policy import Policy
from assistant.protocol.practices import PRACTICES

By = Literal["month", "quarter", "team", "rep", "csm", "segment", "kind"]
GROUPINGS: tuple[By, ...] = get_args(By)
PEOPLE: tuple[By, ...] = ("rep", "csm")
NOT_SAID = "not said"


class Point(Noun):
    """The mean score of a group's handoffs of one month."""

    month: str
    score: float
    n: int


class Line(Noun):
    """A group's figures. `people` counts who stands in it where names are held back; else 0."""

    group: str
    n: int
    measures: tuple[Measure, ...] = ()
    """Empty where even together too few would be shown."""
    people: int = 0
    trend: tuple[Point, ...] = ()
    """The score month by month; of people who are not named there is none."""


class Gap(Noun):
    """How many handoffs have a gap (a rule's id, or a rejection's code)."""

    id: str
    n: int
    of: int


class Habit(Noun):
    """Handoffs with a good habit against those without: mean score and satisfaction, each with its n."""

    id: str
    label: str
    n_with: int
    n_without: int
    score_with: float
    score_without: float
    satisfaction_with: float | None = None
    satisfaction_without: float | None = None


class Outcome(Noun):
    """What customers of one band of the score experienced."""

    band: str
    n: int
    satisfaction: float | None
    n_satisfaction: int
    churned: int
    surprises: dict[str, int]
    """Class of surprise -> how many in all."""


class Churn(Noun):
    """A reason for which customers left, and what their handoffs were like."""

    reason: str
    n: int
    score: float | None
    gaps: tuple[str, ...]
    """The commonest of them."""


def month_of(handoff: Handoff) -> str | None:
    """ "2026-05": when it was closed, else first submitted; None before either."""
    moment = handoff.closed or handoff.submitted
    return f"{moment:%Y-%m}" if moment else None


def quarter_of(handoff: Handoff) -> str | None:
    """ "2026-Q2"."""
    month = month_of(handoff)
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}" if month else None


KEYS: dict[By, Callable[[Handoff], str | None]] = {
    "month": month_of,
    "quarter": quarter_of,
    "team": lambda h: h.team,
    "rep": lambda h: h.rep,
    "csm": lambda h: h.csm,
    "segment": lambda h: h.segment,
    "kind": lambda h: h.trigger,
}


def lines(handoffs: Sequence[Handoff], by: By, policy: Policy, now: datetime) -> tuple[Line, ...]:
    """A line a group, in order of its name; people on few handoffs come last, together and unnamed."""
    groups: dict[str, list[Handoff]] = {}
    for handoff in handoffs:
        groups.setdefault(KEYS[by](handoff) or NOT_SAID, []).append(handoff)
    few = {name for name, held in groups.items() if by in PEOPLE and len(held) < policy.reports.fewest}
    named = [
        Line(group=name, n=len(held), measures=measures(held, now), trend=trend(held))
        for name, held in sorted(groups.items())
        if name not in few
    ]
    return (*named, *_together([groups[name] for name in sorted(few)], policy, now))


def trend(handoffs: Sequence[Handoff]) -> tuple[Point, ...]:
    """The mean score of each month, the first month first; handoffs without score or month do not count."""
    months: dict[str, list[float]] = {}
    for handoff in handoffs:
        month, score = month_of(handoff), handoff.score
        if month is not None and score is not None:
            months.setdefault(month, []).append(score)
    return tuple(
        Point(month=month, score=round(fmean(scores), 1), n=len(scores))
        for month, scores in sorted(months.items())
    )


def _together(held: Sequence[list[Handoff]], policy: Policy, now: datetime) -> Iterable[Line]:
    if not held:
        return
    everything = [handoff for group in held for handoff in group]
    enough = len(held) > 1 and len(everything) >= policy.reports.fewest
    figures = measures(everything, now) if enough else ()
    group = f"fewer than {policy.reports.fewest} handoffs each"
    yield Line(group=group, n=len(everything), measures=figures, people=len(held))


def gaps(handoffs: Sequence[Handoff], most: int = 15) -> tuple[Gap, ...]:
    """The commonest gaps first."""
    counts = Counter(gap for handoff in handoffs for gap in handoff.gaps)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Gap(id=id, n=n, of=len(handoffs)) for id, n in ordered[:most])


def habits(handoffs: Sequence[Handoff], policy: Policy) -> tuple[Habit, ...]:
    """What better handoffs do, by the difference in score; only where both sides have enough handoffs."""
    scored = [h for h in handoffs if h.score is not None]
    found = [habit for id in PRACTICES if (habit := _habit(id, scored, policy))]
    return tuple(sorted(found, key=lambda h: (h.score_without - h.score_with, h.id)))


def _habit(id: str, scored: Sequence[Handoff], policy: Policy) -> Habit | None:
    have = [h for h in scored if id in h.practices]
    lack = [h for h in scored if id not in h.practices]
    if min(len(have), len(lack)) < policy.reports.fewest:
        return None
    return Habit(
        id=id, label=PRACTICES[id][0], n_with=len(have), n_without=len(lack),
        score_with=_mean(h.score for h in have) or 0, score_without=_mean(h.score for h in lack) or 0,
        satisfaction_with=_mean(h.satisfaction for h in have),
        satisfaction_without=_mean(h.satisfaction for h in lack),
    )  # fmt: skip


def outcomes(handoffs: Sequence[Handoff]) -> tuple[Outcome, ...]:
    """Predicted against experienced: per band of the score, what customers met afterwards."""
    bands = ("excellent", "good", "acceptable", "substandard", None)
    groups = ((band or NOT_SAID, [h for h in handoffs if h.band == band]) for band in bands)
    return tuple(_outcome(band, held) for band, held in groups if held)


def _outcome(band: str, held: Sequence[Handoff]) -> Outcome:
    told = [h for h in held if h.satisfaction is not None]
    met = Counter(kind for h in held for kind in h.surprises)
    return Outcome(
        band=band, n=len(held), satisfaction=_mean(h.satisfaction for h in held), n_satisfaction=len(told),
        churned=sum(h.churned is not None for h in held), surprises=dict(sorted(met.items())),
    )  # fmt: skip


def churn(handoffs: Sequence[Handoff]) -> tuple[Churn, ...]:
    """Why customers left, joined back to how they were handed over; the commonest reason first."""
    groups: dict[str, list[Handoff]] = {}
    for handoff in handoffs:
        if handoff.churned is not None:
            groups.setdefault((handoff.churn_reason or NOT_SAID).strip().casefold(), []).append(handoff)
    ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(
        Churn(reason=reason, n=len(held), score=_mean(h.score for h in held),
              gaps=tuple(gap.id for gap in gaps(held, most=3)))
        for reason, held in ordered
    )  # fmt: skip


def _mean(values: Iterable[float | None]) -> float | None:
    told = [value for value in values if value is not None]
    return round(fmean(told), 1) if told else None
