"""Notes: paragraphs, list items and headings of a text that is no call, no mail and no contract."""

from __future__ import annotations

import hashlib
import re

from extractors.decode import fold
from extractors.segments import Segment, Source
from extractors.talk.preamble import read_preamble
from extractors.when import date_in_name

ITEM = re.compile(r"^\s*(?:[-*•‣▪]|\d{1,2}[.)])\s+")
HEADING = re.compile(r"^\s*#{1,6}\s+")


def source_from_text(text: str, data: bytes, name: str, warnings: tuple[str, ...] = ()) -> Source:
    """One source of kind "notes"; a segment a paragraph, its headings above it."""
    head = read_preamble(text)
    return Source(
        name=name,
        kind="notes",
        sha256=hashlib.sha256(data).hexdigest(),
        happened_on=head.day or date_in_name(name),
        title=head.title,
        segments=_segments(text),
        people=head.people,
        warnings=warnings,
    )


def _segments(text: str) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    headings: tuple[str, ...] = ()
    for line, block in _blocks(text):
        is_heading = bool(HEADING.match(block))
        words = fold(re.sub(r"\*\*|__|`", "", HEADING.sub("", block)))
        if not words.strip("-=_*#| "):
            continue
        above = () if is_heading else headings
        headings = (words,) if is_heading else headings
        kind = "heading" if is_heading else "paragraph"
        number = len(segments) + 1
        segments.append(
            Segment.model_validate(
                {
                    "id": f"s{number:04d}",
                    "text": words,
                    "kind": kind,
                    "locator": f"line {line}",
                    "headings": above,
                }
            )
        )
    return tuple(segments)


def _blocks(text: str) -> list[tuple[int, str]]:
    """Paragraphs with the number of their first line; a list item or a heading is one of its own."""
    blocks: list[tuple[int, str]] = []
    fresh = True
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            fresh = True
        elif fresh or ITEM.match(line) or HEADING.match(line):
            blocks.append((number, line))
            fresh = bool(HEADING.match(line))
        else:
            blocks[-1] = (blocks[-1][0], f"{blocks[-1][1]}\n{line}")
    return blocks
