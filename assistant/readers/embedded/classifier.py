"""How much a sentence's words sound like a promise, by the weights that `python -m eval.train` learnt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from assistant.readers.embedded.cues import prior
from assistant.readers.embedded.features import features_of
from assistant.readers.embedded.utterances import Utterance

WEIGHTS_FILE = Path(str(files("assistant.readers.embedded").joinpath("data", "promise_weights.json")))
THRESHOLD = 0.28
"""Probability above which a sentence is taken for a promise: to miss one costs more."""


def odds_of(utterance: Utterance) -> float:
    """Log-odds, by its words and cues alone, that the sentence is a promise of its speaker."""
    return odds_by(utterance, load_weights())


def odds_by(utterance: Utterance, weights: Mapping[str, float]) -> float:
    """The sum of the weights of the sentence's features and of its hand-set prior."""
    odds = weights["bias"] + weights["prior"] * prior(utterance.cues, utterance.side)
    return odds + sum([weights[f] for f in sorted(features_of(utterance) & weights.keys())])


@cache
def load_weights() -> dict[str, float]:
    """Feature -> log-odds."""
    loaded: dict[str, float] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return loaded
