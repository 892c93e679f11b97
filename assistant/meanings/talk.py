"""A stretch of talk read as a whole: which of its sentences commit their speaker?

"Both, yeah." is a promise after one question and none after another; what is told in a demonstration has a
promise's words. This model reads the sentences around as well: MiniLM's first layers, trained on labelled
talk (`python -m eval.train_talk`; figures in docs/models.md). Computed as MiniLM is, stretch by stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.meanings.asked import Stretch
from assistant.meanings.minilm import BEGIN, END, MiniLM, Vector
from assistant.meanings.trained import SEEN, Trained

SENTENCE = 96
"""Tokens of a sentence that are read."""
MOST = 510
"""Tokens of a stretch that are read: the model knows so many places."""


class Laid(NamedTuple):
    """A stretch as tokens: whose each is (1 for the customer), and where each weighed sentence is."""

    tokens: list[int]
    customer: list[int]
    spans: list[tuple[int, int]]


def laid_out(stretch: Stretch, tokens_of: Callable[[str], Sequence[int]]) -> Laid:
    """Its tokens. A sentence beyond MOST is looked at where the last tokens are."""
    tokens = [BEGIN, *tokens_of(stretch.kind), END]
    customer = [0] * len(tokens)
    spans: list[tuple[int, int]] = []
    for customers, sentence in stretch.said:
        own = tokens_of(sentence)[:SENTENCE] or tokens_of(".")
        spans.append((len(tokens), len(tokens) + len(own)))
        tokens += own
        customer += [int(customers)] * len(own)
    weighed = spans[stretch.first : stretch.first + stretch.many]
    cut = [(min(start, MOST - 1), min(end, MOST)) for start, end in weighed]
    return Laid([*tokens[:MOST], END], [*customer[:MOST], 0], cut)


class Talk:
    """The model, ready to weigh; `path` are the trained weights, `words` has the meanings of single words."""

    def __init__(self, words: MiniLM, path: Path) -> None:
        self._trained = Trained(words, path)

    def weigh(self, laid: Laid) -> Vector:
        """Log-odds of being a promise, one a weighed sentence."""
        looked = np.zeros((SEEN * len(laid.spans), len(laid.tokens)), np.float32)
        for number, (start, end) in enumerate(laid.spans):
            looked[SEEN * number, 0] = 1
            looked[SEEN * number + 1, start] = 1
            looked[SEEN * number + 2, start:end] = 1 / (end - start)
        found: Vector = self._trained.answers(laid.tokens, laid.customer, looked)[:, 0]
        return found
