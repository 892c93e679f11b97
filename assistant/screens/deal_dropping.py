"""Deleting the open deal: for those who may, and only once its name was typed."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.protocol.rights import User, reach
from assistant.screens.markup import safe, tag, text
from assistant.screens.texts import audit as texts
from assistant.screens.visit import SET, Place, Visit, refusal, told


def drop_form(visit: Visit, place: gr.State, tabs: gr.Tabs) -> list[Any]:
    """The folded form; it and its words follow the open deal."""
    with gr.Accordion(texts.DELETE, open=False, visible=False, elem_id="drop") as form:
        gr.HTML(safe(tag("p", text(texts.DELETE_SAYS))), elem_classes=["panel"], apply_default_css=False)
        typed = gr.Textbox(label=texts.TYPE_SOMETHING, elem_id="drop-name")
        drop = gr.Button(texts.DELETE_NOW, variant="stop", elem_id="drop-now")

    def on_drop(typed: str, place: Place, request: gr.Request) -> tuple[Place, gr.Tabs, str]:
        user, deal = visit.user(request), Place(*place).deal
        with told():
            name = _name(visit, user, deal)
            if " ".join((typed or "").split()).casefold() != " ".join(name.split()).casefold():
                raise refusal(texts.NOT_THE_NAME.format(name=name))
            verbs.drop_deal(visit.desk, user, deal)
        gr.Info(texts.DELETED.format(name=name))
        return Place(), gr.Tabs(selected="deals"), ""

    drop.click(on_drop, [typed, place], [place, tabs, typed], **SET)
    return [form, typed]


def fill_drop(visit: Visit, user: User, deal: str) -> list[Any]:
    """Shown to those who may delete the deal that is open."""
    if not deal or reach(user, "delete_deal") is None:
        return [gr.update(visible=False), gr.update(value="")]
    label = texts.TYPE_IT.format(name=_name(visit, user, deal))
    return [gr.update(visible=True), gr.update(value="", label=label)]


def _name(visit: Visit, user: User, deal: str) -> str:
    """What has to be typed: the customer's name, or the deal's id where it has none."""
    row = verbs.get_deal(visit.desk, user, deal).deal
    return row.account.strip() or row.id
