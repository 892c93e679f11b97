"""MiniLM's first layers, trained further for a question of this project, and the step that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.meanings.minilm import WIDTH, Arithmetic, MiniLM, Vector, layers, session
from assistant.meanings.onnx_file import MICROSOFT, Array

LAYERS = 4
"""Of MiniLM's six; more take longer where a deal may take three seconds."""
SEEN = 3
"""Rows that are looked at for one answer."""


class Trained:
    """The model, ready to answer; `path` are the trained weights, `words` has what single words mean."""

    def __init__(self, words: MiniLM, path: Path, finish: str = "") -> None:
        with np.load(path) as file:
            arrays: dict[str, Array] = {name: file[name] for name in file.files}
        self._words = words
        self._sides = arrays["sides"]
        self._session = session(_graph(arrays, finish))

    def answers(self, tokens: Sequence[int], second: Vector, looked: Vector) -> Vector:
        """A row an answer. `second`: 1 for each token of the other side; `looked`: three rows an answer, each
        with what every token counts in it (answers * 3, tokens)."""
        words = self._words.placed(tokens) + self._sides[second.astype(int)]
        told: Vector = self._session.run(None, {"words": words[None], "parts": looked[None]})[0]
        return told


def _graph(arrays: dict[str, Array], finish: str) -> bytes:
    g = Arithmetic()
    seen = g.node("MatMul", "parts", layers(g, "words", arrays, LAYERS))
    flat = g.node("Reshape", seen, g.constant(np.array([-1, SEEN * WIDTH])))
    wide = g.node("MatMul", flat, g.constant(arrays["wide"].astype(np.float32)))
    bent = g.node("BiasGelu", wide, g.constant(arrays["wide bias"]), domain=MICROSOFT)
    last = g.node("Add", g.node("MatMul", bent, g.constant(arrays["last"])), g.constant(arrays["last bias"]))
    answer = g.node(finish, last, axis=-1) if finish else last
    return g.model({"words": [1, "tokens", WIDTH], "parts": [1, "rows", "tokens"]}, answer)
