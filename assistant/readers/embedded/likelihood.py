"""How likely each sentence of a conversation commits its speaker: by its words, and by the talk around it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

from assistant.meanings.similarity import weigh, weigh_ahead
from assistant.readers.embedded.classifier import odds_of
from assistant.readers.embedded.stretches import Weighed, stretches
from assistant.readers.embedded.utterances import Utterance

TALK, WORDS, BIAS = 0.45, 0.70, -0.68
"""What the log-odds by the talk and those by the words count, fitted on deals of which neither had learnt;
`eval.train_talk --unseen` fits them."""


def likelihoods(said: Sequence[Utterance]) -> dict[int, float]:
    """Of every sentence of one source, by its order, the probability that it is a promise of its speaker.

    Without the model of the talk the words decide alone.
    """
    return begin_likelihoods(said)()


def begin_likelihoods(said: Sequence[Utterance]) -> Callable[[], dict[int, float]]:
    """The same when called; the talk of the source is begun to be read."""
    found = list(stretches(said))
    weigh_ahead(stretch for stretch, _ in found)
    return partial(_likelihoods, said, found)


def _likelihoods(said: Sequence[Utterance], found: Sequence[Weighed]) -> dict[int, float]:
    by_words = {u.order: odds_of(u) for u in said}
    read = weigh([stretch for stretch, _ in found])
    if read is None:
        return {order: _probability(odds) for order, odds in by_words.items()}
    by_talk = {
        u.order: float(odds)
        for (_, weighed), row in zip(found, read, strict=True)
        for u, odds in zip(weighed, row, strict=True)
    }
    return {
        order: _probability(TALK * by_talk[order] + WORDS * odds + BIAS) for order, odds in by_words.items()
    }


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
