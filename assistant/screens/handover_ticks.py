"""Lists whose items are ticked by a click: the checklist of 21, and what must be true before work starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened, can
from assistant.protocol.checklist import ChecklistItem, checklist
from assistant.protocol.readiness import ReadinessItem
from assistant.protocol.rights import User
from assistant.screens import handover_view as view
from assistant.screens.handover_part import Part
from assistant.screens.panel import panel, picked
from assistant.screens.texts import handover as texts
from assistant.screens.visit import PICK, Place, Visit, told

Items = Sequence[ChecklistItem] | Sequence[ReadinessItem]


def checklist_part(visit: Visit, place: gr.State) -> Part:
    """The handoff checklist."""

    def items(opened: Opened, user: User) -> Sequence[ChecklistItem]:
        return checklist(opened.packet, visit.desk.policy)

    listed = panel(elem_id="checklist", tall=True)
    listed.select(_tick(visit, items, verbs.tick), [place], [place], **PICK)

    def fill(opened: Opened | None, user: User) -> list[Any]:
        return [view.checklist_view(items(opened, user), can(user, "tick", opened)) if opened else ""]

    return Part([listed], fill)


def readiness_part(visit: Visit, place: gr.State) -> Part:
    """Ready to start: contract, payment, systems, documents, CS."""

    def items(opened: Opened, user: User) -> Sequence[ReadinessItem]:
        return verbs.ready_items(visit.desk, user, opened.deal.id, opened.version)

    with gr.Accordion(texts.READINESS, open=False, elem_id="act-ready"):
        listed = panel(elem_id="readiness")
    listed.select(_tick(visit, items, verbs.tick_ready), [place], [place], **PICK)

    def fill(opened: Opened | None, user: User) -> list[Any]:
        if opened is None:
            return [""]
        with told():
            return [view.readiness_view(items(opened, user), can(user, "tick", opened))]

    return Part([listed], fill)


def _tick(visit: Visit, items: Callable[[Opened, User], Items], verb: Callable[..., Opened]) -> Any:
    """A click ticks an open item and takes a tick back."""

    def tick(event: gr.EventData, place: Place, request: gr.Request) -> Any:
        chosen, opened = picked(event), visit.packet(request, place)
        if chosen.kind != "choose" or opened is None:
            return gr.skip()
        states = {item.id: item.state for item in items(opened, visit.user(request))}
        return visit.decide(verb, request, place, item=chosen.id, done=states.get(chosen.id) == "open")

    return tick
