"""What a Word style adds to a paragraph: hidden text, bold, outline level, numbering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extractors.documents.word_package import W

OFF = ("0", "false", "off")
HEADING_NAMES = {f"heading {n}": n for n in range(1, 10)} | {"title": 1, "subtitle": 2}


def on(parent: etree._Element | None, tag: str) -> bool | None:
    """State of a toggle such as w:vanish or w:b: None where the parent does not mention it."""
    found = parent.find(W + tag) if parent is not None else None
    return None if found is None else found.get(W + "val", "1") not in OFF


def value(parent: etree._Element | None, path: str) -> str | None:
    """The w:val of the child at a path such as "pPr/pStyle"."""
    if parent is None:
        return None
    found = parent.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + "val")


@dataclass
class Styles:
    """Styles by id, each looked up along its basedOn chain."""

    by_id: dict[str, etree._Element] = field(default_factory=dict)
    default: str | None = None

    @classmethod
    def read(cls, root: etree._Element | None) -> Styles:
        """Styles of a parsed styles.xml; none when the document has no such part."""
        styles = cls()
        for style in root.iterchildren(W + "style") if root is not None else ():
            key = str(style.get(W + "styleId", ""))
            styles.by_id[key] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                styles.default = key
        return styles

    def chain(self, style_id: str | None) -> Iterator[etree._Element]:
        """The style and those it is based on, nearest first; a cycle ends."""
        seen: set[str] = set()
        while style_id and style_id not in seen and style_id in self.by_id:
            seen.add(style_id)
            style = self.by_id[style_id]
            yield style
            style_id = value(style, "basedOn")

    def toggle(self, style_id: str | None, tag: str) -> bool:
        """Whether the style chain switches a run property on."""
        states = (on(style.find(W + "rPr"), tag) for style in self.chain(style_id))
        return next((state for state in states if state is not None), False)

    def heading_level(self, paragraph: etree._Element) -> int | None:
        """Outline level from 1: set on the paragraph, by its style's outline level or its style's name."""
        direct = value(paragraph, "pPr/outlineLvl")
        if direct is not None and direct.isdigit():
            return int(direct) + 1 if int(direct) < 9 else None
        for style in self.chain(value(paragraph, "pPr/pStyle")):
            level = value(style, "pPr/outlineLvl")
            if level is not None and level.isdigit():
                return int(level) + 1 if int(level) < 9 else None
            name = (value(style, "name") or "").lower()
            if name in HEADING_NAMES:
                return HEADING_NAMES[name]
        return None
