"""Verbs that report over many deals. Each person gets reports of the deals that they may see."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from assistant import protocol
from assistant.desk.place import Desk, opened
from assistant.errors import HandoffError
from assistant.packet import Noun
from assistant.protocol.handoffs import Handoff, handoff_of
from assistant.protocol.measures import Measure, measures
from assistant.protocol.moments import deal_today
from assistant.protocol.quality_review import QualityReview, quality_review
from assistant.protocol.reports import (
    GROUPINGS,
    By,
    Churn,
    Gap,
    Habit,
    Line,
    Outcome,
    churn,
    gaps,
    habits,
    lines,
    month_of,
    outcomes,
    quarter_of,
)
from assistant.protocol.rights import ROLE_NAMES, NotAllowed, User, reach, who_may
from assistant.store.deals import DealRow, find_deals
from assistant.store.glances import find_glances, keep_glances


class Report(Noun):
    """Everything of the dashboard, over the handoffs of a period or of all time."""

    period: str | None
    """ "2026-05", "2026-Q2"; None: all time."""
    periods: tuple[str, ...]
    """Those with a handoff, the latest first, quarters before their months."""
    by: By
    n: int
    measures: tuple[Measure, ...]
    lines: tuple[Line, ...]
    trend: tuple[Line, ...]
    """A line a month, of all time."""
    gaps: tuple[Gap, ...]
    habits: tuple[Habit, ...]
    outcomes: tuple[Outcome, ...]
    churn: tuple[Churn, ...]


def list_handoffs(desk: Desk, user: User) -> tuple[Handoff, ...]:
    """The handoffs of the deals that the user may see and that have a packet, the last changed first."""
    far = _reach(user)
    mine = {"own": {"owner": user.login}, "assigned": {"csm": user.login}}.get(far, {})
    with desk.store.read() as connection:
        rows = find_deals(connection, **mine)
    real = [row for row in rows if row.version and row.known.practice is None]
    return _glanced(desk, user, real)


def report(desk: Desk, user: User, *, by: By = "team", period: str | None = None) -> Report:
    """The dashboard. Raises HandoffError for a grouping or a period that there is not."""
    return _report(desk, list_handoffs(desk, user), by, period)


def review_page(desk: Desk, user: User, period: str) -> QualityReview:
    """The monthly ("2026-05") or quarterly ("2026-Q2") page. Raises HandoffError for another period."""
    return _review(desk, list_handoffs(desk, user), period)


def dashboard(
    desk: Desk, user: User, *, by: By = "team", period: str | None = None
) -> tuple[Report, QualityReview | None]:
    """Both over the same handoffs; the review where a period is chosen."""
    held = list_handoffs(desk, user)
    return _report(desk, held, by, period), _review(desk, held, period) if period else None


def _report(desk: Desk, everything: tuple[Handoff, ...], by: By, period: str | None) -> Report:
    if by not in GROUPINGS:
        raise HandoffError(f"Handoffs cannot be grouped by '{by}'. Choose one of {', '.join(GROUPINGS)}.")
    now, policy, periods = desk.now(), desk.policy, _periods(everything)
    if period is not None and period not in periods:
        raise _nothing_closed(period, periods)
    held = [h for h in everything if period in (None, month_of(h), quarter_of(h))]
    return Report(
        period=period, periods=periods, by=by, n=len(held), measures=measures(held, now),
        lines=lines(held, by, policy, now), trend=lines(everything, "month", policy, now), gaps=gaps(held),
        habits=habits(held, policy), outcomes=outcomes(held), churn=churn(held),
    )  # fmt: skip


def _review(desk: Desk, held: tuple[Handoff, ...], period: str) -> QualityReview:
    if period not in (periods := _periods(held)):
        raise _nothing_closed(period, periods)
    return quality_review(held, period, desk.policy, desk.now())


def _nothing_closed(period: str, periods: tuple[str, ...]) -> HandoffError:
    return HandoffError(f"No handoff closed in '{period[:20]}'. There are: {', '.join(periods) or 'none'}.")


def _reach(user: User) -> str:
    far = reach(user, "see_reports")
    if far is None:
        raise NotAllowed(f"{who_may('see_reports')} may see reports, not {ROLE_NAMES[user.role]}.")
    return far


def _glanced(desk: Desk, user: User, rows: list[DealRow]) -> tuple[Handoff, ...]:
    """What a version says with what is known of the deal today never changes under the same policy.

    It is looked up here, then in the store; only what neither has is read from its packet, and kept.
    """
    rules = desk.policy.model_dump_json()
    wanted = {row.id: _digest(row, rules) for row in rows}
    lacking = {row.id for row in rows if desk.glances.get(row.id, ("",))[0] != wanted[row.id]}
    kept = find_glances(desk.store) if lacking else {}
    made: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row.id not in lacking:
            continue
        digest, content = kept.get(row.id, ("", ""))
        if digest == wanted[row.id]:
            handoff = Handoff.model_validate_json(content)
        else:
            handoff = _read(desk, user, row)
            made[row.id] = wanted[row.id], handoff.model_dump_json()
        desk.glances[row.id] = wanted[row.id], handoff
    if made:
        keep_glances(desk.store, made)
    return tuple(desk.glances[row.id][1] for row in rows)


def _digest(row: DealRow, rules: str) -> str:
    """Of all that a deal's figures hang on, the way they are counted among it."""
    told = (_way_of_counting(), rules, row.known.model_dump_json(), str(row.version))
    return sha256("\0".join(told).encode()).hexdigest()


@cache
def _way_of_counting() -> str:
    """Changes with the protocol's files, also where the program's version does not."""
    files = sorted(f for f in Path(protocol.__file__).parent.iterdir() if f.suffix in (".py", ".toml"))
    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def _read(desk: Desk, user: User, row: DealRow) -> Handoff:
    packet = opened(desk, user, row.id, row.version).packet
    today = packet.model_copy(update={"deal": deal_today(packet.deal, row.known)})
    return handoff_of(today, row.id, desk.policy)


def _periods(held: tuple[Handoff, ...]) -> tuple[str, ...]:
    quarters = {quarter for h in held if (quarter := quarter_of(h))}
    months = {month for h in held if (month := month_of(h))}
    return (*sorted(quarters, reverse=True), *sorted(months, reverse=True))
