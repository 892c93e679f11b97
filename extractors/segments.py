"""The nouns of reading: a source is a file that was read, a segment is a place in it one can go to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

SourceKind = Literal[
    "call", "contract", "amendment", "order_form", "email", "notes", "recording", "handoff_meeting"
]
"""A handoff meeting is the talk in which the seller's people hand the account over, among themselves."""
PAPERS: tuple[SourceKind, ...] = ("contract", "amendment", "order_form")
"""What is read clause by clause."""
SPEECH: tuple[SourceKind, ...] = ("call", "recording")
"""What is read turn by turn."""
SegmentKind = Literal["turn", "paragraph", "heading", "clause", "table_row", "signature"]


class Noun(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class HeardWord(NamedTuple):
    """A word of a recording: its place in the segment's text, its seconds, how sure the ear was (0-1).

    Heard a second time, this word and the following ones, `instead` in all, were `again`; None: the same.
    `others` are (words, of how many of these words) that the first hearing held nearly as likely.
    """

    at: int
    start: float
    end: float
    sure: float
    again: str | None = None
    instead: int = 0
    others: tuple[tuple[str, int], ...] = ()


class HeardBy(Noun):
    """Which transcript of which recording was read; two runs over the same sound may differ."""

    audio: str
    """Name of the recording within the deal's folder."""
    audio_sha256: str
    engine: str
    """"faster-whisper 1.2.1", or the host of the service that was asked."""
    model: str
    model_sha256: str | None = None
    """Of the weights; None for a service, which does not tell."""
    transcript_sha256: str


class Segment(Noun):
    """One place in a source: a speaker's turn, a clause, a table row, a paragraph of a mail.

    `text` has its white space folded to single blanks, so that a quote can be searched in it.
    """

    id: str
    """Unique within its source and stable for the same bytes, e.g. "s0012"."""
    text: str
    kind: SegmentKind
    locator: str
    """Where a person finds it: "00:14:32", "p. 4 section 2.1", "message 3"."""
    speaker: str | None = None
    """Who says or writes it, as the source spells the name (calls, notes, mails)."""
    start: float | None = None
    """Seconds from the start of the call."""
    page: int | None = None
    """Page of a contract, counted from 1; None where the format has no pages."""
    section: str | None = None
    """Section number of the clause as printed, without "Section": "2.1", "B.3", "IV.2"."""
    headings: tuple[str, ...] = ()
    """Titles above this clause, outermost first: ("3. IMPLEMENTATION",) or ("EXHIBIT B - SLA",)."""
    message: int | None = None
    """Number of the mail within its source, counted from 1 in order of time."""
    sent_at: datetime | None = None
    """When this message was sent (mails)."""
    sender_email: str | None = None
    quoted: bool = False
    """True when the message was found only as a quotation inside a later mail, or forwarded."""
    heard: tuple[HeardWord, ...] = ()
    """The words of a recording with their times; empty for what was written."""

    def heard_word(self, n: int) -> str:
        """The text of the n-th heard word, with its punctuation."""
        start = self.heard[n].at
        stop = self.text.find(" ", start)
        return self.text[start : stop if stop >= 0 else len(self.text)]


class Person(Noun):
    """A person as one source presents them (mail header, signature, parties list, introduction)."""

    name: str
    email: str | None = None
    title: str | None = None
    organization: str | None = None
    side: Literal["vendor", "customer"] | None = None
    """Only where the source itself says so (an export's "affiliation": Internal/External)."""
    segment_id: str | None = None
    """The segment in which the title stands, where it stands in one."""


class Source(Noun):
    """A file that was read."""

    name: str
    """Path relative to the deal's folder, with forward slashes; attachments: "mail.eml/contract.pdf"."""
    kind: SourceKind
    sha256: str
    happened_on: date | None = None
    """Day of the call, of the newest mail, of the contract's effective date."""
    title: str | None = None
    """Subject of a mail, title of a contract or meeting."""
    segments: tuple[Segment, ...] = ()
    people: tuple[Person, ...] = ()
    warnings: tuple[str, ...] = ()
    """One clear line each: what was not read or is doubtful, and the remedy."""
    heard_by: HeardBy | None = None
    """How a recording became text, or whose times a transcript of the same call bears."""


class UnreadableSource(Exception):  # noqa: N818 - reads as the noun that it is
    """A file that cannot be read; the message names the file and the remedy in one line."""
