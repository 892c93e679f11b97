"""Word documents (.docx): contracts, transcripts and notes."""

from __future__ import annotations

import hashlib
import re

from extractors.blocks import Document, fold
from extractors.contract_source import contract_source, looks_like_contract
from extractors.segments import Segment, Source
from extractors.word_blocks import WordWalker
from extractors.word_package import open_package

TURN = re.compile(r"^(\[?\d{1,2}:\d{2}(:\d{2})?(\.\d+)?\]?\s+\S|[^\W\d_][\w.'’ -]{1,40}:\s+\S|\d.*-->)")
STAMP = re.compile(r"\b\d{1,2}:\d{2}(:\d{2})?(\.\d+)?\b")


def extract(data: bytes, name: str) -> list[Source]:
    """The document as one source; UnreadableSource when it is encrypted, damaged or oversized."""
    document = WordWalker(open_package(data, name)).walk()
    if not looks_like_contract(document) and _is_transcript(document):
        return [_transcript(document, data, name)]
    if not looks_like_contract(document):
        return [_notes(document, data, name)]
    return [contract_source(document, data, name)]


def _lines(document: Document) -> list[str]:
    return [line.strip() for block in document.blocks for line in block.text.split("\n") if line.strip()]


def _is_transcript(document: Document) -> bool:
    """Time stamps and speakers' names lead a good part of the lines."""
    lines = _lines(document)
    stamped = sum(bool(STAMP.search(line[:60])) and len(line) < 400 for line in lines)
    spoken = sum(bool(TURN.match(line)) for line in lines)
    return len(lines) >= 2 and (stamped * 4 >= len(lines) or spoken * 2 >= len(lines))


def _transcript(document: Document, data: bytes, name: str) -> Source:
    from extractors import transcript_text

    text = "\n\n".join(block.text for block in document.blocks)
    source = transcript_text.extract(text.encode(), name)[0]
    warnings = (*source.warnings, *document.warnings)
    return source.model_copy(update={"sha256": hashlib.sha256(data).hexdigest(), "warnings": warnings})


def _notes(document: Document, data: bytes, name: str) -> Source:
    texts = [fold(block.text) for block in document.blocks if block.text.strip()]
    segments = tuple(
        Segment(id=f"s{n:04d}", text=text, kind="paragraph", locator=f"paragraph {n}")
        for n, text in enumerate(texts, 1)
    )
    warnings = document.warnings if texts else (*document.warnings, "no text in this file")
    digest = hashlib.sha256(data).hexdigest()
    return Source(name=name, kind="notes", sha256=digest, segments=segments, warnings=warnings)
