"""A mail that is quoted in later mails counts once: under its own sender and date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rapidfuzz.fuzz import ratio

from extractors.segments import Segment, Source

_CLOCKS_DIFFER = timedelta(hours=36)
"""Quoted dates are printed in the zone of whoever quotes, so they may be off by most of a day."""
_SAME_MOMENT = timedelta(minutes=3)
_ALIKE = 93
_SHORT_ANSWER = 8
_ANSWER = re.compile(
    r"(?:yes|yep|yeah|no|nope|ok|okay|agreed|correct|confirmed|sure|absolutely|done|will do|fine|both)\b",
    re.I,
)


@dataclass
class _Message:
    """The segments of one message in one source."""

    source: int
    author: str
    sent_at: datetime | None
    quoted: bool
    inline: bool = False
    segments: list[Segment] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(len(s.text) for s in self.segments)


class _Texts:
    """What was kept so far: paragraphs by author."""

    def __init__(self) -> None:
        self._by_author: dict[str, list[tuple[_Message, str]]] = {}
        self._exact: dict[str, list[_Message]] = {}

    def add(self, message: _Message, segments: Iterable[Segment]) -> None:
        for segment in segments:
            text = _bare(segment.text)
            self._by_author.setdefault(message.author, []).append((message, text))
            self._exact.setdefault(text, []).append(message)

    def has(self, message: _Message, segment: Segment, clocks: timedelta) -> bool:
        """Whether another message of the same author and time says the same."""
        text = _bare(segment.text)
        if any(_same_mail(message, other, clocks) for other in self._exact.get(text, ())):
            return True
        if not message.author:
            return False
        return any(
            _same_mail(message, other, clocks) and _alike(text, kept)
            for kept_author in (message.author,)
            for other, kept in self._by_author.get(kept_author, ())
        )


def drop_repeats(sources: Sequence[Source]) -> list[Source]:
    """The sources without what a mail repeats of another mail among them; order, ids and numbers stay.

    A quoted paragraph is dropped when the same sender's own mail has it, or when an earlier source quotes
    it as well. A paragraph that differs stays, and so does a quotation that an inline answer needs.
    """
    messages = [m for i, source in enumerate(sources) if source.kind == "email" for m in _messages(i, source)]
    dropped: set[tuple[int, str]] = set()
    kept = _Texts()
    for message in (m for m in messages if not m.quoted):
        _take(message, kept, dropped, _SAME_MOMENT)
    quoted = [m for m in messages if m.quoted]
    for message in sorted(quoted, key=lambda m: (-m.size, _day(sources[m.source]), m.source)):
        _take(message, kept, dropped, _CLOCKS_DIFFER)
    return [_without(source, i, dropped) for i, source in enumerate(sources)]


def _take(message: _Message, kept: _Texts, dropped: set[tuple[int, str]], clocks: timedelta) -> None:
    new = [s for s in message.segments if not kept.has(message, s, clocks)]
    if message.inline:
        return
    dropped.update((message.source, s.id) for s in message.segments if s not in new)
    kept.add(message, new)


def _messages(index: int, source: Source) -> list[_Message]:
    found: dict[tuple[int | None, str, bool, bool], _Message] = {}
    answering = {s.message for s in source.segments if not s.quoted}
    for position, segment in enumerate(source.segments):
        shared = segment.quoted and segment.message in answering
        inline = shared and _is_needed(source.segments, position)
        author = _author(segment)
        key = (segment.message, author, segment.quoted, inline)
        message = found.setdefault(key, _Message(index, author, segment.sent_at, segment.quoted, inline))
        message.segments.append(segment)
    return list(found.values())


def _is_needed(segments: Sequence[Segment], position: int) -> bool:
    """Whether the paragraph is a question, or is answered in a word: the answer says nothing without it."""
    if segments[position].text.rstrip().endswith("?"):
        return True
    following = segments[position + 1] if position + 1 < len(segments) else None
    if following is None or following.quoted or following.message != segments[position].message:
        return False
    return len(following.text.split()) <= _SHORT_ANSWER or bool(_ANSWER.match(following.text))


def _author(segment: Segment) -> str:
    return _bare(segment.speaker or segment.sender_email or "")


def _same_mail(one: _Message, other: _Message, clocks: timedelta) -> bool:
    if one is other or (
        one.source == other.source and not one.quoted and not other.quoted and one.sent_at != other.sent_at
    ):
        return False
    if one.author and other.author and one.author != other.author and not _same_person(one, other):
        return False
    if one.sent_at is None or other.sent_at is None:
        return one.quoted
    return abs(one.sent_at - other.sent_at) <= clocks


def _same_person(one: _Message, other: _Message) -> bool:
    emails = [{s.sender_email for s in m.segments if s.sender_email} for m in (one, other)]
    return bool(emails[0] & emails[1])


def _alike(text: str, kept: str) -> bool:
    if min(len(text), len(kept)) < 12:
        return text == kept
    if abs(len(text) - len(kept)) <= 0.15 * max(len(text), len(kept)):
        # Numbers decide what was promised: a changed one is another statement.
        return ratio(text, kept) >= _ALIKE and re.findall(r"\d+", text) == re.findall(r"\d+", kept)
    return len(text) >= 20 and text in kept


def _bare(text: str) -> str:
    """Letters and digits in lower case: what wrapping, quotation marks and links do not change."""
    return " ".join(
        re.sub(r"[\W_]+", " ", re.sub(r"<(?:https?|mailto):[^>]{0,500}>", " ", text.casefold())).split()
    )


def _day(source: Source) -> str:
    return source.happened_on.isoformat() if source.happened_on else "9999"


def _without(source: Source, index: int, dropped: set[tuple[int, str]]) -> Source:
    segments = tuple(s for s in source.segments if (index, s.id) not in dropped)
    return (
        source if len(segments) == len(source.segments) else source.model_copy(update={"segments": segments})
    )
