"""The pane beside a list: the source with the quote marked, and words that a person selects in it."""

from __future__ import annotations

from typing import Any, NamedTuple

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened
from assistant.packet import Evidence
from assistant.screens import texts
from assistant.screens.markup import safe, tag, text
from assistant.screens.panel import Picked, panel, picked
from assistant.screens.recordings_view import sound_address
from assistant.screens.source_view import source_view
from assistant.screens.visit import PICK, SHOW, Place, Visit, refusal, told
from extractors.segments import Source


class SourcePane(NamedTuple):
    """Its components; `words` holds what was selected last."""

    name: gr.Dropdown
    view: gr.HTML
    words: gr.State
    said: gr.Textbox


def source_pane(visit: Visit, place: gr.State, elem_id: str) -> SourcePane:
    """Lay it out and wire it: choosing a source shows it, selecting words in it keeps them."""
    name = gr.Dropdown([], label=texts.SOURCE, elem_id=f"{elem_id}-name", interactive=True)
    panel(safe(tag("button", text(texts.BACK_TO_THE_LIST), type="button", class_="evidence", data_back="1")),
          elem_id=f"{elem_id}-back")  # fmt: skip
    view = panel(source_view("", []), elem_id=elem_id, tall=True)
    words = gr.State(Picked("words"))
    said = gr.Textbox(
        label=texts.SELECTED_IN_THE_SOURCE, interactive=False, elem_id=f"{elem_id}-said", visible=False,
        lines=1, max_lines=3,
    )  # fmt: skip
    pane = SourcePane(name, view, words, said)

    def choose(source: str, place: Place, request: gr.Request) -> Any:
        return show(visit, request, place, Picked("evidence", source=source))[1] if source else gr.skip()

    def select(event: gr.EventData) -> Any:
        kept = picked(event)
        if kept.kind != "words":
            return gr.skip(), gr.skip()
        return kept, gr.update(value=f"“{kept.quote}”", visible=True)

    name.input(choose, [name, place], [view], **SHOW)
    view.select(select, None, [words, said], **PICK)
    return pane


def show(visit: Visit, request: gr.Request, place: Place, wanted: Picked) -> tuple[Any, str]:
    """(Dropdown update, HTML) that show the evidence where it stands."""
    deal, version = Place(*place)
    with told():
        source = verbs.get_source_text(visit.desk, visit.user(request), deal, wanted.source, version or None)
        sound = _sound(visit, request, deal, source)
    least = visit.desk.policy.recordings.doubtful_below_percent / 100
    html = source_view(source.name, source.segments, wanted.segment, wanted.quote, sound, least)
    return gr.update(value=source.name), html


def _sound(visit: Visit, request: gr.Request, deal: str, source: Source) -> str | None:
    """Where the source's recording is played from; None where it has none, or its sound was dropped."""
    if source.heard_by is None:
        return None
    rows = verbs.list_recordings(visit.desk, visit.user(request), deal)
    kept = any(row.name == source.heard_by.audio and row.sound for row in rows)
    return sound_address(deal, source.heard_by.audio) if kept else None


def names(opened: Opened | None) -> Any:
    """The Dropdown's choices: the packet's sources, shown without their folders."""
    sources = opened.packet.sources if opened else ()
    return gr.update(choices=[(s.name.rsplit("/", 1)[-1], s.name) for s in sources], value=None)


def selected(visit: Visit, request: gr.Request, place: Place, words: Picked) -> Evidence:
    """The selected words as verified evidence; says what to do where nothing is selected."""
    kept = Picked(*words)
    if not kept.quote:
        raise refusal(texts.SELECT_FIRST)
    with told():
        return verbs.quote_of(
            visit.desk, visit.user(request), place[0], kept.source, kept.segment, kept.quote
        )
