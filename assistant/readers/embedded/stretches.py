"""A conversation cut into stretches of talk, as the model reads it that weighs sentences among others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.meanings.asked import Stretch
from assistant.readers.embedded.utterances import Utterance

WEIGHED, BEFORE, AFTER = 190, 40, 12
"""Words of a stretch that are weighed, and of what is only read before and after them."""
KINDS = {"email": "mail", "notes": "notes"}
WHO = {"vendor": "seller: ", "customer": "buyer: "}
"""Stands before the first sentence of a turn."""
Weighed = tuple[Stretch, Sequence[Utterance]]
"""A stretch, and the sentences that are weighed in it."""


def stretches(said: Sequence[Utterance], first: int = WEIGHED) -> Iterator[Weighed]:
    """A source's sentences in stretches; `first`: words of the first one."""
    words = [max(u.sentence.words, 1) for u in said]
    start, limit = 0, first
    while start < len(said):
        end = _until(words, start, limit)
        before = start - _many(words[:start][::-1], BEFORE)
        after = end + _many(words[end:], AFTER)
        yield _stretch(said[before:after], start - before, end - start), said[start:end]
        start, limit = end, WEIGHED


def _until(words: Sequence[int], start: int, limit: int) -> int:
    """One sentence at least."""
    return start + max(_many(words[start:], limit), 1)


def _many(words: Sequence[int], limit: int) -> int:
    """How many of the first have no more than so many words together."""
    total = 0
    for number, one in enumerate(words):
        total += one
        if total > limit:
            return number
    return len(words)


def _stretch(said: Sequence[Utterance], first: int, many: int) -> Stretch:
    turns = [None, *(u.segment.id for u in said)]
    told = tuple(
        (u.side == "customer", u.sentence.text if u.segment.id == before else WHO[u.side] + u.sentence.text)
        for u, before in zip(said, turns, strict=False)
    )
    return Stretch(KINDS.get(said[0].source.kind, "call"), told, first, many)
