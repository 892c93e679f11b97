"""The handover as HTML: clocks, what happened, the checklist, the score line by line, what was met."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from assistant.packet import Evidence, Packet, Score
from assistant.protocol.checklist import ChecklistItem
from assistant.protocol.clocks import Clock
from assistant.protocol.events import Event, event_row
from assistant.protocol.meeting import OpenAnswer, actions
from assistant.protocol.readiness import ReadinessItem, readiness_groups
from assistant.protocol.rights import ROLE_NAMES
from assistant.protocol.surprise_search import Likely
from assistant.protocol.surprises import LABELS, surprises
from assistant.screens.markup import chip, empty, safe, table, tag, text
from assistant.screens.texts import handover as texts

ORDER = ("breached", "running", "late", "met")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?(?:\+00:00|Z)?")
PARTS = (("before", texts.BEFORE), ("meeting", texts.MEETING), ("after", texts.AFTER))


def clock_table(clocks: Sequence[Clock]) -> str:
    """What is overdue first, then what runs, then what is done; those not needed are left out."""
    shown = [clock for clock in clocks if clock.state in ORDER]
    if not any(clock.started or clock.due for clock in shown):
        return empty(texts.NO_CLOCK, texts.NO_CLOCK_TODO)
    rows = [_clock(clock) for clock in sorted(shown, key=lambda clock: ORDER.index(clock.state))]
    header = (texts.CLOCK, texts.STATE, texts.DUE_UTC, texts.LEFT, texts.WHOSE)
    waiting = ", ".join(clock.label for clock in clocks if clock.state == "waiting")
    later = tag("p", text(texts.NOT_STARTED.format(clocks=waiting)), class_="none") if waiting else ""
    return safe(tag("h3", text(texts.CLOCKS)) + table(header, rows, texts.CLOCKS) + later)


def _clock(clock: Clock) -> tuple[str, ...]:
    label = texts.ROUND.format(label=clock.label, round=clock.round) if clock.round > 1 else clock.label
    due = f"{clock.due:%Y-%m-%d %H:%M}" if clock.due else ""
    left = _span(clock.left) if clock.left is not None else ""
    return text(label), chip(*texts.STATES[clock.state]), text(due), text(left), text(ROLE_NAMES[clock.doer])


def _span(left: timedelta) -> str:
    hours = int(abs(left) // timedelta(hours=1))
    days, rest = divmod(hours, 24)
    time = texts.DAYS_HOURS.format(days=days, hours=rest) if days else texts.HOURS.format(hours=hours)
    return texts.OVERDUE_BY.format(time=time) if left < timedelta(0) else time


def event_table(happened: Sequence[Event]) -> str:
    """What happened, the latest first."""
    if not happened:
        return empty(texts.NOTHING_HAPPENED, texts.NOTHING_HAPPENED_TODO)
    rows = [_event(event) for event in reversed(happened)]
    header = (texts.WHAT, texts.WHEN_UTC, texts.NOTED_BY, texts.WORDS)
    return safe(tag("h3", text(texts.HAPPENED)) + table(header, rows, texts.HAPPENED))


def _event(event: Event) -> tuple[str, ...]:
    when = f"{event.planned_for or event.at:%Y-%m-%d %H:%M}"
    words = "; ".join(filter(None, (", ".join(event.people), event.text)))
    shown = texts.PLANNED.format(when=when) if event.planned_for else when
    return text(event_row(event.kind).label), text(shown), text(event.by), text(words)


def checklist_view(items: Sequence[ChecklistItem], may_tick: bool) -> str:
    """The items by their time; one that a person may tick is chosen by its id."""
    done = sum(item.state != "open" for item in items)
    head = tag("h3", text(texts.CHECKLIST.format(done=done, all=len(items))))
    hint = tag("p", text(texts.CHECKLIST_TODO), class_="none") if may_tick else ""
    parts = [
        tag("h4", text(label)) + tag("div", [_item(i, may_tick) for i in items if i.when == when],
                                     class_="cards", role="list")
        for when, label in PARTS
    ]  # fmt: skip
    return safe(head + hint + "".join(parts))


def _item(item: ChecklistItem, may_tick: bool) -> str:
    look = texts.ITEM_STATES[item.state]
    return _tickable(item.id, look, item.label, item.why, may_tick and item.state != "proven")


def _tickable(id: str, look: tuple[str, str, str], label: str, why: str, ticks: bool) -> str:
    when = _ISO.sub(r"\1 \2", why)
    told = tag("small", text(f" {when}")) if when else ""
    return tag(
        "div", f"{chip(*look)} {text(label)}{told}", class_="card" if ticks else "card still",
        data_choose=id if ticks else None, tabindex="0" if ticks else None, role="listitem",
    )  # fmt: skip


def readiness_view(items: Sequence[ReadinessItem], may_tick: bool) -> str:
    """The items by group; what the record says is not so stands out."""
    done = sum(item.state != "open" for item in items)
    head = tag("h3", text(texts.READY.format(done=done, all=len(items))))
    groups = [
        tag("h4", text(group.label))
        + tag("div", [_ready(i, may_tick) for i in items if i.group == group.id], class_="cards", role="list")
        for group in readiness_groups()
        if any(i.group == group.id for i in items)
    ]
    return safe(head + "".join(groups))


def _ready(item: ReadinessItem, may_tick: bool) -> str:
    look = texts.RED if item.is_red and item.state == "open" else texts.ITEM_STATES[item.state]
    return _tickable(item.id, look, item.label, item.why, may_tick and item.state != "proven")


def score_table(score: Score | None, completeness: float) -> str:
    """The score explained line by line; nothing is guessed."""
    if score is None:
        return ""
    rows = [
        (text(part.name), text(_points(part.points, part.out_of)), text(part.why)) for part in score.parts
    ]
    head = tag("h3", text(texts.SCORE.format(known=score.known, knowable=score.knowable)))
    whole = tag("p", text(texts.COMPLETENESS.format(percent=completeness)))
    return safe(head + whole + table((texts.PART, texts.POINTS, texts.WHY), rows, texts.PART))


def _points(points: float | None, out_of: float) -> str:
    if points is None:
        return texts.NOT_YET.format(out_of=out_of)
    return texts.OF.format(points=points, out_of=out_of)


def likely_line(likely: Likely, packet: Packet) -> str:
    """What words propose of a surprise, and where it stood."""
    parts = [text(texts.LIKELY.format(kind=LABELS[likely.kind]))]
    told = {c.id: c.text for c in packet.commitments} | {f.id: f.message for f in packet.findings}
    if likely.about in told:
        parts.append(text(texts.TOLD.format(what=told[likely.about])))
    for e in likely.evidence:
        parts.append(text(texts.STOOD.format(source=e.source, locator=e.locator, quote=e.quote)))
    return safe(tag("p", " ".join(parts)))


def surprise_list(packet: Packet) -> str:
    """What was met so far."""
    found = surprises(packet)
    if not found:
        return ""
    items = (tag("li", f"{text(s.text)} {tag('small', text(f'({LABELS[s.kind]}; {s.by})'))}") for s in found)
    return safe(tag("h4", text(texts.SURPRISES)) + tag("ul", items))


def meeting_view(packet: Packet, waiting: Sequence[OpenAnswer]) -> str:
    """Answers that wait with the words that show them, and the action items."""
    answers = (
        tag("li", [tag("strong", text(one.answer.question)), *(_said(one, e) for e in one.answer.evidence)])
        for one in waiting
    )
    items = (
        tag("li", text(texts.ACTION.format(
            text=item.text, owner=item.owner or texts.NOBODY, due=f", {item.due}" if item.due else "")))
        for item in actions(packet)
    )  # fmt: skip
    listed = "".join(items)
    head = tag("h4", text(texts.ACTIONS)) + tag("ul", listed) if listed else ""
    return safe(tag("ul", answers) + head)


def _said(one: OpenAnswer, e: Evidence) -> str:
    by = one.answer.by or e.source
    return tag("p", text(texts.SAID_BY.format(by=by, locator=e.locator, quote=e.quote)))
