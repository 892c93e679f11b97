"""Making promises: merging earlier wordings into one, splitting a mixed one, adding one that was missed."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened
from assistant.packet import Commitment
from assistant.screens import texts
from assistant.screens.source_pane import SourcePane, selected
from assistant.screens.visit import SET, Place, Visit, needs


def merge_or_split(visit: Visit, place: gr.State, chosen: gr.State) -> list[Any]:
    """Lay out and wire merging others into the chosen promise, and splitting it; the components."""
    with gr.Accordion(texts.MERGE_OR_SPLIT, open=False, elem_id="act-merge"):
        others = gr.Dropdown(
            [], label=texts.EARLIER_WORDINGS_OF_THE_CHOSEN, multiselect=True, elem_id="merge-others"
        )
        merge = gr.Button(texts.MERGE_THEM_INTO_IT, elem_id="merge")
        parts = gr.Textbox(label=texts.ITS_PARTS_A_LINE_EACH, lines=2, elem_id="split-parts")
        split = gr.Button(texts.SPLIT_IT, elem_id="split")

    def on_merge(id: str, others: list[str], place: Place, request: gr.Request) -> Place:
        return visit.decide(
            verbs.merge,
            request,
            place,
            keep=needs(id, texts.A_PROMISE),
            others=others or [],
        )

    def on_split(id: str, parts: str, place: Place, request: gr.Request) -> Place:
        lines = needs(parts, texts.THE_LIST_OF_PARTS).splitlines()
        return visit.decide(
            verbs.split,
            request,
            place,
            promise=needs(id, texts.A_PROMISE),
            parts=lines,
        )

    merge.click(on_merge, [chosen, others, place], [place], **SET)
    split.click(on_split, [chosen, parts, place], [place], **SET)
    return [others, merge, parts, split]


def fill_others(opened: Opened | None, promise: Commitment | None, may: bool) -> list[Any]:
    """What those components show for the chosen promise."""
    listed = enumerate(opened.packet.commitments if opened else (), start=1)
    choices = [(f"P{n} {c.text[:70]}", c.id) for n, c in listed if promise and c.id != promise.id]
    on = gr.update(interactive=may and promise is not None)
    return [gr.update(choices=choices, value=[]), on, gr.update(value=""), on]


def no_promise(visit: Visit, place: gr.State, chosen: gr.State) -> list[Any]:
    """Lay out and wire dismissing the chosen promise, and bringing a dismissed one back; the components."""
    with gr.Accordion(texts.NOT_A_PROMISE, open=False, elem_id="act-dismiss"):
        reason = gr.Textbox(label=texts.WHY_THESE_WORDS_ARE_NO, elem_id="dismiss-reason")
        dismiss = gr.Button(texts.DISMISS_IT, elem_id="dismiss")
        gone = gr.Dropdown([], label=texts.DISMISSED_SO_FAR, elem_id="dismissed")
        back = gr.Button(texts.BRING_IT_BACK, elem_id="bring-back")

    def on_dismiss(id: str, reason: str, place: Place, request: gr.Request) -> Place:
        return visit.decide(
            verbs.dismiss,
            request,
            place,
            promise=needs(id, texts.A_PROMISE),
            reason=needs(reason, texts.THE_REASON),
        )

    def on_back(id: str, place: Place, request: gr.Request) -> Place:
        return visit.decide(
            verbs.bring_back,
            request,
            place,
            promise=needs(id, texts.A_DISMISSED_PROMISE),
        )

    dismiss.click(on_dismiss, [chosen, reason, place], [place], **SET)
    back.click(on_back, [gone, place], [place], **SET)
    return [reason, dismiss, gone, back]


def fill_dismissed(opened: Opened | None, promise: Commitment | None, may: bool) -> list[Any]:
    """What those components show: the dismissed ones that do not stand again."""
    here = {c.id for c in opened.packet.commitments} if opened else set()
    decisions = opened.packet.decisions if opened else ()
    gone = {
        d.subject: c.text for d in decisions if d.action == "dismiss" for c in d.promises if c.id not in here
    }
    choices = [(text[:80], id) for id, text in gone.items()]
    on = gr.update(interactive=may and promise is not None)
    return [
        gr.update(value=""),
        on,
        gr.update(choices=choices, value=None),
        gr.update(interactive=may and bool(gone)),
    ]


def add_missed(visit: Visit, place: gr.State, pane: SourcePane) -> list[Any]:
    """Lay out and wire adding the words selected in the source as a promise."""
    with gr.Accordion(texts.ADD_A_PROMISE_THAT_WAS, open=False, elem_id="act-add"):
        gr.Markdown(texts.ADD_PROMISE)
        with gr.Row():
            party = gr.Dropdown(
                [(label, side) for side, label in texts.SIDES.items()],
                value="vendor",
                label=texts.WHOSE,
                elem_id="add-party",
            )
            category = gr.Dropdown(
                list(texts.PROMISE_CATEGORIES), value="other", label=texts.CATEGORY, elem_id="add-category"
            )
        words = gr.Textbox(label=texts.IN_CLEAR_WORDS_OPTIONAL, elem_id="add-text")
        add = gr.Button(texts.ADD_THE_SELECTED_WORDS_AS, variant="primary", elem_id="add")

    def on_add(
        party: Any, category: Any, words: str, kept: Any, place: Place, request: gr.Request
    ) -> tuple[Place, str]:
        evidence = selected(visit, request, place, kept)
        told_in = (words or "").strip() or evidence.quote
        more = {"evidence": evidence, "text": told_in, "party": party, "category": category}
        return visit.decide(verbs.add_promise, request, place, **more), ""

    add.click(on_add, [party, category, words, pane.words, place], [place, words], **SET)
    return [add]
