"""Blocks -> Markdown. Words of sources are escaped: they can neither format nor embed anything."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.documents.blocks import Block, Bullets, Heading, Line, Paragraph, Picture, Table

SPECIAL = re.compile(r"([\\`*_\[\]#|~<>!$])")
ENTITIES = {"<": "&lt;", ">": "&gt;", "|": "&#124;"}
LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$|[-=])")
BARE_LINK = re.compile(r"(?i)\b(https?|ftp|www)(?=[:.])")


def to_markdown(blocks: Iterable[Block]) -> str:
    """GitHub-flavoured Markdown, one block after the other."""
    return "\n\n".join(_block(block) for block in blocks) + "\n"


def escape(text: str) -> str:
    """The text as Markdown shows it: no HTML, no links, no table cells, no emphasis, on one line."""
    folded = " ".join(text.split()).replace("&", "&amp;")
    safe = SPECIAL.sub(lambda m: ENTITIES.get(m[1], "\\" + m[1]), folded)
    # A zero-width joiner would change a copied address; an entity in "https" only stops the autolink.
    safe = BARE_LINK.sub(lambda m: f"{m[0][:-1]}&#{ord(m[0][-1])};", safe)
    return LINE_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", safe)


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {escape(block.text)}"
    if isinstance(block, Paragraph):
        return "  \n".join(map(_line, block.lines))
    if isinstance(block, Bullets):
        return "\n".join("- " + "  \n  ".join(map(_line, item)) for item in block.items)
    if isinstance(block, Picture):
        # A viewer without Mermaid, and who cannot see it, reads the words below.
        drawn = f"```mermaid\n{block.mermaid}\n```\n\n" if block.mermaid else ""
        return f"{drawn}*{escape(block.alt)}*"
    return _table(block)


def _table(table: Table) -> str:
    header = [f"**{escape(title)}**" if title else " " for title in table.header]
    rows = [["<br>".join(map(_line, entry)) for entry in row] for row in table.rows]
    rule = ["---"] * len(table.header)
    return "\n".join(f"| {' | '.join(row)} |" for row in [header, rule, *rows])


def _line(line: Line) -> str:
    text = escape(line.text)
    if line.tone in ("strong", "bad", "warn", "good"):
        text = f"**{text}**"
    elif line.tone == "quote":
        text = f"*{text}*"
    if line.link:
        text = f"[{text}]({line.link if '.' in line.link else line.link + '.md'})"
    return " ".join([text, *(f"\\[{escape(mark.label)}\\]" for mark in line.marks)])
