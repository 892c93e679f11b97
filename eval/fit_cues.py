"""Fit the cue weights on answered deals: `python -m eval.fit_cues DEAL_FOLDER...`.

A logistic regression whose prior is the hand-set weight of each cue in data/cues.toml, so that a cue that the
deals do not show keeps what was thought of it. Prints leave-one-deal-out figures, then writes the weights.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.packet import Side
from assistant.pipeline import read_record
from assistant.readers.embedded.cues import BIAS, WEIGHTS_FILE, load_cues
from assistant.readers.embedded.utterances import Utterance, read_utterances
from eval.gold import Gold, load_gold
from eval.scorers import same_words

Array = npt.NDArray[np.float64]
PRIOR_WIDTH = 0.8
"""Standard deviation, in log-odds, of what the deals may move a hand-set weight."""
SIDES: tuple[Side, Side] = ("vendor", "customer")


@dataclass
class Rows:
    """Sentences of one deal: cue presence, whether each commits its speaker."""

    cues: Array
    labels: Array
    sides: list[Side]


def read_rows(folder: Path) -> Rows:
    """All sentences of a deal's conversations, labelled by its answers."""
    gold, record = load_gold(folder), read_record(folder)
    said = [u for s in record.conversations for u in read_utterances(record, s)]
    names = [c.name for c in load_cues()]
    cues = np.array([[float(n in u.cues) for n in names] for u in said])
    return Rows(cues, np.array([float(_promises(u, gold)) for u in said]), [u.side for u in said])


def _promises(utterance: Utterance, gold: Gold) -> bool:
    file = utterance.source.name.rsplit("/", 1)[-1]
    quotes = [c.quote for c in gold.commitments if c.source.rsplit("/", 1)[-1] == file]
    return utterance.sentence.words > 0 and any(same_words(utterance.sentence.text, q) for q in quotes)


def fit(rows: Sequence[Rows], side: Side) -> Array:
    """Weights of all cues and, last, the bias, for one side (Newton's method, deterministic)."""
    prior = np.array([c.weigh(side) for c in load_cues()] + [BIAS])
    x, y = _design(rows, side)
    weights = prior.copy()
    precision = np.eye(len(prior)) / PRIOR_WIDTH**2
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + precision @ (weights - prior)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + precision
        weights = weights - np.linalg.solve(hessian, gradient)
    return weights


def _design(rows: Sequence[Rows], side: Side) -> tuple[Array, Array]:
    picked = [(r.cues[mask], r.labels[mask]) for r in rows for mask in [np.array([s == side for s in r.sides])]]
    x = np.vstack([c for c, _ in picked])
    return np.hstack([x, np.ones((len(x), 1))]), np.concatenate([y for _, y in picked])


def held_out(rows: Sequence[Rows], names: Sequence[str]) -> None:
    """Print sentence recall and precision of each deal with weights fitted on the others."""
    for i, name in enumerate(names):
        others = [r for j, r in enumerate(rows) if j != i]
        hit = said = true = 0.0
        for side in SIDES:
            x, y = _design([rows[i]], side)
            taken = x @ fit(others, side) > 0
            hit, said, true = hit + float(taken @ y), said + float(taken.sum()), true + float(y.sum())
        print(f"{name:24} recall {hit:.0f}/{true:.0f}  precision {hit:.0f}/{said:.0f}")


def write_weights(rows: Sequence[Rows]) -> None:
    """Write the weights of both sides beside the cues."""
    names = [*(c.name for c in load_cues()), "bias"]
    weights = {s: {n: round(float(w), 3) for n, w in zip(names, fit(rows, s), strict=True)} for s in SIDES}
    WEIGHTS_FILE.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def main(folders: Sequence[str]) -> None:
    """Fit on the given deal folders."""
    paths = [Path(f) for f in folders]
    rows = [read_rows(p) for p in paths]
    held_out(rows, [p.name for p in paths])
    write_weights(rows)


if __name__ == "__main__":
    main(sys.argv[1:])


