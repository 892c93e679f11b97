"""What happened: the clocks, the list of events, a form that notes one, and who receives the account."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened, can
from assistant.protocol.events import events, kinds_for
from assistant.protocol.rights import User, reach
from assistant.screens import handover_view as view
from assistant.screens.handover_part import Part, usable
from assistant.screens.markup import no_packet
from assistant.screens.panel import panel
from assistant.screens.texts import handover as texts
from assistant.screens.visit import SET, Place, Visit, needs, told


def clocks_and_events(visit: Visit, place: gr.State) -> Part:
    """Every clock, then everything that was noted, then the form."""
    clocks = panel(elem_id="clocks")
    happened = panel(elem_id="events")
    form = _form(visit, place)

    def fill(opened: Opened | None, user: User) -> list[Any]:
        if opened is None:
            return [no_packet(), "", gr.skip(), usable(False), usable(False)]
        may, trigger = can(user, "record", opened), opened.packet.deal.trigger
        return [
            view.clock_table(verbs.deal_clocks(visit.desk, user, opened.deal.id)),
            view.event_table(events(opened.packet)),
            gr.update(choices=[(row.label, row.id) for row in kinds_for(trigger)]),
            usable(may),
            usable(may),
        ]

    return Part([clocks, happened, *form], fill)


def _form(visit: Visit, place: gr.State) -> list[Any]:
    with gr.Accordion(texts.NOTE_WHAT_HAPPENED, open=True, elem_id="act-event"):
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
        return visit.decide(verbs.take_back_event, request, place, kind=needs(kind, texts.WHAT_HAPPENED))

    note.click(on_note, [kind, when, words, people, place], [place, when, words, people], **SET)
    back.click(on_back, [kind, place], [place], **SET)
    return [kind, note, back]


def receiver(visit: Visit, place: gr.State) -> Part:
    """Who receives the account; those who assign see who has room."""
    with gr.Accordion(texts.ASSIGN, open=False, elem_id="act-csm"):
        csm = gr.Dropdown([], label=texts.CSM, elem_id="csm")
        give = gr.Button(texts.GIVE, elem_id="csm-give")

    def on_give(csm: str, place: Place, request: gr.Request) -> Place:
        with told():
            user, at = visit.user(request), Place(*place)
            row = verbs.assign_csm(visit.desk, user, at.deal, needs(csm, texts.CSM))
            gr.Info(texts.GIVEN.format(csm=row.csm, deal=row.account or at.deal))
            return Place(at.deal, row.version)

    def fill(opened: Opened | None, user: User) -> list[Any]:
        if opened is None:
            return [gr.skip(), usable(False)]
        people = _people(visit, user)
        given = opened.deal.csm if opened.deal.csm in {login for _, login in people} else None
        return [gr.update(choices=people, value=given), usable(can(user, "assign_csm", opened))]

    give.click(on_give, [csm, place], [place], **SET)
    return Part([csm, give], fill)


def _people(visit: Visit, user: User) -> list[tuple[str, str]]:
    if reach(user, "assign_csm") is None:
        return [(person.name, person.login) for person in verbs.colleagues(visit.desk, user, "csm")]
    return [
        (texts.ROOM.format(load=load), load.login) for load in verbs.capacity(visit.desk, user)
    ]
