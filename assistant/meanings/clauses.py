"""A promise read together with the contract's nearest lines: which of them decides it, and how?

Vectors tell what two texts are about; that "we come to you" is not "held by video" they do not. This model
reads the words of the promise and of several lines at once, for which line decides is told by the others
as well: MiniLM's first layers, trained on judged promises and their contracts' lines (`python -m
eval.train_clauses`; figures in docs/models.md). It is computed as MiniLM is, promise by promise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.meanings.asked import MOST, Beside
from assistant.meanings.minilm import BEGIN, END, MiniLM, Vector
from assistant.meanings.trained import SEEN, UNSEEN, Trained

PROMISE, LINE = 60, 64
"""Tokens that are read: of a promise its last ones, where an answer stands behind its question."""
APART = 2
"""Layers in which each line is read as if it were alone with the promise."""
SIDES = 3
"""Answers a line; see Reading."""


class Reading(NamedTuple):
    """Logarithms of the probabilities that a line decides nothing, grants the promise, denies it."""

    neither: float
    supports: float
    opposes: float


class Verdicts(NamedTuple):
    """Logarithms of the probabilities of what follows from all lines together."""

    covered: float
    contradicted: float
    not_in_contract: float
    vague: float


class Told(NamedTuple):
    """What reading a promise with its lines tells: of each line, and of all."""

    lines: tuple[Reading, ...]
    verdicts: Verdicts


class Laid(NamedTuple):
    """Promise and lines as tokens: of which each is (0 the promise, 1 the first line), and its place."""

    tokens: list[int]
    parts: list[int]
    places: list[int]


def laid_out(asked: Beside, tokens_of: Callable[[str], Sequence[int]]) -> Laid:
    """The promise, then the lines, each of which has its places right behind the promise."""
    tokens = [BEGIN, *tokens_of(asked.promise)[-PROMISE:], END]
    first = len(tokens)
    parts, places = [0] * first, [*range(first)]
    for number, line in enumerate(asked.lines[:MOST], start=1):
        own = [*tokens_of(line)[:LINE], END]
        tokens += own
        parts += [number] * len(own)
        places += range(first, first + len(own))
    return Laid(tokens, parts, places)


class Clauses:
    """The model, ready to read; `path` are the trained weights, `words` has the meanings of single words."""

    def __init__(self, words: MiniLM, path: Path) -> None:
        self._trained = Trained(words, path, APART)

    def read(self, laid: Laid) -> Vector:
        """Three numbers a line (Reading), then four (Verdicts)."""
        parts = np.array(laid.parts)
        rows = self._trained.answers(laid.tokens, laid.parts, _looked(parts), laid.places, _apart(parts))
        lines, verdicts = rows[:-1, :SIDES], rows[-1, SIDES:]
        return np.concatenate([_log_shares(lines).reshape(-1), _log_shares(verdicts)])


def told(row: Vector) -> Told:
    """What `Clauses.read` gave, by name."""
    numbers = [float(number) for number in row]
    many = len(numbers) - len(Verdicts._fields)
    lines = tuple(Reading(*numbers[at : at + SIDES]) for at in range(0, many, SIDES))
    return Told(lines, Verdicts(*numbers[many:]))


def _looked(parts: Vector) -> Vector:
    """For each line the first token, the mean of the promise and its own mean; then that of all lines."""
    said = (parts == 0).astype(np.float32)
    whole = [parts == number for number in range(1, int(parts.max()) + 1)] + [parts > 0]
    rows = np.zeros((len(whole) * SEEN, len(parts)), np.float32)
    for number, of in enumerate(whole):
        rows[SEEN * number, 0] = 1
        rows[SEEN * number + 1] = said / said.sum()
        rows[SEEN * number + 2] = of / of.sum()
    return rows


def _apart(parts: Vector) -> Vector:
    """Lines see the promise and it sees them, but they do not see each other."""
    one, other = parts[:, None], parts[None, :]
    seen = (one == other) | (one == 0) | (other == 0)
    return np.where(seen, np.float32(0), np.float32(UNSEEN))


def _log_shares(scores: Vector) -> Vector:
    """Logarithms of the probabilities that have these scores, along the last axis."""
    above: Vector = scores - scores.max(axis=-1, keepdims=True)
    shares: Vector = above - np.log(np.exp(above).sum(axis=-1, keepdims=True))
    return shares
