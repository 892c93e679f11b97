"""The contract sentence by sentence, each with what must be known to understand it alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.evidence.figures import larger_as_figures
from assistant.evidence.record import DealRecord
from assistant.meanings.asked import Placed
from extractors.segments import Segment, Source

_END = re.compile(r"(?<=[.;])\s+(?=[A-Z0-9\"“(\[])")
_NO_END = re.compile(
    r"(?:\b(?:inc|ltd|co|corp|no|nos|sec|art|e\.g|i\.e|etc|vs|approx|u\.s|mr|ms|dr|st|p\.m|a\.m)\.|\b[A-Z]\.)$",
    re.I,
)
_NUMBER = re.compile(
    r"^\s*(?:(?:section|article|clause|§)\s*)?(?:[A-Z]{0,2}[-.]?\d+(?:[.-]\d+)*[.)]?|\([a-z0-9ivx]{1,4}\)|[a-z]\)|[A-Z]\.\d*(?:\.\d+)*|[A-Z]-\d+[.)]?)\s+",
    re.I,
)
_TITLE = re.compile(r"^([A-Z0-9][^.:;]{1,70})[.:]\s+(?=\S)")
_VERB = re.compile(r"\b(?:shall|will|must|may|is|are|has|have|agrees?|means|does|do|be|runs|starts)\b", re.I)
_DEFINITION = re.compile(
    r"[\"“]([^\"”]{2,60})[\"”]\s+(?:means|shall mean|has the meaning|refers to|includes)\b", re.I
)
SECTION_WORDS = re.compile(
    r"^(?:section|article|clause|exhibit|schedule|appendix|annex|attachment|part)\s+\S+\s*[-–—:.]?\s*", re.I
)
LONGEST_TITLE = 9


@dataclass(frozen=True)
class Line:
    """One sentence, list item or table row. `text` is verbatim; `title` and `lead` give its setting."""

    source: str
    kind: str
    segment: Segment
    text: str
    title: str
    """Titles of the section and of the clause: "FEES AND PAYMENT. Renewal pricing"."""
    lead: str = ""
    """What the item hangs on: "The following are not furnished:", or a table row's header."""
    defines: str | None = None
    changed: str | None = None
    """The sentence as an amendment leaves it, where only words of it were replaced."""

    @property
    def full(self) -> str:
        """Lead and text together, as they are to be understood."""
        if self.segment.kind == "table_row" and self.lead:
            return labelled_row(self.lead, self.changed or self.text)
        return f"{self.lead} {self.changed or self.text}".strip()

    @property
    def setting(self) -> str:
        """Title and full text: what the line is compared by."""
        return f"{self.title}: {self.full}" if self.title else self.full


def placed(lines: Iterable[Line]) -> Iterator[Placed]:
    """What is laid beside promises."""
    return (Placed("line", larger_as_figures(line.setting)) for line in lines)


def contract_lines(source: Source) -> list[Line]:
    """Every sentence of a contract in order, without headings and signatures."""
    lines: list[Line] = []
    lead, lead_section = "", None
    headers = {s.headings[-1] for s in source.segments if s.kind == "table_row" and s.headings}
    for segment in source.segments:
        if segment.kind == "table_row" and segment.text in headers:
            continue
        if segment.kind in ("heading", "signature"):
            lead = ""
            continue
        carried = lead if segment.section == lead_section or segment.kind == "table_row" else ""
        new = list(_lines_of(segment, source, carried))
        lines += new
        if segment.kind != "table_row" and segment.text.rstrip().endswith(":"):
            lead, lead_section = (new[-1].text if new else ""), segment.section
        elif segment.kind != "table_row" and not _is_item(segment):
            lead = ""
    return lines


@lru_cache(maxsize=1)  # terms, judge and summary all read the same contract
def record_lines(record: DealRecord) -> tuple[Line, ...]:
    """The lines of every contract, order form and amendment of the deal."""
    return tuple(line for source in record.contracts for line in contract_lines(source))


def _is_item(segment: Segment) -> bool:
    return bool(re.match(r"\s*(?:\([a-z0-9ivx]{1,4}\)|[-•*–]|[a-z]\))", segment.text))


def _lines_of(segment: Segment, source: Source, lead: str) -> Iterator[Line]:
    title, text = _titles(segment)
    line = Line(source.name, source.kind, segment, segment.text, title)
    if segment.kind == "table_row":
        header = segment.headings[-1] if segment.headings and "|" in segment.headings[-1] else ""
        yield replace(line, lead=header)
        return
    pieces = split(text)
    for at, piece in enumerate(pieces):
        match = _TITLE.match(piece) if at == 0 else None
        before = lead
        if not before and piece.startswith(("(", "such", "which")) and at:
            before = pieces[0] if pieces[0].endswith((":", ";", ",")) else ""
        yield from _items(
            replace(line, text=piece, lead=before, defines=_defined(piece) if not match else None)
        )


def _titles(segment: Segment) -> tuple[str, str]:
    """The setting's titles, and the segment's text without number and title."""
    above = [SECTION_WORDS.sub("", _NUMBER.sub("", h)).strip() for h in segment.headings if "|" not in h]
    number = _NUMBER.match(segment.text) if segment.section or segment.kind == "clause" else None
    rest = segment.text[number.end() :] if number else segment.text
    title = _TITLE.match(rest)
    if (
        title
        and len(title[1].split()) <= LONGEST_TITLE
        and not _VERB.search(title[1])
        and rest[title.end() :].strip()
    ):
        return ". ".join([a for a in above if a] + [title[1].strip()]), rest[title.end() :]
    return ". ".join(a for a in above if a), rest


def split(text: str) -> list[str]:
    """Sentences of legal prose: at full stops, and at semicolons before a capital letter."""
    pieces, start = [], 0
    for match in _END.finditer(text):
        head = text[start : match.start()]
        if _NO_END.search(head) or (head.endswith(";") and len(head.split()) < 4):
            continue
        pieces.append(head.strip())
        start = match.end()
    return [p for p in [*pieces, text[start:].strip()] if p]


def _items(line: Line) -> Iterator[Line]:
    """ "The following are not furnished: a; b; c." as one line an item."""
    head, colon, tail = line.text.partition(":")
    items = [i.strip() for i in tail.split(";")]
    if not colon or len(items) < 2 or len(head.split()) > 30:
        yield line
        return
    for item in items:
        if item:
            yield replace(line, text=item.removeprefix("and ").strip(), lead=f"{line.lead} {head}:".strip())


def _defined(text: str) -> str | None:
    match = _DEFINITION.search(text)
    return match[1] if match else None


def labelled_row(header: str, row: str) -> str:
    """A table row read with its header: "Priority: Priority 1. Response: one hour"."""
    names, cells = [n.strip() for n in header.split("|")], [c.strip() for c in row.split("|")]
    if len(names) != len(cells):
        return row
    return ". ".join(f"{n}: {c}" if n else c for n, c in zip(names, cells, strict=True) if c)
