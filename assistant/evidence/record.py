"""The deal record: everything that was read, in the order in which it happened. Readers work on this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from assistant.evidence.people import Roster
from assistant.packet import Deal, UnreadSource
from extractors.segments import Segment, Source

CONTRACT_KINDS = ("contract", "amendment", "order_form")
SPOKEN_KINDS = ("call", "recording", "email", "notes")


@dataclass(frozen=True, eq=False)
class DealRecord:
    """What one deal's files say. `sources` are in order of time (undated last), then name.

    A record equals itself only, so that what was derived of it can be remembered.
    """

    deal: Deal
    sources: tuple[Source, ...]
    unread: tuple[UnreadSource, ...]
    roster: Roster
    as_of: date

    @property
    def conversations(self) -> tuple[Source, ...]:
        """Calls, mails and notes, oldest first."""
        return tuple(s for s in self.sources if s.kind in SPOKEN_KINDS)

    @property
    def contracts(self) -> tuple[Source, ...]:
        """Contracts, order forms and amendments."""
        return tuple(s for s in self.sources if s.kind in CONTRACT_KINDS)

    def source(self, name: str) -> Source:
        """The source of that name; KeyError when there is none."""
        return next((s for s in self.sources if s.name == name), None) or _missing(name)

    def segment(self, source: str, segment_id: str) -> Segment:
        """The segment of that id in that source; KeyError when there is none."""
        segments = self.source(source).segments
        return next((s for s in segments if s.id == segment_id), None) or _missing(segment_id)


def _missing(name: str) -> NoReturn:
    raise KeyError(name)
