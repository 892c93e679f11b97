"""Learn what facts mean: one logistic regression a path over sentence embeddings; eval.train_fields runs it.

The sentences are those of eval/training_fields and eval/field_talks, the answers of the deals given, and a
part of the snippets.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.errors import HandoffError
from assistant.readers.embedded.field_meaning import MEANING_FILE, STEPS, vectors_of
from eval.field_data import SNIPPET, TALK, Stated
from eval.logistic import fit

SNIPPETS = 2000
"""Unlabelled sentences that are looked at; more of them teach nothing new and cost time."""
STRENGTH = 1.0
"""Inverse of the regularisation (scikit-learn's C)."""
LEAST = 8
"""Sentences that state a path from which it is learnt."""
STATED = 3.0
"""Weight of a stating sentence, beside others."""
COUNTS = {SNIPPET: 0.3, TALK: 0.3}
"""What statements count by where they are from: snippets may state a path that nobody marked, field talks
tell far more than talk does."""
IN_A_DEAL = 1.0
"""What those of deals do, which may state a path as well."""


def train_meanings(rows: Sequence[Stated], paths: Sequence[str]) -> dict[str, tuple[float, np.ndarray]]:
    """Path -> what it begins with and its weights; HandoffError without sentence embeddings."""
    kept = _thinned(rows)
    vectors = vectors_of([r.statement for r in kept])
    if vectors is None:
        raise HandoffError("sentence embeddings are needed: pip install -e '.[dev]'")
    told, counts = told_and_counts(kept, paths)
    biases, weights = fit(vectors, told, counts, STRENGTH)
    many = told.sum(axis=0)
    found = zip(paths, many, biases, weights, strict=True)
    return {path: (float(bias), of_path) for path, stated, bias, of_path in found if stated >= LEAST}


def told_and_counts(rows: Sequence[Stated], paths: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Whether each row states each path (rows, paths), and what that counts."""
    told = np.array([[path in r.paths for path in paths] for r in rows], dtype=float)
    counts = np.array([COUNTS.get(r.origin, 1.0 if r.sure else IN_A_DEAL) for r in rows])
    return told, counts[:, None] * np.where(told, STATED, 1.0)


def _thinned(rows: Sequence[Stated]) -> list[Stated]:
    """Every row but most of the snippets."""
    snippets = [r for r in rows if r.origin == SNIPPET]
    return [r for r in rows if r.origin != SNIPPET] + snippets[:: max(1, len(snippets) // SNIPPETS)]


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
