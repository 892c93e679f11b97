"""Small pieces of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def soft(text: str) -> str:
    """A paragraph in the softer colour."""
    return f'<p class="soft">{escape(text)}</p>'


def card(inner: str, title: str = "") -> str:
    """A box, with a small heading above it."""
    return (f"<h3>{escape(title)}</h3>" if title else "") + f'<div class="card">{inner}</div>'


def td(text: str, css: str = "") -> str:
    """One cell; the text is escaped."""
    return f'<td class="{css}">{escape(text)}</td>' if css else f"<td>{escape(text)}</td>"


def tr(cells: Iterable[str]) -> str:
    """One row out of cells that are HTML already."""
    return f"<tr>{''.join(cells)}</tr>"


def table(header: Sequence[str], rows: Iterable[str], numbers: int = 0) -> str:
    """A table in a box that scrolls where it is too wide; the last `numbers` columns stand to the right."""
    first = len(header) - numbers
    heads = (f'<th class="{"n" if i >= first else ""}">{escape(name)}</th>' for i, name in enumerate(header))
    return f'<div class="card scroll"><table>{tr(heads)}{"".join(rows)}</table></div>'
