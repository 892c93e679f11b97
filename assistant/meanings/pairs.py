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

from assistant.meanings.minilm import BEGIN, END, WIDTH, Arithmetic, MiniLM, Vector, layers, session
from assistant.meanings.onnx_file import MICROSOFT, Array

LAYERS = 4
"""Of MiniLM's six; more take longer where a deal may take three seconds."""
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
        with np.load(path) as file:
            arrays: dict[str, Array] = {name: file[name] for name in file.files}
        self._words = words
        self._sides = arrays["sides"]
        self._session = session(_graph(arrays))

    def read(self, first: Sequence[int], second: Sequence[int]) -> Reading:
        """`first` and `second` are tokens without those around texts."""
        one = [BEGIN, *first[-FIRST:], END]
        tokens = [*one, *second[:SECOND], END]
        words = self._words.placed(tokens)
        words[: len(one)] += self._sides[0]
        words[len(one) :] += self._sides[1]
        parts = _parts(len(one), len(tokens))
        told = self._session.run(None, {"words": words[None], "parts": parts[None]})[0][0]
        return Reading(*(float(value) for value in told))


def _parts(first: int, both: int) -> Vector:
    """What is looked at in the end: the first token, the mean of the first text and that of the second."""
    rows = np.zeros((3, both), np.float32)
    rows[0, 0] = 1
    rows[1, :first] = 1 / first
    rows[2, first:] = 1 / (both - first)
    return rows


def _graph(arrays: dict[str, Array]) -> bytes:
    g = Arithmetic()
    seen = g.node("MatMul", "parts", layers(g, "words", arrays, LAYERS))
    flat = g.node("Reshape", seen, g.constant(np.array([1, 3 * WIDTH])))
    wide = g.node("MatMul", flat, g.constant(arrays["wide"].astype(np.float32)))
    bent = g.node("BiasGelu", wide, g.constant(arrays["wide bias"]), domain=MICROSOFT)
    last = g.node("Add", g.node("MatMul", bent, g.constant(arrays["last"])), g.constant(arrays["last bias"]))
    return g.model(
        {"words": [1, "tokens", WIDTH], "parts": [1, 3, "tokens"]}, g.node("LogSoftmax", last, axis=-1)
    )
