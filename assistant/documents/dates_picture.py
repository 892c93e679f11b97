"""The plan's dates as a picture: a line a date, in order of time, on one axis of months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from assistant.documents.blocks import Picture
from assistant.documents.mermaid import task
from assistant.documents.scene import Box, Dot, Ink, Scene, Shape, Stroke, Words, fitted
from assistant.evidence.dates import read_dates
from assistant.packet import Evidence, Field, Packet

WIDTH, LEFT, ROW, TOP = 700.0, 372.0, 19.0, 28.0
MOST = 24
"""Dates drawn; the rest is counted below the picture and stands in the tables."""
FRAME = ("Start", "Go-live", "Close")
FAR = timedelta(days=3 * 366)
"""A date further from the packet's day belongs to no plan: a company's founding year, a typo."""


class Mark(NamedTuple):
    """One line of the picture. `first == last` is a day, else a span."""

    first: date
    last: date
    what: str
    text: str
    ink: Ink


def dates_picture(packet: Packet) -> Picture:
    """Start, go-live, milestones, close and dated promises; what has no date is named below."""
    marks, undated = plan_dates(packet)
    shown = _foremost(marks)
    notes = [f"{len(marks) - MOST} more dates in the tables"] if len(marks) > MOST else []
    notes += [f"No date: {fitted(text, WIDTH - 70, 10.5)}" for text in undated[:6]]
    notes += [f"and {len(undated) - 6} more without a date"] if len(undated) > 6 else []
    shapes = (
        list(_chart(shown, packet.run.as_of)) if shown else [Words(0, 16, "No date is known.", 12, "muted")]
    )
    y = TOP + ROW * len(shown) + 12 if shown else 26
    for note in notes:
        shapes.append(Words(0, y + 10, note, 10.5, "muted"))
        y += 16
    return Picture(Scene(WIDTH, y + 4, tuple(shapes)), _in_words(marks, undated), _mermaid(shown))


def _foremost(marks: Sequence[Mark]) -> list[Mark]:
    """What there is room for: start, go-live and close before milestones and promises; in order of time."""
    ranked = sorted(range(len(marks)), key=lambda i: (marks[i].what not in FRAME, i))
    return [marks[i] for i in sorted(ranked[:MOST])]


def plan_dates(packet: Packet) -> tuple[list[Mark], list[str]]:
    """Every dated line of the plan in order of time, and the milestones that have no date."""
    plan, anchors = packet.summary.implementation_plan, {s.name: s.happened_on for s in packet.sources}
    marks: list[Mark] = []
    undated: list[str] = []
    fields: tuple[tuple[str, Field, Ink], ...] = (
        ("Start", plan.start_date, "good"),
        ("Go-live", plan.go_live_target, "bad"),
        ("Milestone", plan.milestones, "calm"),
    )
    for what, field, ink in fields:
        for value in field.values:
            days = _days(value.text, _said_on(value.evidence, anchors) or packet.run.as_of, packet.run.as_of)
            marks += [Mark(first, last, what, value.text, ink) for first, last in days]
            undated += [] if days else [f"{what}: {value.text}"]
    if packet.deal.expected_close:
        close = packet.deal.expected_close
        marks.append(Mark(close, close, "Close", "expected close of the deal", "muted"))
    for number, c in enumerate(packet.commitments, start=1):
        if c.verdict != "withdrawn" and (due := _iso(c.due)):
            who = "Promise" if c.party == "vendor" else "Customer"
            marks.append(Mark(due, due, f"{who} P{number}", c.text, "warn"))
    once = {(m.first, m.last, m.text): m for m in reversed(marks)}
    return sorted(once.values(), key=lambda m: (m.first, m.last, m.what, m.text)), list(
        dict.fromkeys(undated)
    )


def _days(text: str, anchor: date, as_of: date) -> list[tuple[date, date]]:
    """The days that the text plans: exact ones before spans, later ones before what it recalls."""
    found = [(d.first, d.last) for d in read_dates(text, anchor) if abs(d.first - as_of) < FAR]
    exact = [span for span in found if span[0] == span[1]] or found
    ahead = [span for span in exact if span[1] >= anchor] or exact
    return list(dict.fromkeys(ahead))


def _said_on(evidence: Sequence[Evidence], anchors: dict[str, date | None]) -> date | None:
    return anchors.get(evidence[0].source) if evidence else None


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _chart(marks: Sequence[Mark], as_of: date) -> Iterator[Shape]:
    first = min(min(m.first for m in marks), as_of)
    last = max(max(m.last for m in marks), as_of)
    first, last = first.replace(day=1), last + timedelta(days=max(14, (last - first).days // 12))
    bottom = TOP + ROW * len(marks)

    def at(day: date) -> float:
        return LEFT + (WIDTH - LEFT - 8) * (day - first).days / max((last - first).days, 1)

    for month in _months(first, last):
        yield Stroke(((at(month), TOP - 6), (at(month), bottom)), "line", 0.5)
        yield Words(
            at(month), TOP - 12, month.strftime("%b") if month.month != 1 else str(month.year), 9.5, "muted"
        )
    yield Words(0, TOP - 12, f"{first.year}", 9.5, "muted")
    yield Stroke(((at(as_of), TOP - 6), (at(as_of), bottom)), "calm", 1.2, dashed=True)
    for number, mark in enumerate(marks):
        yield from _row(mark, TOP + ROW * number, at)
    yield Words(min(at(as_of), WIDTH - 60), bottom + 9, "packet's day", 9, "calm", anchor="middle")


def _row(mark: Mark, y: float, at: object) -> Iterator[Shape]:
    assert callable(at)
    room = LEFT - 76
    yield Words(0, y + 13, mark.first.isoformat(), 10, "ink")
    yield Words(62, y + 13, fitted(f"{mark.what}: {mark.text}", room, 10), 10, "ink")
    start, end = at(mark.first), at(mark.last)
    if mark.last > mark.first:
        yield Box(start, y + 5, max(end - start, 4), 9, mark.ink, mark.ink, 3)
    else:
        yield Dot(start, y + 9.5, 4.5, mark.ink)


def _months(first: date, last: date) -> Iterator[date]:
    """The first of every month; of every third or twelfth where the time is long."""
    span = (last - first).days
    step = 1 if span < 450 else 3 if span < 1100 else 12
    month = first
    while month <= last:
        if (month.month - 1) % step == 0:
            yield month
        month = (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _in_words(marks: Iterable[Mark], undated: Iterable[str]) -> str:
    told = [f"{_span(m)} {m.what}: {' '.join(m.text.split())}" for m in marks]
    told += [f"without a date, {' '.join(text.split())}" for text in undated]
    return "Timeline. " + ("; ".join(told) or "No date is known") + "."


def _span(mark: Mark) -> str:
    return mark.first.isoformat() + (f" to {mark.last.isoformat()}" if mark.last > mark.first else "")


def _mermaid(marks: Sequence[Mark]) -> str:
    if not marks:
        return ""
    lines = ["gantt", "  dateFormat YYYY-MM-DD", "  axisFormat %b %Y"]
    for number, m in enumerate(marks):
        if m.last > m.first:
            lines.append(
                f"  {task(f'{m.what} {m.text}')} :d{number}, {m.first}, {m.last + timedelta(days=1)}"
            )
        else:
            lines.append(f"  {task(f'{m.what} {m.text}')} :milestone, d{number}, {m.first}, 0d")
    return "\n".join(lines)
