"""Word documents (.docx): contracts, transcripts and notes."""

from __future__ import annotations

from extractors.documents.document_source import document_source
from extractors.documents.word_blocks import WordWalker
from extractors.documents.word_package import open_package
from extractors.segments import Source, SourceKind


def extract(data: bytes, name: str, kind: SourceKind | None = None) -> list[Source]:
    """The document as one source, read as `kind` where that is given.

    UnreadableSource when it is encrypted, damaged or oversized.
    """
    return [document_source(WordWalker(open_package(data, name)).walk(), data, name, kind)]
