"""Starting a deal: its facts, whom it is given to, its first files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from assistant import desk as verbs
from assistant.desk import Added
from assistant.packet import Deal
from assistant.protocol.rights import RoleName, User, reach
from assistant.screens import texts
from assistant.screens.deal_facts import KINDS, SEGMENTS
from assistant.screens.visit import SET, Place, Visit, needs, told


def new_deal(visit: Visit, place: gr.State) -> list[Any]:
    """The form; it and those whom a deal can be given to follow who visits and what is open."""
    with gr.Accordion(texts.START_A_DEAL, open=True, elem_id="new-deal") as form:
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
        say_refused(added)
        return Place(deal.id, 0), None, ""

    fields = [account, trigger, segment, owner, csm, files]
    start.click(on_start, fields, [place, files, account], **SET)
    return [form, owner, csm]


def fill_new_deal(visit: Visit, user: User, deal: str) -> list[Any]:
    """Shown to those who make deals, folded while one is open; an AE makes deals of their own."""
    form = gr.update(visible=reach(user, "create_deal") is not None, open=not deal)
    roles: tuple[RoleName, ...] = ("ae", "csm")
    return [
        form,
        *(gr.update(choices=[(p.name, p.login) for p in verbs.colleagues(visit.desk, user, role)], value=None)
          for role in roles),
    ]


def taken(paths: Any) -> dict[str, bytes]:
    """The uploaded files by name. They leave the upload folder at once; nobody else can fetch them."""
    given: dict[str, bytes] = {}
    for path in map(Path, paths or []):
        given[path.name] = path.read_bytes()
        path.unlink(missing_ok=True)
    return given


def _has_deal_file(given: dict[str, bytes]) -> bool:
    return any(name in ("deal.yaml", "deal.yml") for name in given)


def say_refused(added: Added) -> None:
    """A warning for each file that was not taken, with the reason."""
    for name, why in added.refused:
        gr.Warning(f"{name}: {why}", duration=20)
