"""Screen: recordings of the deal: how far they are heard, who speaks in them, consent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Opened
from assistant.protocol.rights import User
from assistant.screens.panel import panel
from assistant.screens.recordings_view import recording_list
from assistant.screens.texts import SIDES
from assistant.screens.texts import recordings as texts
from assistant.screens.visit import SET, SHOW, Place, Screen, Visit, needs, refusal, told
from extractors.talk.cues import seconds


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """The list on the left, what a person says about it on the right."""
    with gr.Tab(texts.RECORDINGS, id="recordings") as tab, gr.Row(equal_height=False):
        with gr.Column(scale=6, min_width=320):
            listed = panel(elem_id="recordings", tall=True)
            again = gr.Button(texts.REFRESH, elem_id="recordings-again")
        with gr.Column(scale=4, min_width=320):
            which = gr.Dropdown([], label=texts.RECORDING, elem_id="recording-name", interactive=True)
            people = gr.Number(
                label=texts.PEOPLE, precision=0, value=None, minimum=1, maximum=20, elem_id="recording-people"
            )
            with gr.Row():
                hear = gr.Button(texts.HEAR, elem_id="recording-hear")
                stop = gr.Button(texts.STOP, elem_id="recording-stop")
            agreed = gr.Checkbox(label=texts.CONSENT, elem_id="consent")
            with gr.Row():
                note = gr.Button(texts.NOTE_CONSENT, elem_id="consent-note")
                note_all = gr.Button(texts.NOTE_ALL, elem_id="consent-note-all")
            speakers = _speaker_forms(visit, place, which, listed)

    def look(place: Place, request: gr.Request) -> Any:
        deal = Place(*place).deal
        return shown(visit, visit.user(request), deal) if deal else gr.skip()

    def on_hear(name: str, people: float | None, place: Place, request: gr.Request) -> str:
        many = int(people) if people else None
        return done(visit, request, place, name, verbs.hear_recording, people=many)

    def on_stop(name: str, place: Place, request: gr.Request) -> str:
        return done(visit, request, place, name, verbs.stop_hearing)

    def on_note(name: str, agreed: bool, place: Place, request: gr.Request) -> str:
        return done(visit, request, place, name, verbs.note_consent, agreed=agreed)

    def on_note_all(agreed: bool, place: Place, request: gr.Request) -> str:
        user, deal = visit.user(request), Place(*place).deal
        with told():
            verbs.note_consent(visit.desk, user, deal, agreed=agreed)
        return shown(visit, user, deal)

    def choose(name: str, place: Place, request: gr.Request) -> list[Any]:
        user, deal = visit.user(request), Place(*place).deal
        noted = consented(visit, user, deal, name)
        return [gr.update(value=bool(noted)), *choices(visit, user, deal, name)]

    hear.click(on_hear, [which, people, place], [listed], **SET)
    stop.click(on_stop, [which, place], [listed], **SET)
    note.click(on_note, [which, agreed, place], [listed], **SET)
    note_all.click(on_note_all, [agreed, place], [listed], **SET)
    again.click(look, [place], [listed], **SHOW)
    which.change(choose, [which, place], [agreed, *speakers], **SHOW)

    def paint(opened: Opened | None, user: User, *now: Any) -> list[Any]:
        deal = Place(*now[0]).deal
        if not deal:
            return ["", gr.update(choices=[], value=None), gr.update(value=False)]
        rows = [row.name for row in verbs.list_recordings(visit.desk, user, deal)]
        noted = consented(visit, user, deal, rows[0] if rows else "")
        chosen = gr.update(choices=rows, value=rows[0] if rows else None)
        return [shown(visit, user, deal), chosen, gr.update(value=bool(noted))]

    return Screen("recordings", tab, [listed, which, agreed], paint, [place])


def _speaker_forms(visit: Visit, place: gr.State, which: gr.Dropdown, listed: gr.HTML) -> list[gr.Dropdown]:
    with gr.Accordion(texts.NAME_IT, open=True, elem_id="act-name-speaker"):
        speaker = gr.Dropdown([], label=texts.SPEAKER, elem_id="speaker-which", interactive=True)
        person = gr.Textbox(label=texts.THE_NAME, elem_id="speaker-name")
        side = gr.Radio(
            [(label, key) for key, label in SIDES.items()], label=texts.SIDE, elem_id="speaker-side"
        )
        name = gr.Button(texts.NAME, elem_id="speaker-save", variant="primary")
    with gr.Accordion(texts.MERGE, open=False, elem_id="act-merge-speakers"):
        one = gr.Dropdown([], label=texts.SPEAKER, elem_id="merge-speaker", interactive=True)
        into = gr.Dropdown([], label=texts.INTO, elem_id="merge-into", interactive=True)
        merge = gr.Button(texts.MERGE_THEM, elem_id="merge-speakers")
    with gr.Accordion(texts.SPLIT, open=False, elem_id="act-give-turn"):
        at = gr.Textbox(label=texts.AT, elem_id="turn-at")
        to = gr.Dropdown([], label=texts.TO, elem_id="turn-to", interactive=True)
        give = gr.Button(texts.GIVE, elem_id="turn-give")

    def on_name(
        file: str, speaker: str, person: str, side: Any, place: Place, request: gr.Request
    ) -> list[Any]:
        given = {"speaker": needs(speaker, texts.SPEAKER), "person": needs(person, texts.THE_NAME)}
        return changed(visit, request, place, file, verbs.name_speaker, **given, side=side or None)

    def on_merge(file: str, one: str, into: str, place: Place, request: gr.Request) -> list[Any]:
        given = {"speaker": needs(one, texts.SPEAKER), "into": needs(into, texts.INTO)}
        return changed(visit, request, place, file, verbs.merge_speakers, **given)

    def on_give(file: str, at: str, to: str | None, place: Place, request: gr.Request) -> list[Any]:
        second = seconds(at or "")
        if second is None:
            raise refusal(f"{texts.THE_TIME}.")
        return changed(visit, request, place, file, verbs.give_turn, at=second, to=to or None)

    speakers = [speaker, one, into, to]
    name.click(on_name, [which, speaker, person, side, place], [listed, *speakers], **SET)
    merge.click(on_merge, [which, one, into, place], [listed, *speakers], **SET)
    give.click(on_give, [which, at, to, place], [listed, *speakers], **SET)
    return speakers


def changed(
    visit: Visit, request: gr.Request, place: Place, file: str, verb: Callable[..., Any], **more: Any
) -> list[Any]:
    """What a person said of the speakers is kept; the list and the choices as they are now."""
    html = done(visit, request, place, file, verb, **more)
    gr.Info(texts.DRAFT_AGAIN)
    return [html, *choices(visit, visit.user(request), Place(*place).deal, file)]


def done(
    visit: Visit, request: gr.Request, place: Place, file: str, verb: Callable[..., Any], **more: Any
) -> str:
    """The verb done on that recording; the list as it is now."""
    user, deal = visit.user(request), Place(*place).deal
    with told():
        verb(visit.desk, user, deal, name=needs(file, texts.RECORDING), **more)
    return shown(visit, user, deal)


def shown(visit: Visit, user: User, deal: str) -> str:
    """The deal's recordings as they are now."""
    with told():
        rows = verbs.list_recordings(visit.desk, user, deal)
        names = [row.name for row in rows if row.state == "done"]
        voices = {name: verbs.voices_of(visit.desk, user, deal, name=name) for name in names}
        found = {name: verbs.get_transcript(visit.desk, user, deal, name=name) for name in names}
        known = verbs.get_deal(visit.desk, user, deal).deal.known
    noted = {row.name: known.consented(row.name) for row in rows}
    return recording_list(rows, voices, {name: heard for name, heard in found.items() if heard}, noted)


def consented(visit: Visit, user: User, deal: str, name: str | None) -> bool | None:
    """What is noted of the consent to that recording."""
    with told():
        return verbs.get_deal(visit.desk, user, deal).deal.known.consented(name or "") if deal else None


def choices(visit: Visit, user: User, deal: str, name: str | None) -> list[Any]:
    """The speakers to choose from, once for each place where one is chosen."""
    with told():
        voices = verbs.voices_of(visit.desk, user, deal, name=name) if name and deal else []
    rows = [(f"{v.name} ({v.speaker})" if v.name else v.speaker, v.speaker) for v in voices]
    return [gr.update(choices=rows, value=None)] * 4
