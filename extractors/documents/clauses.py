"""Blocks of a contract become clause segments with number, heading path and place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.documents.blocks import Block, fold
from extractors.documents.clause_items import ItemStack, split_long
from extractors.documents.clause_numbers import (
    CONTENTS_LINE,
    VERBS,
    Number,
    Sequence,
    is_capitals,
    is_exhibit_heading,
    is_title,
    read_number,
)
from extractors.documents.signature_blocks import find_signatures
from extractors.segments import Segment, SegmentKind

SIGNING = re.compile(r"(?i)signature|execution|signed|acceptance page")
WITNESS = re.compile(
    r"(?i)in witness whereof|(executed|signed) (as|by) (a deed|the part)|the parties have (executed|signed)"
)
LONG_ITEM = 500
LONG_CLAUSE = 1500


@dataclass
class Draft:
    """The clause being collected: its own text and its sub-items with their marks."""

    text: str
    section: str | None
    page: int | None
    numbered: bool
    items: list[tuple[str, str, int | None]] = field(default_factory=list)
    """(section with the item's mark, text, page)."""

    def pieces(self) -> list[tuple[str | None, str, int | None]]:
        """The clause in one piece, or clause and items each on their own when they are long."""
        whole = " ".join([self.text, *(text for _, text, _ in self.items)])
        long = len(whole) > LONG_CLAUSE or any(len(text) > LONG_ITEM for _, text, _ in self.items)
        if not self.items or not long:
            return [(self.section, piece, self.page) for piece in split_long(whole, LONG_CLAUSE)]
        own = [(self.section, piece, self.page) for piece in split_long(self.text, LONG_CLAUSE) if piece]
        return own + [
            (s, piece, page) for s, text, page in self.items for piece in split_long(text, LONG_CLAUSE)
        ]


class ClauseBuilder:
    """Walks the blocks once and keeps where it is: exhibit, headings, section."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.sequence = Sequence()
        self.items = ItemStack()
        self.headings: list[tuple[int, str]] = []
        self.exhibit: str | None = None
        self.article: str | None = None
        self.article_restarts = False
        self.section: str | None = None
        self.draft: Draft | None = None
        self.row = 0

    def build(self, blocks: tuple[Block, ...]) -> tuple[Segment, ...]:
        """All segments of the document, in order."""
        regions = {region.start: region for region in find_signatures(blocks)}
        index = 0
        while index < len(blocks):
            region = regions.get(index)
            if region is None:
                self._block(blocks[index])
                index += 1
                continue
            self._flush()
            for party in region.parties:
                self._add("signature", party, None, blocks[index].page)
            self.headings = [h for h in self.headings if not SIGNING.search(h[1])]
            self.section = None
            index = region.stop
        self._flush()
        return tuple(self.segments)

    def _block(self, block: Block) -> None:
        text = fold(block.text)
        if not text:
            return
        if block.kind == "row":
            self._row(text, block)
        elif block.kind == "note":
            self._flush()
            self._add("paragraph", text, self.section, block.page)
        else:
            self._text(text, block)

    def _row(self, text: str, block: Block) -> None:
        self._flush()
        self.row += 1
        columns = " | ".join(block.header)
        pieces = [text] if len(text) <= LONG_CLAUSE else [
            piece for cell in block.cells for piece in split_long(fold(cell), LONG_CLAUSE) if piece
        ]  # fmt: skip
        label = fold(block.cells[0]) if block.cells and len(pieces) > 1 else ""
        for piece in pieces:
            above = tuple(
                part for part in (columns, label if piece != label else "") if part and len(part) < 200
            )
            self._add("table_row", piece, self.section, block.page, above)

    def _text(self, text: str, block: Block) -> None:
        shown = f"{block.label} {text}" if block.label else text
        number = read_number(shown)
        if number and number.style == "exhibit":
            number = number if is_exhibit_heading(number) else None
        if number is None or CONTENTS_LINE.search(block.text):
            self._unnumbered(text, block)
        elif number.style == "item":
            self._item(number, shown, block)
        elif self._is_list_item(number, block) or not self.sequence.accepts(number, block.firm):
            self._item(number, shown, block) if self._in_list(number) else self._unnumbered(shown, block)
        else:
            self._numbered(number, text, shown, block)

    def _is_list_item(self, number: Number, block: Block) -> bool:
        """ "1. ..." inside clause 4.2 counts the clause's items, not the contract's sections."""
        if number.style not in ("single", "capital") or is_capitals(number.rest) or block.heading:
            return False
        return self._in_list(number)

    def _in_list(self, number: Number) -> bool:
        if self.draft is None or not self.draft.numbered or number.style not in ("single", "capital"):
            return False
        opened = self.draft.text.rstrip().endswith((":", ":-", "—")) and not self.draft.items
        return (opened and number.path == (1,)) or self.items.continues(number.printed)

    def _numbered(self, number: Number, text: str, shown: str, block: Block) -> None:
        self._flush()
        self.sequence.advance(number)
        self.items.clear()
        if number.style == "exhibit":
            self._open_exhibit(number)
        elif number.style == "article":
            self.article, self.article_restarts, self.section = number.printed, False, number.printed
        else:
            self.section = self._section(number)
        is_heading = number.style in ("exhibit", "article") or not number.rest or is_title(number.rest)
        if is_heading:
            self._heading(number.level, shown, block.page, self.section)
        else:
            del_level = number.level
            self.headings = [h for h in self.headings if h[0] < del_level]
            self.draft = Draft(text, self.section, block.page, numbered=True)

    def _section(self, number: Number) -> str:
        """As printed; a number that starts again in every article carries the article: "IV.2"."""
        if self.article and len(number.path) == 1 and not self.exhibit:
            self.article_restarts = self.article_restarts or number.path == (1,)
            if self.article_restarts:
                return f"{self.article}.{number.printed}"
        return number.printed

    def _open_exhibit(self, number: Number) -> None:
        self.exhibit, self.article, self.section = number.printed, None, None
        self.sequence = Sequence()
        self.headings = []

    def _item(self, number: Number, shown: str, block: Block) -> None:
        mark = self.items.place(number.printed)
        if self.draft is None:
            self.draft = Draft("", self.section, block.page, numbered=self.section is not None)
        section = f"{self.section or ''}{mark}"
        self.draft.items.append((section, shown, block.page))

    def _unnumbered(self, text: str, block: Block) -> None:
        set_off = block.heading is not None or block.bold or is_capitals(text)
        contents = CONTENTS_LINE.search(block.text)
        plain = (
            block.heading
            and len(text) < 100
            and not VERBS.search(text)
            and not text.endswith((".", ";", ","))
        )
        if set_off and not contents and (is_title(text) or plain):
            self._flush()
            self._title(text, block)
            return
        self._flush()
        self.section = None if WITNESS.match(text) else self.section
        kind_numbered = self.section is not None and not contents
        self.draft = Draft(text, None if contents else self.section, block.page, numbered=kind_numbered)

    def _title(self, text: str, block: Block) -> None:
        """An unnumbered heading; right under a bare "ARTICLE IV" or "EXHIBIT A" it is that one's title."""
        last = self.segments[-1] if self.segments else None
        bare = (
            last is not None
            and last.kind == "heading"
            and self.headings
            and self.headings[-1][1] == last.text
        )
        if bare and last is not None and last.section and self.headings[-1][0] <= 1 and _untitled(last.text):
            level, above = self.headings[-1]
            self.headings[-1] = (level, f"{above} {text}")
            self._add("heading", text, last.section, block.page, keep=-1)
            return
        level = (block.heading or (1 if is_capitals(text) else 2)) + 1
        if level > 1 and not (block.heading and self.section and block.heading > 2):
            self.section = None
        self._heading(level, text, block.page, None)

    def _heading(self, level: int, text: str, page: int | None, section: str | None) -> None:
        self.headings = [h for h in self.headings if h[0] < level]
        self._add("heading", text, section, page)
        self.headings.append((level, text))

    def _flush(self) -> None:
        draft, self.draft = self.draft, None
        self.row = 0 if draft else self.row
        if draft is None:
            return
        kind: SegmentKind = "clause" if draft.numbered else "paragraph"
        for section, piece, page in draft.pieces():
            self._add(kind, piece, section, page)

    def _add(
        self, kind: SegmentKind, text: str, section: str | None, page: int | None,
        below: tuple[str, ...] = (), keep: int | None = None,
    ) -> None:  # fmt: skip
        text = fold(text)
        if not text:
            return
        headings = tuple(title for _, title in (self.headings[:keep] if keep else self.headings))
        self.segments.append(
            Segment(
                id=f"s{len(self.segments) + 1:04d}", text=text, kind=kind, page=page, section=section,
                headings=headings + below, locator=self._locator(kind, section, page),
            )
        )  # fmt: skip

    def _locator(self, kind: SegmentKind, section: str | None, page: int | None) -> str:
        parts = [f"p. {page}"] if page else []
        own_letter = (
            section and self.exhibit and section[0] == self.exhibit.split()[-1][:1] and section[0].isalpha()
        )
        parts += [self.exhibit] if self.exhibit and not own_letter else []
        parts += [f"section {section}"] if section else []
        parts += ["signature page"] if kind == "signature" else []
        parts += [f"row {self.row}"] if kind == "table_row" else []
        if not section and not self.exhibit and kind in ("paragraph", "clause", "heading"):
            parts += (
                [f'under "{self.headings[-1][1][:60]}"']
                if self.headings
                else [f"paragraph {len(self.segments) + 1}"]
            )
        return " ".join(parts)


def _untitled(text: str) -> bool:
    return bool(re.fullmatch(r"(?i)(article|exhibit|schedule|annex|appendix|attachment)\s+\S+[.:]?", text))
