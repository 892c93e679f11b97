"""Words inside a Mermaid drawing: letters, digits and harmless signs only, for sources are not trusted."""

from __future__ import annotations

import re

_NOT_PLAIN = re.compile(r"[^\w .,&'()/+-]|_", re.UNICODE)
LONGEST = 70


def plain(text: str) -> str:
    """The text without any sign that Mermaid or Markdown would read as its own."""
    safe = " ".join(_NOT_PLAIN.sub(" ", text).split())
    return safe if len(safe) <= LONGEST else safe[: LONGEST - 1].rstrip() + "…"


def label(text: str) -> str:
    """The text in the quotation marks that Mermaid wants; never empty."""
    return f'"{plain(text) or "unnamed"}"'


def node(key: str, text: str) -> str:
    """A box of that id."""
    return f"{key}[{label(text)}]"


def task(text: str) -> str:
    """The name of a line of a Gantt chart: what ends a name there is left out too."""
    return re.sub(r"[,()]", " ", plain(text)).strip() or "unnamed"
