"""Abbreviations spelled out where our own words use them first; a source's words are never touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.documents.blocks import Block, Bullets, Cell, Heading, Line, Paragraph, Table, cell, texts
from assistant.documents.words import ABBREVIATIONS

_QUOTED = re.compile('“[^”]*”|"[^"]*"')
_SHORT = re.compile(
    r"(\()?\b(" + "|".join(sorted(ABBREVIATIONS, key=len, reverse=True)) + r")\b(s\b)?(?!:)(\))?"
)


def spelled_out(blocks: Sequence[Block], listed: int | None = None) -> list[Block]:
    """The blocks with each abbreviation spelled out at its first use.

    `listed` adds, at the end, those that only sources use, under a heading of that level.
    """
    seen: set[str] = set()
    done = [_block(block, seen) for block in blocks]
    used = set(re.findall(r"\b[A-Z]{2,4}\b", " ".join(texts(done))))
    rest = sorted((used & set(ABBREVIATIONS)) - seen)
    if listed is not None and rest:
        words = "; ".join(f"{short}: {ABBREVIATIONS[short]}" for short in rest)
        done += [Heading("Abbreviations in the sources' words", listed), Paragraph(cell(f"{words}."))]
    return done


def _block(block: Block, seen: set[str]) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(_cell(block.lines, seen))
    if isinstance(block, Bullets):
        return Bullets(tuple(_cell(item, seen) for item in block.items))
    if isinstance(block, Table):
        rows = tuple(tuple(_cell(entry, seen) for entry in row) for row in block.rows)
        return replace(block, rows=rows)
    return block


def _cell(lines: Iterable[Line], seen: set[str]) -> Cell:
    return tuple(line if _is_quoted(line) else _line(line, seen) for line in lines)


def _is_quoted(line: Line) -> bool:
    return bool(line.marks) or line.said or line.tone == "quote"


def _line(line: Line, seen: set[str]) -> Line:
    if not _SHORT.search(line.text):
        return line
    parts, at = [], 0
    for quote in _QUOTED.finditer(line.text):
        parts += [_expanded(line.text[at : quote.start()], seen), quote[0]]
        at = quote.end()
    return replace(line, text="".join([*parts, _expanded(line.text[at:], seen)]))


def _expanded(text: str, seen: set[str]) -> str:
    """ "Ana (AE)" -> "Ana (AE, account executive)"; "the AE" -> "the AE (account executive)"."""

    def first(m: re.Match[str]) -> str:
        if m[2] in seen:
            return m[0]
        seen.add(m[2])
        before, after = m[1] or "", m[4] or ""
        words = ABBREVIATIONS[m[2]] + ("s" if m[3] else "")
        if before and after:
            return f"({m[2]}{m[3] or ''}, {words})"
        return f"{before}{m[2]}{m[3] or ''} ({words}){after}"

    return _SHORT.sub(first, text)
