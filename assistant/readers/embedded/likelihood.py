"""How likely each sentence of a conversation commits its speaker: by its words, and by the talk around it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.meanings.similarity import weigh, weigh_ahead
from assistant.readers.embedded.classifier import odds_of
from assistant.readers.embedded.stretches import stretches
from assistant.readers.embedded.utterances import Utterance

TALK, WORDS, BIAS = 0.45, 0.70, -0.68
"""What the log-odds by the talk and those by the words count, fitted on deals of which neither had learnt;
`eval.train_talk --unseen` fits them."""


def ask_ahead(said: Sequence[Utterance]) -> None:
    """Begin to read the talk of one source; returns at once."""
    weigh_ahead(stretch for stretch, _ in stretches(said))


def likelihoods(said: Sequence[Utterance]) -> dict[int, float]:
    """Of every sentence of one source, by its order, the probability that it is a promise of its speaker.

    Without the model of the talk the words decide alone.
    """
    by_words = {u.order: odds_of(u) for u in said}
    found = list(stretches(said))
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
