"""The deals: what is waiting for me, clock left, status, score, blockers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from assistant.desk import DealLine
from assistant.screens import texts
from assistant.screens.deal_facts import SEGMENTS
from assistant.screens.markup import chip, empty, safe, status_chip, tag, text
from assistant.screens.texts import deal_list as clock_texts

TWO_DAYS = 48
"""Hours; more are told in days."""


def deal_list(lines: Iterable[DealLine], names: Mapping[str, str] | None = None) -> str:
    """A row a deal, in the order given; a row is chosen by its id (`data-choose`). `names`: of the logins."""
    rows = [_row(line, names or {}) for line in lines]
    if not rows:
        return empty(texts.NO_DEALS, texts.NO_DEALS_TODO)
    return safe(tag("div", rows, class_="cards", role="list", aria_label=texts.DEALS))


def _row(line: DealLine, names: Mapping[str, str]) -> str:
    d = line.deal
    name = d.account or texts.UNNAMED
    cells = (
        tag("strong", text(name)) + tag("small", text(f" {_whose(line, names)}")),
        status_chip(d.status) if d.version else chip("○", texts.NOT_DRAFTED, "muted"),
        _blockers(line) if d.version else "",
        text(texts.POINTS.format(known=d.points, knowable=d.knowable))
        if d.points is not None and d.knowable is not None
        else "",
        _waiting(line),
    )
    return tag(
        "div",
        (tag("span", cell) for cell in cells),
        class_="card deal-row",
        data_choose=d.id,
        tabindex="0",
        role="listitem",
        aria_label=f"{name}, {texts.STATUSES[d.status]}",
    )


def _whose(line: DealLine, names: Mapping[str, str]) -> str:
    d = line.deal
    csm = texts.CSM_IS.format(login=names.get(d.csm, d.csm)) if d.csm else ""
    owner = texts.AE_IS.format(login=names.get(d.owner, d.owner))
    return ", ".join(filter(None, (owner, csm, SEGMENTS.get(d.segment or "") if d.segment else "")))


def _blockers(line: DealLine) -> str:
    n = line.deal.blockers
    return (
        chip("■", texts.ONE_BLOCKER if n == 1 else texts.SOME_BLOCKERS.format(number=n), "blocker")
        if n
        else chip("✓", texts.NO_BLOCKER, "covered")
    )


def _waiting(line: DealLine) -> str:
    marks = [chip("→", texts.WAITS_FOR_YOU, "vague")] if line.waits_for_me else []
    if line.clock:
        hours = abs(line.clock.left) // timedelta(hours=1)
        marks.append(
            chip("◷", texts.HOURS_OVERDUE.format(hours=hours), "contradicted")
            if line.clock.is_overdue
            else chip("◷", texts.HOURS_LEFT.format(hours=hours), "vague")
        )
    else:
        marks += _clocks(line)
    marks += [chip("▲", texts.ESCALATED_TO_SALES_LEADERSHIP, "contradicted")] if line.is_escalated else []
    return "".join(marks)


def _clocks(line: DealLine) -> list[str]:
    """What ran out, the oldest first; else what is due next."""
    if line.breached:
        oldest = min(line.breached, key=lambda clock: clock.left or timedelta(0))
        words = clock_texts.OVERDUE if len(line.breached) == 1 else clock_texts.OVERDUE_SOME
        return [chip("■", words.format(label=oldest.label, number=len(line.breached)), "contradicted")]
    if line.next_clock is None or line.next_clock.left is None:
        return []
    hours = line.next_clock.left // timedelta(hours=1)
    words = clock_texts.NEXT_DAYS if hours > TWO_DAYS else clock_texts.NEXT_HOURS
    return [chip("◷", words.format(label=line.next_clock.label, hours=hours, days=hours // 24), "muted")]
