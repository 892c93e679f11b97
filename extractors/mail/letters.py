"""From mails, however they were stored, to a source: messages in order of time, a segment a paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from extractors.mail.paragraphs import paragraphs
from extractors.mail.quotes import Message, Passage, split_quotes
from extractors.mail.signatures import Signature, split_signature
from extractors.segments import Person, Segment, Source, UnreadableSource

DEEPEST_ATTACHMENT = 3
_LONGEST_BODY = 2_000_000


@dataclass
class Letter:
    """One mail as its file has it, whatever the format."""

    subject: str | None = None
    sender: str | None = None
    email: str | None = None
    sent_at: datetime | None = None
    people: list[Person] = field(default_factory=list)
    body: str = ""
    """Plain text, ">" before quoted lines."""
    attachments: list[tuple[str, bytes]] = field(default_factory=list)
    enclosed: list[tuple[str, Letter]] = field(default_factory=list)
    """Mails attached to the mail, already taken apart, with a file name each."""
    warnings: list[str] = field(default_factory=list)


@dataclass
class _Entry:
    """A message with its paragraphs, before it has a number. An inline quotation keeps its own author."""

    message: Message
    paragraphs: list[tuple[str, Message]] = field(default_factory=list)


def source_of_letters(letters: Sequence[Letter], name: str, digest: str) -> Source:
    """All the messages of the letters, quoted ones included, as one source."""
    entries: list[_Entry] = []
    people: dict[tuple[str, str | None, str | None], Person] = {}
    for letter in letters:
        found, signed = _entries(letter)
        entries += found
        for person in [*letter.people, *signed]:
            people.setdefault((person.name, person.email, person.title), person)
    ordered = _in_time(entries)
    segments = _segments(ordered)
    newest = max(
        (e.message.sent_at for e in ordered if not e.message.quoted and e.message.sent_at), default=None
    )
    newest = newest or max((e.message.sent_at for e in ordered if e.message.sent_at), default=None)
    return Source(
        name=name,
        kind="email",
        sha256=digest,
        happened_on=newest.date() if newest else None,
        title=next((x.subject for x in letters if x.subject), None),
        segments=tuple(segments),
        people=tuple(people.values()),
        warnings=tuple(dict.fromkeys(w for letter in letters for w in letter.warnings)),
    )


def _entries(letter: Letter) -> tuple[list[_Entry], list[Person]]:
    """The letter's messages, newest first as they stand in it, and who their signatures name."""
    own = Message(letter.sender, letter.email, letter.sent_at, subject=letter.subject)
    body = letter.body[:_LONGEST_BODY]
    if len(letter.body) > _LONGEST_BODY:
        letter.warnings.append(f"only the first {_LONGEST_BODY:,} characters of the mail were read")
    people: list[Person] = []
    passages: list[Passage] = []
    named = {p.email: p.name for p in letter.people if p.email and "@" not in p.name}
    for passage in split_quotes(body, own):
        passage.message.sender = passage.message.sender or named.get(passage.message.email or "")
        lines, signature = split_signature(passage.lines, passage.message.sender, passage.message.email)
        if signature and (person := _signed(signature, passage.message)):
            people.append(person)
        if any(line.strip() for line in lines):
            passages.append(Passage(passage.message, lines))
        if passage.message.quoted and passage.message.sender:
            people.append(Person(name=passage.message.sender, email=passage.message.email))
    return _grouped(passages), people


def _signed(signature: Signature, message: Message) -> Person | None:
    name = message.sender or signature.name
    if not name:
        return None
    return Person(
        name=name,
        email=message.email or signature.email,
        title=signature.title,
        organization=signature.organization,
    )


def _grouped(passages: list[Passage]) -> list[_Entry]:
    """One entry a message. A quotation between two pieces of an answer stays there, in the answer."""
    entries: dict[int, _Entry] = {}
    times = Counter(id(p.message) for p in passages)
    before: set[int] = set()
    for passage, following in zip(passages, [*passages[1:], None], strict=False):
        message = passage.message
        holder = message
        if following and message.quoted and following.message is not message:
            again = times[id(message)] > 1 and not following.message.quoted
            holder = following.message if id(following.message) in before or again else message
        before.add(id(message))
        entry = entries.setdefault(id(holder), _Entry(holder))
        entry.paragraphs += [(text, message) for text in paragraphs(passage.lines)]
    return [e for e in entries.values() if e.paragraphs]


def _in_time(entries: list[_Entry]) -> list[_Entry]:
    """Oldest first; a message without a date stands just before the one that quotes it."""
    moments: list[tuple[datetime, int]] = []
    last = datetime.max.replace(tzinfo=UTC)
    for i, entry in enumerate(entries):
        sent_at = entry.message.sent_at
        last = sent_at or (last if entry.message.quoted else datetime.max.replace(tzinfo=UTC))
        moments.append((last, -i))
    return [entries[-i] for _, i in sorted(moments)]


def _segments(entries: list[_Entry]) -> list[Segment]:
    segments: list[Segment] = []
    for number, entry in enumerate(entries, 1):
        day = f", {entry.message.sent_at.date().isoformat()}" if entry.message.sent_at else ""
        for text, author in entry.paragraphs:
            segments.append(
                Segment(
                    id=f"s{len(segments) + 1:04d}",
                    text=text,
                    kind="paragraph",
                    locator=f"message {number}{day}",
                    speaker=author.sender or author.email,
                    message=number,
                    sent_at=author.sent_at,
                    sender_email=author.email,
                    quoted=author.quoted,
                )
            )
    return segments


def attachment_sources(letters: Sequence[Letter], name: str) -> tuple[list[Source], list[str]]:
    """(sources of the attachments, a warning for each not read). Names: "mail.eml/offer.pdf"."""
    sources: list[Source] = []
    warnings: list[str] = []
    seen: set[str] = set()
    for letter in letters:
        for file_name, data in letter.attachments:
            digest = sha256(data).hexdigest()
            if digest in seen:
                continue
            seen.add(digest)
            if name.count("/") - _folder_depth(name) >= DEEPEST_ATTACHMENT:
                warnings.append(
                    f"attachment {file_name!r} is nested too deep and was not read; save it on its own"
                )
                continue
            try:
                sources += _read_source(data, f"{name}/{file_name}")
            except UnreadableSource as error:
                warnings.append(f"attachment not read: {error}")
        for title, inner in letter.enclosed:
            sources += finish([inner], f"{name}/{title}", inner.body.encode())
    return sources, warnings


def _folder_depth(name: str) -> int:
    """Slashes before the first mail in the name: folders of the deal, not attachments."""
    parts = name.split("/")
    for i, part in enumerate(parts):
        if part.lower().endswith((".eml", ".msg", ".mbox")):
            return i
    return name.count("/")


def _read_source(data: bytes, name: str) -> list[Source]:
    """`extractors.read_source`, imported late because the registry leads back to this module."""
    from extractors import read_source

    return read_source(data=data, name=name)


def finish(letters: Sequence[Letter], name: str, data: bytes) -> list[Source]:
    """The mail's own source first, then its attachments; what was not read is among the warnings."""
    attached, warnings = attachment_sources(letters, name)
    source = source_of_letters(letters, name, sha256(data).hexdigest())
    if not source.segments and not attached and not (warnings or source.warnings):
        raise UnreadableSource(
            f"Cannot read {name!r}: the mail holds no text; save it again from the mail program"
        )
    return [source.model_copy(update={"warnings": (*source.warnings, *warnings)}), *attached]
