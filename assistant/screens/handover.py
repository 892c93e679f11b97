"""Screen: the handover: its clocks, what happened, the checklist, the score, and the 72-hour review."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened, can
from assistant.protocol.checklist import checklist
from assistant.protocol.events import events, kinds_for
from assistant.protocol.handoffs import completeness
from assistant.protocol.rights import User
from assistant.screens import handover_view as view
from assistant.screens.handover_review import review_form
from assistant.screens.markup import no_packet
from assistant.screens.panel import panel, picked
from assistant.screens.texts import handover as texts
from assistant.screens.visit import PICK, SET, Place, Screen, Visit, needs, told


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """Clocks and events on the left; checklist, score and review on the right."""
    with gr.Tab(texts.HANDOVER, id="handover") as tab, gr.Row(equal_height=False):
        with gr.Column(scale=6, min_width=320):
            clocks = panel(elem_id="clocks")
            happened = panel(elem_id="events")
            form = _event_form(visit, place)
            csm = _csm_form(visit, place)
        with gr.Column(scale=5, min_width=320):
            ticks = panel(elem_id="checklist", tall=True)
            score = panel(elem_id="score")
            surprises, review = review_form(visit, place)
    ticks.select(_tick(visit), [place], [place], **PICK)
    outputs = [clocks, happened, *form, *csm, ticks, score, surprises, *review]

    def paint(opened: Opened | None, user: User, *now: Any) -> list[Any]:
        if opened is None:
            off = gr.update(interactive=False)
            return [no_packet(), "", gr.skip(), off, off, gr.skip(), off, "", "", "", off, off]
        packet, policy = opened.packet, visit.desk.policy
        may = can(user, "record", opened)
        return [
            view.clock_table(verbs.deal_clocks(visit.desk, user, opened.deal.id)),
            view.event_table(events(packet)),
            gr.update(choices=[(row.label, row.id) for row in kinds_for(packet.deal.trigger)]),
            gr.update(interactive=may), gr.update(interactive=may),
            *_fill_csm(visit, user, opened),
            view.checklist_view(checklist(packet, policy), can(user, "tick", opened)),
            view.score_table(packet.score, completeness(packet, policy)),
            view.surprise_list(packet),
            gr.update(interactive=may), gr.update(interactive=may),
        ]  # fmt: skip

    return Screen("handover", tab, outputs, paint)


def _event_form(visit: Visit, place: gr.State) -> list[Any]:
    with gr.Accordion(texts.NOTE_IT, open=True, elem_id="act-event"):
        kind = gr.Dropdown([], label=texts.WHAT_HAPPENED, elem_id="event-kind")
        with gr.Row():
            when = gr.Textbox(label=texts.WHEN, placeholder=texts.WHEN_HINT, elem_id="event-when")
            words = gr.Textbox(label=texts.IN_WORDS, elem_id="event-words")
        people = gr.Textbox(label=texts.PEOPLE, lines=2, elem_id="event-people")
        with gr.Row():
            note = gr.Button(texts.NOTE_IT, variant="primary", elem_id="event-note")
            back = gr.Button(texts.TAKE_BACK, elem_id="event-back")

    def on_note(kind: str, when: str, words: str, people: str, place: Place, request: gr.Request) -> Any:
        kind = needs(kind, texts.WHAT_HAPPENED)
        given = {"at": when, "note": words, "people": (people or "").splitlines()}
        return visit.decide(verbs.record_event, request, place, kind=kind, **given), "", "", ""

    def on_back(kind: str, place: Place, request: gr.Request) -> Place:
        return visit.decide(
            verbs.take_back_event, request, place, kind=needs(kind, texts.WHAT_HAPPENED)
        )

    note.click(on_note, [kind, when, words, people, place], [place, when, words, people], **SET)
    back.click(on_back, [kind, place], [place], **SET)
    return [kind, note, back]


def _csm_form(visit: Visit, place: gr.State) -> list[Any]:
    with gr.Accordion(texts.ASSIGN, open=False, elem_id="act-csm"):
        csm = gr.Dropdown([], label=texts.CSM, elem_id="csm")
        give = gr.Button(texts.GIVE, elem_id="csm-give")

    def on_give(csm: str, place: Place, request: gr.Request) -> None:
        with told():
            deal = Place(*place).deal
            row = verbs.assign_csm(visit.desk, visit.user(request), deal, needs(csm, texts.CSM))
            gr.Info(texts.GIVEN.format(csm=row.csm, deal=row.account or deal))

    give.click(on_give, [csm, place], None, **SET)
    return [csm, give]


def _fill_csm(visit: Visit, user: User, opened: Opened) -> list[Any]:
    people = [(person.name, person.login) for person in verbs.colleagues(visit.desk, user, "csm")]
    given = opened.deal.csm if opened.deal.csm in dict(people).values() else None
    return [
        gr.update(choices=people, value=given),
        gr.update(interactive=can(user, "assign_csm", opened)),
    ]


def _tick(visit: Visit) -> Any:
    """A click ticks an open item and takes a tick back."""

    def tick(event: gr.EventData, place: Place, request: gr.Request) -> Any:
        chosen, opened = picked(event), visit.packet(request, place)
        if chosen.kind != "choose" or opened is None:
            return gr.skip()
        items = {item.id: item for item in checklist(opened.packet, visit.desk.policy)}
        done = chosen.id in items and items[chosen.id].state == "open"
        return visit.decide(verbs.tick, request, place, item=chosen.id, done=done)

    return tick
