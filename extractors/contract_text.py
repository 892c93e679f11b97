"""Contracts as plain text and Markdown."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from extractors.decode import decode
from extractors.documents.blocks import Block, Document
from extractors.documents.contract_source import contract_source
from extractors.documents.pdf_blocks import Joiner
from extractors.documents.pdf_lines import Line
from extractors.documents.signature_blocks import MARK, label_of
from extractors.segments import Source, UnreadableSource

HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
RULE = re.compile(r"^\s*([-*_=]\s*){3,}$")
TABLE_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
PAIR = re.compile(r"^[A-Z][\w /&'’.-]{1,40}:(\s+\S.{0,100})?$")
LIST_ITEM = re.compile(r"^(?P<indent>\s*)(?P<mark>\d{1,3}[.)]|[a-z][.)]|\([a-z]\)|[ivx]{1,5}[.)])\s+")
UNWRAPPED = 200
"""A line longer than this shows that the text has one paragraph a line."""
LIST_MARK = re.compile(r"^\s*(?:[-*+•]\s+)")
SPAN = re.compile(r"<(/?)(?:span|a|b|i|u|em|strong|br|p|div|sup|sub)\b[^>]*>", re.I)
LINK = re.compile(r"\[([^\]]+)\]\((?:https?:|#|/|mailto:)[^)]*\)")
EMPHASIS = re.compile(
    r"(\*\*|(?<!_)__)(?=[^\s_])(.+?)(?<=[^\s_])\1(?!_)|(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])"
)


def extract(data: bytes, name: str) -> list[Source]:
    """The text as one contract source; the text is decoded as extractors.decode does."""
    decoded = decode(data, name)
    if not decoded.text.strip():
        raise UnreadableSource(f"Cannot read '{name}': it holds no text; export the contract again")
    document = read_text(decoded.text, markdown=name.lower().endswith((".md", ".markdown")))
    return [contract_source(replace(document, warnings=decoded.warnings), data, name)]


def read_text(text: str, markdown: bool = False) -> Document:
    """Blocks of a plain or Markdown text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    return Document(tuple(_markdown(lines) if markdown else _plain(lines)))


def _plain(lines: list[str]) -> list[Block]:
    """Hard-wrapped lines are joined as those of a PDF; text with one paragraph a line is taken as it is."""
    if max((len(line) for line in lines), default=0) > UNWRAPPED:
        return [Block(line.strip()) for line in lines if line.strip()]
    placed: list[Line] = []
    for n, line in enumerate(lines):
        if line.strip():
            indent = len(line) - len(line.lstrip())
            text = re.sub(r"(?<=\S)( {4,}|\t+)(?=\S)", "\t", line.strip())
            placed.append(
                Line(1, indent * 5.0, -12.0 * n, 10.0, text, False, 0.0, indent * 5.0, 1, -12.0 * n)
            )
    return [replace(block, page=None) for block in Joiner(placed).blocks()]


def _markdown(lines: list[str]) -> list[Block]:
    """Paragraphs, headings, tables and nested lists of a Markdown text."""
    reader = _Markdown()
    for line in lines:
        reader.line(line)
    reader.close()
    return reader.blocks


class _Markdown:
    """One pass over the lines; nested numbered lists get their full number, as a page would show it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.paragraph: list[str] = []
        self.header: tuple[str, ...] = ()
        self.tables = 0
        self.in_table = False
        self.list: list[tuple[int, str]] = []
        self.label: str | None = None

    def line(self, line: str) -> None:
        heading, row = HEADING.match(line), TABLE_ROW.match(line)
        if not row:
            self.in_table = False
        if not line.strip() or RULE.match(line):
            self.close()
        elif heading:
            self.close()
            self.blocks.append(Block(clean(heading.group(2)), heading=len(heading.group(1))))
        elif row:
            self._row(row.group(1), line)
        else:
            self._words(line)

    def close(self) -> None:
        """End the paragraph that is open."""
        text = clean(" ".join(self.paragraph)).strip()
        if text:
            bold = bool(re.fullmatch(r"(\*\*|__).+\1:?", " ".join(self.paragraph).strip()))
            self.blocks.append(Block(text, label=self.label, bold=bold and len(text) < 120))
        self.paragraph, self.label = [], None

    def _row(self, inner: str, line: str) -> None:
        self.close()
        if TABLE_RULE.match(line):
            return
        cells = tuple(clean(cell).strip() for cell in re.split(r"(?<!\\)\|", inner))
        self.tables += not self.in_table
        above = self.header if self.in_table and len(self.header) == len(cells) else ()
        self.header = self.header if self.in_table else cells
        self.in_table = True
        text = " | ".join(cell for cell in cells if cell)
        if text:
            self.blocks.append(Block(text, kind="row", cells=cells, header=above, table=self.tables))

    def _words(self, line: str) -> None:
        item = LIST_ITEM.match(line)
        if item and (not self.paragraph or self.list or len(item.group("mark")) < 4):
            self.close()
            self.label = self._place(len(item.group("indent").expandtabs(4)), item.group("mark"))
            line = line[item.end() :]
            if self.label is None:
                line = f"{item.group('mark')} {line}"
        elif LIST_MARK.match(line):
            self.close()
            line = LIST_MARK.sub("", line)
        elif not self.paragraph and not line[:1].isspace():
            self.list = []
        if self.paragraph and (_own_line(line) or _own_line(self.paragraph[-1])):
            self.close()
        self.paragraph.append(line.strip())
        if line.endswith("  "):
            self.close()

    def _place(self, indent: int, mark: str) -> str | None:
        """Number of a list item: "2." below "1." is shown as 1.2; letters below it as (a)."""
        self.list = [entry for entry in self.list if entry[0] < indent]
        core = mark.strip("().")
        if not core.isdigit():
            self.list.append((indent, core))
            return f"({core})" if len(self.list) > 1 else None
        numbers = [core for _, core in self.list if re.fullmatch(r"[\d.]+", core)]
        full = f"{numbers[-1]}.{core}" if numbers else core
        self.list.append((indent, full))
        return full if numbers else None


def _own_line(line: str) -> bool:
    """ "Label: value", a signature label or the line to sign stands on a line of its own."""
    text = clean(line).strip()
    return bool(PAIR.match(text) or label_of(text) or MARK.match(text))


def clean(text: str) -> str:
    """Markdown marks and inline HTML removed, the words kept."""
    text = LINK.sub(r"\1", SPAN.sub("", text))
    for _ in range(2):
        text = EMPHASIS.sub(lambda match: match.group(2) or match.group(3), text)
    return html.unescape(re.sub(r"\\([\\`*_{}\[\]()#+.!|-])", r"\1", text)).replace("`", "")
