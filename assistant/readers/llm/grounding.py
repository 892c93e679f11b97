"""What the model quotes is looked up where it says it stands; what is not there is dropped and counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from assistant.evidence.dates import read_dates
from assistant.evidence.locate import locate
from assistant.evidence.number_words import read_numbers
from assistant.packet import Evidence
from assistant.readers.llm.sources_text import Shown
from extractors.segments import Segment, Source

_COUNTED = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand"
    r"|million|half|double|twice|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|\w+day|week|month|quarter|year|tomorrow|spring|summer|autumn|fall|winter|easter|christmas)s?\b",
    re.IGNORECASE,
)
"""A text without any of these names no number and no day."""
LONGEST = 700
"""Characters of a quote; whoever quotes more has not chosen what proves it."""


class Ground:
    """Looks quotes up, and counts those that are not there (`rejected`)."""

    def __init__(self) -> None:
        self.rejected = 0

    def find(self, shown: Shown, at: str, quote: str) -> Evidence | None:
        """The quote in the segment's own words. A wrong id is forgiven where the words stand exactly
        elsewhere."""
        if not quote.strip():
            return None
        found = None if len(quote) > LONGEST else self._look(shown, at.strip(" []"), quote)
        self.rejected += found is None
        return found

    def optional(self, shown: Shown, at: str | None, quote: str | None) -> Evidence | None:
        """The same for what need not be there."""
        return self.find(shown, at, quote) if at and quote else None

    def _look(self, shown: Shown, at: str, quote: str) -> Evidence | None:
        place = shown.places.get(at)
        if place is not None:
            found = locate(quote, place[0], place[1].id)
            if found is not None:
                return found
        return _elsewhere(shown, quote, place)


def _elsewhere(shown: Shown, quote: str, place: tuple[Source, Segment] | None) -> Evidence | None:
    """The same words in a segment nearby or in another source, exact, or across two segments of that
    source."""
    first = [place[0]] if place else []
    for source in [*first, *(s for s in shown.sources if s not in first)]:
        if found := locate(quote, source):
            shown_here = any(s is source and g.id == found.segment_id for s, g in _spots(shown.places))
            if shown_here and (found.match == "exact" or source in first):
                return found
    return None


def _spots(places: Mapping[str, tuple[Source, Segment]]) -> Iterable[tuple[Source, Segment]]:
    return places.values()


def says_the_same(text: str, proofs: Sequence[str], said_on: date) -> bool:
    """Whether a restatement names no number and no day that the words it restates do not name."""
    if any(text in proof for proof in proofs) or not _COUNTED.search(text):
        return True
    days = {d.last for proof in proofs for d in read_dates(proof, said_on)}
    dated = read_dates(text, said_on)
    if any(all(abs((d.last - day).days) > 1 for day in days) for d in dated):
        return False
    plain = text
    for read in reversed(dated):
        plain = plain[: read.start] + " " + plain[read.end :]
    known = {number.value for proof in proofs for number in read_numbers(proof)}
    return all(n.value in known or n.value == 1 for n in read_numbers(plain))
