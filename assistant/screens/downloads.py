"""Screen: the documents of the packet, through a route that checks the right anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import gradio as gr

from assistant.desk import Desk, Opened, can
from assistant.documents import ARCHIVE, DATA, PAGES, WRITTEN, Rendering
from assistant.protocol.rights import User
from assistant.screens import texts
from assistant.screens.markup import empty, no_packet, safe, table, tag, text
from assistant.screens.panel import panel
from assistant.screens.texts import downloads as words
from assistant.screens.visit import Screen, Visit

WHOLE = ("packet.pdf", "packet.html")


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """A table of documents for each use, with a link a format."""
    with gr.Tab(texts.DOWNLOAD, id="download") as tab:
        listed = panel(elem_id="documents")

    def paint(opened: Opened | None, user: User, *now: Any) -> list[Any]:
        if opened is None:
            return [no_packet()]
        if not can(user, "download", opened):
            return [empty(texts.YOU_MAY_NOT_DOWNLOAD_THIS, texts.ASK_AN_ADMINISTRATOR_FOR_THE)]
        return [document_tables(opened, visit.desk)]

    return Screen("download", tab, [listed], paint)


def document_tables(opened: Opened, desk: Desk) -> str:
    """What this packet renders to, by use, as HTML."""
    deal, version = opened.deal.id, opened.version
    has = set(Rendering(opened.packet, desk.policy).names())
    note = words.VERSIONS.format(version=version) + (f" {words.OWN_TEMPLATES}" if desk.templates else "")
    whole = [(name, DATA[name]) for name in WHOLE] + [(ARCHIVE, words.EVERYTHING_AS_ZIP)]
    parts = [tag("p", text(note)), _table(words.EVERYTHING, [_file(deal, version, *one) for one in whole])]
    for group, title in words.GROUPS.items():
        pages = [name for name, page in PAGES.items() if page.group == group and f"{name}.md" in has]
        if pages:
            parts.append(_table(title, [_page(deal, version, name) for name in pages]))
    data = [(name, what) for name, what in DATA.items() if name in has and name not in WHOLE]
    parts.append(_table(words.DATA, [_file(deal, version, *one) for one in data]))
    return safe("".join(parts))


def _table(title: str, rows: Iterable[Iterable[str]]) -> str:
    return tag("h2", text(title)) + table((texts.DOCUMENT, texts.DOWNLOAD), rows, title)


def _page(deal: str, version: int, name: str) -> tuple[str, str]:
    page = PAGES[name]
    links = [_link(deal, version, f"{name}{suffix}") for suffix in WRITTEN]
    links += [
        _link(deal, version, f"{name}@{older}.docx", words.TEMPLATE.format(version=older))
        for older in page.earlier
    ]
    return _named(page.label, page.what[0].upper() + page.what[1:]), " ".join(links)


def _file(deal: str, version: int, name: str, what: str) -> tuple[str, str]:
    return _named(name, what), _link(deal, version, name)


def _named(name: str, what: str) -> str:
    """Name and use in one cell: a phone has no room for two."""
    return tag("strong", text(name)) + tag("div", text(what))


def _link(deal: str, version: int, file: str, label: str = "") -> str:
    address = f"/deals/{quote(deal)}/documents/{quote(file)}?version={version}"
    return tag(
        "a",
        text(label or file.rsplit(".", 1)[-1].upper()),
        href=address,
        download=file,
        aria_label=texts.DOWNLOAD_FILE.format(file=file),
    )
