"""Screen: what blocks, and the decision: submit, accept, reject with a reason a gap, request a revision."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened, can
from assistant.packet import RejectionReason
from assistant.protocol.rights import User, Verb, reach
from assistant.review.rounds import open_blockers, return_clock
from assistant.screens import texts
from assistant.screens.compare_view import compare_view
from assistant.screens.decision_view import blocker_list, decision_log, gap_label, round_line
from assistant.screens.markup import empty, no_packet
from assistant.screens.panel import panel
from assistant.screens.practice import fill_result, result_form
from assistant.screens.visit import SET, Place, Screen, Visit

WHOLE = "packet"
"""A reason that is about no single gap."""


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """Blockers and the state of the round on the left, the buttons on the right, the log below."""
    with gr.Tab(texts.DECISION, id="decision") as tab:
        with gr.Row(equal_height=False):
            with gr.Column(scale=6, min_width=320):
                state = panel(elem_id="round")
                blocks = panel(elem_id="blockers")
            with gr.Column(scale=5, min_width=320):
                note = gr.Textbox(label=texts.NOTE, lines=2, elem_id="decision-note")
                with gr.Row():
                    submit = gr.Button(texts.SUBMIT_TO_CS, variant="primary", elem_id="submit")
                    accept = gr.Button(texts.ACCEPT, variant="primary", elem_id="accept")
                    revise = gr.Button(texts.REQUEST_REVISION, elem_id="revise")
                form, reject = _rejection(visit, place, note)
                practised = result_form(visit, place)
        with gr.Accordion(texts.WHAT_CHANGED_SINCE_CS_SENT, open=True, elem_id="since"):
            since = panel(elem_id="since-return")
        with gr.Accordion(texts.EVERY_DECISION_SO_FAR, open=False, elem_id="log"):
            log = panel(elem_id="decisions")
    for button, verb in ((submit, verbs.submit), (accept, verbs.accept), (revise, verbs.request_revision)):
        button.click(_decide(visit, verb), [note, place], [place, note], **SET)
    buttons = [submit, accept, revise, reject]

    def paint(opened: Opened | None, user: User, *now: Any) -> list[Any]:
        if opened is None:
            off = [gr.update(interactive=False)] * 4
            return ["", no_packet(), *off, *_fill(None, user), "", "", *fill_result(None)]
        changed = verbs.changed_since_return(visit.desk, user, opened.deal.id)
        clock = return_clock(opened.packet, visit.desk.policy, visit.desk.now())
        line = round_line(opened.packet, visit.desk.policy, clock)
        return [
            line,
            blocker_list(opened.packet),
            *_buttons(opened, user),
            *_fill(opened, user),
            compare_view(changed) if changed else empty(texts.NEVER_SENT_BACK, texts.NEVER_SENT_BACK_TODO),
            decision_log(opened.packet),
            *fill_result(opened),
        ]

    outputs = [state, blocks, *buttons, *form, since, log, *practised]
    return Screen("decision", tab, outputs, paint, leads=blocks)


def _decide(visit: Visit, verb: Any) -> Any:
    def decide(note: str, place: Place, request: gr.Request) -> tuple[Place, str]:
        return visit.decide(verb, request, place, note=(note or "").strip() or None), ""

    return decide


def _buttons(opened: Opened, user: User) -> list[Any]:
    """What may be pressed now; the verbs themselves refuse what must not be."""
    status = opened.packet.status
    here, at_cs = status in ("draft", "rejected", "needs_revision"), status == "submitted"
    blocked = bool(open_blockers(opened.packet))
    may: tuple[tuple[Verb, bool], ...] = (
        ("submit", here), ("accept", at_cs and not blocked), ("reject", at_cs), ("reject", at_cs),
    )  # fmt: skip
    return [
        gr.update(interactive=now and can(user, verb, opened), visible=reach(user, verb) is not None)
        for verb, now in may
    ]


def _rejection(visit: Visit, place: gr.State, note: gr.Textbox) -> tuple[list[Any], gr.Button]:
    reasons = gr.State([])
    with gr.Accordion(texts.REJECT_WITH_A_REASON_FOR, open=True, elem_id="act-reject") as form:
        gaps = gr.Dropdown([], label=texts.ABOUT, elem_id="reject-about")
        with gr.Row():
            code = gr.Dropdown(
                [(label, key) for key, label in texts.REJECTION_CODES.items()],
                value="major_gap",
                label=texts.REASON,
                elem_id="reject-code",
            )
            words = gr.Textbox(label=texts.IN_WORDS, elem_id="reject-words")
        with gr.Row():
            add = gr.Button(texts.ADD_THIS_REASON, elem_id="reject-add")
            clear = gr.Button(texts.START_OVER, elem_id="reject-clear")
        listed = gr.Textbox(label=texts.REASONS_SO_FAR, interactive=False, lines=2, elem_id="reject-list")
        reject = gr.Button(texts.REJECT, variant="stop", elem_id="reject")

    def on_add(
        about: str, code: Any, words: str, reasons: list[Any], place: Place, request: gr.Request
    ) -> tuple[list[Any], str, str]:
        subject = None if about in (None, WHOLE) else about
        reason = RejectionReason(code=code, subject=subject, note=(words or "").strip() or None)
        kept = [*reasons, reason.model_dump()]
        return kept, _listed(kept, visit.packet(request, place)), ""

    def on_reject(
        reasons: list[Any], note: str, place: Place, request: gr.Request
    ) -> tuple[Place, list[Any], str]:
        given = [RejectionReason.model_validate(reason) for reason in reasons]
        note = (note or "").strip()
        return visit.decide(verbs.reject, request, place, reasons=given, note=note or None), [], ""

    add.click(on_add, [gaps, code, words, reasons, place], [reasons, listed, words], **SET)
    clear.click(lambda: ([], ""), None, [reasons, listed], **SET)
    reject.click(on_reject, [reasons, note, place], [place, reasons, listed], **SET)
    return [gaps, form], reject


def _listed(reasons: list[Any], opened: Opened | None) -> str:
    gaps = {f.id: gap_label(f, opened.packet) for f in opened.packet.findings} if opened else {}
    lines = (
        f"{number}. {texts.REJECTION_CODES[r['code']]}"
        + (f" – {gaps.get(r['subject'], r['subject'])}" if r["subject"] else "")
        + (f": {r['note']}" if r["note"] else "")
        for number, r in enumerate(reasons, start=1)
    )
    return "\n".join(lines)


def _fill(opened: Opened | None, user: User) -> list[Any]:
    packet = opened.packet if opened else None
    choices = [(texts.THE_PACKET_AS_A_WHOLE, WHOLE)]
    for f in packet.findings if packet else ():
        if packet and f.is_open:
            choices.append((f"{texts.SEVERITIES[f.severity]}: {gap_label(f, packet)}", f.id))
    return [gr.update(choices=choices, value=WHOLE), gr.update(visible=reach(user, "reject") is not None)]
