"""Plain text and Markdown: a transcript, a contract, a mail or notes, by what stands in it."""

from __future__ import annotations

import re
from importlib import import_module

from extractors.decode import decode, fold
from extractors.kinds import CONTRACT_WORDS, contract_kind
from extractors.notes import source_from_text
from extractors.segments import PAPERS, SPEECH, Source, SourceKind, UnreadableSource
from extractors.transcript_text import looks_like_transcript
from extractors.transcript_text import source_from_text as call_from_text
from extractors.true_type import text_type

BY_FORM = {
    "vtt": "extractors.vtt", "srt": "extractors.srt", "json": "extractors.transcript_json",
    "mail": "extractors.eml", "mbox": "extractors.mbox", "html": "extractors.page",
}  # fmt: skip
ABOUT = re.compile(
    r"(?i)\b(?:notes?|review|summary|recap|call|meeting|comments|questions|redlines?|negotiation)\b"
)
"""A title with such a word tells of a contract, and is none."""
CALL_NAME = re.compile(
    r"(?i)\b(?:call|transcript|transcription|recording|meeting|zoom|teams|otter|gong|fireflies)\b"
)


def extract(data: bytes, name: str, kind: SourceKind | None = None) -> list[Source]:
    """Whatever the text is, or what `kind` says. UnreadableSource when there is none."""
    decoded = decode(data, name)
    if not fold(decoded.text):
        raise UnreadableSource(f"Cannot read '{name}': it holds no text: export it again.")
    form = text_type(decoded.text)
    if form in BY_FORM and kind not in (*PAPERS, "notes"):
        try:
            found: list[Source] = import_module(BY_FORM[form]).extract(data, name)
            return found
        except UnreadableSource:
            pass  # it only looked like one: its text is still text
    return [read_text(decoded.text, data, name, decoded.warnings, kind)]


def read_text(
    text: str, data: bytes, name: str, warnings: tuple[str, ...] = (), kind: SourceKind | None = None
) -> Source:
    """A call, a contract or notes out of text, by what it looks like where `kind` does not say."""
    meeting = kind == "handoff_meeting"  # a transcript, or minutes that somebody wrote
    if kind in SPEECH or ((kind is None or meeting) and looks_like_transcript(text)):
        return call_from_text(text, data, name, warnings)
    if kind in PAPERS or (kind is None and looks_like_contract(text)):
        source: Source = import_module("extractors.contract_text").extract(text.encode(), name)[0]
        return source.model_copy(update={"sha256": _digest(data), "warnings": (*warnings, *source.warnings)})
    if kind is None and CALL_NAME.search(re.sub(r"[_\W]+", " ", name)) and _is_prose(text):
        return call_from_text(text, data, name, warnings)
    return source_from_text(text, data, name, warnings)


def looks_like_contract(text: str) -> bool:
    """The words of contracts, several and dense; fewer will do under a contract's title."""
    found = [w.lower() for w in CONTRACT_WORDS.findall(text)]
    title = next((line.strip("#*_ ") for line in text.split("\n") if line.strip()), "")
    titled = len(title) < 100 and contract_kind(title, "") and not ABOUT.search(title)
    fewest, words = (2, 300) if titled else (4, 120)
    return len(set(found)) >= fewest and len(found) * words >= len(text.split())


def _is_prose(text: str) -> bool:
    """Speech written down without names: long paragraphs, hardly a list or a heading."""
    lines = [line for line in text.split("\n") if line.strip()]
    marked = sum(bool(re.match(r"\s*(?:[-*•#|]|\d+[.)])\s*", line)) for line in lines)
    return 5 * marked < len(lines) and len(text.split()) > 150


def _digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()
