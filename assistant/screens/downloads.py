"""Screen: the documents of the packet, through a route that checks the right anew."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import gradio as gr

from assistant.desk import Opened, can
from assistant.documents import DOCUMENTS, PAGES
from assistant.protocol.rights import User
from assistant.screens import texts
from assistant.screens.markup import empty, no_packet, safe, table, tag, text
from assistant.screens.panel import panel
from assistant.screens.visit import Screen, Visit

DATA = {
    "packet.json": texts.THE_PACKET_ITSELF_FOR_OTHER,
    "commitment-log.csv": texts.THE_PROMISES_AS_A_TABLE,
}


def build(visit: Visit, place: gr.State, tabs: gr.Tabs) -> Screen:
    """A table of documents with a link a format."""
    with gr.Tab(texts.DOWNLOAD, id="download") as tab:
        listed = panel(elem_id="documents")

    def paint(opened: Opened | None, user: User, *now: Any) -> list[Any]:
        if opened is None:
            return [no_packet()]
        if not can(user, "download", opened):
            return [empty(texts.YOU_MAY_NOT_DOWNLOAD_THIS, texts.ASK_AN_ADMINISTRATOR_FOR_THE)]
        return [document_table(opened.deal.id, opened.version)]

    return Screen("download", tab, [listed], paint)


def document_table(deal: str, version: int) -> str:
    """Every document with its links, as HTML."""
    rows = [
        (
            tag("strong", text(page.label)),
            text(page.what[0].upper() + page.what[1:]),
            _links(deal, version, name),
        )
        for name, page in PAGES.items()
    ]
    rows += [
        (tag("strong", text(name)), text(what), _link(deal, version, name)) for name, what in DATA.items()
    ]
    return safe(table((texts.DOCUMENT, texts.WHAT_IT_IS, texts.DOWNLOAD), rows, texts.DOCUMENTS))


def _links(deal: str, version: int, name: str) -> str:
    return " ".join(
        _link(deal, version, file) for file in (f"{name}.docx", f"{name}.md") if file in DOCUMENTS
    )


def _link(deal: str, version: int, file: str) -> str:
    address = f"/deals/{quote(deal)}/documents/{quote(file)}?version={version}"
    return tag(
        "a",
        text(file.rsplit(".", 1)[-1].upper()),
        href=address,
        download=file,
        aria_label=texts.DOWNLOAD_FILE.format(file=file),
    )
