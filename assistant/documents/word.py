"""Blocks -> a Word document: heading styles, repeated header rows, page numbers, colours beside words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor, Twips
from lxml import etree

from assistant.documents.blocks import Block, Heading, Line, Picture
from assistant.documents.stamp import Stamp
from assistant.documents.typeset import to_png
from assistant.documents.word_xml import block_xml, clean, ended, run_xml

INK = "1F3A5F"
FONT = "Calibri"
MARGIN, SHORT, LONG = Cm(1.8), Cm(21), Cm(29.7)


def to_word(blocks: Iterable[Block], title: str, stamp: Stamp, as_of: date) -> bytes:
    """The document's bytes; the same blocks give the same bytes."""
    document = Document()
    _drop_doubles(document)
    _styles(document)
    _page(document.sections[0], wide=False)
    _properties(document, title, stamp, as_of)
    _footer(document, f"{title}  ·  {stamp.short}")
    begun: list[Block] = []
    wide = False
    for block in blocks:
        if isinstance(block, Heading) and block.wide != wide:
            _append(document, begun, wide=wide)
            wide, begun = block.wide, []
            _page(document.add_section(), wide=wide)
        begun.append(block)
    _append(document, begun, wide=wide)
    return fixed(document)


def _drop_doubles(document: Any) -> None:
    """python-docx's template has all styles twice, for Word 2007: half a megabyte that nobody else reads."""
    for number, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            document.part.rels.pop(number)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(9.5)
    normal.paragraph_format.space_after = Pt(3)
    for name, size, before in (("Title", 22, 0), ("Heading 1", 14, 12), ("Heading 2", 11, 8)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
        style.font.color.rgb = RGBColor.from_string(INK)
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        style.paragraph_format.keep_with_next = True


def _page(section: Any, *, wide: bool) -> None:
    """A4, upright or turned."""
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG, SHORT) if wide else (SHORT, LONG)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN


def _properties(document: Any, title: str, stamp: Stamp, as_of: date) -> None:
    made = datetime(as_of.year, as_of.month, as_of.day)
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = (
        clean(title)[:255],
        "",
        "",
        stamp.text[:255],
    )
    core.language = "en"
    core.created = core.modified = made


def _footer(document: Any, title: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    runs = [
        run_xml(Line(f"{title}  ·  page ", "muted"), 8), *_field("PAGE"),
        run_xml(Line(" of ", "muted"), 8), *_field("NUMPAGES"),
    ]  # fmt: skip
    for run in parse_xml(f"<w:p {nsdecls('w')}>{''.join(runs)}</w:p>"):
        paragraph._p.append(run)


def _field(name: str) -> Iterator[str]:
    """A field that Word computes, as runs: its begin, its name, what is shown until then, its end."""
    empty = run_xml(Line("", "muted"), 8)
    parts = (
        '<w:fldChar w:fldCharType="begin"/>', f"<w:instrText>{name}</w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>',
    )  # fmt: skip
    for part in parts:
        yield empty.replace("</w:r>", f"{part}</w:r>")


def _append(document: Any, blocks: Iterable[Block], *, wide: bool) -> None:
    """The blocks at the document's end, before the properties of its last section."""
    room = (LONG if wide else SHORT).twips - 2 * MARGIN.twips
    xml = ended(blocks_xml(document, blocks, room))
    for element in list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")):
        document.element.body[-1].addprevious(element)


def blocks_xml(document: Any, blocks: Iterable[Block], room: int) -> str:
    """The blocks as XML of the document's body; pictures become parts of the document."""
    return "".join(
        _picture(document, block, room) if isinstance(block, Picture) else block_xml(block, room)
        for block in blocks
    )


def _picture(document: Any, picture: Picture, room: int) -> str:
    """The drawing as a PNG that keeps its words as alternative text."""
    png = io.BytesIO(to_png(picture.scene, picture.alt))
    inline = document.part.new_pic_inline(png, width=Twips(round(room * picture.width)))
    inline.docPr.set("descr", clean(picture.alt))
    xml = etree.tostring(inline, encoding="unicode")
    return f"<w:p><w:r><w:drawing>{xml}</w:drawing></w:r></w:p>"


def fixed(document: Any) -> bytes:
    """The package with one date on every part: a zip otherwise holds the time of writing."""
    package, written = document.part.package, _Package()
    for part in package.parts:
        part.before_marshal()
    # What `document.save` does, but each part is compressed once, and with that date.
    PackageWriter._write_content_types_stream(written, package.parts)  # type: ignore[no-untyped-call]
    PackageWriter._write_pkg_rels(written, package.rels)  # type: ignore[no-untyped-call]
    PackageWriter._write_parts(written, package.parts)  # type: ignore[arg-type]
    return written.close()


class _Package:
    """The zip under construction, as python-docx writes into it."""

    def __init__(self) -> None:
        self._body = io.BytesIO()
        self._zip = zipfile.ZipFile(self._body, "w", zipfile.ZIP_DEFLATED)

    def write(self, name: Any, content: bytes) -> None:
        """A part; its name is python-docx's, which begins with a slash."""
        part = zipfile.ZipInfo(name.membername, (1980, 1, 1, 0, 0, 0))
        part.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(part, content)

    def close(self) -> bytes:
        self._zip.close()
        return self._body.getvalue()
