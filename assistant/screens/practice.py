"""Practice on the screens: a button that starts one, and what was caught of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened
from assistant.practice import PracticeResult
from assistant.screens.markup import chip, safe, table, tag, text
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
    """The two buttons and the result; all hidden where the deal is no practice."""
    with gr.Row():
        button = gr.Button(texts.RESULT, visible=False, elem_id="practice-result")
        every = gr.Button(texts.EVERY_FLAW, visible=False, elem_id="practice-flaws")
    shown = panel(elem_id="practice-caught")

    def told_by(view: Callable[[PracticeResult], str]) -> Callable[..., str]:
        def on_click(place: Place, request: gr.Request) -> str:
            with told():
                deal = Place(*place).deal
                return view(verbs.practice_result(visit.desk, visit.user(request), deal))

        return on_click

    button.click(told_by(score_view), [place], [shown], **SHOW)
    every.click(told_by(result_view), [place], [shown], **SHOW)
    return [button, every, shown]


def fill_result(opened: Opened | None) -> list[Any]:
    """The buttons where the open deal is a practice; the result of another one is gone."""
    there = gr.update(visible=bool(opened and opened.packet.deal.practice is not None))
    return [there, there, ""]


def score_view(result: PracticeResult) -> str:
    """Points, and how many flaws of each kind were caught; not which, so that one can go on."""
    kinds = dict.fromkeys(outcome.kind for outcome in result.outcomes)
    rows = []
    for kind in sorted(kinds, key=list(texts.KINDS).index):
        mine = [outcome.caught for outcome in result.outcomes if outcome.kind == kind]
        rows.append((text(texts.KINDS[kind]), text(texts.OF.format(caught=sum(mine), all=len(mine)))))
    alarms = len(result.false_alarms)
    wrong = tag("p", text(texts.ALARMS.format(number=alarms))) if alarms else ""
    return safe(_points(result) + table((texts.KIND, texts.CAUGHT_SO_FAR), rows, texts.KIND) + wrong)


def result_view(result: PracticeResult) -> str:
    """Points, then every flaw with its explanation."""
    flaws = (
        tag("li", f"{chip(*(texts.CAUGHT if o.caught else texts.MISSED))} {text(o.explain)}")
        for o in result.outcomes
    )
    alarms = "".join(tag("li", text(line)) for line in result.false_alarms)
    right = tag("h4", text(texts.WAS_RIGHT)) + tag("ul", alarms) if alarms else ""
    return safe(_points(result) + tag("ul", flaws) + right)


def _points(result: PracticeResult) -> str:
    words = texts.POINTS.format(points=result.points, caught=result.caught, all=len(result.outcomes))
    return tag("h3", text(words))
