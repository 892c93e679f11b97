"""What a reviewer does with the chosen promise: verdict, owner, question, waiver, merging, adding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened, can
from assistant.packet import Commitment, Finding
from assistant.protocol.rights import User
from assistant.screens import texts
from assistant.screens.ask_waive import ask_or_waive, fill_ask_or_waive
from assistant.screens.markup import safe, tag, text, verdict_chip
from assistant.screens.promise_making import (
    add_missed,
    fill_dismissed,
    fill_others,
    merge_or_split,
    no_promise,
)
from assistant.screens.source_pane import SourcePane, selected
from assistant.screens.visit import SET, Place, Visit, needs


class Actions(NamedTuple):
    """The components that follow the chosen promise, and what fills them."""

    outputs: list[Any]
    fill: Callable[[Opened | None, User, str], list[Any]]


def build(visit: Visit, place: gr.State, chosen: gr.State, pane: SourcePane) -> Actions:
    """Lay the actions out below the source and wire each to its verb."""
    about = gr.HTML(
        texts.CHOOSE_PROMISE, elem_id="promise-chosen", elem_classes=["panel"], apply_default_css=False
    )
    judged = _verdict(visit, place, chosen, pane)
    owned = _owner(visit, place, chosen)
    asked = ask_or_waive(
        visit, place, chosen, of="promise", what=texts.A_PROMISE, about=_about_promise
    )
    others = [*merge_or_split(visit, place, chosen), *no_promise(visit, place, chosen)]
    added = add_missed(visit, place, pane)
    outputs = [about, *judged, *owned, *asked, *others, *added]

    def fill(opened: Opened | None, user: User, id: str) -> list[Any]:
        promise = _promise(opened, id)
        edits, judges = (bool(opened and can(user, verb, opened)) for verb in ("edit", "judge"))
        return [
            _about(opened, promise),
            *_fill_verdict(promise, judges),
            *_fill_owner(promise, edits),
            *fill_ask_or_waive(opened, user, _about_promise(opened, id), promise is not None),
            *fill_others(opened, promise, edits),
            *fill_dismissed(opened, promise, judges),
            gr.update(interactive=edits),
        ]

    return Actions(outputs, fill)


def _promise(opened: Opened | None, id: str) -> Commitment | None:
    return next((c for c in opened.packet.commitments if c.id == id), None) if opened and id else None


def _about(opened: Opened | None, promise: Commitment | None) -> str:
    if opened is None or promise is None:
        return safe(tag("p", text(texts.CHOOSE_PROMISE), class_="none"))
    number = [c.id for c in opened.packet.commitments].index(promise.id) + 1
    return safe(tag("h3", f"P{number} {verdict_chip(promise.verdict)} {text(promise.text[:140])}"))


def _verdict(visit: Visit, place: gr.State, chosen: gr.State, pane: SourcePane) -> list[Any]:
    with gr.Accordion(texts.VERDICT, open=True, elem_id="act-verdict"):
        with gr.Row():
            verdict = gr.Dropdown(
                [(label, v) for v, label in texts.VERDICTS.items()], label=texts.VERDICT, elem_id="verdict"
            )
            relation = gr.Dropdown(
                [("–", ""), *((label, r) for r, label in texts.RELATIONS.items())],
                value="",
                elem_id="relation",
                label=texts.WHY_CONTRADICTED,
            )
        reason = gr.Textbox(label=texts.REASON_FOR_ANOTHER_VERDICT, elem_id="verdict-reason")
        clause = gr.Checkbox(label=texts.THE_SELECTED_WORDS_ARE_THE, elem_id="verdict-clause")
        with gr.Row():
            confirm = gr.Button(texts.CONFIRM_THE_VERDICT, variant="primary", elem_id="confirm")
            correct = gr.Button(texts.CORRECT_IT, elem_id="correct")

    def on_confirm(id: str, place: Place, request: gr.Request) -> Place:
        opened = visit.packet(request, place)
        promise = _promise(opened, needs(id, texts.A_PROMISE))
        return visit.decide(
            verbs.confirm_verdict,
            request,
            place,
            promise=id,
            verdict=promise.verdict if promise else "vague",
        )

    def on_correct(
        id: str,
        verdict: Any,
        relation: Any,
        reason: str,
        use: bool,
        words: Any,
        place: Place,
        request: gr.Request,
    ) -> Place:
        evidence = (selected(visit, request, place, words),) if use else ()
        return visit.decide(
            verbs.correct_verdict,
            request,
            place,
            promise=needs(id, texts.A_PROMISE),
            verdict=verdict,
            relation=relation or None,
            reason=needs(reason, texts.THE_REASON),
            contract_evidence=evidence,
        )

    confirm.click(on_confirm, [chosen, place], [place], **SET)
    correct.click(on_correct, [chosen, verdict, relation, reason, clause, pane.words, place], [place], **SET)
    return [verdict, relation, reason, clause, confirm, correct]


def _fill_verdict(promise: Commitment | None, may: bool) -> list[Any]:
    on = gr.update(interactive=may and promise is not None)
    verdict = gr.update(value=promise.verdict if promise else None)
    relation = gr.update(value=(promise.relation or "") if promise else "")
    return [verdict, relation, gr.update(value=""), gr.update(value=False), on, on]


def _owner(visit: Visit, place: gr.State, chosen: gr.State) -> list[Any]:
    with gr.Accordion(texts.OWNER_AND_DATE, open=False, elem_id="act-owner"):
        with gr.Row():
            owner = gr.Textbox(label=texts.OWNER, elem_id="owner")
            due = gr.Textbox(label=texts.DUE, placeholder=texts.OR_WORDS, elem_id="due")
        save = gr.Button(texts.ASSIGN, elem_id="assign")

    def on_save(id: str, owner: str, due: str, place: Place, request: gr.Request) -> Place:
        return visit.decide(
            verbs.assign,
            request,
            place,
            promise=needs(id, texts.A_PROMISE),
            owner=(owner or "").strip() or None,
            due=(due or "").strip() or None,
        )

    save.click(on_save, [chosen, owner, due, place], [place], **SET)
    return [owner, due, save]


def _fill_owner(promise: Commitment | None, may: bool) -> list[Any]:
    known = (promise.owner, promise.due) if promise else (None, None)
    return [
        *(gr.update(value=word or "") for word in known),
        gr.update(interactive=may and promise is not None),
    ]


def _about_promise(opened: Opened | None, id: str) -> list[Finding]:
    findings = opened.packet.findings if opened else ()
    return [f for f in findings if f.where == f"commitments.{id}"]
