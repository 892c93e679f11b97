"""What every document says of itself: which packet it was made of, by which template, of which day."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.documents.blocks import Block, Heading, Paragraph, cell
from assistant.packet import Noun, Packet

FILE = Path(__file__).with_name("templates.toml")


class Change(Noun):
    """One version of a template and what it changed."""

    version: str
    date: date
    what: str
    kept: bool = False
    """True where that version still renders."""


class Stamp(NamedTuple):
    """The line under a title, and the short form for the foot of a page."""

    text: str
    short: str


@cache
def changes() -> dict[str, tuple[Change, ...]]:
    """Document -> the versions of its template, newest first; "*" for those without an entry of their own."""
    rows = tomllib.loads(FILE.read_text("utf-8"))["template"]
    return {
        name: tuple(Change.model_validate(row) for row in table["change"]) for name, table in rows.items()
    }


def template_of(document: str) -> tuple[Change, ...]:
    """The versions of the document's template, newest first."""
    return changes().get(document) or changes()["*"]


def fingerprint(packet_json: bytes) -> str:
    """The first eight digits of the SHA-256 of packet.json."""
    return hashlib.sha256(packet_json).hexdigest()[:8]


def stamp_of(packet: Packet, template: str, *, print_: str, number: int | None = None) -> Stamp:
    """`print_` is the packet's fingerprint, `number` its version on the review desk, `template` in words."""
    which = f"version {number} ({print_})" if number else print_
    state = packet.status.replace("_", " ").capitalize()
    run = packet.run
    made = f"handoff {run.version}, {run.reader} reader"
    text = f"{state} packet {which} as of {run.as_of.isoformat()} · template {template} · {made}"
    return Stamp(text, f"packet {which}, {run.as_of.isoformat()}")


def in_words(document: str, version: str | None = None) -> str:
    """The template as a stamp names it: "deal-summary 2 of 2026-11-22"."""
    versions = template_of(document)
    change = next((c for c in versions if c.version == version), versions[0])
    return f"{document} {change.version} of {change.date.isoformat()}"


def stamped(blocks: Sequence[Block], stamp: Stamp) -> list[Block]:
    """The blocks with the stamp below the title."""
    line = Paragraph(cell(stamp.text, "muted"))
    at = 1 if blocks and isinstance(blocks[0], Heading) and not blocks[0].level else 0
    return [*blocks[:at], line, *blocks[at:]]
