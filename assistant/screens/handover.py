"""Screen: the handover: its clocks, what happened, the lists to tick, the score, the meeting, the reviews."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.desk import Opened
from assistant.protocol.handoffs import completeness
from assistant.protocol.rights import User
from assistant.screens import handover_view as view
from assistant.screens.handover_events import clocks_and_events, receiver
from assistant.screens.handover_meeting import meeting_part
from assistant.screens.handover_part import Part
from assistant.screens.handover_review import review_part
from assistant.screens.handover_ticks import checklist_part, readiness_part
from assistant.screens.panel import panel
from assistant.screens.texts import handover as texts
from assistant.screens.visit import Screen, Visit


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """Clocks, events, people and the meeting on the left; lists, score and review on the right."""
    with gr.Tab(texts.HANDOVER, id="handover") as tab, gr.Row(equal_height=False):
        with gr.Column(scale=6, min_width=320):
            left = [part(visit, place) for part in (clocks_and_events, receiver, meeting_part)]
        with gr.Column(scale=5, min_width=320):
            right = [checklist_part(visit, place), readiness_part(visit, place), _score(visit)]
            right.append(review_part(visit, place))
    parts = [*left, *right]

    def paint(opened: Opened | None, user: User, *now: Any) -> list[Any]:
        return [value for part in parts for value in part.fill(opened, user)]

    return Screen("handover", tab, [output for part in parts for output in part.outputs], paint)


def _score(visit: Visit) -> Part:
    shown = panel(elem_id="score")

    def fill(opened: Opened | None, user: User) -> list[Any]:
        if opened is None:
            return [""]
        return [view.score_table(opened.packet.score, completeness(opened.packet, visit.desk.policy))]

    return Part([shown], fill)
