"""How likely a sentence commits its speaker, by the weights that `python -m eval.train` learnt."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from pathlib import Path

from assistant.readers.embedded.features import features_of
from assistant.readers.embedded.utterances import Utterance

WEIGHTS_FILE = Path(str(files("assistant.readers.embedded").joinpath("data", "promise_weights.json")))
THRESHOLD = 0.32
"""Probability above which a sentence is taken for a promise: to miss one costs more."""


def likelihood(utterance: Utterance) -> float:
    """Probability, 0 to 1, that the sentence is a promise of its speaker."""
    weights = load_weights()
    odds = weights["bias"] + sum(weights.get(f, 0.0) for f in features_of(utterance))
    return 1 / (1 + math.exp(-odds))


@cache
def load_weights() -> dict[str, float]:
    """Feature -> log-odds."""
    loaded: dict[str, float] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return loaded
