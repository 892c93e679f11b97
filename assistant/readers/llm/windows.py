"""Which text belongs into which call.

Two plans. "whole": one call reads the whole deal, and promises are judged over the same prefix. "sources":
the contract is one window, every long conversation one, short ones (mails, notes) are gathered in order of
time; the windows share no text, so the sources are paid once, and promises are judged over the contract's
window, which the provider has then cached. A new mail touches the last gathering only.

Why both: a whole deal in view needs no joining of promises across windows, but every later question carries
all of it, a new mail changes the prefix of every call, and one call writes everything, which is slow. So
"auto" reads whole what is small (WHOLE_UP_TO) and by source what is not. What does not fit the model's
context is cut into windows that overlap, whichever the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assistant.evidence.record import DealRecord
from assistant.readers.llm.context import estimate_tokens
from assistant.readers.llm.sources_text import Piece, Shown, show
from extractors.segments import Source

PlanName = Literal["auto", "whole", "sources"]
WHOLE_UP_TO = 24_000
"""Tokens of sources up to which "auto" reads a deal in one call."""
GATHERED = 9_000
"""Tokens of short sources that are read in one call."""
SHORT = 2_500
"""Tokens up to which a conversation is gathered with its neighbours in time."""
OVERHEAD = 6_000
"""Tokens kept free for system message, schema and question."""
ANSWER_SHARE, MOST_ANSWER = 3, 16_000
"""An answer takes at most this part of the context, and this many tokens."""
OVERLAP = 8
"""Segments that two windows of one source share."""
PER_SEGMENT = 8
"""Tokens that a segment's id and speaker take."""


@dataclass(frozen=True)
class Window:
    """What one reading call sees."""

    kind: Literal["whole", "contract", "conversation"]
    pieces: tuple[Piece, ...]

    @cached_property
    def shown(self) -> Shown:
        """The fenced text and where its ids lead."""
        return show(self.pieces)


@dataclass(frozen=True)
class Plan:
    """The windows in the order in which they are asked, and what promises are judged over."""

    windows: tuple[Window, ...]
    contract: Window | None
    """The window that holds the whole contract; None where no single call can see all of it."""
    answer: int
    """Tokens that an answer may take."""
    room: int
    """Tokens that the sources of one call may take."""


def plan_windows(record: DealRecord, plan: PlanName, context: int) -> Plan:
    """How the deal is read by a model that takes `context` tokens."""
    answer = min(MOST_ANSWER, context // ANSWER_SHARE)
    room = max(context - answer - OVERHEAD, 1_000)
    size = sum(map(tokens, record.sources))
    if size <= room and (plan == "whole" or (plan == "auto" and size <= WHOLE_UP_TO)):
        whole = Window("whole", tuple(Piece(s) for s in (*record.contracts, *record.conversations)))
        return Plan((whole,), whole if record.contracts else None, answer, room)
    contracts = tuple(_contract_windows(record.contracts, room))
    windows = (*contracts, *_conversation_windows(record.conversations, room))
    return Plan(windows, contracts[0] if len(contracts) == 1 else None, answer, room)


def tokens(source: Source) -> int:
    """Tokens of a source as it is shown, about."""
    return estimate_tokens("".join(s.text for s in source.segments)) + PER_SEGMENT * len(source.segments)


def halves(window: Window) -> tuple[Window, Window] | None:
    """The window as two, for an answer that was cut; None when there is nothing to part."""
    if len(window.pieces) > 1:
        middle = _middle(window.pieces)
        return Window(window.kind, window.pieces[:middle]), Window(window.kind, window.pieces[middle:])
    piece = window.pieces[0]
    stop = min(piece.stop, len(piece.source.segments))
    if stop - piece.start < 2:
        return None
    cut = (piece.start + stop) // 2
    parts = (Piece(piece.source, piece.start, cut), Piece(piece.source, cut, stop))
    return Window(window.kind, parts[:1]), Window(window.kind, parts[1:])


def _middle(pieces: Sequence[Piece]) -> int:
    """Where to part the pieces so that both sides are about equally long."""
    sizes = [sum(len(s.text) for s in p.segments) for p in pieces]
    apart = [abs(sum(sizes[:i]) - sum(sizes[i:])) for i in range(1, len(sizes))]
    return apart.index(min(apart)) + 1


def _contract_windows(contracts: Sequence[Source], room: int) -> Iterator[Window]:
    yield from (Window("contract", pieces) for pieces in _packed(contracts, room))


def _conversation_windows(conversations: Sequence[Source], room: int) -> Iterator[Window]:
    """Long ones first, each alone; then the short ones gathered, so that the newest mail is in the last."""
    long = [s for s in conversations if tokens(s) > SHORT]
    short = [s for s in conversations if tokens(s) <= SHORT]
    for source in long:
        yield from (Window("conversation", (piece,)) for piece in _cut(source, room))
    yield from (Window("conversation", pieces) for pieces in _packed(short, min(room, GATHERED)))


def _packed(sources: Sequence[Source], room: int) -> Iterator[tuple[Piece, ...]]:
    """Sources in their order, as many together as there is room for; what is too long alone is cut."""
    held: list[Piece] = []
    used = 0
    for source in sources:
        size = tokens(source)
        if held and used + size > room:
            yield tuple(held)
            held, used = [], 0
        if size > room:
            yield from ((piece,) for piece in _cut(source, room))
            continue
        held.append(Piece(source))
        used += size
    if held:
        yield tuple(held)


def _cut(source: Source, room: int) -> Iterator[Piece]:
    """The source in runs of segments that fit, each beginning with the last few of the one before."""
    start = 0
    while start < len(source.segments):
        stop = _stop(source, start, room)
        yield Piece(source, start, stop)
        if stop >= len(source.segments):
            return
        start = max(stop - OVERLAP, start + 1)


def _stop(source: Source, start: int, room: int) -> int:
    used = 0
    for i in range(start, len(source.segments)):
        used += estimate_tokens(source.segments[i].text) + PER_SEGMENT
        if used > room and i > start:
            return i
    return len(source.segments)
