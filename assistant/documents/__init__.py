"""Documents: what a packet renders to. A document is one function to blocks and one row of PAGES."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.documents.invitation import meeting_invitation
from assistant.documents.pages import PAGES, Page
from assistant.documents.rendering import ARCHIVE, DATA, WRITTEN, Rendering
from assistant.errors import HandoffError
from assistant.packet import Packet
from assistant.protocol.policy import Policy, load_policy

__all__ = [
    "ARCHIVE", "DATA", "DOCUMENTS", "DRAFTED", "PAGES", "WRITTEN", "Page", "Rendering",
    "meeting_invitation", "write_documents",
]  # fmt: skip

DRAFTED = ("packet.json", "deal-summary.docx", "deal-summary.md", "commitment-log.csv")
"""What every draft writes; the other documents are rendered when they are wanted."""


def _renders(name: str) -> Callable[[Packet, Policy], bytes]:
    return lambda packet, policy: Rendering(packet, policy).render(name)


DOCUMENTS: dict[str, Callable[[Packet, Policy], bytes]] = {
    name: _renders(name)
    for name in (*DATA, *(f"{n}{s}" for n in PAGES for s in WRITTEN))
}
"""File name -> what renders it. `Rendering.names` knows those of one packet."""


def write_documents(
    packet: Packet,
    out: Path,
    names: Sequence[str] = DRAFTED,
    policy: Policy | None = None,
    templates: Path | None = None,
) -> list[Path]:
    """Write these documents into the folder, making it; the paths, in the order of `names`.

    Raises HandoffError for a name that is no document and where the folder cannot be written to.
    """
    rendering = Rendering(packet, policy or load_policy(), templates=templates)
    rendered = {name: rendering.render(name) for name in names}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in rendered.items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise HandoffError(
            f"Cannot write to '{out}': {error.strerror}. Choose another folder with --out."
        ) from None
    return [out / name for name in rendered]
