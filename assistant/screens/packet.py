"""Screen: the deal summary by section; every value opens its evidence, every line can be corrected."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened, can
from assistant.packet import Field
from assistant.protocol.rights import User
from assistant.protocol.template import load_template, summary_field
from assistant.screens import texts
from assistant.screens.markup import no_packet, safe, tag, text
from assistant.screens.panel import panel, picked
from assistant.screens.people_form import fill_people, people_form
from assistant.screens.source_pane import names, selected, show, source_pane
from assistant.screens.summary_view import ROLES, summary_view
from assistant.screens.visit import PICK, SET, Place, Screen, Visit, needs

NEW = texts.A_NEW_VALUE


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """The summary on the left; the source and the form for the chosen line on the right."""
    with gr.Tab(texts.PACKET, id="packet") as tab, gr.Row(equal_height=False):
        chosen = gr.State("")  # within the tab: anything else among the tabs would count as one
        with gr.Column(scale=6, min_width=320):
            view = panel(elem_id="summary", tall=True)
        with gr.Column(scale=5, min_width=320):
            pane = source_pane(visit, place, "packet-source")
            about = gr.HTML(elem_id="field-chosen", elem_classes=["panel"], apply_default_css=False)
            form = _form(visit, place, chosen, pane.words)
            person = _person(visit, place)
            people = people_form(visit, place)

    def paint(opened: Opened | None, user: User, *now: Any) -> list[Any]:
        if opened is None:
            off = gr.update(interactive=False)
            return [no_packet(), names(None), *_fill(None, user, ""), off, *fill_people(None, False)]
        may = can(user, "edit", opened)
        return [
            summary_view(opened.packet, now[0]),
            names(opened),
            *_fill(opened, user, now[0]),
            gr.update(interactive=may),
            *fill_people(opened, may),
        ]

    def choose(event: gr.EventData, place: Place, request: gr.Request) -> list[Any]:
        wanted, opened = picked(event), visit.packet(request, place)
        if wanted.kind == "evidence":
            return [gr.skip(), *show(visit, request, place, wanted), *([gr.skip()] * (1 + len(form)))]
        if opened is None or wanted.kind != "choose":
            return [gr.skip()] * (4 + len(form))
        return [wanted.id, gr.skip(), gr.skip(), *_fill(opened, visit.user(request), wanted.id)]

    view.select(
        choose,
        [place],
        [chosen, pane.name, pane.view, about, *form],
        **PICK,
    )
    return Screen("packet", tab, [view, pane.name, about, *form, person, *people], paint, [chosen])


def _form(visit: Visit, place: gr.State, chosen: gr.State, words: gr.State) -> list[Any]:
    with gr.Accordion(texts.CORRECT_THE_CHOSEN_LINE, open=True, elem_id="act-field"):
        was = gr.Dropdown([NEW], value=NEW, label=texts.VALUE_TO_REPLACE, elem_id="field-was")
        value = gr.Textbox(label=texts.NEW_VALUE_EMPTY_REMOVES_THE, lines=2, elem_id="field-value")
        proof = gr.Checkbox(label=texts.THE_SELECTED_WORDS_IN_THE, elem_id="field-proof")
        reason = gr.Textbox(label=texts.WHY_NEEDED_FOR_NOT_APPLICABLE, elem_id="field-reason")
        with gr.Row():
            save = gr.Button(texts.SAVE_THE_VALUE, variant="primary", elem_id="field-save")
            drop = gr.Button(texts.MARK_NOT_APPLICABLE, elem_id="field-na")

    def on_save(
        path: str,
        was: str,
        value: str,
        prove: bool,
        reason: str,
        kept: Any,
        place: Place,
        request: gr.Request,
    ) -> Place:
        evidence = (selected(visit, request, place, kept),) if prove else ()
        return visit.decide(
            verbs.edit_value,
            request,
            place,
            path=needs(path, texts.A_FIELD),
            text=value or "",
            was=None if was == NEW else was,
            reason=(reason or "").strip() or None,
            evidence=evidence,
        )

    def on_drop(path: str, reason: str, place: Place, request: gr.Request) -> Place:
        return visit.decide(
            verbs.mark_not_applicable,
            request,
            place,
            path=needs(path, texts.A_FIELD),
            reason=needs(reason, texts.THE_REASON),
        )

    save.click(on_save, [chosen, was, value, proof, reason, words, place], [place], **SET)
    drop.click(on_drop, [chosen, reason, place], [place], **SET)
    return [was, value, proof, reason, save, drop]


def _fill(opened: Opened | None, user: User, path: str) -> list[Any]:
    row = next((r for r in load_template().field if r.path == path), None)
    may = gr.update(interactive=bool(opened and row and can(user, "edit", opened)))
    field = summary_field(opened.packet.summary, path) if opened and row else Field()
    about = safe(tag("h3", text(row.label)) + tag("p", text(row.ask))) if row else _hint()
    was = gr.update(choices=[NEW, *(v.text for v in field.values)], value=NEW)
    return [about, was, gr.update(value=""), gr.update(value=False), gr.update(value=""), may, may]


def _hint() -> str:
    return safe(tag("p", text(texts.CHOOSE_FIELD), class_="none"))


def _person(visit: Visit, place: gr.State) -> gr.Button:
    with gr.Accordion(texts.NAME_A_PERSON_OF_THE, open=False, elem_id="act-person"):
        with gr.Row():
            role = gr.Dropdown(
                [(label, key) for key, label in ROLES.items()], label=texts.ROLE, elem_id="person-role"
            )
            name = gr.Textbox(label=texts.NAME, elem_id="person-name")
            title = gr.Textbox(label=texts.TITLE, elem_id="person-title")
        save = gr.Button(texts.SAVE_THE_PERSON, elem_id="person-save")

    def on_save(role: Any, name: str, title: str, place: Place, request: gr.Request) -> Place:
        return visit.decide(
            verbs.name_stakeholder,
            request,
            place,
            role=needs(role, texts.THE_ROLE),
            name=needs(name, texts.THE_NAME),
            title=(title or "").strip() or None,
        )

    save.click(on_save, [role, name, title, place], [place], **SET)
    return save
