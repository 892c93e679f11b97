"""What is said of others than this deal's parties: another customer, a relative's shop, or what is unreal."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.packet import Side
from assistant.readers.embedded.patterns import Pattern, read_patterns

NEAR = 2
"""Sentences after one about others in which "they" are still these."""


def elsewhere(turn: Sequence[str], side: Side | None) -> list[bool]:
    """For each sentence of a turn (plain forms, in order), whether it tells of others.

    Where one brings in a third party, what follows tells of it, too, as long as it says "they" and not "you"
    (the seller) or "we" (the buyer).
    """
    found: list[bool] = []
    near = 0
    for sentence in turn:
        back = bool(_named("you" if side == "vendor" else "us").search(sentence))
        tells = _leaves(sentence, side) or (near > 0 and not back and bool(_named("they").search(sentence)))
        near = NEAR if tells else 0 if back else near - 1
        found.append(tells)
    return found


def _leaves(sentence: str, side: Side | None) -> bool:
    """Whether it brings in somebody else, and no more of who listens to the seller."""
    if _named("unreal").search(sentence) or _named("anybody").search(sentence):
        return True
    match = _named("seller").search(sentence) if side == "vendor" else None
    return match is not None and not _named("you").search(sentence, match.end())


def _named(name: str) -> Pattern:
    return read_patterns("elsewhere.toml")[name]
