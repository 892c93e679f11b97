"""What a document is made of before it is Word, Markdown, HTML or PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from assistant.documents.scene import Scene

Tone = Literal["plain", "strong", "quote", "muted", "bad", "warn", "good"]


class Mark(NamedTuple):
    """A short pointer to a quote: "S1 00:14:32", with what a format that has the room shows in full."""

    label: str
    quote: str
    place: str
    anchor: str
    """Where the quote stands in the list of evidence."""


@dataclass(frozen=True)
class Line:
    """One line of text and how it is meant; a tone never says what the text does not."""

    text: str
    tone: Tone = "plain"
    marks: tuple[Mark, ...] = ()
    """What proves it."""
    link: str = ""
    """The name of a document beside this one ("evidence", "commitment-log.csv") that the line leads to."""
    anchor: str = ""
    """The name under which marks lead to this line."""
    said: bool = False
    """True where the words are a source's own although nothing marks them; so are those with marks."""


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


@dataclass(frozen=True)
class Picture:
    """A drawing: `alt` says the same in words, `mermaid` draws it in Markdown."""

    scene: Scene
    alt: str
    mermaid: str = ""
    width: float = 1.0
    """Share of the page's width."""


Block = Heading | Paragraph | Bullets | Table | Picture


def cell(text: str, tone: Tone = "plain") -> Cell:
    """A cell of one line; an empty one for an empty text."""
    return (Line(text, tone),) if text else ()


def lines_of(block: Block) -> Iterator[Line]:
    """Every line of the block in reading order; a heading and a picture have none."""
    if isinstance(block, Paragraph):
        yield from block.lines
    elif isinstance(block, Bullets):
        yield from (line for item in block.items for line in item)
    elif isinstance(block, Table):
        yield from (line for row in block.rows for entry in row for line in entry)


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Every text of the blocks."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Table):
            yield from block.header
        elif isinstance(block, Picture):
            yield block.alt
        yield from (line.text for line in lines_of(block))
