"""The body of an HTML mail as plain text with ">" for quotation; hidden text is left out and reported.

Also reads a mail that was saved as .html.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256

from lxml import html as lxml_html
from lxml.etree import ParserError, _Comment, _Element, _ProcessingInstruction

from extractors.decode import decode
from extractors.mail.html_style import Look, Sheet
from extractors.mail.words import word_set
from extractors.segments import Source, UnreadableSource

_BLOCKS = word_set(
    """
    address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3
    h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul td th caption
    """
)
_SPACED = word_set("p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre hr")
_SKIPPED = word_set(
    """
    head style script title meta link noscript template object svg math base xml
    """
)
_DEEPEST = 200


def extract(data: bytes, name: str) -> list[Source]:
    """The messages of a mail saved as .html, quoted ones included. UnreadableSource without any text."""
    from extractors.mail.letters import Letter, source_of_letters

    text, warnings = html_text(markup_text(data, name))
    if not text.strip():
        raise UnreadableSource(f"Cannot read {name!r}: the page holds no visible text; save the mail as .eml")
    letter = Letter(body=text, warnings=warnings)
    return [source_of_letters([letter], name, sha256(data).hexdigest())]


def html_text(markup: str) -> tuple[str, list[str]]:
    """(visible text, warnings) of an HTML body; a paragraph, list item, table row or `<br>` ends a line."""
    markup = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup.replace("\x00", ""))
    if not markup.strip():
        return "", []
    try:
        root = lxml_html.document_fromstring(markup, parser=lxml_html.HTMLParser(huge_tree=True))
    except (ParserError, ValueError, AssertionError):
        return "", []
    page = _Page(Sheet(" ".join(e.text or "" for e in root.iter("style"))))
    page.walk(root, Look(), 0)
    warnings = []
    if page.hidden_words:
        warnings.append(
            f"hidden text ({page.hidden_words} words that no reader of the mail sees) was left out; "
            "open the mail's source to see it"
        )
    if page.unread_words:
        warnings.append(
            f"not read: at least {page.unread_words} words nested too deep in the page; save it as text"
        )
    return page.text(), warnings


def markup_text(data: bytes, name: str) -> str:
    """The page's markup in the character set it declares, else in the one that fits."""
    found = re.search(rb"charset=[\"']?([\w-]+)", data[:4096], re.I)
    if found and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(found[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, name).text


class _Page:
    """Text collected line by line while walking the tree."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.lines: list[tuple[int, str]] = []
        self.current: list[str] = []
        self.depth = 0
        self.preformatted = 0
        self.hidden_words = 0
        self.unread_words = 0
        self.items: Counter[_Element] = Counter()

    def walk(self, element: _Element, look: Look, level: int) -> None:
        """Add what the element shows; `look` is what it inherits."""
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if isinstance(element, (_Comment, _ProcessingInstruction)) or tag in _SKIPPED or not tag:
            return
        look = self.sheet.look(element, look)
        if look.hidden:
            self.hidden_words += _count_words(element)
            return
        if level > _DEEPEST:
            self.unread_words += max(1, _count_words(element))  # the parser itself drops the deepest
            return
        if tag == "br":
            self.end_line(forced=True)
        elif tag == "tr" and _is_data_row(element):
            self._row(element, look, level)
        else:
            self._element(element, tag, look, level)

    def _element(self, element: _Element, tag: str, look: Look, level: int) -> None:
        block = tag in _BLOCKS
        if block:
            self.end_line()
        if tag in _SPACED:
            self.blank()
        quote = tag == "blockquote" and (_is_cited(element) or self._introduced())
        self.depth += quote
        self.preformatted += tag == "pre"
        if tag == "hr":
            self.lines.append((self.depth, "_" * 8))
        if tag == "li":
            self.current.append(self._marker(element))
        self._children(element, look, level)
        if block:
            self.end_line()
        self.preformatted -= tag == "pre"
        self.depth -= quote
        if tag in _SPACED:
            self.blank()

    def _children(self, element: _Element, look: Look, level: int) -> None:
        self.say(element.text, look)
        for child in element:
            self.walk(child, look, level + 1)
            self.say(child.tail, look)

    def _row(self, row: _Element, look: Look, level: int) -> None:
        """A table row of plain cells is one line, cells parted by bars."""
        self.end_line()
        cells = []
        for cell in row:
            if isinstance(cell.tag, str) and cell.tag.lower() in ("td", "th"):
                self._children(cell, self.sheet.look(cell, look), level + 1)
                cells.append(" ".join("".join(self.current).split()))
                self.current = []
        self.lines.append((self.depth, " | ".join(c for c in cells if c)))

    def _marker(self, item: _Element) -> str:
        """The number of an ordered list's item, "- " otherwise."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "- "
        start = parent.get("start") or "1"
        self.items[parent] += 1
        return f"{(int(start) if start.isdigit() else 1) + self.items[parent] - 1}. "

    def say(self, text: str | None, look: Look) -> None:
        """Add running text, unless it is hidden."""
        if not text:
            return
        if look.hidden:
            self.hidden_words += len(text.split())
        elif self.preformatted:
            head, *rest = text.split("\n")
            self.current.append(head)
            for line in rest:
                self.end_line(forced=True)
                self.current.append(line)
        else:
            self.current.append(re.sub(r"[ \t\r\n\f\v]+", " ", text))

    def end_line(self, forced: bool = False) -> None:
        """End the line; an empty one counts only when `forced` (a `<br>`)."""
        text = "".join(self.current).replace("\xa0", " ")
        self.current = []
        if text.strip() or forced:
            self.lines.append((self.depth, text.strip()))

    def blank(self) -> None:
        if self.lines and self.lines[-1][1]:
            self.lines.append((self.depth, ""))

    def _introduced(self) -> bool:
        """Whether the last line of text ends with a colon, as an attribution does."""
        last = next((text for _, text in reversed(self.lines[-4:]) if text), "")
        return last.endswith((":", ":"))

    def text(self) -> str:
        self.end_line()
        return "\n".join(f"{'>' * depth} {text}" if depth else text for depth, text in self.lines)


def _is_cited(quote: _Element) -> bool:
    """Whether a blockquote quotes a mail rather than indents."""
    style = (quote.get("style") or "").lower()
    marks = f"{quote.get('class') or ''} {quote.get('type') or ''} {quote.get('id') or ''}".lower()
    return "cite" in marks or "quote" in marks or "border-left" in style or bool(quote.get("cite"))


def _is_data_row(row: _Element) -> bool:
    """Two cells or more, none of them laid out in blocks of its own."""
    cells = [c for c in row if isinstance(c.tag, str) and c.tag.lower() in ("td", "th")]
    if len(cells) < 2:
        return False
    inner = ("table", "br", "ul", "ol", "tr", "blockquote", "hr")
    return not any(
        next(cell.iter(*inner), None) is not None or len(list(cell.iter("p", "div"))) > 1 for cell in cells
    )


def _count_words(element: _Element) -> int:
    return sum(len(str(t).split()) for t in element.itertext(with_tail=False))
