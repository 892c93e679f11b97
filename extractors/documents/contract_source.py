"""What a contract says of itself: title, kind, date, signers; and the source made of all that."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date

from extractors.documents.blocks import Document, fold
from extractors.documents.clause_numbers import is_title, read_number
from extractors.documents.clauses import ClauseBuilder
from extractors.documents.signature_blocks import find_signatures
from extractors.documents.signature_fields import read_signature
from extractors.segments import Person, Segment, Source, SourceKind

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
MONTH = "(?P<month>" + "|".join(m if len(m) == 3 else f"{m[:3]}(?:{m[3:]})?" for m in MONTHS) + r"|sept)\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
DATES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{DAY}\s+(?:day\s+of\s+)?{MONTH},?\s+(?P<year>\d{{4}})",
        rf"{MONTH}\s+{DAY},?\s+(?P<year>\d{{4}})",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
    )
)
DATE_CUES = re.compile(
    r"(?i)(effective\s+date|made\s+(and\s+entered\s+into\s+)?(as\s+of|on|effective)|entered\s+into\s+(as\s+of|on)?|"
    r"dated(\s+as\s+of)?|as\s+of|effective\s+(as\s+of|on|from)|commencement\s+date|start\s+date|order\s+date|"
    r"amendment\s+date|sow\s+date|last\s+updated)"
)
CERTIFICATE = re.compile(r"(?i)certificate of completion|envelope id\b|signature certificate")
CONTRACT_TITLE = re.compile(
    r"(?i)\b(agreement|order form|amendment|addendum|statement of work|sow|terms (and|of|&)|"
    r"customer terms|contract|service level schedule|sales order)\b"
)
MEETING = re.compile(
    r"(?i)\b(notes?|meeting|call|minutes|transcript|recap|agenda|visit|review|walkthrough|summary)\b"
)
CONTRACT_WORDS = re.compile(
    r"(?i)\b(agreement|shall|hereby|party|parties|hereto|hereunder|herein|liability|indemnif\w+|confidential\w*|"
    r"termination|effective date|governing law|subscription term|order form|statement of work|amendment|"
    r"licensee?|warrant\w+|fees|exhibit|annex|schedule|clause|contract|terms|invoices?|renew(?:s|al)|charges|deliverables)\b"
)
KINDS: tuple[tuple[SourceKind, str], ...] = (
    ("amendment", r"\b(amendment|addendum|variation|change order|deed of variation)\b"),
    ("order_form", r"\b(order form|purchase order|sales order|quote|quotation|order schedule)\b"),
    ("contract", r"\b(agreement|contract|terms|statement of work|sow|schedule|licen[cs]e|sla|policy)\b"),
)


def looks_like_contract(document: Document) -> bool:
    """Contract words are dense enough, its clauses are numbered, or a signature block stands in it."""
    text = " ".join(block.text for block in document.blocks)
    if CERTIFICATE.search(text) or _titled_contract(document) or find_signatures(document.blocks):
        return True
    hits = CONTRACT_WORDS.findall(text)
    if len({hit.lower() for hit in hits}) >= 4 and len(hits) * 150 >= len(text.split()):
        return True
    numbers = [
        read_number(f"{block.label} {block.text}" if block.label else block.text) for block in document.blocks
    ]
    clauses = sum(
        n is not None and n.style in ("decimal", "section", "article") and len(n.rest) > 20 for n in numbers
    )
    return clauses >= 6 and len({hit.lower() for hit in hits}) >= 2


def _titled_contract(document: Document) -> bool:
    """One of the first lines is a title that names a contract document and no meeting about one."""
    early = [fold(block.text) for block in document.blocks[:6]]
    return any(
        len(line) <= 100 and is_title(line) and CONTRACT_TITLE.search(line) and not MEETING.search(line)
        for line in early
    )


def contract_source(document: Document, data: bytes, name: str) -> Source:
    """A contract's source: clause segments, signers, effective date, title."""
    segments = ClauseBuilder().build(document.blocks)
    title = document.title or find_title(segments)
    return Source(
        name=name,
        kind=_kind(title, segments),
        sha256=hashlib.sha256(data).hexdigest(),
        happened_on=find_date(segments),
        title=title,
        segments=segments,
        people=tuple(_signers(segments)),
        warnings=document.warnings if segments else (*document.warnings, "no text in this file"),
    )


def find_title(segments: Iterable[Segment]) -> str | None:
    """The first heading-like line that names a kind of document, else the first short line."""
    early = [s for s in list(segments)[:12] if s.kind in ("heading", "paragraph", "table_row")]
    for segment in early:
        if (
            len(segment.text) <= 120
            and not segment.text.endswith((".", ":"))
            and any(re.search(p, segment.text, re.I) for _, p in KINDS)
        ):
            return segment.text
    return next((s.text for s in early if len(s.text) <= 120 and not s.section), None)


def _kind(title: str | None, segments: tuple[Segment, ...]) -> SourceKind:
    for kind, pattern in KINDS:
        if title and re.search(pattern, title, re.I):
            return kind
    return "contract"


def find_date(segments: Iterable[Segment]) -> date | None:
    """The effective date: the first date near the words that introduce one, early in the contract first."""
    texts = [s.text for s in segments if s.kind != "signature"]
    for text in texts:
        for cue in DATE_CUES.finditer(text):
            found = read_date(
                text[max(0, cue.start() - 60) : cue.end() + 60], cue.start() - max(0, cue.start() - 60)
            )
            if found:
                return found
    signed = [read_signature(s.text).date for s in segments if s.kind == "signature"]
    days = [day for day in (read_date(text) for text in signed if text) if day]
    return max(days, default=None)


def read_date(text: str, near: int = 0) -> date | None:
    """The date in a text that stands nearest behind position `near` (else before it); None without one."""
    found: list[tuple[tuple[bool, int], date]] = []
    for pattern in DATES:
        for match in pattern.finditer(text):
            day = _date(match.group("year"), match.group("month"), match.group("day"))
            if day:
                found.append(((match.start() < near, abs(match.start() - near)), day))
    return min(found, default=(None, None))[1]


def _date(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else [m[:3] for m in MONTHS].index(month.lower()[:3]) + 1
    first, second = (number, int(day)) if number <= 12 else (int(day), number)
    try:
        return date(int(year), first, second)
    except ValueError:
        return None


def _signers(segments: Iterable[Segment]) -> Iterable[Person]:
    seen: set[tuple[str, str | None]] = set()
    for segment in segments:
        if segment.kind != "signature":
            continue
        fields = read_signature(segment.text)
        if fields.name and (fields.name, fields.organization) not in seen:
            seen.add((fields.name, fields.organization))
            yield Person(
                name=fields.name, title=fields.title, organization=fields.organization, segment_id=segment.id
            )
