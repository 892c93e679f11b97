"""A document that was read is a contract, a transcript or notes; each becomes its kind of source."""

from __future__ import annotations

import hashlib

from extractors.documents.blocks import Document, fold
from extractors.documents.contract_source import contract_source, looks_like_contract
from extractors.segments import PAPERS, SPEECH, Segment, SegmentKind, Source, SourceKind


def document_source(document: Document, data: bytes, name: str, kind: SourceKind | None = None) -> Source:
    """The source of a .docx or .pdf whose blocks were read; its warnings are carried on.

    Without `kind` it is a contract, a call or notes by what it looks like.
    """
    if kind in PAPERS or (kind is None and looks_like_contract(document)):
        return contract_source(document, data, name)
    from extractors import transcript_text  # only here: contracts need no transcript reader

    joined = "\n".join(line for block in document.blocks for line in block.text.split("\n"))
    texts = [text for text in ("\n".join(document.lines), joined) if text]
    spoken = [text for text in texts if transcript_text.looks_like_transcript(text)]
    if kind in SPEECH or (kind is None and spoken):
        return transcript_text.source_from_text([*spoken, joined][0], data, name, document.warnings)
    return _notes(document, data, name)


def _notes(document: Document, data: bytes, name: str) -> Source:
    """One segment a paragraph; a heading stands above the paragraphs that follow it."""
    segments: list[Segment] = []
    above: tuple[str, ...] = ()
    for block in document.blocks:
        text = fold(block.text)
        if not text:
            continue
        number = len(segments) + 1
        page = f"p. {block.page} " if block.page else ""
        is_heading = bool(block.heading) and len(text) < 120
        kind: SegmentKind = "heading" if is_heading else "table_row" if block.kind == "row" else "paragraph"
        segments.append(
            Segment(
                id=f"s{number:04d}", text=text, kind=kind, page=block.page,
                headings=() if is_heading else above, locator=f"{page}paragraph {number}",
            )
        )  # fmt: skip
        above = (text,) if is_heading else above
    warnings = document.warnings if segments else (*document.warnings, "no text in this file")
    return Source(
        name=name, kind="notes", sha256=hashlib.sha256(data).hexdigest(), title=document.title,
        segments=tuple(segments), warnings=warnings,
    )  # fmt: skip
