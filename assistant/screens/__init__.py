"""The review desk's screens. They lay out and call verbs; what may be done, the verbs decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.requests import HTTPConnection, Request

from assistant import desk as verbs
from assistant.desk import Desk, Opened
from assistant.errors import HandoffError
from assistant.protocol.rights import ROLE_NAMES, User, reach
from assistant.screens import (
    audit,
    deals,
    decision,
    downloads,
    gaps,
    handover,
    packet,
    promises,
    recordings,
    reports,
    texts,
    upload,
    versions,
)
from assistant.screens.markup import safe, tag, text
from assistant.screens.panel import picked
from assistant.screens.summary_view import packet_head
from assistant.screens.theme import css, theme
from assistant.screens.visit import PICK, SHOW, Place, Screen, Visit, arrived

SCREENS = (
    deals, upload, recordings, packet, promises, gaps, decision, handover, versions, downloads, reports,
    audit,
)  # fmt: skip
"""In the order of their tabs."""
FIRST = "deals"
OF_PROMISE = "commitments."
ADDRESS = """
watch('value', () => {
  const open = element.querySelector('[data-deal]');
  const at = new URL(location);
  at.searchParams.delete('deal');
  if (open && open.dataset.deal) at.searchParams.set('deal', open.dataset.deal);
  history.replaceState(null, '', at);
});
"""
"""Keeps the address a deep link to the deal that is open; its name stands in the head."""


def mount(
    api: FastAPI,
    desk: Desk,
    user_of: Callable[[HTTPConnection], User | None],
    *,
    path: str = "/",
    demo: bool = False,
) -> FastAPI:
    """Mount the desk's page on the server; `user_of` tells who asks, in every handler anew."""

    def login(request: Request) -> str | None:
        user = user_of(request)
        return user.login if user else None

    mounted: FastAPI = gr.mount_gradio_app(
        api,
        page(Visit(desk, user_of, demo)),
        path=path,
        auth_dependency=login,
        theme=theme(),
        css=css(),
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=desk.most_bytes,
        favicon_path=None,
    )
    return mounted


def page(visit: Visit) -> gr.Blocks:
    """The page: who visits, which deal is open, a tab a screen."""
    blocks: gr.Blocks
    with gr.Blocks(title=texts.PRODUCT, analytics_enabled=False, delete_cache=(3600, 3600)) as blocks:
        place, current = gr.State(Place()), gr.State(FIRST)
        top = gr.HTML(elem_id="top", apply_default_css=False)
        head = gr.HTML(elem_id="head", elem_classes=["panel"], apply_default_css=False, js_on_load=ADDRESS)
        with gr.Tabs(selected=FIRST) as tabs:
            screens = [screen.build(visit, place, tabs) for screen in SCREENS]
        _repaint(visit, blocks, place, current, head, screens)
        _arrive(visit, blocks, place, top, tabs, screens)
        _lead(visit, place, tabs, screens)
        blocks.queue(default_concurrency_limit=20, api_open=False)
        return blocks


def _repaint(
    visit: Visit, blocks: gr.Blocks, place: gr.State, current: gr.State, head: gr.HTML, screens: list[Screen]
) -> None:
    """A screen is painted when its tab is chosen, and when the packet changes while one looks at it."""
    inputs = [current, place, *(part for screen in screens for part in screen.inputs)]
    outputs = [head, *(part for screen in screens for part in screen.outputs)]

    def paint(request: gr.Request, now: str, place: Place, *given: Any) -> list[Any]:
        opened, user = visit.packet(request, place), visit.user(request)
        filled: list[Any] = [_head(opened, Place(*place).deal)]
        for screen in screens:
            taken, given = given[: len(screen.inputs)], given[len(screen.inputs) :]
            here = screen.id == now
            filled += screen.paint(opened, user, *taken) if here else [gr.skip()] * len(screen.outputs)
        return filled

    for screen in screens:
        screen.tab.select(_named(screen.id), None, current, **SHOW)
    gr.on([place.change, current.change, blocks.load], paint, inputs, outputs, **SHOW)


def _lead(visit: Visit, place: gr.State, tabs: gr.Tabs, screens: list[Screen]) -> None:
    """A finding that is chosen elsewhere is opened where it can be settled."""
    there = {screen.id: screen.chosen for screen in screens if screen.chosen is not None}

    def go(event: gr.EventData, place: Place, request: gr.Request) -> list[Any]:
        opened, wanted = visit.packet(request, place), picked(event).id
        found = [f for f in opened.packet.findings if f.id == wanted] if opened else []
        if not found:
            return [gr.skip()] * (1 + len(there))
        promise = found[0].where.removeprefix(OF_PROMISE)
        tab, chosen = ("gaps", wanted) if promise == found[0].where else ("promises", promise)
        return [gr.Tabs(selected=tab), *(chosen if id == tab else gr.skip() for id in there)]

    for screen in screens:
        if screen.leads is not None:
            screen.leads.select(go, [place], [tabs, *there.values()], **PICK)


def _named(id: str) -> Callable[[], str]:
    return lambda: id


def _arrive(
    visit: Visit, blocks: gr.Blocks, place: gr.State, top: gr.HTML, tabs: gr.Tabs, screens: list[Screen]
) -> None:
    """On loading: who visits, which tabs are theirs, and the deal that the address names."""
    some = [screen for screen in screens if screen.right]

    def load(request: gr.Request) -> list[Any]:
        user, wanted = visit.user(request), str(request.query_params.get("deal", ""))
        theirs = [gr.update(visible=bool(one.right and reach(user, one.right))) for one in some]
        try:
            line = verbs.get_deal(visit.desk, user, wanted) if wanted else None
        except HandoffError as error:
            gr.Warning(str(error), duration=15)
            line = None
        at = arrived(line) if line else (gr.skip(), gr.skip())
        return [_top(visit, user), *at, *theirs]

    blocks.load(load, None, [top, place, tabs, *(screen.tab for screen in some)], **SHOW)


def _top(visit: Visit, user: User) -> str:
    banner = tag("div", text(texts.DEMO_BANNER), class_="banner", role="status") if visit.demo else ""
    who = tag("span", f"{text(user.name)} ({text(ROLE_NAMES[user.role])})", class_="who")
    return f"{banner}<div class='topbar'><h1>{texts.PRODUCT}</h1>{who}{texts.SIGN_OUT_FORM}</div>"


def _head(opened: Opened | None, deal: str) -> str:
    inside = (
        packet_head(opened.packet)
        if opened
        else tag("p", text(f"{texts.NO_PACKET}. {texts.NO_PACKET_TODO}" if deal else _nothing_open()))
    )
    return safe(tag("div", inside, data_deal=deal or None))


def _nothing_open() -> str:
    return f"{texts.NO_DEAL}. {texts.NO_DEAL_TODO}"
