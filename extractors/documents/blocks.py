"""The step between a document format and clauses: paragraphs and table rows in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.decode import fold as fold

BlockKind = Literal["paragraph", "row", "note"]


@dataclass(frozen=True)
class Block:
    """One paragraph or table row as the document shows it.

    `text` keeps "\\t" and "\\n" of the document, because signature blocks and labels are read from them.
    """

    text: str = ""
    kind: BlockKind = "paragraph"
    page: int | None = None
    label: str | None = None
    """Number that the word processor shows in front of the text, which the text itself lacks."""
    heading: int | None = None
    """Outline level from 1, where the format marks headings."""
    bold: bool = False
    """The whole paragraph is bold (or otherwise set off)."""
    cells: tuple[str, ...] = ()
    """Texts of a row's cells, left to right, a merged cell once."""
    header: tuple[str, ...] = ()
    """Texts of the table's header row, when the table has one and this is not it."""
    table: int | None = None
    """Number of the table in the document, rows of one table share it."""
    firm: bool = True
    """False where the start of this block was only guessed from the look of a line (PDF, plain text)."""


@dataclass(frozen=True)
class Document:
    """What a format's reader hands over: blocks in reading order and what it could not read."""

    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()
    title: str | None = None
    lines: tuple[str, ...] = ()
    """Printed lines, "" where the space between two is wide; none where the format has paragraphs."""


def plural(count: int, noun: str) -> str:
    """ "1 comment", "2 comments"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def first_words(texts: Sequence[str], words: int = 8) -> str:
    """The first words of the first text, for a warning."""
    found = fold(texts[0]).split() if texts else []
    return " ".join(found[:words]) + (" ..." if len(found) > words else "")


def header_of(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Labels of the columns: the first row, when it holds short texts in three columns or more, or in two
    columns none of which looks like a value."""
    if len(rows) < 2:
        return ()
    first = tuple(map(fold, rows[0]))
    short = all(0 < len(cell) <= 60 and not re.search(r"[.:;]$|\d{3,}|[$€£_]", cell) for cell in first)
    wide = len(first) >= 3 or all(len(row) == 2 for row in rows)
    distinct = len(set(first)) == len(first) > 1
    return first if short and wide and distinct else ()
