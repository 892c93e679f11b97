"""Blocks -> the XML of a Word document's body, written as text.

Cell by cell through python-docx a deal's tables take a fifth of a second; as text they take a tenth of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from assistant.documents.blocks import Bullets, Cell, Heading, Line, Paragraph, Table, Tone
from assistant.documents.scene import NOT_XML

COLOURS: dict[Tone, str] = {
    "quote": "404040", "muted": "6B7280", "bad": "B3261E", "warn": "8A5A00", "good": "1B6E3C",
}  # fmt: skip
SHADE, GRID = "E8EDF4", "BFC8D4"
SHORT_ROW = 900
"""Characters of a cell up to which its row fits on a page, and so stays on one."""
_BREAKS = {"\t": "<w:tab/>", "\n": "<w:br/>", "\r": "<w:br/>"}
_GAP = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="100" w:lineRule="exact"/></w:pPr></w:p>'
LAST_LINE = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="right"/></w:pPr>'
    '<w:r><w:rPr><w:color w:val="5F6B78"/><w:sz w:val="13"/></w:rPr><w:t>End of document</w:t></w:r></w:p>'
)
"""Word wants a paragraph after a table that ends the document; where the page is full, it is no blank one."""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="{GRID}"/>' for s in _SIDES)
_TABLE = (
    '<w:tblPr><w:tblW w:type="auto" w:w="0"/><w:tblLayout w:type="fixed"/><w:tblLook w:firstColumn="1" '
    'w:firstRow="1" w:lastColumn="0" w:lastRow="0" w:noHBand="0" w:noVBand="1" w:val="04A0"/>'
    f"<w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
)


def block_xml(block: Heading | Paragraph | Bullets | Table, room: int) -> str:
    """The block's paragraphs or table; `room` is the width between the margins in twentieths of a point."""
    if isinstance(block, Heading):
        style = f"Heading{block.level}" if block.level else "Title"
        run = f"<w:r>{_text(block.text)}</w:r>" if block.text else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'
    if isinstance(block, Paragraph):
        return _paragraph(block.lines, 9.5)
    if isinstance(block, Bullets):
        return "".join(_paragraph(item, 9.5, '<w:pStyle w:val="ListBullet"/>') for item in block.items)
    return _table(block, [round(room * share) for share in block.widths]) + _GAP


def ended(xml: str) -> str:
    """The body with a last line, where it ends with a table."""
    return xml.removesuffix(_GAP) + LAST_LINE if xml.endswith(_GAP) else xml


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return NOT_XML.sub("\ufffd", text)


def _table(table: Table, widths: list[int]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    header = _header(table.header, widths) if any(table.header) else ""
    rows = "".join(_row(entries, widths) for entries in table.rows)
    return f"<w:tbl>{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{header}{rows}</w:tbl>"


def _header(titles: Iterable[str], widths: list[int]) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
    cells = (_cell((Line(t, "strong"),), w, shade) for t, w in zip(titles, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(entries: Iterable[Cell], widths: list[int]) -> str:
    entries = tuple(entries)
    short = all(sum(len(line.text) for line in entry) < SHORT_ROW for entry in entries)
    cells = (_cell(entry, width) for entry, width in zip(entries, widths, strict=True))
    return f"<w:tr>{'<w:trPr><w:cantSplit/></w:trPr>' if short else ''}{''.join(cells)}</w:tr>"


def _cell(entry: Cell, width: int, setting: str = "") -> str:
    properties = f'<w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{setting}</w:tcPr>'
    return f"<w:tc>{properties}{_paragraph(entry, 8.5)}</w:tc>"


def _paragraph(lines: Cell, size: float, style: str = "") -> str:
    last = len(lines) - 1
    runs = (
        _line(line, size - (0.5 if line.tone in ("muted", "quote") else 0), ends=number < last)
        for number, line in enumerate(lines)
    )
    return f'<w:p><w:pPr>{style}<w:spacing w:after="20"/></w:pPr>{"".join(runs)}</w:p>'


def _line(line: Line, size: float, *, ends: bool) -> str:
    """The line's run, as a link where it leads to a document beside this one, and its marks in small grey."""
    marks = " ".join(f"[{mark.label}]".replace(" ", "\u00a0") for mark in line.marks)
    text = run_xml(line, size, ends=ends and not marks)
    if line.link:
        target = line.link if "." in line.link else f"{line.link}.docx"
        text = f'<w:fldSimple w:instr=" HYPERLINK &quot;{escape(target)}&quot; ">{text}</w:fldSimple>'
    return text + (run_xml(Line(f" {marks}", "muted"), size - 1.5, ends=ends) if marks else "")


def run_xml(line: Line, size: float, *, ends: bool = False) -> str:
    """The line as one run of that size in points; `ends` adds a line break."""
    bold = "<w:b/>" if line.tone in ("strong", "bad", "warn", "good") else ""
    italic = "<w:i/>" if line.tone == "quote" else ""
    colour = f'<w:color w:val="{COLOURS[line.tone]}"/>' if line.tone in COLOURS else ""
    properties = f'<w:rPr>{bold}{italic}{colour}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
    return f"<w:r>{properties}{_text(line.text)}{'<w:br/>' if ends else ''}</w:r>"


def _text(text: str) -> str:
    """Text elements; tabs and line ends between them are elements of their own."""
    parts = re.split(r"([\t\n\r])", clean(text))
    return "".join(_BREAKS.get(part) or _words(part) for part in parts if part)


def _words(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:t{space}>{escape(text, quote=False)}</w:t>"
