"""Practice on the screens: a button that starts one, and what was caught of it."""

from __future__ import annotations

import secrets
from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened
from assistant.practice import PracticeResult
from assistant.screens.markup import chip, safe, tag, text
from assistant.screens.panel import panel
from assistant.screens.texts import practice as texts
from assistant.screens.visit import SET, SHOW, Place, Visit, arrived, told

NUMBERS = 10_000


def start_form(visit: Visit, place: gr.State, tabs: gr.Tabs) -> None:
    """The button among the deals; it opens the new practice."""
    with gr.Accordion(texts.PRACTICE, open=False, elem_id="practice"):
        gr.HTML(safe(tag("p", text(texts.WHAT_IT_IS))), elem_classes=["panel"], apply_default_css=False)
        start = gr.Button(texts.START, elem_id="practice-start")

    def on_start(request: gr.Request) -> Any:
        with told():
            user = visit.user(request)
            made = verbs.start_practice(visit.desk, user, secrets.randbelow(NUMBERS))
            return arrived(verbs.get_deal(visit.desk, user, made.deal.id))

    start.click(on_start, None, [place, tabs], **SET)


def result_form(visit: Visit, place: gr.State) -> list[Any]:
    """The button and the result; both hidden where the deal is no practice."""
    button = gr.Button(texts.RESULT, visible=False, elem_id="practice-result")
    shown = panel(elem_id="practice-caught")

    def on_result(place: Place, request: gr.Request) -> str:
        with told():
            deal = Place(*place).deal
            return result_view(verbs.practice_result(visit.desk, visit.user(request), deal))

    button.click(on_result, [place], [shown], **SHOW)
    return [button, shown]


def fill_result(opened: Opened | None) -> list[Any]:
    """The button where the open deal is a practice; the result of another one is gone."""
    return [gr.update(visible=bool(opened and opened.packet.deal.practice is not None)), ""]


def result_view(result: PracticeResult) -> str:
    """Points, then every flaw with its explanation."""
    points = texts.POINTS.format(points=result.points, caught=result.caught, all=len(result.outcomes))
    flaws = (
        tag("li", f"{chip(*(texts.CAUGHT if o.caught else texts.MISSED))} {text(o.explain)}")
        for o in result.outcomes
    )
    alarms = "".join(tag("li", text(line)) for line in result.false_alarms)
    right = tag("h4", text(texts.WAS_RIGHT)) + tag("ul", alarms) if alarms else ""
    return safe(tag("h3", text(points)) + tag("ul", flaws) + right)
