"""The reports' figures counted again from the story; see recount.py.

What a packet says (its documentation points, completeness and gaps) is no matter of clocks: it is taken from
the packet as it was drafted. Everything that happens afterwards is counted here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from played import base_packet
from quarter import END, SALES, TICKS, Step
from recount import Deal, minute, moment

from assistant import pipeline
from assistant.packet import Packet
from assistant.protocol.handoffs import completeness
from assistant.protocol.policy import Policy

NOW = minute(END)


class Counted(NamedTuple):
    """One handoff. Times are minutes; None: it cannot be told."""

    id: str
    groups: dict[str, str]
    in_time: bool | None
    first: str | None
    hours: float | None
    score: float
    whole: bool
    """Whether all of the score is known."""
    complete: float
    satisfaction: int | None
    churn: str | None
    accepted: bool
    gaps: frozenset[str]
    habits: frozenset[str]
    """Of those that happen after the draft."""


def count(deal: Deal, steps: Sequence[Step], policy: Policy) -> Counted:
    """A deal that was played to its end."""
    packet = _as_drafted(deal, steps, policy)
    rounds = [act for act, _ in deal.rounds if act in ("accept", "reject", "revise")]
    accepted = next((at for act, at in deal.rounds if act == "accept"), None)
    closed = deal.closed()
    assert packet.score
    documents = [part for part in packet.score.parts[:4] if part.points is not None]
    later = _meeting_points(deal) + _time_points(deal)
    points = round(sum(p.points or 0 for p in documents) + sum(got for got, _ in later if got is not None), 1)
    most = sum(p.out_of for p in documents) + sum(of for got, of in later if got is not None)
    satisfaction = deal.words.get("satisfaction") if deal.times("satisfaction") else None
    return Counted(
        id=deal.id, groups=_groups(deal), in_time=_in_time(deal), first=rounds[0] if rounds else None,
        hours=None if closed is None or accepted is None else (accepted - closed) / 60,
        score=100 * points / most, whole=len(documents) == 4 and all(got is not None for got, _ in later),
        complete=completeness(packet, policy), satisfaction=int(satisfaction) if satisfaction else None,
        churn=deal.words["churned"] if deal.times("churned") else None, accepted=accepted is not None,
        gaps=frozenset([f.id for f in packet.findings] + ["major_gap"] * ("reject" in rounds)),
        habits=_habits(deal),
    )  # fmt: skip


def _as_drafted(deal: Deal, steps: Sequence[Step], policy: Policy) -> Packet:
    """With what is known of the deal in the end."""
    known = [step.known for step in steps if step.known][-1]
    return pipeline.check(base_packet(deal.number).model_copy(update={"deal": known}), policy)


def _groups(deal: Deal) -> dict[str, str]:
    submitted = next((at for act, at in deal.rounds if act == "submit"), None)
    began = deal.closed() if deal.closed() is not None else submitted
    at = moment(began) if began is not None else None
    month = f"{at.year}-{at.month:02d}" if at else "not said"
    quarter = f"{at.year}-Q{(at.month - 1) // 3 + 1}" if at else "not said"
    return {"month": month, "quarter": quarter, "rep": deal.known["ae"], "team": deal.known["team"],
            "csm": deal.known["csm"], "segment": "not said", "kind": deal.trigger}  # fmt: skip


def _in_time(deal: Deal) -> bool | None:
    row = next(row for row in deal.rows(NOW) if row.id == "meeting_held")
    if row.due is None:
        return None
    held = deal.times("meeting_held")
    if held:
        return held[-1] <= row.due
    return False if row.due < NOW else None


def _meeting_points(deal: Deal) -> list[tuple[float | None, int]]:
    """Attended, covered, answered, each out of ten."""
    if not deal.times("meeting_held"):
        return [(None, 10)] * 3
    must = [deal.known["ae"]] if deal.trigger == "off_boarding" else [deal.known["ae"], deal.known["csm"]]
    if deal.known["value"] >= 250_000:
        must.append(deal.known.get("cs_manager"))
    there = sum(name in deal.came for name in must if name)
    covered = len(deal.ticked & set(TICKS[:6]))
    answered = 10.0 if TICKS[6] in deal.ticked else None
    return [(round(10 * there / len(must), 1), 10), (round(10 * covered / 6, 1), 10), (answered, 10)]


def _habits(deal: Deal) -> frozenset[str]:
    """Agenda, attendance, confirmation call: what the story itself tells."""
    came = deal.times("meeting_held") and _meeting_points(deal)[0][0] == 10
    told = {"agenda": deal.times("agenda_sent"), "confirmation": deal.times("confirmation_call"),
            "attended": came}  # fmt: skip
    return frozenset(id for id, done in told.items() if done)


def _time_points(deal: Deal) -> list[tuple[float | None, int]]:
    """Fifteen for the meeting, five for the introduction; none where the kind has no such clock."""
    if deal.trigger not in SALES:
        return []
    found: list[tuple[float | None, int]] = []
    for id, points in (("meeting_held", 15), ("introduction", 5)):
        row = next(row for row in deal.rows(NOW) if row.id == id)
        told = row.ended is not None and row.due is not None
        found.append(((points if row.state == "met" else 0) if told else None, points))
    return found


FIGURES: dict[str, Callable[[Counted], float | None]] = {
    "in_time": lambda c: None if c.in_time is None else 100 * c.in_time,
    "first_review": lambda c: None if c.first is None else 100 * (c.first == "accept"),
    "hours": lambda c: c.hours,
    "score": lambda c: c.score,
    "completeness": lambda c: c.complete,
    "satisfaction": lambda c: c.satisfaction,
    "churned": lambda c: None if not c.accepted and c.churn is None else 100 * (c.churn is not None),
}


def figures(counted: Sequence[Counted]) -> dict[str, tuple[float | None, int]]:
    """Figure -> its value and of how many."""
    found: dict[str, tuple[float | None, int]] = {}
    for id, look in FIGURES.items():
        values = sorted(value for c in counted if (value := look(c)) is not None)
        if not values:
            found[id] = (None, 0)
        elif id == "hours":
            half = len(values) // 2
            middle = values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
            found[id] = (middle, len(values))
        else:
            found[id] = (sum(values) / len(values), len(values))
    return found


def groups(counted: Sequence[Counted], by: str) -> dict[str, list[Counted]]:
    """Name of a group -> its handoffs; people with fewer than five stand together."""
    found: dict[str, list[Counted]] = {}
    for one in counted:
        found.setdefault(one.groups[by], []).append(one)
    if by in ("rep", "csm"):
        few = [name for name, held in found.items() if len(held) < 5]
        together = [one for name in few for one in found.pop(name)]
        if few:
            found["fewer than 5 handoffs each"] = together
    return found


def gap_counts(counted: Sequence[Counted]) -> list[tuple[str, int]]:
    """The fifteen commonest gaps."""
    counts = Counter(gap for one in counted for gap in one.gaps)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:15]


def churn_counts(counted: Sequence[Counted]) -> dict[str, int]:
    """Reason -> how many left for it."""
    return dict(Counter(one.churn for one in counted if one.churn is not None))




def band(one: Counted) -> str:
    """The band of a score that is known whole."""
    if not one.whole:
        return "not said"
    steps = ((90, "excellent"), (80, "good"), (70, "acceptable"))
    return next((name for least, name in steps if one.score >= least), "substandard")


def outcome_rows(counted: Sequence[Counted]) -> set[tuple[str, int, float | None, int, int]]:
    """Band, handoffs, mean satisfaction, of how many, how many left."""
    rows = set()
    for name in {band(one) for one in counted}:
        held = [one for one in counted if band(one) == name]
        told = [one.satisfaction for one in held if one.satisfaction is not None]
        mean = round(sum(told) / len(told), 1) if told else None
        rows.add((name, len(held), mean, len(told), sum(one.churn is not None for one in held)))
    return rows


def habit_rows(counted: Sequence[Counted]) -> dict[str, tuple[int, float, int, float]]:
    """Habit -> handoffs with it and their mean score, and the same without; none with fewer than five."""
    rows = {}
    for id in ("agenda", "attended", "confirmation"):
        sides = [[one.score for one in counted if (id in one.habits) is yes] for yes in (True, False)]
        if min(map(len, sides)) >= 5:
            have, lack = sides
            rows[id] = (len(have), sum(have) / len(have), len(lack), sum(lack) / len(lack))
    return rows


def trend_of(counted: Sequence[Counted]) -> dict[str, tuple[float, int]]:
    """Month -> mean score and of how many."""
    months: dict[str, list[float]] = {}
    for one in counted:
        if one.groups["month"] != "not said":
            months.setdefault(one.groups["month"], []).append(one.score)
    return {month: (sum(scores) / len(scores), len(scores)) for month, scores in months.items()}


def churn_scores(counted: Sequence[Counted]) -> dict[str, float]:
    """Reason -> mean score of the handoffs of those who left for it."""
    scores: dict[str, list[float]] = {}
    for one in counted:
        if one.churn is not None:
            scores.setdefault(one.churn, []).append(one.score)
    return {reason: sum(held) / len(held) for reason, held in scores.items()}


def interval(share: float, n: int) -> tuple[float, float]:
    """Between which true shares a share seen in n is within 1.96 of its standard deviation, by search."""
    ends = []
    for sure in (0.0, 1.0):
        near, far = share, sure
        for _ in range(60):
            middle = (near + far) / 2
            inside = abs(share - middle) <= 1.96 * (middle * (1 - middle) / n) ** 0.5
            near, far = (middle, far) if inside else (near, middle)
        ends.append(near)
    return ends[0], ends[1]
