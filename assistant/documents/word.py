"""Blocks -> a Word document: heading styles, repeated header rows, page numbers, colours beside words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from lxml.etree import SubElement

from assistant.documents.blocks import Block, Bullets, Cell, Heading, Line, Paragraph, Table, Tone

COLOURS: dict[Tone, str] = {
    "quote": "404040", "muted": "6B7280", "bad": "B3261E", "warn": "8A5A00", "good": "1B6E3C",
}  # fmt: skip
INK, SHADE, GRID = "1F3A5F", "E8EDF4", "BFC8D4"
FONT = "Calibri"
MARGIN = Cm(2)
_BOLD, _ITALIC, _COLOUR, _SIZE, _VALUE = (qn(f"w:{name}") for name in ("b", "i", "color", "sz", "val"))
# What XML 1.0 cannot hold; a source may well contain it.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_word(blocks: Iterable[Block], title: str, as_of: date) -> bytes:
    """The document's bytes; the same blocks give the same bytes."""
    document = Document()
    _styles(document)
    _page(document.sections[0], wide=False)
    _properties(document, title, as_of)
    _footer(document, title)
    wide = False
    for block in blocks:
        if isinstance(block, Heading) and block.wide != wide:
            wide = block.wide
            _page(document.add_section(), wide=wide)
        _block(document, block)
    return _fixed(document)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    for name, size, before in (("Title", 24, 0), ("Heading 1", 15, 16), ("Heading 2", 12, 10)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
        style.font.color.rgb = RGBColor.from_string(INK)
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
        style.paragraph_format.keep_with_next = True


def _page(section: Any, *, wide: bool) -> None:
    """A4, upright or turned."""
    short, long = Cm(21), Cm(29.7)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN


def _properties(document: Any, title: str, as_of: date) -> None:
    made = datetime(as_of.year, as_of.month, as_of.day)
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = _clean(title), "", "", ""
    core.created = core.modified = made


def _footer(document: Any, title: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, Line(f"{title}  ·  page ", "muted"), 8)
    for field in ("PAGE", "NUMPAGES"):
        for kind, text in (("begin", None), (None, field), ("separate", None), ("text", "1"), ("end", None)):
            _run(paragraph, Line("", "muted"), 8)._r.append(_field_part(kind, text))
        if field == "PAGE":
            _run(paragraph, Line(" of ", "muted"), 8)


def _field_part(kind: str | None, text: str | None) -> Any:
    if kind == "text" or kind is None:
        part = OxmlElement("w:t" if kind else "w:instrText")
        part.text = text
        return part
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    return part


def _block(document: Any, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_heading(_clean(block.text), block.level)
    elif isinstance(block, Paragraph):
        _lines(document.add_paragraph(), block.lines, 10)
    elif isinstance(block, Bullets):
        for item in block.items:
            _lines(document.add_paragraph(style="List Bullet"), item, 10)
    else:
        _table(document, block)


def _table(document: Any, table: Table) -> None:
    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    widths = [Emu(int(room * share)) for share in table.widths]
    headed = any(table.header)
    grid = document.add_table(rows=len(table.rows) + headed, cols=len(widths))
    grid.autofit = False
    _borders(grid)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    rows = [[(Line(title, "strong"),) for title in table.header]] if headed else []
    for row, entries in zip(grid.rows, [*rows, *table.rows], strict=True):
        _row_setting(row, "w:cantSplit" if _short(entries) else None)
        for box, width, entry in zip(row.cells, widths, entries, strict=True):
            box.width = width
            _lines(box.paragraphs[0], entry, 9)
    if headed:
        _row_setting(grid.rows[0], "w:tblHeader")
        for box in grid.rows[0].cells:
            _shade(box, SHADE)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _short(entries: Iterable[Cell]) -> bool:
    """A row that fits on a page stays on one."""
    return all(sum(len(line.text) for line in entry) < 900 for entry in entries)


def _lines(paragraph: Any, lines: Cell, size: float) -> None:
    paragraph.paragraph_format.space_after = Pt(2)
    for number, line in enumerate(lines):
        run = _run(paragraph, line, size - (1 if line.tone in ("muted", "quote") else 0))
        if number + 1 < len(lines):
            run.add_break()


def _run(paragraph: Any, line: Line, size: float) -> Any:
    run = paragraph.add_run(_clean(line.text))
    # Straight into the XML, in the schema's order: python-docx looks each property up anew, a thousand times.
    properties = run._r.get_or_add_rPr()
    if line.tone in ("strong", "bad", "warn", "good"):
        SubElement(properties, _BOLD)
    if line.tone == "quote":
        SubElement(properties, _ITALIC)
    if line.tone in COLOURS:
        SubElement(properties, _COLOUR).set(_VALUE, COLOURS[line.tone])
    SubElement(properties, _SIZE).set(_VALUE, str(int(size * 2)))
    return run


def _clean(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)


def _row_setting(row: Any, name: str | None) -> None:
    if name:
        row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shade(box: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{key}"), value)
    box._tc.get_or_add_tcPr().append(shade)


def _borders(grid: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", GRID)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    grid._tbl.tblPr.append(borders)


def _fixed(document: Any) -> bytes:
    """The package with one date on every part: a zip otherwise holds the time of writing."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return fixed.getvalue()
