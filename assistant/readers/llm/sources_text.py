"""Sources as the model sees them: fenced, every segment under a short id that leads back to its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.readers.llm.fences import fence_word, harmless
from extractors.segments import Segment, Source

UNSHOWN = frozenset({"signature"})
"""Kinds of segments that code reads better than a model: who signed what."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Piece:
    """Segments `start` up to `stop` of a source; only those of `only`, where it is given."""

    source: Source
    start: int = 0
    stop: int = 1_000_000_000
    only: frozenset[str] | None = None

    @property
    def segments(self) -> list[Segment]:
        """What of the piece is shown."""
        inside = self.source.segments[self.start : self.stop]
        return [s for s in inside if s.kind not in UNSHOWN and (self.only is None or s.id in self.only)]


@dataclass(frozen=True)
class Shown:
    """The text that goes into a question, and where each of its ids leads."""

    text: str
    places: Mapping[str, tuple[Source, Segment]]

    @property
    def sources(self) -> list[Source]:
        """The sources in it, each once."""
        return list({source.name: source for source, _ in self.places.values()}.values())


def show(pieces: Sequence[Piece]) -> Shown:
    """The pieces as one text. The same pieces give the same text, byte for byte."""
    word = fence_word(s.text for piece in pieces for s in piece.segments)
    lines = [f"The fence word of this call is {word}."]
    places: dict[str, tuple[Source, Segment]] = {}
    for number, piece in enumerate(pieces):
        letter = letter_of(number)
        lines += [f"<<{word} source {letter}: {_heading(piece.source)}>>"]
        lines += _lines(piece, letter, places)
        lines += [f"<<{word} end of source {letter}>>"]
    return Shown("\n".join(lines), places)


def letter_of(number: int) -> str:
    """a, b ... z, aa, ab ..."""
    first, second = divmod(number, len(LETTERS))
    return (LETTERS[first - 1] if first else "") + LETTERS[second]


def _heading(source: Source) -> str:
    day = f", {source.happened_on.isoformat()}" if source.happened_on else ""
    title = f', "{harmless(source.title)}"' if source.title and source.kind == "email" else ""
    return f"{source.kind.replace('_', ' ')}{day}{title}"


def _lines(piece: Piece, letter: str, places: dict[str, tuple[Source, Segment]]) -> Iterator[str]:
    before: Segment | None = None
    names = _Names(piece.source)
    numbers = {segment.id: number for number, segment in enumerate(piece.source.segments, start=1)}
    for segment in piece.segments:
        if segment.kind == "heading":
            yield f"# {harmless(segment.text)}"
            continue
        name = f"{letter}{numbers[segment.id]}"
        places[name] = (piece.source, segment)
        yield from _message(segment, before)
        yield f"[{name}] {_who(segment, names)}{harmless(segment.text)}"
        before = segment


def _message(segment: Segment, before: Segment | None) -> Iterator[str]:
    """A line of its own where another mail of the same source begins."""
    if segment.message is None or (before and before.message == segment.message):
        return
    day = f", {segment.sent_at.date().isoformat()}" if segment.sent_at else ""
    quoted = ", quoted in a later one" if segment.quoted else ""
    yield f"- mail {segment.message}{day}, {harmless(segment.speaker or 'unknown sender')}{quoted}"


def _who(segment: Segment, names: _Names) -> str:
    """The speaker of a turn; of a mail the message's line has told it; of a clause its section."""
    if segment.section and not segment.text.startswith(segment.section):
        return f"{harmless(segment.section)} "
    if segment.message is not None or not segment.speaker:
        return ""
    return f"{harmless(names.of(segment.speaker))}: "


class _Names:
    """Speakers by their whole name the first time, then by the first word of it where that is nobody
    else's."""

    def __init__(self, source: Source) -> None:
        self._told: set[str] = set()
        speakers = {s.speaker for s in source.segments if s.speaker}
        self._firsts = Counter(name.split()[0] for name in speakers if name.split())

    def of(self, speaker: str) -> str:
        first = speaker.split()[0] if speaker.split() else speaker
        if speaker in self._told and self._firsts[first] == 1:
            return first
        self._told.add(speaker)
        return speaker
