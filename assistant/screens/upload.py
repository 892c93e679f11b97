"""Screen: start a deal, add its files, see how each was read, draft the packet."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import gradio as gr

from assistant import desk as verbs
from assistant import pipeline
from assistant.desk import Added, Opened, can
from assistant.packet import Deal, Participant
from assistant.protocol.rights import RoleName, User
from assistant.screens import texts
from assistant.screens.deal_facts import KINDS, SEGMENTS, facts_form, fill_facts
from assistant.screens.file_list import file_list
from assistant.screens.panel import panel
from assistant.screens.visit import SET, Place, Screen, Visit, needs, place_of, refusal, told
from extractors.segments import SourceKind

PROGRESS = gr.Progress()


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """A form for a new deal on the left, the open deal's files and what was read on the right."""
    with gr.Tab(texts.UPLOAD, id="upload") as tab, gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=320):
            people = _new_deal(visit, place)
            facts = facts_form(visit, place)
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
                *_choices(None),
                *_people(visit, user),
                *fill_facts(None),
            ]
        looks, unread = verbs.look_at_files(visit.desk, user, deal)
        may = [gr.update(interactive=_may(user, verb, opened)) for verb in ("add_sources", "draft")]
        known = verbs.get_deal(visit.desk, user, deal).deal.known
        rest = [*_people(visit, user), *fill_facts(known, _may(user, "change_deal", opened))]
        return [*may, file_list(looks, unread), *_choices(looks), *rest]

    return Screen("upload", tab, [add, draft, listed, *forms, *people, *facts], paint, [place])


def _may(user: User, verb: Any, opened: Opened | None) -> bool:
    return opened is None or can(user, verb, opened)


def _new_deal(visit: Visit, place: gr.State) -> list[Any]:
    with gr.Accordion(texts.START_A_DEAL, open=True, elem_id="new-deal"):
        account = gr.Textbox(label=texts.CUSTOMER, elem_id="new-account")
        with gr.Row():
            trigger = gr.Dropdown(
                KINDS,
                value="post_close",
                label=texts.KIND,
                elem_id="new-trigger",
            )
            segment = gr.Dropdown(
                [(label, key) for key, label in SEGMENTS.items()],
                value="",
                label=texts.SEGMENT,
                elem_id="new-segment",
            )
        with gr.Row():
            owner = gr.Dropdown([], label=texts.AE_OR_YOU, elem_id="new-owner")
            csm = gr.Dropdown([], label=texts.CSM, elem_id="new-csm")
        files = gr.File(
            label=texts.THE_DEAL_S_FILES_CALLS,
            file_count="multiple",
            elem_id="new-files",
        )
        start = gr.Button(texts.START_THE_DEAL, variant="primary", elem_id="new-start")

    def on_start(
        account: str,
        trigger: Any,
        segment: str,
        owner: str | None,
        csm: str | None,
        paths: Any,
        request: gr.Request,
    ) -> tuple[Place, None, str]:
        user, given = visit.user(request), taken(paths)
        known = None
        if (account or "").strip() or not _has_deal_file(given):
            known = Deal(
                account=needs(account, texts.THE_CUSTOMER_S_NAME),
                trigger=trigger,
                segment=segment or None,
                ae=None if owner else user.name,
            )
        with told():
            deal, added = verbs.create_deal(
                visit.desk,
                user,
                known,
                given,
                owner=owner or None,
                csm=csm or None,
            )
        _say_refused(added)
        return Place(deal.id, 0), None, ""

    fields = [account, trigger, segment, owner, csm, files]
    start.click(on_start, fields, [place, files, account], **SET)
    return [owner, csm]


def _people(visit: Visit, user: User) -> list[Any]:
    """Whom a deal can be given to; an AE makes deals of their own."""
    roles: tuple[RoleName, ...] = ("ae", "csm")
    return [
        gr.update(choices=[(p.name, p.login) for p in verbs.colleagues(visit.desk, user, role)], value=None)
        for role in roles
    ]


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
            _say_refused(verbs.add_sources(visit.desk, user, deal, given))
            looks, unread = verbs.look_at_files(visit.desk, user, deal)
        return file_list(looks, unread), None

    def on_draft(place: Place, request: gr.Request, progress: gr.Progress = PROGRESS) -> tuple[Place, Any]:
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
        return place_of(drafted.opened), gr.Tabs(selected="promises")

    add.click(on_add, [files, place], [listed, files], **SET)
    draft.click(on_draft, [place], [place, tabs], api_visibility="private", concurrency_limit=2)
    return add, draft, listed


def _corrections(visit: Visit, place: gr.State, listed: gr.HTML) -> list[Any]:
    with gr.Accordion(texts.CORRECT_WHAT_WAS_RECOGNISED_USED, open=False, elem_id="act-recognised"):
        with gr.Row():
            file = gr.Dropdown([], label=texts.FILE, elem_id="kind-file")
            kind = gr.Dropdown(list(get_args(SourceKind)), label=texts.ITS_KIND, elem_id="kind-kind")
        set_kind = gr.Button(texts.SET_THE_KIND, elem_id="kind-set")
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
        return file_list(looks, unread)

    def on_kind(file: str, kind: str, place: Place, request: gr.Request) -> str:
        return change(place, request, kinds={needs(file, texts.THE_FILE): needs(kind, texts.THE_KIND)})

    def on_side(name: str, side: Any, place: Place, request: gr.Request) -> str:
        return change(
            place, request, person=Participant(name=needs(name, texts.THE_SPEAKER), side=side or None)
        )

    set_kind.click(on_kind, [file, kind, place], [listed], **SET)
    set_side.click(on_side, [name, side, place], [listed], **SET)
    return [file, name]


def _merged(old: Deal, known: dict[str, Any]) -> dict[str, Any]:
    if "kinds" in known:
        return {"source_kinds": {**old.source_kinds, **known["kinds"]}}
    person = known["person"]
    return {"participants": (*(p for p in old.participants if p.name != person.name), person)}


def _choices(looks: list[verbs.FileLook] | None) -> list[Any]:
    names = sorted({name for look in looks or [] for name, _ in look.speakers})
    files = [look.source.name for look in looks or []]
    return [gr.update(choices=files, value=None), gr.update(choices=names, value=None)]


def taken(paths: Any) -> dict[str, bytes]:
    """The uploaded files by name. They leave the upload folder at once; nobody else can fetch them."""
    given: dict[str, bytes] = {}
    for path in map(Path, paths or []):
        given[path.name] = path.read_bytes()
        path.unlink(missing_ok=True)
    return given


def _has_deal_file(given: dict[str, bytes]) -> bool:
    return any(name in ("deal.yaml", "deal.yml") for name in given)


def _say_refused(added: Added) -> None:
    for name, why in added.refused:
        gr.Warning(f"{name}: {why}", duration=20)
