"""What a document is made of before it is Word or Markdown: headings, paragraphs, bullets, tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "strong", "quote", "muted", "bad", "warn", "good"]


@dataclass(frozen=True)
class Line:
    """One line of text and how it is meant; a tone never says what the text does not."""

    text: str
    tone: Tone = "plain"


Cell = tuple[Line, ...]


@dataclass(frozen=True)
class Heading:
    text: str
    level: int
    """0 is the document's title, then 1 and 2."""
    wide: bool = False
    """True where what stands below it wants the long side of the page."""


@dataclass(frozen=True)
class Paragraph:
    lines: Cell


@dataclass(frozen=True)
class Bullets:
    items: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table with a header row. `widths` are shares of the page's width, one a column."""

    header: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Heading | Paragraph | Bullets | Table


def cell(text: str, tone: Tone = "plain") -> Cell:
    """A cell of one line; an empty one for an empty text."""
    return (Line(text, tone),) if text else ()
