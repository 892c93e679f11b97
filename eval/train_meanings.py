"""Learn what facts mean: one logistic regression a path over sentence embeddings; eval.train_fields runs it.

The sentences are those of eval/training_fields, the answers of the deals given, and a part of the snippets.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.errors import HandoffError
from assistant.readers.embedded.field_meaning import MEANING_FILE, STEPS, vectors_of
from eval.field_data import Stated

SNIPPETS = 2000
"""Unlabelled sentences that are looked at; more of them teach nothing new and cost time."""
LEAST = 8
"""Sentences that state a path from which it is learnt."""
STATED, SNIPPET, DEAL = 3.0, 0.3, 0.6
"""Weight of a stating sentence, and of others that may state the path although nobody marked it."""


def train_meanings(rows: Sequence[Stated], paths: Sequence[str]) -> dict[str, tuple[float, np.ndarray]]:
    """Path -> what it begins with and its weights; HandoffError without sentence embeddings."""
    kept = _thinned(rows)
    vectors = vectors_of([r.statement for r in kept])
    if vectors is None:
        raise HandoffError("sentence embeddings are needed: pip install -e '.[dev]'")
    sure = np.array([1.0 if r.sure else SNIPPET if r.origin == "snippet" else DEAL for r in kept])
    learnt = {}
    for path in paths:
        stated = np.array([path in r.paths for r in kept])
        if stated.sum() >= LEAST:
            model = LogisticRegression(C=1.0, solver="liblinear", tol=1e-2, random_state=0)
            model.fit(vectors, stated, sample_weight=sure * np.where(stated, STATED, 1.0))
            learnt[path] = (float(model.intercept_[0]), model.coef_[0])
    return learnt


def _thinned(rows: Sequence[Stated]) -> list[Stated]:
    """Every row but most of the snippets."""
    snippets = [r for r in rows if r.origin == "snippet"]
    return [r for r in rows if r.origin != "snippet"] + snippets[:: max(1, len(snippets) // SNIPPETS)]


def write_meanings(learnt: dict[str, tuple[float, np.ndarray]], file: Path = MEANING_FILE) -> None:
    """One path a line, in whole hundredths."""
    lines = [
        f"{json.dumps(path)}:"
        + json.dumps(
            {"bias": round(STEPS * bias), "weights": [round(STEPS * float(w)) for w in weights]},
            separators=(",", ":"),
        )
        for path, (bias, weights) in learnt.items()
    ]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
