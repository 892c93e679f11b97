"""What the packet and its sources had said of something that was met: a proposal, which a person confirms.

Words are compared by their beginnings. A promise or finding that shares most of the surprise's words had told
it; a segment that does means it stood in the sources and was missed; else it was never said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.packet import Evidence, Noun, Packet
from assistant.protocol.surprises import Class
from extractors.segments import Segment, Source

SHARED = 0.5
"""Least share of the surprise's words that has to stand there."""
FEWEST = 2
"""Least number of them."""
BEGINNING = 5
"""Letters by which two words are the same: "migrate", "migration"."""
_WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*")
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_COMMON = frozenset(
    "a about after all also an and any are as at be been but by can could did do does for from get got had"
    " has have he her his how i if in into is it its just me more my no not now of on one only or our out"
    " said she should so some than that the their them then there they this to too up us was we were what"
    " when which who will with would you your customer customers expected expects thought told turned".split()
)


class Likely(Noun):
    """The class of a surprise as far as words can tell, and where it stood."""

    kind: Class
    about: str | None = None
    """Id of the promise or finding."""
    evidence: tuple[Evidence, ...] = ()


def look_for(surprise: str, packet: Packet, sources: Iterable[Source]) -> Likely:
    """Whether the packet had told it, a source had, or nobody."""
    words = _words(surprise)
    told = [(share, id) for id, text in _told(packet) if (share := _shared(words, text)) >= SHARED]
    if told:
        return Likely(kind="accepted_anyway", about=max(told, key=lambda pair: pair[0])[1])
    places = [(share, place) for source in sources for place in _sentences(source)
              if (share := _shared(words, place.quote)) >= SHARED]  # fmt: skip
    if places:
        return Likely(kind="missed", evidence=(max(places, key=lambda pair: pair[0])[1],))
    return Likely(kind="never_said")


def _told(packet: Packet) -> Sequence[tuple[str, str]]:
    """Everything that the packet warned of, or promised otherwise than the contract says."""
    warned = [(f.id, f"{f.message} {f.ask}") for f in packet.findings]
    said = [(c.id, f"{c.text} {' '.join(e.quote for e in c.evidence)}") for c in packet.commitments]
    return [*said, *warned]


def _sentences(source: Source) -> Iterable[Evidence]:
    for segment in source.segments:
        for match in _SENTENCE.finditer(segment.text):
            if quote := match.group().strip():
                yield _evidence(source, segment, quote)


def _evidence(source: Source, segment: Segment, quote: str) -> Evidence:
    return Evidence(
        source=source.name, segment_id=segment.id, quote=" ".join(quote.split()), locator=segment.locator
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(w[:BEGINNING] for w in _WORD.findall(text.casefold()) if w not in _COMMON)


def _shared(words: frozenset[str], text: str) -> float:
    common = words & _words(text)
    return len(common) / len(words) if len(common) >= FEWEST else 0.0
