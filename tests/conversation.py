"""Small deal records for tests: calls and mails from lines, `Name: what they say`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Literal

from assistant.evidence.people import build_roster
from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, Deal, Participant, Side
from assistant.readers.embedded.utterances import Utterance, read_utterances
from extractors.segments import Segment, Source

PEOPLE: dict[str, Side] = {
    "Nora Lindgren": "vendor",
    "Ravi Menon": "vendor",
    "Carla Osei": "customer",
    "Tom Haddad": "customer",
}
"""Who speaks in the tests; lines give the first name or the whole one."""
Kind = Literal["call", "email", "notes"]


def source_of(
    lines: str, name: str = "call.vtt", on: str | None = "2026-03-02", kind: Kind = "call"
) -> Source:
    """A source with one segment a line; a line without a name has no speaker."""
    day = date.fromisoformat(on) if on else None
    rows = [line.strip() for line in lines.splitlines() if line.strip()]
    segments = tuple(_segment(row, number, kind, day) for number, row in enumerate(rows))
    return Source(name=name, kind=kind, sha256="0" * 64, happened_on=day, segments=segments)


def call(lines: str, on: str | None = "2026-03-02", name: str = "call.vtt") -> Source:
    """A call: a turn a line."""
    return source_of(lines, name, on)


def mail(lines: str, on: str = "2026-03-09", name: str = "mail.eml") -> Source:
    """A mail: a paragraph a line, all of one message."""
    return source_of(lines, name, on, "email")


def record_of(*sources: Source | str, vendor: str = "Bellwick Software, Inc.") -> DealRecord:
    """The deal record of some sources, which text stands for a call; sides are those of PEOPLE."""
    read = [call(s) if isinstance(s, str) else s for s in sources]
    participants = tuple(Participant(name=name, side=side) for name, side in PEOPLE.items())
    deal = Deal(vendor=vendor, account="Tarn Valley Dairies", participants=participants)
    ordered = sorted(read, key=lambda s: (s.happened_on or date.max, s.name))
    return DealRecord(deal, tuple(ordered), (), build_roster(deal, ordered), date(2026, 6, 1))


def utterances_of(lines: str, kind: Kind = "call") -> list[Utterance]:
    """The sentences of one conversation, placed in their context."""
    source = source_of(lines, kind=kind)
    return read_utterances(record_of(source), source)


def quotes_of(commitments: list[Commitment]) -> list[str]:
    """What each commitment quotes last: the promise itself."""
    return [c.evidence[-1].quote for c in commitments]


def _segment(row: str, number: int, kind: Kind, day: date | None) -> Segment:
    name, _, text = row.partition(": ")
    speaker, words = (name, text) if text and len(name.split()) <= 2 else (None, row)
    full = next((p for p in PEOPLE if speaker and p.split()[0] == speaker.split()[0]), speaker)
    mailed = kind == "email"
    return Segment(
        id=f"s{number:04d}",
        text=" ".join(words.split()),
        kind="paragraph" if mailed else "turn",
        locator="message 1" if mailed else f"00:{number:02d}:00",
        speaker=full,
        message=1 if mailed else None,
        sent_at=datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC) if mailed and day else None,
    )
