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
UNSEEN = -1e4
"""Added to how much a token sees of another from which it is kept apart."""


class Trained:
    """The model, ready to answer; `path` are the trained weights, `words` has what single words mean.

    `apart`: in how many of the first layers some tokens do not see each other.
    """

    def __init__(self, words: MiniLM, path: Path, apart: int = 0) -> None:
        with np.load(path) as file:
            arrays: dict[str, Array] = {name: file[name] for name in file.files}
        self._words = words
        self._sides = arrays["sides"]
        self._session = session(_graph(arrays, apart))

    def answers(
        self,
        tokens: Sequence[int],
        parts: Sequence[int],
        looked: Vector,
        places: Sequence[int] | None = None,
        apart: Vector | None = None,
    ) -> Vector:
        """A row an answer. `parts`: to which part of the whole each token belongs; `looked`: three rows an
        answer, each with what every token counts in it (answers * 3, tokens); `apart`: UNSEEN where a token
        (row) is kept apart from another (column), else 0; needed where the model keeps some apart.
        """
        words = self._words.placed(tokens, places) + self._sides[parts]
        given = {"words": words[None], "looked": looked[None]}
        if apart is not None:
            given["apart"] = apart[None, None]
        told: Vector = self._session.run(None, given)[0]
        return told


def _graph(arrays: dict[str, Array], apart: int) -> bytes:
    g = Arithmetic()
    seen = g.node("MatMul", "looked", layers(g, "words", arrays, LAYERS, apart))
    flat = g.node("Reshape", seen, g.constant(np.array([-1, SEEN * WIDTH])))
    wide = g.node("MatMul", flat, g.constant(arrays["wide"].astype(np.float32)))
    bent = g.node("BiasGelu", wide, g.constant(arrays["wide bias"]), domain=MICROSOFT)
    last = g.node("Add", g.node("MatMul", bent, g.constant(arrays["last"])), g.constant(arrays["last bias"]))
    given: dict[str, list[int | str]] = {"words": [1, "tokens", WIDTH], "looked": [1, "rows", "tokens"]}
    return g.model(given | ({"apart": [1, 1, "tokens", "tokens"]} if apart else {}), last)
