"""The handoff meeting's own transcript or minutes: uploaded, read, its answers confirmed one by one."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened, can
from assistant.protocol.meeting import open_answers
from assistant.protocol.rights import User
from assistant.screens import handover_view as view
from assistant.screens.handover_part import Part, usable
from assistant.screens.new_deal import taken
from assistant.screens.panel import panel
from assistant.screens.texts import handover as texts
from assistant.screens.visit import SET, Place, Visit, refusal


def meeting_part(visit: Visit, place: gr.State) -> Part:
    """The file, what it told, and the answers that wait for a person."""
    with gr.Accordion(texts.MEETING_READ, open=False, elem_id="act-meeting"):
        file = gr.File(label=texts.MEETING_FILE, elem_id="meeting-file")
        read = gr.Button(texts.MEETING_START, elem_id="meeting-read")
        told = panel(elem_id="meeting-told")
        answer = gr.Dropdown([], label=texts.PROPOSED, elem_id="meeting-answer")
        words = gr.Textbox(label=texts.IN_OTHER_WORDS, elem_id="meeting-words")
        with gr.Row():
            confirm = gr.Button(texts.CONFIRM, variant="primary", elem_id="meeting-confirm")
            drop = gr.Button(texts.DROP, elem_id="meeting-drop")

    def among_the_files(place: Place, request: gr.Request) -> str:
        opened = visit.packet(request, place)
        known = [s.name for s in opened.packet.sources if s.kind == "handoff_meeting"] if opened else []
        if not known:
            raise refusal(texts.CHOOSE_FILE)
        return known[-1]

    def on_read(path: Any, place: Place, request: gr.Request) -> tuple[Place, None]:
        if not path:
            name = among_the_files(place, request)
            return visit.decide(verbs.read_meeting, request, place, name=name), None
        ((name, data),) = taken([path]).items()
        return visit.decide(verbs.read_meeting, request, place, name=name, data=data), None

    def on_confirm(number: Any, words: str, place: Place, request: gr.Request) -> tuple[Place, str]:
        given = {"number": _number(number), "text": (words or "").strip() or None}
        return visit.decide(verbs.confirm_answer, request, place, **given), ""

    def on_drop(number: Any, place: Place, request: gr.Request) -> Place:
        return visit.decide(verbs.drop_answer, request, place, number=_number(number))

    def fill(opened: Opened | None, user: User) -> list[Any]:
        if opened is None:
            return ["", gr.update(choices=[], value=None), *([usable(False)] * 3)]
        waiting = open_answers(opened.packet)
        choices = [(f"{one.answer.question} {one.answer.text}"[:140], one.number) for one in waiting]
        settle = bool(waiting) and can(user, "answer", opened)
        return [
            view.meeting_view(opened.packet, waiting),
            gr.update(choices=choices, value=choices[0][1] if choices else None),
            usable(can(user, "record", opened)), usable(settle), usable(settle),
        ]  # fmt: skip

    read.click(on_read, [file, place], [place, file], **SET)
    confirm.click(on_confirm, [answer, words, place], [place, words], **SET)
    drop.click(on_drop, [answer, place], [place], **SET)
    return Part([told, answer, read, confirm, drop], fill)


def _number(given: Any) -> int:
    if given in (None, ""):
        raise refusal(texts.CHOOSE_ANSWER)
    return int(given)
