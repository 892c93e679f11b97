"""Learn which later wording is an earlier promise: `python -m eval.train_chains DEAL_FOLDERS...`.

A logistic regression over the signals of assistant/readers/embedded/same_promise.py, on the answers' own
wordings in eval/excerpts and in the deals given. It prints how well those left out (a third at a time) are
ranked, then writes the weights. Needs scikit-learn; using the weights does not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from assistant.evidence.record import DealRecord
from assistant.packet import Commitment
from assistant.readers.embedded.commitments import commitment_of
from assistant.readers.embedded.same_promise import WEIGHTS_FILE, deal_of, pairs
from assistant.readers.embedded.utterances import Utterance
from eval.excerpts import read_excerpts
from eval.field_data import open_deal
from eval.gold import Gold, GoldCommitment
from eval.labelling import all_said
from eval.matching import likeness, same_file

STRENGTH = 0.03
"""Inverse of the regularisation (scikit-learn's C)."""
FOLDS = 3
ONE_BREATH = 3
Row = tuple[int, dict[str, float]]


def rows_of(record: DealRecord, gold: Gold) -> list[Row]:
    """Every two wordings of one side: 1 where they are one promise, and their signals."""
    said = all_said(record)
    chain = {c.id: n for n, wordings in enumerate(gold.chains()) for c in wordings}
    found = pairs(_worded(said, gold, record), deal_of(said))
    return [(int(chain[a.id] == chain[b.id]), seen) for a, b, seen in found]


def _worded(said: Sequence[Utterance], gold: Gold, record: DealRecord) -> list[Commitment]:
    """The answers' wordings as the reader would find them, oldest first, under the answers' ids."""
    found = []
    for wanted in gold.commitments:
        near = [n for n, u in enumerate(said) if _quotes(u, wanted)]
        if near:
            best = max(near, key=lambda n: likeness(said[n].sentence.text, wanted.quote))
            place = (said[best].source.name, said[best].segment.id)
            group = [said[n] for n in near if abs(n - best) <= ONE_BREATH
                     and (said[n].source.name, said[n].segment.id) == place]  # fmt: skip
            found.append((best, wanted.id, commitment_of(group, record)))
    return [c.model_copy(update={"id": name}) for _, name, c in sorted(found, key=lambda f: f[:2])]


def _quotes(u: Utterance, wanted: GoldCommitment) -> bool:
    return same_file(u.source.name, wanted.source) and likeness(u.sentence.text, wanted.quote) > 0


def read_rows(folders: Sequence[Path]) -> Iterator[tuple[str, list[Row]]]:
    """Name and rows of each excerpt and each deal."""
    for excerpt in read_excerpts(kinds=["sparse"]):
        yield excerpt.name, rows_of(excerpt.record, excerpt.gold)
    for folder in folders:
        yield folder.name, rows_of(*open_deal(folder))


def train(rows: Sequence[Row]) -> dict[str, float]:
    """Weight of every signal, in log-odds, and the "bias"."""
    names = sorted(rows[0][1])
    x = np.array([[seen[n] for n in names] for _, seen in rows])
    mean, spread = x.mean(0), x.std(0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit((x - mean) / spread, [same for same, _ in rows])
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (weights * mean).sum())
    return {"bias": round(bias, 3)} | {n: round(float(w), 3) for n, w in zip(names, weights, strict=True)}


def score(rows: Sequence[Row], weights: dict[str, float]) -> float:
    """Average precision of the pairs that are one promise."""
    total = [sum(weights[n] * v for n, v in seen.items()) for _, seen in rows]
    return float(average_precision_score([same for same, _ in rows], total))


def main(folders: Sequence[str]) -> None:
    """Report on what is left out, then train on everything and write the weights."""
    parts = list(read_rows([Path(f) for f in folders]))
    for fold in range(FOLDS):
        rest = [row for n, (_, rows) in enumerate(parts) if n % FOLDS != fold for row in rows]
        left = [row for _, rows in parts[fold::FOLDS] for row in rows]
        same = sum(one for one, _ in left)
        ranked = score(left, train(rest))
        print(f"{len(left)} pairs left out, {same} one promise: average precision {ranked:.3f}")
    weights = train([row for _, rows in parts for row in rows])
    WEIGHTS_FILE.write_text(json.dumps(weights, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
