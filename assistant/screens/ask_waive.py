"""Two ways to settle a finding without answering it: note that somebody was asked, or live with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened, can
from assistant.packet import Finding
from assistant.protocol.rights import User
from assistant.screens import texts
from assistant.screens.visit import SET, Place, Visit, needs, place_of, refusal, told

Findings = Callable[[Opened | None, str], Sequence[Finding]]


def ask_or_waive(
    visit: Visit, place: gr.State, chosen: gr.State, *, of: str, what: str, about: Findings
) -> list[Any]:
    """The folded form: whom to ask what, and the reason to waive all that `about` finds of the chosen thing.

    `of` begins its components' ids; `what` names the chosen thing where none is chosen.
    """
    with gr.Accordion(texts.WAIVE_OR_ASK_INSTEAD, open=False, elem_id=f"{of}-ask-or-waive"):
        reason = gr.Textbox(label=texts.REASON_TO_LIVE_WITH_IT, elem_id=f"{of}-reason")
        with gr.Row():
            waive = gr.Button(texts.WAIVE_IT, elem_id=f"{of}-waive")
            back = gr.Button(texts.TAKE_THE_WAIVER_BACK, visible=False, elem_id=f"{of}-unwaive")
        whom = gr.Radio(
            [(label, key) for key, label in texts.ASKS.items()],
            label=texts.ASK, value="ae", elem_id=f"{of}-whom",
        )  # fmt: skip
        question = gr.Textbox(label=texts.QUESTION, lines=2, elem_id=f"{of}-question")
        ask = gr.Button(texts.NOTE_THAT_IT_WAS_ASKED, elem_id=f"{of}-ask")

    def each(verb: Any, is_open: bool, request: gr.Request, place: Place, id: str, **more: Any) -> Place:
        opened, user = visit.packet(request, place), visit.user(request)
        found = [f for f in about(opened, needs(id, what)) if f.is_open == is_open]
        if opened is None or not found:
            raise refusal(texts.NOTHING_TO_WAIVE)
        with told():
            for finding in found:
                seen = opened.deal.id, opened.version
                opened = verb(visit.desk, user, *seen, finding=finding.id, **more)
        return place_of(opened)

    def on_waive(id: str, reason: str, place: Place, request: gr.Request) -> Place:
        return each(verbs.waive, True, request, place, id, reason=needs(reason, texts.THE_REASON))

    def on_back(id: str, place: Place, request: gr.Request) -> Place:
        return each(verbs.unwaive, False, request, place, id)

    def on_ask(id: str, whom: Any, question: str, place: Place, request: gr.Request) -> Place:
        subject, words = needs(id, what), needs(question, texts.THE_QUESTION)
        return visit.decide(verbs.ask_of, request, place, subject=subject, whom=whom, question=words)

    waive.click(on_waive, [chosen, reason, place], [place], **SET)
    back.click(on_back, [chosen, place], [place], **SET)
    ask.click(on_ask, [chosen, whom, question, place], [place], **SET)
    return [reason, waive, back, whom, question, ask]


def fill_ask_or_waive(
    opened: Opened | None, user: User, found: Sequence[Finding], is_chosen: bool
) -> list[Any]:
    """The form for those findings; `is_chosen`: something is, that can be asked about."""
    still = [f for f in found if f.is_open]
    blocks = any(f.severity == "blocker" for f in still)
    waives = bool(opened and still and can(user, "waive_blocker" if blocks else "waive", opened))
    backs = bool(opened and len(still) < len(found) and can(user, "waive", opened))
    asks = bool(opened and is_chosen and can(user, "ask", opened))
    return [
        gr.update(value=""),
        gr.update(interactive=waives),
        gr.update(visible=backs),
        gr.update(value=found[0].ask_of if found else "ae"),
        gr.update(value=found[0].ask if found else ""),
        gr.update(interactive=asks),
    ]
