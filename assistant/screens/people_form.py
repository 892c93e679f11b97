"""What is known of a person of the map: one aspect at a time."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened
from assistant.review.people import CHOICES
from assistant.screens import texts
from assistant.screens.texts import people as words
from assistant.screens.visit import SET, Place, Visit, needs

HINTS = {aspect: ", ".join(choices) for aspect, choices in CHOICES.items()}


def people_form(visit: Visit, place: gr.State) -> list[Any]:
    """Person, aspect, words; the person and the button are filled by `fill_people`."""
    with gr.Accordion(words.DESCRIBE, open=False, elem_id="act-describe"):
        with gr.Row():
            person = gr.Dropdown([], label=words.PERSON, elem_id="describe-person")
            aspect = gr.Dropdown(
                [(label, key) for key, label in words.ASPECTS.items()],
                value="influence",
                label=words.WHAT,
                elem_id="describe-aspect",
            )
        told = gr.Textbox(label=words.TOLD, placeholder=HINTS["influence"], elem_id="describe-words")
        save = gr.Button(words.SAVE, elem_id="describe-save")

    def on_save(name: str, aspect: Any, told: str, place: Place, request: gr.Request) -> tuple[Place, str]:
        more = {"name": needs(name, texts.THE_NAME), "aspect": aspect, "text": needs(told, words.TOLD)}
        return visit.decide(verbs.describe_stakeholder, request, place, **more), ""

    aspect.change(lambda key: gr.update(placeholder=HINTS.get(key, "")), [aspect], [told])
    save.click(on_save, [person, aspect, told, place], [place, told], **SET)
    return [person, save]


def fill_people(opened: Opened | None, may: bool) -> list[Any]:
    """The people of the packet, and whether one may describe them."""
    names = [s.name for s in opened.packet.stakeholders] if opened else []
    return [gr.update(choices=names), gr.update(interactive=may and bool(names))]
