"""One packet's documents, rendered on request."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from assistant.documents.abbreviations import spelled_out
from assistant.documents.blocks import Block
from assistant.documents.commitment_log import commitment_log
from assistant.documents.invitation import invitation
from assistant.documents.markdown import to_markdown
from assistant.documents.pages import PAGES, Blocks
from assistant.documents.stamp import Stamp, fingerprint, in_words, stamp_of, stamped, template_of
from assistant.documents.whole import whole_packet
from assistant.documents.words import account_of
from assistant.errors import HandoffError
from assistant.packet import Packet
from assistant.packet.packet_file import to_json
from assistant.protocol.events import happened
from assistant.protocol.policy import Policy

DATA = {
    "packet.pdf": "The whole packet as one PDF, tagged for screen readers, with bookmarks",
    "packet.html": "The whole packet as one page for the browser, every quote in its place",
    "commitment-log.csv": "The promises as a table for a spreadsheet",
    "packet.json": "The packet itself, for other programs",
    "meeting.ics": "The invitation to the handoff meeting, with the agenda, for a calendar",
}
"""File name -> what it is, of the documents that are no pages."""
ARCHIVE = "documents.zip"
"""All of a packet's documents in one file."""
WRITTEN = (".docx", ".md", ".pdf")
"""What each page can be had as."""
_NAMED = re.compile(r"(?P<page>[a-z-]+?)(?:@(?P<version>[\w.]+))?(?P<suffix>\.docx|\.md|\.pdf)")


class Rendering:
    """Everything that one packet renders to. `number` is its version on the review desk, where it has one.

    `templates` is a folder with a company's own Word templates.
    """

    def __init__(
        self, packet: Packet, policy: Policy, number: int | None = None, templates: Path | None = None
    ) -> None:
        self.packet, self.policy, self.number, self.templates = packet, policy, number, templates
        self._made: dict[tuple[str, str | None], list[Block]] = {}

    def names(self) -> list[str]:
        """The documents that this packet has, in the order in which a handover needs them."""
        kind = self.packet.deal.trigger
        pages = [name for name, page in PAGES.items() if not page.kinds or kind in page.kinds]
        data = [name for name in DATA if name != "meeting.ics" or happened(self.packet, "meeting_scheduled")]
        return ["packet.pdf", "packet.html", *(n + s for n in pages for s in WRITTEN), *data[2:]]

    def render(self, name: str) -> bytes:
        """The document's bytes; the same packet, policy and templates give the same. Raises HandoffError."""
        if name == ARCHIVE:
            return self.archive()
        if name == "packet.json":
            return self._json
        if name == "commitment-log.csv":
            return commitment_log(self.packet)
        if name == "meeting.ics":
            return invitation(self.packet, self.policy)
        if name in ("packet.pdf", "packet.html"):
            return self._whole(name)
        found = _NAMED.fullmatch(name)
        if found is None or found["page"] not in PAGES:
            raise HandoffError(f"There is no document '{name[:60]}'. {_known(name)}")
        return self._page(found["page"], found["suffix"], found["version"])

    def archive(self, names: Iterable[str] | None = None) -> bytes:
        """These documents, by default all, as one zip; without the clock in it."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names or self.names():
                part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                part.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(part, self.render(name))
        return packed.getvalue()

    @cached_property
    def _json(self) -> bytes:
        return to_json(self.packet).encode("utf-8")

    @cached_property
    def _print(self) -> str:
        return fingerprint(self._json)

    def stamp(self, template: str) -> Stamp:
        """What a document made by this template, in words, says of itself."""
        return stamp_of(self.packet, template, print_=self._print, number=self.number)

    def _whole(self, name: str) -> bytes:
        title = f"Handoff packet: {account_of(self.packet)}"
        blocks = spelled_out(whole_packet(self.packet, self.policy), listed=2)
        stamp = self.stamp(in_words("packet"))
        if name.endswith(".html"):
            from assistant.documents.web import to_html

            return to_html(blocks, title, stamp)
        from assistant.documents.typeset import to_pdf

        return to_pdf(blocks, title, stamp, self.packet.run.as_of, contents=True)

    def _page(self, page: str, suffix: str, version: str | None) -> bytes:
        row = PAGES[page]
        title = f"{row.label}: {account_of(self.packet)}"
        own = self._own_template(page, version) if suffix == ".docx" else None
        if own is not None:
            from assistant.documents.filling import fill, version_of

            return fill(own, self.packet, self.policy, self.stamp(version_of(own)))
        return self._written(self._blocks(page, version), suffix, title, self.stamp(in_words(page, version)))

    def _blocks(self, page: str, version: str | None) -> list[Block]:
        """What the page says, made once for all the files that say it."""
        if (page, version) not in self._made:
            listed = 1 if page == "deal-summary" else None
            found = spelled_out(_shape(page, version)(self.packet, self.policy), listed=listed)
            self._made[page, version] = list(found)
        return self._made[page, version]

    def _written(self, blocks: Sequence[Block], suffix: str, title: str, stamp: Stamp) -> bytes:
        if suffix == ".md":
            return to_markdown(stamped(blocks, stamp)).encode("utf-8")
        if suffix == ".pdf":
            from assistant.documents.typeset import to_pdf

            return to_pdf(blocks, title, stamp, self.packet.run.as_of)
        from assistant.documents.word import to_word

        return to_word(stamped(blocks, stamp), title, stamp, self.packet.run.as_of)

    def _own_template(self, page: str, version: str | None) -> Path | None:
        """The company's template: `deal-summary.docx`, an older one kept as `deal-summary@3.docx`."""
        if self.templates is None:
            return None
        if not self.templates.is_dir():
            raise HandoffError(
                f"'{self.templates}' is no folder. HANDOFF_TEMPLATES names the folder of your templates."
            )
        file = self.templates / (f"{page}@{version}.docx" if version else f"{page}.docx")
        return file if file.is_file() else None


def _shape(page: str, version: str | None) -> Blocks:
    row, newest = PAGES[page], template_of(page)[0].version
    if version in (None, newest):
        return row.blocks
    if version not in row.earlier:
        had = ", ".join([*row.earlier, newest])
        raise HandoffError(f"There is no version {version} of the template of {page}. There are: {had}.")
    return row.earlier[version]


def _known(asked: str) -> str:
    """The names of all documents, the nearest first, for a person who asked for another."""
    near = get_close_matches(asked, [*DATA, *(f"{name}.docx" for name in PAGES)], n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"{hint}There are: {', '.join((ARCHIVE, *DATA))}, and as .docx, .md or .pdf: {', '.join(PAGES)}."
