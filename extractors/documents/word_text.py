"""The text of one Word paragraph as a reader of the accepted document sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extractors.documents.word_package import W
from extractors.documents.word_styles import Styles, on, value

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DELETED = (W + "del", W + "moveFrom")
INSERTED = (W + "ins", W + "moveTo")
BREAKS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
SKIPPED = (W + "pPr", W + "rPr", W + "sdtPr", W + "sdtEndPr", W + "instrText", W + "delText", W + "tbl")


@dataclass
class Findings:
    """What a document holds beside its text; filled while its paragraphs are read."""

    changes: int = 0
    authors: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)


@dataclass
class Line:
    """One paragraph: its text, whether all of it is bold, what hangs on it."""

    text: str = ""
    bold: bool = False
    boxes: list[etree._Element] = field(default_factory=list)
    """Text boxes anchored in the paragraph (w:txbxContent)."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """References: ("footnote" or "endnote", id)."""


class ParagraphReader:
    """Reads paragraphs: insertions kept, deletions dropped, content controls and links entered."""

    def __init__(self, styles: Styles, findings: Findings) -> None:
        self.styles = styles
        self.findings = findings

    def read(self, paragraph: etree._Element) -> Line:
        """The visible text of a w:p; tracked changes and hidden words are counted in `findings`."""
        line = Line()
        style = value(paragraph, "pPr/pStyle") or self.styles.default
        parts: list[str] = []
        weights: list[bool] = []
        for run in self._runs(paragraph):
            text = self._run_text(run, line)
            if self._hidden(run, style):
                self.findings.hidden.extend([text] if text.strip() else [])
                continue
            parts.append(text)
            if text.strip():
                weights.append(self._bold(run, style))
        line.text = "".join(parts)
        line.bold = bool(weights) and all(weights)
        return line

    def _runs(self, element: etree._Element) -> Iterator[etree._Element]:
        """Runs in order, through links, fields, content controls and insertions."""
        for child in element.iterchildren(etree.Element):
            if child.tag == W + "r":
                yield child
            elif child.tag in DELETED:
                self._changed(child)
            elif child.tag not in SKIPPED:
                if child.tag in INSERTED and child.find(".//" + W + "r") is not None:
                    self._changed(child)
                yield from self._runs(child)

    def _changed(self, element: etree._Element) -> None:
        if element.find(".//" + W + "r") is not None:
            self.findings.changes += 1
            self.findings.authors[str(element.get(W + "author") or "unknown")] += 1

    def _run_text(self, run: etree._Element, line: Line) -> str:
        parts: list[str] = []
        for child in run.iterchildren(etree.Element):
            if child.tag == W + "t":
                parts.append(child.text or "")
            elif child.tag in BREAKS:
                parts.append(BREAKS[str(child.tag)])
            elif child.tag in (W + "footnoteReference", W + "endnoteReference"):
                kind = "footnote" if child.tag == W + "footnoteReference" else "endnote"
                line.notes.append((kind, str(child.get(W + "id"))))
            elif child.tag not in SKIPPED:
                line.boxes.extend(_boxes(child))
        return "".join(parts)

    def _hidden(self, run: etree._Element, paragraph_style: str | None) -> bool:
        return self._property(run, paragraph_style, "vanish")

    def _bold(self, run: etree._Element, paragraph_style: str | None) -> bool:
        return self._property(run, paragraph_style, "b")

    def _property(self, run: etree._Element, paragraph_style: str | None, tag: str) -> bool:
        direct = on(run.find(W + "rPr"), tag)
        if direct is not None:
            return direct
        character_style = value(run, "rPr/rStyle")
        return self.styles.toggle(character_style, tag) or self.styles.toggle(paragraph_style, tag)


def _boxes(element: etree._Element) -> list[etree._Element]:
    """Text boxes below a drawing; of an alternate content only the first choice that has any."""
    if element.tag == MC + "AlternateContent":
        for choice in element.iterchildren(etree.Element):
            found = list(choice.iter(W + "txbxContent"))
            if found:
                return found[:1] if len(found) == 1 else _outermost(found)
        return []
    if element.tag == W + "txbxContent":
        return [element]
    return [box for child in element.iterchildren(etree.Element) for box in _boxes(child)]


def _outermost(boxes: list[etree._Element]) -> list[etree._Element]:
    return [b for b in boxes if not any(other is not b and b in other.iterdescendants() for other in boxes)]
