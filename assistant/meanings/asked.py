"""What the models are asked: a meaning, a place, what lines say of a promise, which sentences promise."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple


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


class Placed(NamedTuple):
    """A promise or a contract's line; they lie near each other where the line decides the promise."""

    kind: Literal["promise", "line"]
    text: str
    """Of a promise the last words are read where it is long, of a line the first."""


Asked = str | Placed | Beside | Stretch
"""A text, whose meaning is wanted; a promise or line to be laid; both to be read; a stretch of talk."""


def from_json(asked: Any) -> Asked:
    """What was asked, as it was before it was written as JSON."""
    if isinstance(asked, str):
        return asked
    if len(asked) == len(Stretch._fields):
        kind, said, first, many = asked
        return Stretch(kind, tuple((customer, text) for customer, text in said), first, many)
    first, second = asked
    return Placed(first, second) if isinstance(second, str) else Beside(first, tuple(second))
