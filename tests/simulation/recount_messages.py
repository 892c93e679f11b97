"""Which letters must have gone out at which look, counted from the story alone; see recount.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from played import Sent
from quarter import Step
from recount import ESCALATE, SLAS, STALE, Deal, Row, Sla, minute, moment

FOREVER = 10**9


class Window(NamedTuple):
    """A letter may go out at a look from `first` to `last`; it is about the minute `about`."""

    name: str
    about: float
    first: float
    last: float
    logins: tuple[str, ...]


def letters(deal: Deal, steps: Sequence[Step], looks: Iterable[datetime]) -> list[Sent]:
    """Play the deal's steps, look at each look, and say what goes out. Agendas that go out are noted."""
    sent, names, waiting, windows = list[Sent](), set[str](), list(steps), list[Window]()
    for look in looks:
        now, changed = minute(look), False
        while waiting and waiting[0].at <= look:
            deal.take(waiting.pop(0))
            changed = True
        if changed:
            windows = list(_windows(deal))
        for window in _out(windows, now):
            if window.name not in names:
                names.add(window.name)
                sent.append(Sent(look, f"{deal.id}-{window.name}", window.logins))
        if _agenda_is_open(deal, names, now):
            deal.note("agenda_sent", now, None)
            windows = list(_windows(deal))
    return sent


def _out(windows: list[Window], now: int) -> list[Window]:
    """Those that may go out now; while the agenda goes out it is not told as late."""
    free = [w for w in windows if w.first <= now <= w.last]
    meeting = any(w.name.startswith("meeting-") for w in free)
    return [
        w for w in free
        if w.about >= now - STALE and not (meeting and w.name.split("-")[1:2] == ["agenda"])
    ]  # fmt: skip


def _agenda_is_open(deal: Deal, names: set[str], now: int) -> bool:
    meetings = [when for kind, _, when in deal.notes if kind == "meeting_scheduled"]
    if not meetings or meetings[-1] is None or f"meeting-{_stamp(meetings[-1])}" not in names:
        return False
    return any(row.id == "agenda" and row.state in ("running", "breached") for row in deal.rows(now))


def _windows(deal: Deal) -> Iterator[Window]:
    """Everything that could go out from here on if nothing else happened."""
    if not deal.known or deal.times("churned"):
        return
    rows = list(deal.rows(0))
    for sla in SLAS:
        yield from _of_sla(deal, sla, next(row for row in rows if row.id == sla.id))
    returned = [row for row in rows if row.id == "returned_packet"]
    for row in returned:
        yield from _of_sla(deal, RETURNED, row)
    if any(row.id == "hold" and row.state == "running" for row in rows):
        yield Window("hold", FOREVER, 0, FOREVER, deal.logins("ae"))
    yield from _meeting(deal)
    yield from _rounds(deal)
    yield from _edits(deal)


RETURNED = Sla("returned_packet", (), (), (), 24, "h", True, "ae")


def _of_sla(deal: Deal, sla: Sla, row: Row) -> Iterator[Window]:
    if row.state not in ("running", "breached") or row.due is None or row.started is None:
        return
    name, due = f"{sla.id}-{_stamp(row.due)}", row.due
    whole = sla.number * 60 if sla.before else due - row.started
    boss = {"ae": ("sales_manager",), "csm": ("cs_manager",), "cs_manager": ("ops",)}[sla.who]
    top = {"ae": ("sales_manager", "cs_manager", "ops"), "csm": ("cs_manager", "sales_manager", "ops"),
           "cs_manager": ("ops", "sales_manager")}[sla.who]  # fmt: skip
    planned = deal.start(sla) if sla.before else None
    last = planned[1] - 1 if planned else FOREVER
    if sla.soon:
        yield Window(f"due_soon-{name}", due - whole / 4, due - whole / 4, due, deal.logins(sla.who))
    yield Window(f"overdue-{name}", due, due + 1, last, deal.logins(sla.who, *boss))
    if sla.again and row.started < due:
        yield Window(f"escalated-{name}", due + ESCALATE, due + ESCALATE, last, deal.logins(*top))


def _meeting(deal: Deal) -> Iterator[Window]:
    made = [(at, when) for kind, at, when in deal.notes if kind == "meeting_scheduled" and when is not None]
    due = deal.due(next(sla for sla in SLAS if sla.id == "agenda"))
    held = deal.times("meeting_held")
    if made and due is not None and not (held and held[-1] >= made[-1][0]):
        at, when = made[-1]
        first = max(due - 60, at)
        who = ("ae", "csm", "cs_manager") if deal.known["value"] >= 250_000 else ("ae", "csm")
        yield Window(f"meeting-{_stamp(when)}", first, first, when - 1, deal.logins(*who))


def _rounds(deal: Deal) -> Iterator[Window]:
    rounds = [(act, at) for act, at in deal.rounds if act != "draft"]
    submitted = [at for act, at in rounds if act == "submit"]
    rejected = [at for act, at in rounds if act == "reject"]
    if rounds:
        act, at = rounds[-1]
        if act == "submit":
            yield _always(f"submitted-{_stamp(at)}", at, deal.logins("cs_manager", "csm"))
        if act in ("reject", "revise"):
            yield _always(f"returned-{_stamp(at)}", at, deal.logins("ae"))
    if len(rejected) >= 2:
        who = deal.logins("sales_manager", "cs_manager")
        yield _always(f"rejected_again-{len(rejected)}", rejected[-1], who)
    if submitted and deal.drawn():
        yield _always("spot_check", submitted[0], deal.logins("sales_manager"))
    talk = [note for note in deal.notes if note[0].startswith("approval_")]
    if talk and talk[-1][0] == "approval_asked" and deal.closed() is None:
        yield _always(f"approval_asked-{_stamp(talk[-1][1])}", talk[-1][1], deal.logins("cs_manager"))


def _edits(deal: Deal) -> Iterator[Window]:
    for hour in Counter(at // 60 for at in deal.edits):
        yield _always(f"edited-{_stamp(hour * 60)}", hour * 60 + 60, deal.logins("ae"))


def _always(name: str, at: int, logins: tuple[str, ...]) -> Window:
    return Window(name, at, at, FOREVER, logins)


def _stamp(at: float) -> str:
    return moment(at).strftime("%Y%m%dT%H%MZ")
