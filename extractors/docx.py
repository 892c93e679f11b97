"""Word documents (.docx): contracts, transcripts and notes."""

from __future__ import annotations

from extractors.documents.document_source import document_source
from extractors.documents.word_blocks import WordWalker
from extractors.documents.word_package import open_package
from extractors.segments import Source


def extract(data: bytes, name: str) -> list[Source]:
    """The document as one source; UnreadableSource when it is encrypted, damaged or oversized."""
    return [document_source(WordWalker(open_package(data, name)).walk(), data, name)]
