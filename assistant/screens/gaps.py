"""Screen: what is missing or wrong. A few questions at a time, each answered in its place."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened, Question, can
from assistant.packet import Finding
from assistant.protocol.rights import User
from assistant.protocol.template import shown_rows
from assistant.screens import texts
from assistant.screens.ask_waive import ask_or_waive, fill_ask_or_waive
from assistant.screens.gap_list import gap_list, question_list, remarks
from assistant.screens.markup import no_packet, safe, severity_chip, tag, text
from assistant.screens.panel import panel, picked
from assistant.screens.source_pane import names, show, source_pane
from assistant.screens.visit import PICK, SET, SHOW, Place, Screen, Visit, needs


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """Questions of the moment and all findings on the left; the answer and the source on the right."""
    with gr.Tab(texts.GAPS, id="gaps") as tab, gr.Row(equal_height=False):
        chosen = gr.State("")  # within the tab: anything else among the tabs would count as one
        with gr.Column(scale=6, min_width=320):
            now = panel(elem_id="questions")
            with gr.Row():
                category = gr.Dropdown(
                    [(texts.EVERY_CATEGORY, ""), *((label, key) for key, label in texts.CATEGORIES.items())],
                    value="",
                    label=texts.CATEGORY,
                    elem_id="gap-category",
                )
                closed = gr.Checkbox(label=texts.SHOW_ANSWERED_AND_WAIVED, elem_id="gap-closed")
            listed = panel(elem_id="gaps", tall=True)
        with gr.Column(scale=5, min_width=320):
            about = gr.HTML(elem_id="gap-chosen", elem_classes=["panel"], apply_default_css=False)
            form = _form(visit, place, chosen)
            pane = source_pane(visit, place, "gap-source")

    def paint(opened: Opened | None, user: User, *set_now: Any) -> list[Any]:
        if opened is None:
            return ["", no_packet(), names(None), *_fill(None, user, "", [])]
        id, key, closed = set_now
        questions = verbs.questions(visit.desk, user, opened.deal.id)
        html = gap_list(opened.packet, [key] if key else [], closed=bool(closed), chosen=id)
        return [question_list(questions, id), html, names(opened), *_fill(opened, user, id, questions)]

    def narrow(id: str, key: str, closed: bool, place: Place, request: gr.Request) -> Any:
        opened = visit.packet(request, place)
        return (
            gap_list(opened.packet, [key] if key else [], closed=bool(closed), chosen=id)
            if opened
            else gr.skip()
        )

    def choose(event: gr.EventData, place: Place, request: gr.Request) -> list[Any]:
        wanted, opened = picked(event), visit.packet(request, place)
        if wanted.kind == "evidence":
            return [gr.skip(), *show(visit, request, place, wanted), *([gr.skip()] * (1 + len(form)))]
        if opened is None or wanted.kind != "choose":
            return [gr.skip()] * (4 + len(form))
        user = visit.user(request)
        questions = verbs.questions(visit.desk, user, opened.deal.id)
        return [wanted.id, gr.skip(), gr.skip(), *_fill(opened, user, wanted.id, questions)]

    outputs = [chosen, pane.name, pane.view, about, *form]
    for one in (now, listed):
        one.select(choose, [place], outputs, **PICK)
    gr.on(
        [category.input, closed.input],
        narrow,
        [chosen, category, closed, place],
        listed,
        **SHOW,
    )
    outputs = [now, listed, pane.name, about, *form]
    return Screen("gaps", tab, outputs, paint, [chosen, category, closed], chosen)


def _form(visit: Visit, place: gr.State, chosen: gr.State) -> list[Any]:
    line = gr.Dropdown([], label=texts.WHICH_LINE_OF_THE_SUMMARY, visible=False, elem_id="gap-line")
    answer = gr.Textbox(label=texts.ANSWER, lines=3, elem_id="gap-answer")
    save = gr.Button(texts.SAVE_THE_ANSWER, variant="primary", elem_id="gap-save")
    settle = ask_or_waive(visit, place, chosen, of="gap", what=texts.A_GAP, about=_finding)

    def on_save(id: str, line: Any, answer: str, place: Place, request: gr.Request) -> Place:
        return visit.decide(
            verbs.answer_gap,
            request,
            place,
            finding=needs(id, texts.A_GAP),
            text=needs(answer, texts.THE_ANSWER),
            path=line or None,
        )

    save.click(on_save, [chosen, line, answer, place], [place], **SET)
    return [line, answer, save, *settle]


def _finding(opened: Opened | None, id: str) -> list[Finding]:
    return [f for f in opened.packet.findings if f.id == id] if opened else []


def _fill(opened: Opened | None, user: User, id: str, questions: list[Question]) -> list[Any]:
    found = _finding(opened, id)
    finding = found[0] if found else None
    asked = next((q for q in questions if q.id == id), None)
    answers = bool(opened and (finding or asked) and can(user, "answer", opened))
    lines = _lines(finding, opened)
    return [
        _about(finding, asked),
        gr.update(choices=lines, value=lines[0][1] if lines else None, visible=bool(lines)),
        gr.update(value=""),
        gr.update(interactive=answers),
        *fill_ask_or_waive(opened, user, found, finding is not None),
    ]


def _lines(finding: Finding | None, opened: Opened | None) -> list[tuple[str, str]]:
    """A wholly missing category: its lines, of which the answer fills one."""
    if finding is None or opened is None or finding.rule != "missing-category":
        return []
    return [(row.label, row.path) for row in shown_rows(opened.packet) if row.category == finding.category]


def _about(finding: Finding | None, asked: Question | None) -> str:
    if finding:
        return safe(
            tag("h3", f"{severity_chip(finding.severity)} {text(finding.message)}")
            + tag("p", text(finding.ask))
            + remarks(finding)
        )
    if asked:
        return safe(tag("h3", text(asked.text)))
    return safe(tag("p", text(texts.CHOOSE_GAP), class_="none"))
