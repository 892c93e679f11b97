"""Screen: reports over all deals that one may see, by group and period, with plot and CSV."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import gradio as gr

from assistant import desk as verbs
from assistant.desk import REPORT_FILES, Opened
from assistant.protocol.rights import User, reach
from assistant.screens import report_view
from assistant.screens.markup import safe, tag, text
from assistant.screens.panel import panel
from assistant.screens.texts import reports as texts
from assistant.screens.visit import SHOW, Screen, Visit, told

PARTS = ("glance", "review", "trend", "groups", "lessons", "files")


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """Choices on top, then figures, plot, groups, lessons, files."""
    with gr.Tab(texts.REPORTS, id="reports") as tab:
        with gr.Row():
            by = gr.Dropdown(
                [(label, key) for key, label in texts.BY.items()],
                value="team",
                label=texts.GROUP_BY,
                elem_id="report-by",
            )
            period = gr.Dropdown(
                [(texts.ALL_TIME, "")], value="", label=texts.PERIOD, elem_id="report-period"
            )
        parts = [panel(elem_id=f"report-{name}") for name in PARTS]

    def fill(user: User, by: Any, period: str) -> list[Any]:
        if reach(user, "see_reports") is None:
            return [gr.skip(), *([""] * len(PARTS))]
        made, page = verbs.dashboard(visit.desk, user, by=by or "team", period=period or None)
        choices = [(texts.ALL_TIME, ""), *((p, p) for p in made.periods)]
        fewest = visit.desk.policy.reports.fewest
        return [
            gr.update(choices=choices, value=period or ""),
            report_view.glance(made),
            report_view.review(page) if page else "",
            report_view.trend(made),
            report_view.groups(made),
            report_view.lessons(made, fewest) if made.n else "",
            file_links(by or "team", period),
        ]

    def paint(opened: Opened | None, user: User, *now: Any) -> list[Any]:
        return fill(user, *now)

    def choose(by: str, period: str, request: gr.Request) -> list[Any]:
        with told():
            return fill(visit.user(request), by, period)

    gr.on([by.input, period.input], choose, [by, period], [period, *parts], **SHOW)
    return Screen("reports", tab, [period, *parts], paint, [by, period])


def file_links(by: str, period: str) -> str:
    """A link a file."""
    given = urlencode({"by": by} | ({"period": period} if period else {}))
    links = (tag("a", text(name), href=f"/reports/{name}?{given}", download=name) for name in REPORT_FILES)
    return safe(tag("h3", text(texts.DOWNLOADS)) + tag("p", links))
