"""Screen: every version of the packet, and any two of them compared."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened
from assistant.protocol.rights import User
from assistant.screens import texts
from assistant.screens.compare_view import compare_view, version_table
from assistant.screens.markup import empty, no_packet
from assistant.screens.panel import panel
from assistant.screens.visit import SHOW, Place, Screen, Visit, told


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """Two choices, the comparison, the list of versions."""
    with gr.Tab(texts.VERSIONS, id="versions") as tab:
        with gr.Row():
            before = gr.Dropdown([], label=texts.BEFORE, elem_id="version-before", interactive=True)
            after = gr.Dropdown([], label=texts.AFTER, elem_id="version-after", interactive=True)
        compared = panel(elem_id="compared")
        with gr.Accordion(texts.EVERY_VERSION, open=True, elem_id="versions-all"):
            listed = panel(elem_id="versions-list")

    def compare(before: int | None, after: int | None, place: Place, request: gr.Request) -> Any:
        if not before or not after:
            return gr.skip()
        with told():
            return compare_view(
                verbs.compare(visit.desk, visit.user(request), place[0], int(before), int(after))
            )

    def paint(opened: Opened | None, user: User, *now: Any) -> list[Any]:
        if opened is None:
            return [gr.update(choices=[], value=None), gr.update(choices=[], value=None), no_packet(), ""]
        rows = verbs.history(visit.desk, user, opened.deal.id)
        choices = [(f"{row.version}: {row.what[:60]}", row.version) for row in rows]
        old, new = max(1, opened.version - 1), opened.version
        html = empty(texts.ONE_VERSION_SO_FAR, texts.ONE_VERSION_TODO)
        if old != new:
            html = compare_view(verbs.compare(visit.desk, user, opened.deal.id, old, new))
        return [
            gr.update(choices=choices, value=old),
            gr.update(choices=choices, value=new),
            html,
            version_table(rows),
        ]

    gr.on([before.input, after.input], compare, [before, after, place], compared, **SHOW)
    return Screen("versions", tab, [before, after, compared, listed], paint)
