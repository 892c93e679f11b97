"""Walk a Word document: paragraphs, tables, content controls, text boxes and notes, in reading order.

Rule for tables: a row is one block whose text is its cells joined by " | ", each cell word for word, a
merged cell once. The header row is a row like any other and is repeated in `header` of the rows below it,
never in their text, so that a quoted cell, or several joined by " | ", is found as it stands. A table of one
column is a frame and read as paragraphs; a first column that holds nothing but clause numbers is joined to
the text beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from extractors.documents.blocks import Block, Document, first_words, fold, header_of, plural
from extractors.documents.word_numbering import Numbering
from extractors.documents.word_package import W, WordPackage
from extractors.documents.word_styles import Styles, on
from extractors.documents.word_text import DELETED, MC, Findings, Line, ParagraphReader

BARE_NUMBER = re.compile(r"^\(?(\d{1,2}(\.\d{1,2})*|[A-Z]\.\d{1,2}|[a-z]|[ivx]+)[.)]?$")
ENTERED = (W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml", W + "smartTag")
MAX_DEPTH = 12
"""Nested tables and text boxes deeper than this are left out and reported."""


class WordWalker:
    """One pass over one document; numbering and findings add up along the way."""

    def __init__(self, package: WordPackage) -> None:
        self.package = package
        self.styles = Styles.read(package.styles)
        self.numbering = Numbering.read(package.numbering, self.styles)
        self.findings = Findings()
        self.reader = ParagraphReader(self.styles, self.findings)
        self.tables = 0
        self.too_deep = 0

    def walk(self) -> Document:
        """All blocks of the body and what was found beside the text."""
        body = self.package.document.find(W + "body")
        blocks = tuple(self._children(body, 0)) if body is not None else ()
        return Document(blocks, tuple(self._warnings()))

    def _children(self, parent: etree._Element, depth: int) -> Iterator[Block]:
        if depth > MAX_DEPTH:
            self.too_deep += 1
            return
        carried = ""
        for element in parent.iterchildren(etree.Element):
            if element.tag == W + "p":
                line = self.reader.read(element)
                line.text, carried = carried + line.text, ""
                if _mark_deleted(element):
                    carried = line.text
                    continue
                yield from self._paragraph(element, line, depth)
            elif element.tag == W + "tbl":
                yield from self._table(element, depth + 1)
            elif element.tag == MC + "AlternateContent":
                yield from self._children(next(element.iterchildren(etree.Element)), depth + 1)
            elif element.tag in ENTERED:
                yield from self._children(element, depth)
        if carried.strip():
            yield Block(carried)

    def _paragraph(self, element: etree._Element, line: Line, depth: int) -> Iterator[Block]:
        label = self.numbering.label(element)
        if line.text.strip():
            heading = self.styles.heading_level(element)
            yield Block(line.text, label=label, heading=heading, bold=line.bold)
        for box in line.boxes:
            yield from self._children(box, depth + 1)
        for kind, key in line.notes:
            text = self._note(kind, key)
            if text:
                yield Block(text, kind="note")

    def _note(self, kind: str, key: str) -> str:
        root = self.package.footnotes if kind == "footnote" else self.package.endnotes
        for note in root.iterchildren(W + kind) if root is not None else ():
            if note.get(W + "id") == key:
                return fold(" ".join(self.reader.read(p).text for p in note.iter(W + "p")))
        return ""

    def _table(self, table: etree._Element, depth: int) -> Iterator[Block]:
        self.tables += 1
        number = self.tables
        rows = [row for row in self._rows(table, depth) if any(blocks for blocks in row)]
        if all(len([cell for cell in row if cell]) <= 1 for row in rows) and not _is_grid(rows):
            yield from (block for row in rows for cell in row for block in cell)
            return
        texts = [tuple(_cell_text(cell) for cell in row) for row in rows]
        if _numbered_layout(texts):
            yield from (_numbered_row(row) for row in texts)
            return
        header = header_of(texts)
        for index, cells in enumerate(texts):
            above = header if index and len(cells) == len(header) else ()
            text = " | ".join(cell for cell in map(fold, cells) if cell)
            yield Block(text, kind="row", cells=cells, header=above, table=number)

    def _rows(self, table: etree._Element, depth: int) -> Iterator[list[list[Block]]]:
        """Rows of cells of blocks; a row deleted by a tracked change is dropped."""
        for row in _wrapped(table, W + "tr"):
            properties = row.find(W + "trPr")
            deleted = properties.find(W + "del") if properties is not None else None
            if deleted is not None:
                self.findings.changes += 1
                self.findings.authors[str(deleted.get(W + "author") or "unknown")] += 1
                continue
            if on(properties, "hidden"):
                self.findings.hidden.append(fold(" ".join(t.text or "" for t in row.iter(W + "t"))))
                continue
            yield [
                [] if _continues(cell) else list(self._children(cell, depth + 1))
                for cell in _wrapped(row, W + "tc")
            ]

    def _warnings(self) -> Iterator[str]:
        if self.findings.changes:
            authors = ", ".join(sorted(self.findings.authors))
            changes = plural(self.findings.changes, "tracked change")
            yield f"{changes} read as accepted (by {authors}); ask for a clean copy if any is still open"
        comments = self._comments()
        if comments:
            yield f'{plural(len(comments), "comment")} left out of the text: "{first_words(comments)}"'
        if self.findings.hidden:
            hidden = plural(len(self.findings.hidden), "passage")
            yield f'{hidden} of hidden text left out: "{first_words(self.findings.hidden)}"'
        if self.too_deep:
            yield f"{plural(self.too_deep, 'deeply nested table')} left out; copy the text out of the nesting"

    def _comments(self) -> list[str]:
        root = self.package.comments
        elements = root.iterchildren(W + "comment") if root is not None else ()
        return [fold(" ".join(t.text or "" for t in comment.iter(W + "t"))) for comment in elements]


def _mark_deleted(paragraph: etree._Element) -> bool:
    """A deleted paragraph mark joins the paragraph to the next one."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and any(properties.find(tag) is not None for tag in DELETED)


def _wrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children of a tag, also those inside content controls and insertions."""
    for child in parent.iterchildren(etree.Element):
        if child.tag == tag:
            yield child
        elif child.tag in ENTERED:
            yield from _wrapped(child, tag)


def _continues(cell: etree._Element) -> bool:
    """The cell only continues one merged with it from the row above."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _is_grid(rows: list[list[list[Block]]]) -> bool:
    """Several columns are used somewhere, or blank cells beside labels matter (a form to fill in)."""
    return max((len(row) for row in rows), default=0) > 1


def _cell_text(cell: list[Block]) -> str:
    return "\n".join(f"{block.label} {block.text}" if block.label else block.text for block in cell).strip()


def _numbered_layout(rows: list[tuple[str, ...]]) -> bool:
    """A table that only lines clause numbers up with their text."""
    pairs = [row for row in rows if len(row) == 2]
    numbered = [row for row in pairs if BARE_NUMBER.match(row[0].strip())]
    prose = [row for row in numbered if len(row[1]) > 60]
    return len(pairs) == len(rows) and len(prose) >= 2 and len(numbered) * 10 >= len(rows) * 7


def _numbered_row(row: tuple[str, ...]) -> Block:
    number, text = row
    return Block(f"{number} {text}".strip(), heading=None)
