"""Screen: the promises, a card each, with the source beside them. The heart of the review."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.desk import Opened
from assistant.protocol.rights import User
from assistant.screens import promise_actions, texts
from assistant.screens.markup import no_packet
from assistant.screens.panel import panel, picked
from assistant.screens.promise_cards import promise_cards, tally
from assistant.screens.source_pane import names, show, source_pane
from assistant.screens.visit import PICK, SHOW, Place, Screen, Visit


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """Filters and cards on the left; source, and what one can do with the chosen card, on the right."""
    with gr.Tab(texts.PROMISES, id="promises") as tab, gr.Row(equal_height=False):
        chosen = gr.State("")  # within the tab: anything else among the tabs would count as one
        with gr.Column(scale=6, min_width=320):
            verdicts = gr.CheckboxGroup([], label=texts.SHOW_ONLY, elem_id="promise-verdicts")
            words = gr.Textbox(
                label=texts.SEARCH, placeholder=texts.WORDS_SPEAKER_P, elem_id="promise-search"
            )
            cards = panel(elem_id="promises", tall=True)
        with gr.Column(scale=5, min_width=320):
            pane = source_pane(visit, place, "promise-source")
            actions = promise_actions.build(visit, place, chosen, pane)

    def paint(opened: Opened | None, user: User, *now: Any) -> list[Any]:
        if opened is None:
            return [gr.update(choices=[]), no_packet(), names(None), *actions.fill(None, user, "")]
        shown, sought, id = now
        filters = gr.update(choices=tally(opened.packet), value=_still(shown, opened))
        html = promise_cards(opened.packet, _still(shown, opened), sought or "", id)
        return [filters, html, names(opened), *actions.fill(opened, user, id)]

    def narrow(shown: list[str], sought: str, id: str, place: Place, request: gr.Request) -> Any:
        opened = visit.packet(request, place)
        return promise_cards(opened.packet, shown or [], sought or "", id) if opened else gr.skip()

    def choose(event: gr.EventData, place: Place, request: gr.Request) -> list[Any]:
        wanted = picked(event)
        opened = visit.packet(request, place)
        untouched = [gr.skip()] * len(actions.outputs)
        if wanted.kind == "evidence":
            return [gr.skip(), *show(visit, request, place, wanted), *untouched]
        if opened is None or wanted.kind != "choose":
            return [gr.skip(), gr.skip(), gr.skip(), *untouched]
        return [wanted.id, gr.skip(), gr.skip(), *actions.fill(opened, visit.user(request), wanted.id)]

    gr.on(
        [verdicts.input, words.input],
        narrow,
        [verdicts, words, chosen, place],
        cards,
        **SHOW,
        trigger_mode="always_last",
    )
    cards.select(
        choose,
        [place],
        [chosen, pane.name, pane.view, *actions.outputs],
        **PICK,
    )
    return Screen(
        "promises", tab, [verdicts, cards, pane.name, *actions.outputs], paint, [verdicts, words, chosen],
        chosen,
    )  # fmt: skip


def _still(shown: list[str] | None, opened: Opened) -> list[str]:
    """The filters that were set and still find something."""
    there = {verdict for _, verdict in tally(opened.packet)}
    return [verdict for verdict in shown or [] if verdict in there]
