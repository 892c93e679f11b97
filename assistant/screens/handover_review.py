"""The 72-hour review's form: what was met, what had been told of it, noted."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened, can
from assistant.protocol.rights import User
from assistant.protocol.surprises import LABELS
from assistant.screens import handover_view as view
from assistant.screens.handover_part import Part, usable
from assistant.screens.panel import panel
from assistant.screens.texts import handover as texts
from assistant.screens.visit import SET, SHOW, Place, Visit, needs, told


def review_part(visit: Visit, place: gr.State) -> Part:
    """The list of what was met, and the two buttons."""
    found = gr.State(None)
    with gr.Accordion(texts.REVIEW, open=False, elem_id="act-review"):
        listed = panel(elem_id="surprises")
        met = gr.Textbox(label=texts.MET, lines=2, elem_id="surprise-met")
        look = gr.Button(texts.LOOK, elem_id="surprise-look")
        told_of = panel(elem_id="surprise-told")
        kind = gr.Dropdown(
            [(label, id) for id, label in LABELS.items()],
            value="never_said",
            label=texts.CLASS,
            elem_id="surprise-class",
        )
        note = gr.Button(texts.NOTE_SURPRISE, variant="primary", elem_id="surprise-note")

    def on_look(met: str, place: Place, request: gr.Request) -> Any:
        words, opened = needs(met, texts.MET), visit.packet(request, place)
        if opened is None:
            return gr.skip(), gr.skip(), gr.skip()
        with told():
            likely = verbs.look_for_surprise(visit.desk, visit.user(request), opened.deal.id, text=words)
        return likely, likely.kind, view.likely_line(likely, opened.packet)

    def on_note(met: str, kind: Any, likely: Any, place: Place, request: gr.Request) -> Any:
        same = likely is not None and likely.kind == kind
        about, evidence = (likely.about, likely.evidence) if same else (None, ())
        more = {"text": needs(met, texts.MET), "kind": kind, "about": about, "evidence": evidence}
        return visit.decide(verbs.note_surprise, request, place, **more), "", "", None

    look.click(on_look, [met, place], [found, kind, told_of], **SHOW)
    note.click(on_note, [met, kind, found, place], [place, met, told_of, found], **SET)

    def fill(opened: Opened | None, user: User) -> list[Any]:
        may = opened is not None and can(user, "record", opened)
        return [view.surprise_list(opened.packet) if opened else "", usable(may), usable(may)]

    return Part([listed, look, note], fill)
