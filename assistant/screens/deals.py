"""Screen: the deals that one may see, what waits first; choosing one opens it."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Filters, Opened
from assistant.protocol.rights import User
from assistant.screens import texts
from assistant.screens.deal_list import deal_list
from assistant.screens.panel import panel, picked
from assistant.screens.practice import start_form
from assistant.screens.visit import PICK, SHOW, Screen, Visit, arrived, told

STATES = [(texts.ANY_STATUS, ""), *((label, state) for state, label in texts.STATUSES.items())]


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """The tab with its filters and the list."""
    with gr.Tab(texts.DEALS, id="deals") as tab:
        with gr.Row():
            words = gr.Textbox(
                label=texts.SEARCH, placeholder=texts.ACCOUNT_PERSON_OR_ID, elem_id="deal-search", scale=3
            )
            status = gr.Dropdown(STATES, value="", label=texts.STATUS, elem_id="deal-status", scale=1)
            mine = gr.Checkbox(label=texts.WAITS_FOR_ME, elem_id="deal-mine", scale=1, min_width=140)
            blocked = gr.Checkbox(label=texts.HAS_BLOCKERS, elem_id="deal-blocked", scale=1, min_width=140)
        rows = panel(elem_id="deals", tall=True)
        start_form(visit, place, tabs)
    filters: list[Any] = [words, status, mine, blocked]

    def names() -> dict[str, str]:
        return {person.login: person.name for person in (visit.desk.people or tuple)()}

    def paint(opened: Opened | None, user: User) -> list[Any]:
        return [deal_list(verbs.list_deals(visit.desk, user), names())]

    def narrow(words: str, status: str, mine: bool, blocked: bool, request: gr.Request) -> str:
        with told():
            wanted = Filters(words or "", status or None, bool(mine), bool(blocked))  # type: ignore[arg-type]
            return deal_list(verbs.list_deals(visit.desk, visit.user(request), wanted), names())

    def choose(event: gr.EventData, request: gr.Request) -> Any:
        chosen = picked(event)
        if chosen.kind != "choose":
            return gr.skip(), gr.skip()
        with told():
            return arrived(verbs.get_deal(visit.desk, visit.user(request), chosen.id))

    gr.on(
        [f.change for f in filters],
        narrow,
        filters,
        rows,
        **SHOW,
        trigger_mode="always_last",
    )
    rows.select(choose, None, [place, tabs], **PICK)
    return Screen("deals", tab, [rows], paint)
