"""Blocks -> one HTML page that needs nothing else: no request, no script, light and dark, fit to print.

Every quote stands in its place. Whatever a source says is escaped; even so a policy in the page forbids
scripts and requests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from assistant.documents.blocks import Block, Bullets, Heading, Line, Mark, Paragraph, Picture, Table
from assistant.documents.scene import NOT_XML, to_svg
from assistant.documents.stamp import Stamp

STYLE = Path(__file__).with_name("web.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def to_html(blocks: Sequence[Block], title: str, stamp: Stamp) -> bytes:
    """The page in UTF-8, with a table of contents of its headings of level 1 and 2."""
    named = _named(blocks)
    body = "\n".join(_block(block, named.get(number, "")) for number, block in enumerate(blocks))
    contents = "".join(
        f'<li class="l{block.level}"><a href="#{named[n]}">{_text(block.text)}</a></li>'
        for n, block in enumerate(blocks)
        if isinstance(block, Heading) and 0 < block.level < 3
    )
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{_text(title)}</title>
<style>{STYLE.read_text("utf-8")}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><h1>{_text(title)}</h1><p class="muted">{_text(stamp.text)}</p></header>
<nav aria-label="Contents"><h2>Contents</h2><ol>{contents}</ol></nav>
<main id="content">
{body}
</main>
</body>
</html>
"""
    return page.encode("utf-8")


def _named(blocks: Iterable[Block]) -> dict[int, str]:
    """Position -> anchor of each heading below the title; no anchor holds a source's words."""
    return {n: f"h{n}" for n, block in enumerate(blocks) if isinstance(block, Heading) and block.level}


def _block(block: Block, anchor: str) -> str:
    if isinstance(block, Heading):
        if not block.level:
            return ""
        level = min(block.level + 1, 5)
        return f'<h{level} id="{anchor}">{_text(block.text)}</h{level}>'
    if isinstance(block, Paragraph):
        return f"<p>{_lines(block.lines)}</p>"
    if isinstance(block, Bullets):
        return "<ul>" + "".join(f"<li>{_lines(item)}</li>" for item in block.items) + "</ul>"
    if isinstance(block, Picture):
        svg = to_svg(block.scene, block.alt, screen=True)
        return f'<figure style="max-width:{block.width * 100:.0f}%">{svg}</figure>'
    return _table(block)


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width:{width * 100:.1f}%">' for width in table.widths)
    head = ""
    if any(table.header):
        head = (
            "<thead><tr>"
            + "".join(f'<th scope="col">{_text(t)}</th>' for t in table.header)
            + "</tr></thead>"
        )
    rows = "".join(
        "<tr>" + "".join(f"<td>{_lines(entry)}</td>" for entry in row) + "</tr>" for row in table.rows
    )
    return f'<div class="wide"><table><colgroup>{columns}</colgroup>{head}<tbody>{rows}</tbody></table></div>'


def _lines(lines: Iterable[Line]) -> str:
    return "<br>".join(map(_line, lines))


def _line(line: Line) -> str:
    name = f' id="{escape(line.anchor)}"' if re.fullmatch(r"q\d+", line.anchor) else ""
    body = f'<span class="{line.tone}"{name}>{_text(line.text)}</span>'
    return body + "".join(_mark(mark, line.text) for mark in line.marks)


def _mark(mark: Mark, text: str) -> str:
    """The mark, with the quote before it where it is not the text itself."""
    told = f"<q>{_text(mark.quote)}</q> " if _folded(mark.quote) not in _folded(text) else ""
    label = f'<a href="#{mark.anchor}">{_text(mark.label)}</a>' if mark.anchor else _text(mark.label)
    return f' <span class="proof">{told}<span class="mark" title="{_text(mark.place)}">{label}</span></span>'


def _folded(text: str) -> str:
    return " ".join(text.split()).strip("“”").rstrip(".").casefold()


def _text(text: str) -> str:
    return escape(NOT_XML.sub("\ufffd", text))
