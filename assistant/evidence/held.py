"""One number of a promise against one of a clause: arithmetic decides where nothing else can be meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.evidence.quantities import ReadQuantity, read_quantities
from assistant.evidence.units import Better, Outcome, compare, describe, dimension
from assistant.packet import Side

BetterByWords = Callable[[str, int, int, str], Better | None]
"""Which way the number at text[start:end] is better for whoever receives it, by the words around; the last
argument is its unit."""
NEARLY_ALL = 85
"""Per cent: availability above, rates and discounts below; the two are never compared."""


@dataclass(frozen=True)
class Held:
    """How a promise's number stands to a clause's; "better" is better for the one who receives it."""

    outcome: Outcome
    promised: str
    agreed: str

    def contradicts(self, party: Side) -> bool:
        """The vendor may not promise more than the contract, nor the customer less."""
        return self.outcome == ("worse" if party == "customer" else "better")


def hold(promise: str, clause: str, better: BetterByWords) -> Held | None:
    """The only number of the promise against the only one of its kind in the clause.

    None where either has several or none, where they measure different things, or where the words around do
    not tell which way such a number is the better one.
    """
    said, agreed = _counted(promise), _counted(clause)
    if len(said) != 1:
        return None
    like = [q for q in agreed if _same_kind(said[0], q)]
    if len(like) != 1 or len(agreed) > 2:
        return None
    way = _way(better, promise, said[0], clause, like[0])
    outcome = compare(said[0].quantity, like[0].quantity, way or "lower")
    if outcome is None or (way is None and outcome != "equal"):
        return None
    return Held(outcome, describe(said[0].quantity), describe(like[0].quantity))


def _counted(text: str) -> list[ReadQuantity]:
    """The quantities of a text, each once; "once a week" counts nothing."""
    read = [q for q in read_quantities(text) if q.quantity.unit != "time"]
    return list({(q.quantity.value, q.quantity.unit): q for q in read}.values())


def _same_kind(one: ReadQuantity, other: ReadQuantity) -> bool:
    a, b = one.quantity, other.quantity
    if dimension(a.unit) != dimension(b.unit) or a.per != b.per:
        return False
    return a.unit != "percent" or (a.value >= NEARLY_ALL) == (b.value >= NEARLY_ALL)


def _way(
    better: BetterByWords, promise: str, said: ReadQuantity, clause: str, agreed: ReadQuantity
) -> Better | None:
    """Which way such a number is better; both texts must not tell it differently."""
    ways = (
        better(promise, said.start, said.end, said.quantity.unit),
        better(clause, agreed.start, agreed.end, agreed.quantity.unit),
    )
    told = {way for way in ways if way}
    return told.pop() if len(told) == 1 else None
