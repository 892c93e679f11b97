"""Two texts read side by side: does the second decide what the first says, and on which side?

Vectors tell what two texts are about; that "we come to you" is not "held by video" they do not. This model
reads the words of both at once: MiniLM's first layers, trained on judged promises and their contracts'
lines (`python -m eval.train_pairs`; figures in docs/models.md). It is computed as MiniLM is, pair by pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.meanings.minilm import BEGIN, END, MiniLM, Vector
from assistant.meanings.trained import Trained

FIRST, SECOND = 60, 80
"""Tokens that are read: of the first text its last ones, where an answer stands behind its question."""


class Reading(NamedTuple):
    """Logarithms of the probabilities that the second text decides nothing, grants the first, denies it."""

    neither: float
    supports: float
    opposes: float


class Pairs:
    """The model, ready to read; `path` are the trained weights, `words` has the meanings of single words."""

    def __init__(self, words: MiniLM, path: Path) -> None:
        self._trained = Trained(words, path, "LogSoftmax")

    def read(self, first: Sequence[int], second: Sequence[int]) -> Reading:
        """`first` and `second` are tokens without those around texts."""
        one = [BEGIN, *first[-FIRST:], END]
        tokens = [*one, *second[:SECOND], END]
        sides = np.zeros(len(tokens), np.float32)
        sides[len(one) :] = 1
        told = self._trained.answers(tokens, sides, _looked(len(one), len(tokens)))[0]
        return Reading(*(float(value) for value in told))


def _looked(first: int, both: int) -> Vector:
    """The first token, the mean of the first text and that of the second."""
    rows = np.zeros((3, both), np.float32)
    rows[0, 0] = 1
    rows[1, :first] = 1 / first
    rows[2, first:] = 1 / (both - first)
    return rows
