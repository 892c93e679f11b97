"""Blocks -> PDF, and drawings -> PNG, by Typst: tagged, with bookmarks; no network, no system library.

Everything goes to Typst as data, so no word of a source is read as markup. The bundled fonts give the same
bytes on every machine; a text with letters that they lack borrows from the fonts of the machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.documents.blocks import Block, Bullets, Heading, Line, Paragraph, Picture, Table, lines_of
from assistant.documents.scene import NOT_XML, Scene, to_svg
from assistant.documents.stamp import Stamp

if TYPE_CHECKING:
    from typst import Fonts

PAGES = Path(__file__).with_name("pages.typ")
FONTS = ("Lato", "Libertinus Serif", "DejaVu Sans Mono")
BORROWED = ("Lato", "Carlito", "Noto Sans", "DejaVu Sans", "Libertinus Serif")
# Latin, Greek, Cyrillic, punctuation and the few symbols that documents use are in the bundled fonts.
_FOREIGN = re.compile(
    "[^\n\t\x20-\u017f\u0370-\u04ff\u2010-\u2044\u20ac\u2190-\u21ff\u2200-\u22ff\u2500-\u26ff]"
)
PIXELS_AN_INCH = 192
_DRAWING = b"""#set page(width: auto, height: auto, margin: 4pt)
#set text(font: json(bytes(sys.inputs.fonts)))
#image(bytes(sys.inputs.svg), format: "svg")"""


def to_pdf(
    blocks: Sequence[Block], title: str, stamp: Stamp, as_of: date, *, contents: bool = False
) -> bytes:
    """The document as a tagged PDF (PDF/UA-1 wherever its letters can be drawn), A4, with bookmarks."""
    anchors = {line.anchor for block in blocks for line in lines_of(block)}
    sections = _sections(blocks, anchors)
    text = json.dumps(sections, ensure_ascii=False)
    foreign = bool(_FOREIGN.search(text + title))
    data = {
        "title": _clean(title), "stamp": _clean(stamp.text), "foot": _clean(f"{title} · {stamp.short}"),
        "day": [as_of.year, as_of.month, as_of.day], "contents": contents, "sections": sections,
        "fonts": BORROWED if foreign else FONTS,
    }  # fmt: skip
    inputs = {"document": json.dumps(data, ensure_ascii=False)}
    return _pdf(PAGES.read_bytes(), inputs, system=foreign)


def to_png(scene: Scene, alt: str) -> bytes:
    """The drawing as a picture for Word, at PIXELS_AN_INCH."""
    import typst

    svg = to_svg(scene, alt)
    foreign = bool(_FOREIGN.search(svg))
    inputs = {"svg": svg, "fonts": json.dumps(BORROWED if foreign else FONTS)}
    return typst.compile(
        _DRAWING, format="png", ppi=PIXELS_AN_INCH, sys_inputs=inputs, font_paths=_fonts(foreign), timestamp=0
    )


def _pdf(source: bytes, inputs: dict[str, str], *, system: bool) -> bytes:
    import typst

    try:
        return typst.compile(
            source, format="pdf", sys_inputs=inputs, font_paths=_fonts(system), pdf_standards=["ua-1"],
            timestamp=0,
        )  # fmt: skip
    except typst.TypstError:
        # A letter that no font on this machine has: PDF/UA refuses it, a tagged PDF shows a box.
        return typst.compile(source, format="pdf", sys_inputs=inputs, font_paths=_fonts(system), timestamp=0)


@cache
def _fonts(system: bool) -> Fonts:
    """The bundled fonts, and those of the machine where they are needed; found once a process."""
    import font_lato
    import typst

    return typst.Fonts(include_system_fonts=system, font_paths=[font_lato.font_directory])


def _sections(blocks: Iterable[Block], anchors: set[str]) -> list[dict[str, Any]]:
    """The blocks in runs of upright and turned pages."""
    sections: list[dict[str, Any]] = []
    wide = False
    for block in blocks:
        if isinstance(block, Heading):
            if block.level == 0:
                continue  # the title stands above everything
            wide = block.wide
        if not sections or sections[-1]["wide"] != wide:
            sections.append({"wide": wide, "break": bool(sections), "blocks": []})
        sections[-1]["blocks"].append(_block(block, anchors))
    return sections


def _block(block: Block, anchors: set[str]) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": max(block.level, 1), "text": _clean(block.text)}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "lines": _lines(block.lines, anchors)}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": [_lines(item, anchors) for item in block.items]}
    if isinstance(block, Picture):
        svg = to_svg(block.scene, block.alt)
        return {"kind": "picture", "svg": svg, "alt": _clean(block.alt), "width": block.width}
    return _table(block, anchors)


def _table(table: Table, anchors: set[str]) -> dict[str, Any]:
    rows = [[_lines(entry, anchors) for entry in row] for row in table.rows]
    header = [_clean(title) for title in table.header]
    return {"kind": "table", "header": header, "widths": table.widths, "rows": rows}


def _lines(lines: Iterable[Line], anchors: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "text": _clean(line.text),
            "tone": line.tone,
            "anchor": line.anchor,
            "marks": [
                {
                    "label": _clean(m.label).replace(" ", "\u00a0"),
                    "anchor": m.anchor if m.anchor in anchors else "",
                }
                for m in line.marks
            ],
        }
        for line in lines
    ]


def _clean(text: str) -> str:
    """The text without what XML and fonts cannot hold."""
    return NOT_XML.sub("\ufffd", text)
