"""The clocks of a handover: which run, which were met, which were missed. Pure: `now` is an argument.

A clock that stopped before it started was met: the meeting of a pre-close handover was held before the close.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from assistant.packet import Deal, Noun, Packet, Trigger
from assistant.protocol.calendar import Calendar, Length, calendar_for, earlier, later
from assistant.protocol.moments import Facts, Moment, facts_of
from assistant.protocol.policy import Policy
from assistant.protocol.policy_time import ClockId
from assistant.protocol.rights import RoleName

FILE = Path(__file__).with_name("clocks.toml")
Telling = Literal["due_soon", "overdue", "escalated"]
TELLINGS: tuple[Telling, ...] = get_args(Telling)
State = Literal["waiting", "running", "met", "late", "breached", "not_needed"]
LEFT = "churned"
"""A customer who left needs no clock that is still in time."""


class ClockRow(Noun):
    """A line of clocks.toml; its keys are explained at the top of that file."""

    id: ClockId
    label: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    lasts: str | None = None
    before: bool = False
    doer: RoleName
    triggers: tuple[Trigger, ...] = ()
    stops: tuple[str, ...] = ()
    rounds: bool = False
    tells: tuple[Telling, ...] = TELLINGS


class Clock(Noun):
    """One SLA as it stands at a moment. Times are aware, in UTC."""

    id: ClockId
    label: str
    doer: RoleName
    """Whose clock it is."""
    state: State
    """Waiting to start, running, met, ended late, breached and still open, or not needed here."""
    round: int = 1
    """Of a clock that runs anew each time: which run it is."""
    started: datetime | None = None
    due: datetime | None = None
    """None before it starts, and of a clock without a time of its own."""
    ended: datetime | None = None
    left: timedelta | None = None
    """Until it is due, negative when overdue; only while it runs or is breached."""
    business: bool = False
    """Whether only working time counts."""

    @property
    def is_open(self) -> bool:
        """Somebody still has to do it."""
        return self.state in ("running", "breached")


class Run(NamedTuple):
    """When a clock was set going, stopped, or made pointless."""

    start: Moment | None
    ended: datetime | None
    stopped: datetime | None
    number: int = 1


@cache
def clock_rows() -> tuple[ClockRow, ...]:
    """All clocks, in the file's order."""
    return tuple(ClockRow.model_validate(row) for row in tomllib.loads(FILE.read_text("utf-8"))["clock"])


def clocks(
    of: Packet | Facts | Deal, policy: Policy, now: datetime, calendar: Calendar | None = None
) -> tuple[Clock, ...]:
    """Every clock in the file's order; one that runs anew each time has an entry a run.

    A deal without packet has clocks as well. `calendar`: by default the policy's, with the deal's country.
    """
    facts = facts_of(of) if isinstance(of, Packet) else Facts(deal=of) if isinstance(of, Deal) else of
    calendar = calendar or calendar_for(policy, facts.deal.country)
    return tuple(
        _clock(row, run, facts, policy, now, calendar)
        for row in clock_rows()
        for run in (_rounds(row, facts) if row.rounds else (_run(row, facts, policy),))
    )


def next_due(found: Iterable[Clock]) -> Clock | None:
    """Of the clocks that run, the one that is due first."""
    running = [clock for clock in found if clock.state == "running" and clock.due is not None]
    return min(running, key=lambda clock: clock.due or clock.started, default=None)  # type: ignore[arg-type, return-value]


def breaches(found: Iterable[Clock]) -> tuple[Clock, ...]:
    """The clocks that ran out while what they ask for is still to be done."""
    return tuple(clock for clock in found if clock.state == "breached")


def due_of(id: ClockId, started: datetime, policy: Policy, calendar: Calendar) -> datetime | None:
    """When a clock set going at that moment is due; one that counts backwards is given its appointment.

    None for a clock without a time of its own, and beyond the years that a calendar has.
    """
    row = next(row for row in clock_rows() if row.id == id)
    if row.lasts is None:
        return None
    unit: Literal["hours", "days"] = "hours" if row.lasts.endswith("_hours") else "days"
    length = Length(getattr(policy.clocks, row.lasts), unit)
    try:
        return (earlier if row.before else later)(started, length, calendar, id in policy.calendar.business)
    except (OverflowError, ValueError):
        return None


def _run(row: ClockRow, facts: Facts, policy: Policy) -> Run:
    start = next((m for kind in row.starts if (m := _start(kind, facts, policy))), None)
    ends = [end for kind in row.ends if (end := _end(kind, facts))]
    stops = [end for kind in (*row.stops, LEFT) if (end := _end(kind, facts))]
    return Run(start, min(ends, default=None), min(stops, default=None))


def _rounds(row: ClockRow, facts: Facts) -> Iterator[Run]:
    """A run from each return to the next submission."""
    stopped, number = _end(LEFT, facts), 0
    opened: Moment | None = None
    for moment in facts.moments:
        if moment.kind in row.starts:
            opened, number = moment, number + 1
        elif moment.kind in row.ends and opened is not None:
            yield Run(opened, moment.at, stopped, number)
            opened = None
    if opened is not None or number == 0:
        yield Run(opened, None, stopped, max(number, 1))


def _start(kind: str, facts: Facts, policy: Policy) -> Moment | None:
    if kind == "closed":
        closed = facts.closed()
        return Moment(kind=kind, at=closed) if closed else None
    if kind == "likely":
        likely = (facts.deal.probability or 0) >= policy.meeting.hold_at_probability_percent
        return Moment(kind=kind, at=datetime.min) if likely else None
    return facts.last(kind)


def _end(kind: str, facts: Facts) -> datetime | None:
    """When it was done: of an appointment when it was first made, of anything else as last noted."""
    if kind == "closed":
        return facts.closed()
    found = facts.last(kind)
    if found and (found.planned_for is not None or kind in ("submitted", "drafted", "accepted")):
        found = facts.first(kind)
    return found.at if found else None


def _clock(
    row: ClockRow, run: Run, facts: Facts, policy: Policy, now: datetime, calendar: Calendar
) -> Clock:
    started = run.start.at if run.start and run.start.kind != "likely" else None
    counted = run.start.planned_for if run.start and row.before else started
    due = due_of(row.id, counted, policy, calendar) if counted else None
    state = _state(row, run, facts, due, now)
    shown = state != "not_needed"
    return Clock(
        id=row.id, label=row.label, doer=row.doer, state=state, round=run.number,
        started=started if shown else None, due=due if shown else None, ended=run.ended if shown else None,
        left=due - now if due and state in ("running", "breached") else None,
        business=row.id in policy.calendar.business,
    )  # fmt: skip


def _state(row: ClockRow, run: Run, facts: Facts, due: datetime | None, now: datetime) -> State:
    if row.triggers and facts.deal.trigger not in row.triggers:
        return "not_needed"
    if run.ended is not None:
        return "late" if due is not None and run.ended > due else "met"
    if run.stopped is not None and (due is None or run.stopped <= due):
        return "not_needed"
    if run.start is None:
        return "waiting"
    return "breached" if due is not None and now > due else "running"


def of_rows(found: Sequence[Clock], id: ClockId) -> tuple[Clock, ...]:
    """The runs of that clock."""
    return tuple(clock for clock in found if clock.id == id)
