"""Lines of a PDF become paragraphs: headers left out, hyphens undone, pages joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence as Seq
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from extractors.documents.blocks import Block, fold, header_of
from extractors.documents.clause_numbers import (
    CONTENTS_LINE,
    Sequence,
    is_capitals,
    is_exhibit_heading,
    is_title,
    read_number,
)
from extractors.documents.pdf_lines import Line
from extractors.documents.signature_blocks import MARK, label_of

PAGE_NUMBER = re.compile(
    r"(?i)^[\s\-–—|]*(page\s*\|?\s*)?\(?([a-z]-)?\d{1,3}\)?(\s*(of|/)\s*\d{1,3})?[\s\-–—|]*$|"
    r"\bpage\s*\|?\s*\d+(\s*of\s*\d+)?\s*$"
)
KEPT = re.compile(r"(?i)/s/|docusign|envelope\s+id|signature certificate")
HYPHENATED = re.compile(r"([A-Za-z]{2,})[-‐­]$")
COMPOUNDS = frozenset(
    (
        "non", "third", "self", "co", "pre", "post", "well", "long", "short", "full", "cross",
        "multi", "sub", "high", "low", "on", "off", "end", "one", "two", "three", "four", "five",
        "six", "seven", "eight", "nine", "ten", "twelve", "single", "real", "up", "first", "second",
        "fourth", "read", "write", "role", "user", "web", "cloud", "in", "out", "time", "part",
        "year", "month", "day", "week", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
        "eighty", "ninety", "set", "sign", "go", "per", "pro",
    )
)  # fmt: skip
LIST_START = re.compile(r"\(?(\d{1,2}(\.\d{1,2})*|[A-Za-z](\.\d{1,2})*|[ivxIVX]{1,5})[.)]?|[•·▪●○–-]")
MARGIN = 0.12


def left_out(lines: Seq[Line], heights: dict[int, float]) -> set[int]:
    """Indexes of running headers, footers and page numbers."""
    pages = len(heights)
    outer = _outermost(lines)
    edge = sorted(n for n in outer if pages > 2 or _at_edge(lines[n], heights[lines[n].page]))
    seen: Counter[str] = Counter()
    for key in {(lines[n].page, _shape(lines[n].text)) for n in edge}:
        seen[key[1]] += 1
    drop: set[int] = set()
    for n in edge:
        text = fold(lines[n].text)
        number = read_number(text)
        clause = (
            number is not None and number.style in ("decimal", "single", "lettered") and len(number.rest) > 20
        )
        repeats = pages > 1 and seen[_shape(text)] >= max(2, pages // 2) and not clause
        at_edge = _at_edge(lines[n], heights[lines[n].page])
        repeats = repeats and (at_edge or seen[_shape(text)] * 10 >= pages * 6)
        if repeats or (at_edge and PAGE_NUMBER.search(text) and len(text) < 80 and pages > 1):
            drop.add(n)
    drop |= {n for n in outer if re.fullmatch(r"[\s\-–—]*\d{1,3}[\s\-–—]*", lines[n].text) and pages > 1}
    return drop - _evidence(lines, drop)


def _outermost(lines: Seq[Line], depth: int = 4) -> set[int]:
    """Indexes of the highest and lowest lines of each page."""
    outer: set[int] = set()
    for page in {line.page for line in lines}:
        by_height = sorted(
            (n for n, line in enumerate(lines) if line.page == page), key=lambda n: lines[n].top
        )
        outer |= {*by_height[:depth], *by_height[-depth:]}
    return outer


def _evidence(lines: Seq[Line], drop: set[int]) -> set[int]:
    """The last of each running line that proves a signature stays in the text."""
    last = {_shape(lines[n].text): n for n in sorted(drop) if KEPT.search(lines[n].text)}
    return set(last.values())


def _at_edge(line: Line, height: float) -> bool:
    return line.top > height * (1 - MARGIN) or line.y < height * MARGIN


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", fold(text).lower())


class Joiner:
    """Joins lines into blocks. Keeps the numbering's state, so that "30 days" opens nothing."""

    def __init__(self, lines: Seq[Line]) -> None:
        self.lines = lines
        gaps = [
            a.y - b.top
            for a, b in pairwise(lines)
            if a.page == b.page and 0 < a.y - b.top < 40
        ]
        self.leading = median(gaps) if gaps else 12.0
        self.leading = min(self.leading, 1.5 * median([line.size for line in lines])) if lines else 12.0
        self.width = max((len(fold(line.text)) for line in lines), default=80)
        self.words = Counter(re.findall(r"[a-z]+(?:-[a-z]+)*", " ".join(line.text for line in lines).lower()))
        self.sequence = Sequence()

    def blocks(self) -> list[Block]:
        """Paragraphs and rows in order, each with the page it starts on."""
        found: list[Block] = []
        group: list[Line] = []
        for n, line in enumerate(self.lines):
            row = self._is_row(n)
            if group and (row or self._starts(group[-1], line)):
                found.append(self._block(group))
                group = []
            if row:
                found.append(
                    Block(fold(" | ".join(line.cells)), kind="row", page=line.page, cells=line.cells, table=0)
                )
                continue
            if not group:
                self._note_number(line)
            group.append(line)
        return _with_headers(found + ([self._block(group)] if group else []))

    def _is_row(self, n: int) -> bool:
        """Cells side by side: three, or two where a neighbour has two; a number with its text is none."""
        cells = self.lines[n].cells
        if (
            len(cells) < 2
            or (len(cells) == 2 and LIST_START.fullmatch(cells[0]))
            or CONTENTS_LINE.search(self.lines[n].text)
        ):
            return False
        near = [self.lines[k] for k in (n - 1, n + 1) if 0 <= k < len(self.lines)]
        return len(cells) >= 3 or any(len(line.cells) >= 2 for line in near) or "\n" in self.lines[n].text

    def _note_number(self, line: Line) -> None:
        number = read_number(fold(line.text))
        if number and number.style == "exhibit" and is_exhibit_heading(number):
            self.sequence = Sequence()
        elif number and self.sequence.accepts(number, firm=False):
            self.sequence.advance(number)

    def _starts(self, last: Line, line: Line) -> bool:
        """Whether `line` begins a new block after `last`."""
        text, before = fold(line.text), fold(last.text)
        ended = bool(re.search(r"[.;:!?][\"”’)]?$", before))
        opened = read_number(before)
        if self._numbered(text, ended) or (
            opened and opened.style == "exhibit" and is_exhibit_heading(opened)
        ):
            return True
        if label_of(text) or MARK.match(text) or label_of(before) or MARK.match(before):
            return True
        if line.page != last.page or line.top > last.y + 2:
            return (ended and not text[:1].islower()) or (line.bold != last.bold) or is_capitals(before)
        if last.y - line.top > 1.35 * self.leading + 0.5 or abs(line.size - last.size) > 0.15 * last.size:
            return not (text[:1].islower() and not ended and last.y - line.top < 2.2 * self.leading)
        if is_capitals(before) != is_capitals(text) and (is_title(before) or (ended and is_title(text))):
            return not text[:1].islower()
        if line.bold != last.bold and (last.bold or is_title(text)):
            return not text[:1].islower()
        indented = line.x > last.x + line.size and ended
        return indented or (ended and len(before) < 0.72 * self.width) or (_pair(before) and _pair(text))

    def _numbered(self, text: str, ended: bool) -> bool:
        number = read_number(text)
        if number is None:
            return False
        if number.style == "exhibit":
            return is_exhibit_heading(number)
        if number.style == "item":
            return ended or bool(re.search(r"^\([a-z]{1,4}\)", text))
        return self.sequence.accepts(number, firm=ended and number.style != "single")

    def _block(self, group: list[Line]) -> Block:
        text = group[0].text.strip()
        for line in group[1:]:
            text = self._join(text, line.text.strip())
        bold = all(line.bold for line in group)
        return Block(text, page=group[0].page, bold=bold, firm=False)

    def _join(self, text: str, following: str) -> str:
        cut = HYPHENATED.search(text)
        if not cut or not following[:1].islower():
            return f"{text} {following}"
        head, tail = cut.group(1).lower(), re.match(r"[a-z]*", following).group(0)  # type: ignore[union-attr]
        hyphened = self.words[f"{head}-{tail}"] > 0
        plain = self.words[head + tail] > 0
        keep = hyphened or (not plain and head in COMPOUNDS)
        return text[:-1] + ("-" if keep else "") + following


def _with_headers(blocks: list[Block]) -> list[Block]:
    """Neighbouring rows are one table; its header is repeated in the rows below it."""
    found: list[Block] = []
    table = 0
    for _, run in groupby(blocks, key=lambda block: block.kind == "row"):
        rows = list(run)
        if rows[0].kind != "row":
            found += rows
            continue
        table += 1
        header = header_of([row.cells for row in rows])
        found += [
            replace(row, table=table, header=header if n and len(row.cells) == len(header) else ())
            for n, row in enumerate(rows)
        ]
    return found


def _pair(text: str) -> bool:
    """ "Label: value" in one line."""
    return bool(re.match(r"^[A-Z][\w /&'’-]{1,40}:\s+\S", text)) and len(text) < 120
