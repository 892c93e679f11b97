"""Lines of a PDF page with their place: pypdf's fragments put together, cells of one row kept together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

from pypdf import PageObject

from extractors.documents.pdf_paint import Paint

NARROW, WIDE = frozenset("iljtfrI.,:;'!|()[]/-’‘ "), frozenset("mwMW@%—_")
SAME_LINE = 3.0
WIDE_GAP = 1.4
"""Times the usual distance of two lines from which a paragraph ends between them."""
_CUT = re.compile(r"[a-z]{2,}[-‐]$")
TALLEST_CELL = 14
TINY = 2.0


@dataclass
class Line:
    """One line, or one table row whose cells are separated by tabs (lines within a cell by "\\n")."""

    page: int
    x: float
    y: float
    size: float
    text: str
    bold: bool
    end: float = 0.0
    """Estimated right edge."""
    column: float = 0.0
    """Left edge of the cell being read, for rows."""
    lines: int = 1
    top: float = 0.0
    starts: list[float] = field(default_factory=list)
    """Left edges of the cells found so far, the first one's excepted."""

    @property
    def cells(self) -> tuple[str, ...]:
        """Texts between wide gaps."""
        return tuple(part.strip() for part in re.split(r"\t+", self.text.strip()) if part.strip())


@dataclass
class _Collector:
    """Receives pypdf's fragments in stream order and starts a line at each line break."""

    page: int
    lines: list[Line] = field(default_factory=list)
    open: bool = False
    weights: list[bool] = field(default_factory=list)
    tiny: int = 0

    def take(self, text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        effective = abs(size) * (abs(tm[3]) or abs(tm[1]) or 1) * (abs(cm[3]) or abs(cm[1]) or 1)
        base = str(font.get("/BaseFont", "")) if isinstance(font, Mapping) else ""
        bold = bool(re.search(r"bold|black|heavy|demi", base, re.I))
        for n, piece in enumerate(text.split("\n")):
            if n:
                self.open = False
            if piece.strip():
                self.tiny += effective < TINY
                self._piece(piece, x, y, effective, bold)
            elif piece and self.open:
                self.lines[-1].text += piece

    def _piece(self, piece: str, x: float, y: float, size: float, bold: bool) -> None:
        end = x + _width(piece.rstrip()) * size
        if not self.open:
            self.lines.append(Line(self.page, x, y, size, piece, bold, end, x, 1, y))
            self.open = True
            return
        line = self.lines[-1]
        gap = x - line.end if abs(y - line.y) <= SAME_LINE else 0.0
        line.text += ("\t" if gap > 3 * size else "") + piece
        line.bold = line.bold and bold
        line.end = max(line.end, end) if abs(y - line.y) <= SAME_LINE else end
        line.size = max(line.size, size)


def _width(text: str) -> float:
    """Estimated width in parts of the font size; good enough to tell the gap between cells from a blank."""
    return sum(0.29 if c in NARROW else 0.85 if c in WIDE else 0.66 if c.isupper() else 0.52 for c in text)


def page_lines(page: PageObject, number: int) -> tuple[list[Line], bool]:
    """Lines of a page in reading order, less white on white, and whether some of its text cannot be seen."""
    collector, paint = _Collector(number), Paint()
    page.extract_text(visitor_text=collector.take, visitor_operand_before=paint.before)
    unseen = bool(collector.tiny or paint.unseen)
    lines = [line for line in collector.lines if line.text.strip()]
    seen = [line for line in lines if not _begins_at(line, paint.white_at)]
    return _rows(seen if paint.unseen and seen else lines), unseen


def _begins_at(line: Line, spots: list[tuple[float, float]]) -> bool:
    return any(abs(line.x - x) <= 1 and abs(line.y - y) <= 1 for x, y in spots)


def _rows(lines: list[Line]) -> list[Line]:
    """Put together what stands side by side: neighbours in the stream at one height are cells of a row."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and _beside(last, line):
            _append_cell(last, line, found[-2].starts if len(found) > 1 else [])
        elif last is not None and _below_in_cell(last, line):
            last.text += "\n" + line.text
            last.y, last.lines = line.y, last.lines + 1
        else:
            found.append(line)
    return found


def _beside(row: Line, line: Line) -> bool:
    """The line starts right of the row's last cell, level with its last line or with the row's first one."""
    right = line.x > row.column + 1.5 * row.size
    level = abs(line.y - row.y) <= SAME_LINE
    back_up = abs(line.y - row.top) <= SAME_LINE and row.lines <= TALLEST_CELL and line.y > row.y
    return right and (level or back_up)


def _append_cell(row: Line, line: Line, above: list[float]) -> None:
    """Join a fragment to the row: a cell of its own when it stands off or under a cell of the row above."""
    aligned = any(abs(x - line.x) < 2 for x in above)
    joined = abs(line.y - row.y) <= SAME_LINE and line.x - row.end < 0.8 * line.size and not aligned
    row.starts += [] if joined else [line.x]
    row.text += (" " if joined else "\t") + line.text
    row.column = row.column if joined else line.x
    row.y, row.end = line.y, line.end
    row.bold = row.bold and line.bold


def _below_in_cell(row: Line, line: Line) -> bool:
    """A further line of the last cell of a row: same left edge, right of the row's own."""
    in_cell = "\t" in row.text and row.column > row.x + 2 * row.size
    return in_cell and abs(line.x - row.column) < 2 and 0 < row.y - line.y < 1.6 * row.size


def printed_lines(lines: Sequence[Line]) -> list[str]:
    """The lines as printed, a hyphenated word whole, "" where more space than usual lies between two."""
    gaps = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page and a.y > b.y]
    usual = median(gaps) if gaps else 0.0
    closest = min(usual, sorted(gaps)[len(gaps) // 10]) if gaps else 0.0
    out: list[str] = []
    for before, line in pairwise([None, *lines]):
        if line is None:
            continue
        same_page = before is not None and before.page == line.page
        wide = same_page and before is not None and before.y - line.y > WIDE_GAP * closest
        out += [""] if wide else []
        if out and not wide and _CUT.search(out[-1]) and line.text[:1].islower():
            out[-1] = out[-1][:-1] + line.text
        else:
            out += line.text.split("\n")
    return out
