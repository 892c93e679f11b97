"""What the models are asked: a vector, what lines say of a promise, which sentences of a talk promise."""

from __future__ import annotations

from typing import Any, NamedTuple


class Stretch(NamedTuple):
    """Sentences of a talk in order, those in the middle of which are to be weighed."""

    kind: str
    """Of talk: "call", "mail" or "notes"."""
    said: tuple[tuple[bool, str], ...]
    """Whether the customer says it, and the sentence; who speaks stands before the first of a turn."""
    first: int
    many: int
    """Which of them are weighed."""


MOST = 6
"""Lines that are read together with a promise; more take longer."""


class Beside(NamedTuple):
    """A promise, and the contract's lines that are read together with it, likeliest first, MOST at most."""

    promise: str
    lines: tuple[str, ...]


Asked = str | Beside | Stretch
"""A text, whose vector is wanted; a promise and lines; or a stretch of talk."""


def from_json(asked: Any) -> Asked:
    """What was asked, as it was before it was written as JSON."""
    if isinstance(asked, str):
        return asked
    if len(asked) == len(Stretch._fields):
        kind, said, first, many = asked
        return Stretch(kind, tuple((customer, text) for customer, text in said), first, many)
    promise, lines = asked
    return Beside(promise, tuple(lines))
