"""The quarter counted again by other means: whole minutes on one line, holidays and summer time by hand.

Nothing of assistant/protocol/clocks, calendar, moments or assistant/outbox is used, only the story's steps
and the numbers of the protocol. A minute is a whole number, counted from 1 September 2026, 00:00 UTC.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from quarter import CSMS, REPS, SALES, Step

ZERO = datetime(2026, 9, 1, tzinfo=UTC)
DAY = 1440
DAYS = 200
OFF = {
    "DE": {(2026, 10, 3), (2026, 12, 25), (2026, 12, 26), (2027, 1, 1)},
    "US": {(2026, 9, 7), (2026, 10, 12), (2026, 11, 11), (2026, 11, 26), (2026, 12, 25), (2027, 1, 1),
           (2027, 1, 18), (2027, 2, 15)},
}  # fmt: skip
CLOSED = {(2026, 12, 24), (2026, 12, 25), (2026, 12, 26), (2026, 12, 31)}
WINTER = int((datetime(2026, 10, 25, 1, tzinfo=UTC) - ZERO).total_seconds() // 60)
OPENS, CLOSES = 8 * 60 + 30, 17 * 60
STALE, ESCALATE = 7 * DAY, DAY
PLANNED = ("meeting_scheduled", "kickoff_scheduled", "start_planned")
EVERY = ("post_close", "pre_close", "poc_to_paid", "account_handover", "off_boarding")


def minute(moment: datetime) -> int:
    return round((moment - ZERO).total_seconds() / 60)


def moment(at: float) -> datetime:
    return ZERO + timedelta(minutes=at)


def berlin(at: float) -> int:
    """Minutes that the wall clock is ahead."""
    return 120 if at < WINTER else 60


@cache
def working(country: str) -> list[int]:
    """Every minute at which somebody works, in order."""
    found = []
    for at in range(DAYS * DAY):
        wall = at + berlin(at)
        day = date(2026, 9, 1) + timedelta(days=wall // DAY)
        if not OPENS <= wall % DAY < CLOSES or day.weekday() > 4:
            continue
        if (day.year, day.month, day.day) not in OFF[country] | CLOSED:
            found.append(at)
    return found


@cache
def workdays(country: str) -> list[int]:
    """Numbers of the local days on which somebody works."""
    return sorted({(at + berlin(at)) // DAY for at in working(country)})


def from_wall(wall: int) -> int:
    """A local minute on the line; none of ours lies in the hour that comes twice."""
    return wall - 120 if wall - 120 < WINTER else wall - 60


def add_hours(at: int, hours: int, country: str | None) -> int:
    if country is None:
        return at + hours * 60
    minutes = working(country)
    return minutes[bisect_left(minutes, at) + hours * 60 - 1] + 1


def take_hours(at: int, hours: int, country: str | None) -> int:
    if country is None:
        return at - hours * 60
    minutes = working(country)
    return minutes[bisect_left(minutes, at) - hours * 60]


def add_days(at: int, days: int, country: str | None) -> int:
    if country is None:
        return from_wall(at + berlin(at) + days * DAY)
    minutes = working(country)
    begin = minutes[bisect_left(minutes, at)]
    wall = begin + berlin(begin)
    all_days = workdays(country)
    return from_wall(all_days[all_days.index(wall // DAY) + days] * DAY + wall % DAY)


class Sla(NamedTuple):
    """A line of the protocol's sections 1, 6, 8, 9 and 10, as this test reads it."""

    id: str
    kinds: tuple[str, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    number: int
    unit: str
    works: bool
    who: str
    soon: bool = True
    tells: bool = True
    again: bool = True
    before: bool = False


SLAS = (
    Sla("signature", ("pre_close",), ("verbal_yes", "approval_asked"), ("signed", "closed"), 7, "d", False,
        "ae"),
    Sla("process_start", ("post_close", "poc_to_paid"), ("closed",), ("drafted",), 24, "h", True, "ae"),
    Sla("meeting_confirmed", SALES, ("closed",), ("meeting_confirmed", "meeting_held"), 24, "h", False, "ae"),
    Sla("meeting_held", SALES, ("closed",), ("meeting_held",), 48, "h", True, "ae"),
    Sla("cs_engaged", SALES, ("closed",), ("cs_engaged", "meeting_held", "accepted"), 5, "d", True,
        "cs_manager"),
    Sla("agenda", EVERY, ("meeting_scheduled",), ("agenda_sent",), 24, "h", True, "ae", soon=False,
        before=True),
    Sla("introduction", SALES, ("meeting_held",), ("introduction_sent",), 48, "h", True, "ae"),
    Sla("preparation", (*SALES, "account_handover"), ("meeting_held",), ("prepared",), 3, "d", True, "csm"),
    Sla("kickoff_scheduled", SALES, ("meeting_held",), ("kickoff_scheduled", "kickoff_held"), 5, "d", True,
        "csm"),
    Sla("kickoff_scheduled_outer", SALES, ("meeting_held",), ("kickoff_scheduled", "kickoff_held"), 7, "d",
        False,
        "csm", soon=False, again=False),
    Sla("kickoff_held", SALES, ("meeting_held",), ("kickoff_held",), 10, "d", True, "csm"),
    Sla("confirmation_call", SALES, ("start_planned",), ("confirmation_call",), 24, "h", True, "csm",
        before=True),
    Sla("review_after_start", SALES, ("work_started",), ("review_held",), 72, "h", False, "csm"),
    Sla("satisfaction", SALES, ("work_started", "kickoff_held"), ("satisfaction",), 30, "d", False, "csm"),
)  # fmt: skip


class Row(NamedTuple):
    """A clock as counted here; times are minutes."""

    id: str
    round: int
    state: str
    started: int | None = None
    due: int | None = None
    ended: int | None = None


class Deal:
    """What is known of one deal as the story goes on."""

    def __init__(self, number: int, id: str) -> None:
        self.number, self.id = number, id
        self.known: dict[str, Any] = {}
        self.notes: list[tuple[str, int, int | None]] = []
        self.rounds: list[tuple[str, int]] = []
        self.edits: list[int] = []
        self.ticked: set[str] = set()
        self.words: dict[str, str] = {}
        self.came: tuple[str, ...] = ()

    def take(self, step: Step) -> None:
        at = minute(step.at)
        if step.known:
            said = step.known.model_dump()
            self.known |= {name: value for name, value in said.items() if value is not None}
        elif step.act == "note":
            self.note(step.kind, at, minute(step.when) if step.when else None)
            self.words[step.kind] = step.words
            self.came = step.people if step.kind == "meeting_held" else self.came
        elif step.act == "take_back":
            last = max(place for place, note in enumerate(self.notes) if note[0] == step.kind)
            del self.notes[last]
        elif step.act == "tick":
            self.ticked.add(step.kind)
        elif step.act == "edit":
            self.edits += [at] if any(kind == "accept" for kind, _ in self.rounds) else []
        else:
            self.rounds.append((step.act, at))

    def note(self, kind: str, at: int, when: int | None) -> None:
        self.notes.append((kind, at, when) if kind in PLANNED else (kind, at if when is None else when, None))

    @property
    def trigger(self) -> str:
        return str(self.known["trigger"])

    @property
    def country(self) -> str:
        return self.known.get("country") or "DE"

    def closed(self) -> int | None:
        noted = self.times("closed")
        if noted:
            return noted[-1]
        return minute(self.known["closed_at"]) if self.known.get("closed_at") else None

    def times(self, kind: str) -> list[int]:
        return [at for noted, at, _ in self.notes if noted == kind]

    def ended(self, kind: str) -> int | None:
        if kind == "closed":
            return self.closed()
        if kind in ("drafted", "accepted"):
            word = {"drafted": "draft", "accepted": "accept"}[kind]
            return next((at for done, at in self.rounds if done == word), None)
        times = self.times(kind)
        return (times[0] if kind in PLANNED else times[-1]) if times else None

    def start(self, sla: Sla) -> tuple[int, int] | None:
        """When it was set going, and the minute that it is counted from."""
        for kind in sla.starts:
            if kind == "closed" and (closed := self.closed()) is not None:
                return closed, closed
            if found := [note for note in self.notes if note[0] == kind and kind != "closed"]:
                _, at, planned = found[-1]
                return at, planned if planned is not None else at
        return None

    def rows(self, now: int) -> Iterator[Row]:
        """Every clock, at that minute."""
        yield self._hold()
        for sla in SLAS:
            yield self._row(sla, now)
        yield from self._returns(now)

    def _hold(self) -> Row:
        ends = [at for kind in ("meeting_scheduled", "meeting_held") if (at := self.ended(kind)) is not None]
        if self.trigger not in SALES:
            return Row("hold", 1, "not_needed")
        if ends:
            return Row("hold", 1, "met", ended=min(ends))
        if self.closed() is not None or self.times("churned"):
            return Row("hold", 1, "not_needed")
        return Row("hold", 1, "running" if (self.known.get("probability") or 0) >= 90 else "waiting")

    def due(self, sla: Sla) -> int | None:
        start = self.start(sla)
        if start is None:
            return None
        country = self.country if sla.works else None
        if sla.before:
            return take_hours(start[1], sla.number, country)
        return (add_hours if sla.unit == "h" else add_days)(start[1], sla.number, country)

    def _row(self, sla: Sla, now: int) -> Row:
        start, due = self.start(sla), self.due(sla)
        ends = [at for kind in sla.ends if (at := self.ended(kind)) is not None]
        stops = self.times("churned")[-1:]
        stops += self.times("approval_refused")[-1:] if sla.id == "signature" else []
        began = start[0] if start else None
        if self.trigger not in sla.kinds:
            return Row(sla.id, 1, "not_needed")
        if ends:
            late = due is not None and min(ends) > due
            return Row(sla.id, 1, "late" if late else "met", began, due, min(ends))
        if stops and (due is None or min(stops) <= due):
            return Row(sla.id, 1, "not_needed")
        if due is None:
            return Row(sla.id, 1, "waiting")
        return Row(sla.id, 1, "breached" if now > due else "running", began, due)

    def _returns(self, now: int) -> Iterator[Row]:
        """From each return to the next submission."""
        number, opened = 0, None
        stop = self.times("churned")[-1:]
        for act, at in self.rounds:
            if act in ("reject", "revise"):
                number, opened = number + 1, at
            elif act == "submit" and opened is not None:
                due = add_hours(opened, 24, self.country)
                yield Row("returned_packet", number, "late" if at > due else "met", opened, due, at)
                opened = None
        if opened is not None:
            due = add_hours(opened, 24, self.country)
            if stop and stop[0] <= due:
                yield Row("returned_packet", number, "not_needed")
            else:
                yield Row("returned_packet", number, "breached" if now > due else "running", opened, due)
        elif number == 0:
            yield Row("returned_packet", 1, "not_needed" if stop else "waiting")

    def drawn(self) -> bool:
        first = hashlib.sha256(f"spot check {self.id}".encode()).digest()[:4]
        return int.from_bytes(first, "big") % 100 < 10

    def logins(self, *roles: str) -> tuple[str, ...]:
        """Who has these roles for this deal."""
        named = self.known.get("cs_manager")
        who = {
            "ae": [next(rep.login for rep in REPS if rep.name == self.known["ae"])],
            "csm": [next(csm.login for csm in CSMS if csm.name == self.known["csm"])],
            "cs_manager": [named.lower()] if named else ["mia", "ned"],
            "sales_manager": ["sal"], "ops": ["olu"],
        }  # fmt: skip
        return tuple(sorted({login for role in roles for login in who[role]}))
