"""A company's Word template with placeholders -> a document. What sources say is only ever text in it.

Word splits a placeholder into several runs as it likes, so the text of a whole paragraph is looked at; each
placeholder is replaced once, so what it brings in is never read as a placeholder itself.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from assistant.documents.blocks import Block
from assistant.documents.placeholders import LOOPS, Context, context_of, unknown
from assistant.documents.stamp import Stamp
from assistant.documents.word import blocks_xml, fixed
from assistant.documents.word_xml import clean
from assistant.errors import HandoffError
from assistant.packet import Packet
from assistant.protocol.policy import Policy

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
MOST_BYTES = 20_000_000


def fill(file: Path, packet: Packet, policy: Policy, stamp: Stamp) -> bytes:
    """The template's bytes with the packet in them. Raises HandoffError for what cannot be filled."""
    document = _opened(file)
    _Filler(file.name, document, context_of(packet, policy, stamp.text)).fill(stamp)
    core = document.core_properties
    core.title = clean(stamp.short)[:255]
    return fixed(document)


def version_of(file: Path) -> str:
    """The template as a stamp names it, by its own document properties."""
    core = _opened(file).core_properties
    day = core.modified.date().isoformat() if core.modified else "undated"
    return f"{file.name} {core.version or f'revision {core.revision}'} of {day}"


def _opened(file: Path) -> Any:
    try:
        content = file.read_bytes()
        if len(content) > MOST_BYTES:
            raise HandoffError(
                f"The template '{file.name}' is larger than 20 MB. Take the pictures out of it."
            )
        return Document(io.BytesIO(content))
    except HandoffError:
        raise
    except OSError as error:
        raise HandoffError(f"Cannot read the template '{file.name}': {error.strerror}.") from None
    except Exception:  # python-docx raises whatever its parsers do
        raise HandoffError(f"The template '{file.name}' is no Word file. Save it as .docx.") from None


class _Filler:
    """One template being filled."""

    def __init__(self, name: str, document: Any, context: Context) -> None:
        self.name, self.document, self.context = name, document, context

    def fill(self, stamp: Stamp) -> None:
        stamped = False
        for root in self._roots():
            stamped |= "stamp" in PLACEHOLDER.findall("".join(t.text or "" for t in root.iter(qn("w:t"))))
            self._conditions(root)
            rows = [row for row in root.iter(qn("w:tr")) if self._each(row)]
            apart = {id(p) for row in rows for p in row.iter(qn("w:p"))}
            paragraphs = [p for p in root.iter(qn("w:p")) if id(p) not in apart]
            for row in rows:
                self._repeat(row)
            for paragraph in paragraphs:
                self._paragraph(paragraph, self.context.values)
        if not stamped:
            self.document.add_paragraph(clean(stamp.text))

    def _roots(self) -> list[Any]:
        """The body, and every header and footer once."""
        parts = [self.document.element.body]
        for section in self.document.sections:
            for edge in (
                section.header,
                section.footer,
                section.first_page_header,
                section.first_page_footer,
            ):
                if not edge.is_linked_to_previous:
                    parts.append(edge._element)
        return parts

    def _each(self, row: Any) -> str | None:
        """The loop that a table row repeats for, if any."""
        asked = [m for m in PLACEHOLDER.findall(_text_of(row)) if m.startswith("each ")]
        if not asked:
            return None
        loop = str(asked[0]).removeprefix("each ").strip()
        if loop not in LOOPS:
            raise unknown(self.name, asked[0], [f"each {name}" for name in LOOPS])
        return loop

    def _repeat(self, row: Any) -> None:
        loop = self._each(row)
        assert loop is not None
        one = LOOPS[loop][0]
        for entry in self.context.loops[loop] or [dict.fromkeys(LOOPS[loop][2], "none")]:
            copy = deepcopy(row)
            row.addprevious(copy)
            named = {f"{one}.{column}": text for column, text in entry.items()}
            for paragraph in list(copy.iter(qn("w:p"))):
                self._paragraph(paragraph, {**self.context.values, **named, f"each {loop}": ""})
        row.getparent().remove(row)

    def _conditions(self, root: Any) -> None:
        """Rows and paragraphs whose condition does not hold go away, and the conditions themselves."""
        for row in list(root.iter(qn("w:tr"))):
            wanted = [m[3:].strip() for m in PLACEHOLDER.findall(_text_of(row)) if m.startswith("if ")]
            if any(not self._holds(name) for name in wanted):
                row.getparent().remove(row)
        begun: list[tuple[Any, bool]] = []
        for paragraph in list(root.iter(qn("w:p"))):
            asked = _alone(paragraph)
            if asked and asked.startswith("if ") and not _inside(paragraph, "w:tr"):
                begun.append((paragraph, self._holds(asked[3:].strip())))
            elif asked == "end":
                if not begun:
                    raise HandoffError(
                        f"The template '{self.name}': {{{{ end }}}} has no {{{{ if }}}} before it."
                    )
                self._settle(*begun.pop(), paragraph)
        if begun:
            raise HandoffError(
                f"The template '{self.name}': an {{{{ if }}}} has no {{{{ end }}}} in its own paragraph."
            )

    def _settle(self, first: Any, holds: bool, last: Any) -> None:
        """Take out the two conditions, and what stands between them where they do not hold."""
        if first.getparent() is not last.getparent():
            raise HandoffError(
                f"The template '{self.name}': {{{{ if }}}} and its {{{{ end }}}} stand in different cells."
            )
        between = []
        element = first.getnext()
        while element is not last:
            between.append(element)
            element = element.getnext()
        for gone in (first, last, *([] if holds else between)):
            gone.getparent().remove(gone)

    def _holds(self, name: str) -> bool:
        if name in self.context.loops and name not in self.context.values:
            return bool(self.context.loops[name])
        if name in self.context.values:
            return bool(self.context.values[name])
        raise unknown(
            self.name, f"if {name}", [f"if {n}" for n in (*self.context.values, *self.context.loops)]
        )

    def _paragraph(self, paragraph: Any, values: Mapping[str, str]) -> None:
        asked = _alone(paragraph)
        word, _, name = (asked or "").partition(" ")
        if word in self.context.blocks:
            self._put(paragraph, self._blocks(word, name.strip()))
            return
        text = _text_of(paragraph)
        if "{{" in PLACEHOLDER.sub("", text):
            raise HandoffError(
                f"The template '{self.name}': a placeholder is opened and not closed in '{text[:60]}'."
            )
        found = list(PLACEHOLDER.finditer(text))
        replaced = [(m.start(), m.end(), self._value(m[1], values)) for m in found]
        if replaced:
            _replace(paragraph, replaced)

    def _value(self, name: str, values: Mapping[str, str]) -> str:
        if name in values:
            return values[name] or ("" if name.startswith("each ") else "not stated in any source")
        if name.startswith("if "):
            return ""
        alone = (f"{word} {n}" for word, names in self.context.blocks.items() for n in names)
        known = [*values, *alone, *(f"each {loop}" for loop in LOOPS)]
        raise unknown(self.name, name, known)

    def _blocks(self, word: str, name: str) -> list[Block]:
        known = self.context.blocks[word]
        if name not in known:
            raise unknown(self.name, f"{word} {name}", [f"{word} {other}" for other in known])
        return known[name]()

    def _put(self, paragraph: Any, blocks: list[Block]) -> None:
        """Our blocks in the place of the paragraph, as wide as the page."""
        section = self.document.sections[0]
        room = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
        xml = blocks_xml(self.document, blocks, room)
        for element in list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")):
            paragraph.addprevious(element)
        if _inside(paragraph, "w:tc"):
            _clear(paragraph)  # a cell must end with a paragraph
        else:
            paragraph.getparent().remove(paragraph)


def _texts(paragraph: Any) -> Iterator[Any]:
    """The text elements of the paragraph itself, without those of a text box inside it."""
    return (t for t in paragraph.iter(qn("w:t")) if next(t.iterancestors(qn("w:p"))) is paragraph)


def _text_of(element: Any) -> str:
    if element.tag == qn("w:p"):
        return "".join(t.text or "" for t in _texts(element))
    return "\n".join(_text_of(p) for p in element.iter(qn("w:p")))


def _alone(paragraph: Any) -> str | None:
    """The placeholder that is all the paragraph says."""
    found = PLACEHOLDER.fullmatch(_text_of(paragraph).strip())
    return found[1] if found else None


def _inside(element: Any, tag: str) -> bool:
    return next(element.iterancestors(qn(tag)), None) is not None


def _clear(paragraph: Any) -> None:
    for text in _texts(paragraph):
        text.text = ""


def _replace(paragraph: Any, replaced: list[tuple[int, int, str]]) -> None:
    """Write each value where its placeholder began; the rest of the placeholder's letters go, run by run."""
    at = 0
    for text in list(_texts(paragraph)):
        old = text.text or ""
        start, at = at, at + len(old)
        pieces, position = [], start
        for begin, end, value in replaced:
            if end <= start or begin >= at:
                continue
            pieces.append(old[position - start : max(begin, start) - start])
            pieces.append(clean(value) if begin >= start else "")
            position = min(end, at)
        if position > start or pieces:
            pieces.append(old[position - start :])
            _write(text, "".join(pieces))


def _write(text: Any, words: str) -> None:
    """The words into a text element; line ends become breaks beside it."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    text.text = lines[0]
    text.set(qn("xml:space"), "preserve")
    after = text
    for line in lines[1:]:
        line_break = text.makeelement(qn("w:br"), {})
        more = text.makeelement(qn("w:t"), {qn("xml:space"): "preserve"})
        more.text = line
        after.addnext(line_break)
        line_break.addnext(more)
        after = more
