"""Screen: start a deal, add its files, see how each was read, draft the packet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import gradio as gr

from assistant import desk as verbs
from assistant import pipeline
from assistant.desk import Opened, can
from assistant.packet import Deal, Participant, UnreadSource
from assistant.protocol.rights import User
from assistant.screens import texts
from assistant.screens.deal_dropping import drop_form, fill_drop
from assistant.screens.deal_facts import facts_form, fill_facts
from assistant.screens.file_list import file_list
from assistant.screens.new_deal import fill_new_deal, new_deal, say_refused, taken
from assistant.screens.panel import panel
from assistant.screens.visit import SET, Place, Screen, Visit, needs, place_of, refusal, told
from extractors.segments import SourceKind

PROGRESS = gr.Progress()


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """A form for a new deal on the left, the open deal's files and what was read on the right."""
    with gr.Tab(texts.UPLOAD, id="upload") as tab, gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=320):
            people = new_deal(visit, place)
            facts = facts_form(visit, place)
            dropping = drop_form(visit, place, tabs)
        with gr.Column(scale=6, min_width=320):
            add, draft, listed = _files(visit, place, tabs)
            forms = _corrections(visit, place, listed)

    def paint(opened: Opened | None, user: User, *now: Any) -> list[Any]:
        deal = Place(*now[0]).deal
        if not deal:
            return [
                gr.update(interactive=False),
                gr.update(interactive=False),
                file_list(None, None),
                *_choices(None, None),
                *fill_new_deal(visit, user, ""),
                *fill_facts(None),
                *fill_drop(visit, user, ""),
            ]
        looks, unread = verbs.look_at_files(visit.desk, user, deal)
        may = [gr.update(interactive=_may(user, verb, opened)) for verb in ("add_sources", "draft")]
        known = verbs.get_deal(visit.desk, user, deal).deal.known
        facts_now = fill_facts(known, _may(user, "change_deal", opened))
        rest = [*fill_new_deal(visit, user, deal), *facts_now, *fill_drop(visit, user, deal)]
        return [*may, file_list(looks, unread, deal), *_choices(looks, unread), *rest]

    return Screen("upload", tab, [add, draft, listed, *forms, *people, *facts, *dropping], paint, [place])


def _may(user: User, verb: Any, opened: Opened | None) -> bool:
    return opened is None or can(user, verb, opened)


def _files(visit: Visit, place: gr.State, tabs: gr.Tabs) -> tuple[gr.Button, gr.Button, gr.HTML]:
    files = gr.File(label=texts.ADD_FILES_TO_THE_OPEN, file_count="multiple", elem_id="more-files")
    with gr.Row():
        add = gr.Button(texts.ADD_THEM, elem_id="add-files")
        draft = gr.Button(texts.DRAFT_THE_PACKET, variant="primary", elem_id="draft")
    listed = panel(elem_id="files", tall=True)

    def on_add(paths: Any, place: Place, request: gr.Request) -> tuple[Any, None]:
        deal, user, given = Place(*place).deal, visit.user(request), taken(paths)
        if not deal or not given:
            raise refusal(texts.CHOOSE_FILES_FIRST_WITH_A)
        with told():
            say_refused(verbs.add_sources(visit.desk, user, deal, given))
            looks, unread = verbs.look_at_files(visit.desk, user, deal)
        return file_list(looks, unread, deal), None

    def on_draft(place: Place, request: gr.Request, progress: gr.Progress = PROGRESS) -> list[Any]:
        deal, user = needs(Place(*place).deal, texts.A_DEAL), visit.user(request)
        steps, found = list(pipeline.STEPS), dict[str, int]()

        def on_step(step: str) -> None:
            so_far = ", ".join(f"{number} {what}" for what, number in found.items())
            progress((steps.index(step), len(steps)), desc=f"{step} ({so_far})" if so_far else step)

        with told():
            drafted = verbs.draft(visit.desk, user, deal, on_step, found.__setitem__)
        for decision in drafted.misfits:
            action = decision.action.replace("_", " ")
            gr.Warning(texts.MISFIT.format(action=action, subject=decision.subject))
        return [place_of(drafted.opened), gr.Tabs(selected="promises"), gr.skip()]

    add.click(on_add, [files, place], [listed, files], **SET)
    # The list is an output so that the steps are shown over it.
    draft.click(on_draft, [place], [place, tabs, listed], api_visibility="private", concurrency_limit=2)
    return add, draft, listed


def _corrections(visit: Visit, place: gr.State, listed: gr.HTML) -> list[Any]:
    with gr.Accordion(texts.CORRECT_WHAT_WAS_RECOGNISED_USED, open=False, elem_id="act-recognised"):
        with gr.Row():
            file = gr.Dropdown([], label=texts.FILE, elem_id="kind-file")
            kind = gr.Dropdown(list(get_args(SourceKind)), label=texts.ITS_KIND, elem_id="kind-kind")
        with gr.Row():
            set_kind = gr.Button(texts.SET_THE_KIND, elem_id="kind-set")
            remove = gr.Button(texts.REMOVE_THE_FILE, elem_id="kind-remove")
        with gr.Row():
            name = gr.Dropdown([], label=texts.SPEAKER, elem_id="side-name")
            side = gr.Radio(
                [(label, key) for key, label in texts.SIDES.items()],
                label=texts.SPEAKS_FOR,
                elem_id="side-side",
            )
        set_side = gr.Button(texts.SET_THE_SIDE, elem_id="side-set")

    def change(place: Place, request: gr.Request, **known: Any) -> str:
        deal, user = needs(Place(*place).deal, texts.A_DEAL), visit.user(request)
        with told():
            old = verbs.get_deal(visit.desk, user, deal).deal.known
            verbs.change_facts(visit.desk, user, deal, old.model_copy(update=_merged(old, known)))
            looks, unread = verbs.look_at_files(visit.desk, user, deal)
        return file_list(looks, unread, deal)

    def on_kind(file: str, kind: str, place: Place, request: gr.Request) -> str:
        return change(place, request, kinds={needs(file, texts.THE_FILE): needs(kind, texts.THE_KIND)})

    def on_side(name: str, side: Any, place: Place, request: gr.Request) -> str:
        return change(
            place, request, person=Participant(name=needs(name, texts.THE_SPEAKER), side=side or None)
        )

    def on_remove(file: str, place: Place, request: gr.Request) -> list[Any]:
        deal, user = needs(Place(*place).deal, texts.A_DEAL), visit.user(request)
        with told():
            verbs.remove_source(visit.desk, user, deal, needs(file, texts.THE_FILE))
            looks, unread = verbs.look_at_files(visit.desk, user, deal)
        gr.Info(texts.REMOVED.format(file=file))
        return [file_list(looks, unread, deal), *_choices(looks, unread)]

    remove.click(on_remove, [file, place], [listed, file, name], **SET)
    set_kind.click(on_kind, [file, kind, place], [listed], **SET)
    set_side.click(on_side, [name, side, place], [listed], **SET)
    return [file, name]


def _merged(old: Deal, known: dict[str, Any]) -> dict[str, Any]:
    if "kinds" in known:
        return {"source_kinds": {**old.source_kinds, **known["kinds"]}}
    person = known["person"]
    return {"participants": (*(p for p in old.participants if p.name != person.name), person)}


def _choices(
    looks: list[verbs.FileLook] | None, unread: Sequence[UnreadSource] | None
) -> list[Any]:
    names = sorted({name for look in looks or [] for name, _ in look.speakers})
    files = [look.source.name for look in looks or []] + [u.name for u in unread or ()]
    return [gr.update(choices=files, value=None), gr.update(choices=names, value=None)]
