"""Documents: what a packet renders to. A document is one function from packet to bytes and one row here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.documents.commitment_log import commitment_log
from assistant.documents.deal_summary import deal_summary
from assistant.documents.markdown import to_markdown
from assistant.documents.word import to_word
from assistant.documents.words import account_of
from assistant.errors import HandoffError
from assistant.packet import Packet
from assistant.packet.packet_file import to_json


def packet_json(packet: Packet) -> bytes:
    """The packet itself, for other programs."""
    return to_json(packet).encode("utf-8")


def deal_summary_docx(packet: Packet) -> bytes:
    """The deal summary for Word."""
    return to_word(deal_summary(packet), f"Deal summary: {account_of(packet)}", packet.run.as_of)


def deal_summary_md(packet: Packet) -> bytes:
    """The deal summary in Markdown."""
    return to_markdown(deal_summary(packet)).encode("utf-8")


DOCUMENTS: dict[str, Callable[[Packet], bytes]] = {
    "packet.json": packet_json,
    "deal-summary.docx": deal_summary_docx,
    "deal-summary.md": deal_summary_md,
    "commitment-log.csv": commitment_log,
}
"""File name -> what renders it."""


def write_documents(packet: Packet, out: Path) -> list[Path]:
    """Write every document into the folder, making it; the paths, in the order of DOCUMENTS."""
    rendered = {name: render(packet) for name, render in DOCUMENTS.items()}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in rendered.items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise HandoffError(
            f"Cannot write to '{out}': {error.strerror}. Choose another folder with --out."
        ) from None
    return [out / name for name in rendered]
