"""Learn what facts sound like: `python -m eval.train_fields [DEAL_FOLDER...] [--held-out]`.

One logistic regression a path over the features of assistant/readers/embedded/field_likelihood.py: for it the
sentences of eval/training_fields, of eval/field_talks and the answers of deals, against it the rest;
names are not learnt. `--held-out` prints, for each deal, how many stated paths have their quote among the
best three sentences when the deal was left out of training. Needs scipy; using the weights does not.
eval.train_meanings learns from the same sentences what stands behind their words.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from assistant.readers.embedded.field_likelihood import WEIGHTS_FILE, features_of
from assistant.readers.embedded.summary_fields import field_rows
from eval.field_data import (
    SNIPPET,
    Stated,
    judged_rows,
    label_statements,
    names_of,
    open_deal,
    read_judged,
    read_unlabelled,
    read_written,
    talk_rows,
)
from eval.logistic import fit
from eval.train_meanings import told_and_counts, train_meanings, write_meanings

SEEN = 3
"""Sentences in which a feature must occur to be kept."""
STRENGTH = 1.0
"""Inverse of the regularisation (scikit-learn's C)."""
LEAST_WEIGHT = 0.12
"""Log-odds below which a weight is not worth its place."""
BEST = 3
_LETTERS = re.compile(r"[^\W\d_]+")


def read_rows(folders: Sequence[Path]) -> list[Stated]:
    """Every sentence written for training, judged in excerpts, of the snippets and of the given deals."""
    rows = [*read_written(), *talk_rows(), *judged_rows(read_judged()), *read_unlabelled()]
    for folder in folders:
        rows += label_statements(*open_deal(folder))
    return rows


def train(rows: Sequence[Stated], paths: Sequence[str] = ()) -> dict[str, dict[str, float]]:
    """Feature -> path -> log-odds; "bias" holds every learnt path: those given, or all that are stated."""
    features = [features_of(r.statement) for r in rows]
    names = _vocabulary(rows, features)
    matrix = _matrix(features, names)
    weights: dict[str, dict[str, float]] = {"bias": {}}
    paths = paths or learnt_paths(rows)
    told, counts = told_and_counts(rows, paths)
    biases, learnt = fit(matrix, told, counts, STRENGTH)
    for path, bias, of_path in zip(paths, biases, learnt, strict=True):
        weights["bias"][path] = round(float(bias), 2)
        for at in np.flatnonzero(np.abs(of_path) >= LEAST_WEIGHT):
            weights.setdefault(names[at], {})[path] = round(float(of_path[at]), 2)
    return weights


def _vocabulary(rows: Sequence[Stated], features: Sequence[frozenset[str]]) -> list[str]:
    """Features seen often enough, and not in deals alone: those are their names and habits.

    What was written for training or judged by hand is sure, and of many trades.
    """
    counts = Counter(f for found in features for f in found)
    general = {f for r, found in zip(rows, features, strict=True) if r.sure for f in found}
    named = names_of(rows)
    kept = (f for f, n in counts.items() if n >= SEEN and f in general)
    return sorted(f for f in kept if named.isdisjoint(_LETTERS.findall(f.split(":", 1)[-1])))


def learnt_paths(rows: Sequence[Stated]) -> list[str]:
    """Paths for which there are sentences, in the order of the field table."""
    stated = {path for r in rows for path in r.paths} - {"customer_overview.company_name"}
    return [row.path for row in field_rows() if row.path in stated]


def _matrix(features: Sequence[frozenset[str]], names: Sequence[str]) -> csr_matrix:
    index = {n: i for i, n in enumerate(names)}
    cells = [(i, index[f]) for i, found in enumerate(features) for f in sorted(found) if f in index]
    at = np.array(cells).T
    return csr_matrix((np.ones(len(cells)), (at[0], at[1])), shape=(len(features), len(names)))


def held_out(rows: Sequence[Stated]) -> None:
    """Print for each deal how often a path's quote is among the best sentences without having been seen."""
    for deal in sorted({r.origin for r in rows if not r.sure} - {SNIPPET}):
        weights = train([r for r in rows if r.origin != deal])
        own = [r for r in rows if r.origin == deal]
        paths = sorted({p for r in own for p in r.paths} & set(weights["bias"]))
        print(f"{deal:40} {sum(_among_best(own, p, weights) for p in paths)}/{len(paths)}", flush=True)


def _among_best(rows: Sequence[Stated], path: str, weights: dict[str, dict[str, float]]) -> bool:
    def odds(row: Stated) -> float:
        return sum(weights.get(f, {}).get(path, 0.0) for f in sorted(features_of(row.statement)))

    return any(path in r.paths for r in sorted(rows, key=odds, reverse=True)[:BEST])


def write_weights(weights: dict[str, dict[str, float]], file: Path = WEIGHTS_FILE) -> None:
    """Weights as JSON, paths by their number: one feature a line, in alphabetical order."""
    paths = list(weights["bias"])
    number = {p: str(i) for i, p in enumerate(paths)}
    rows = [
        f"{json.dumps(name)}:{json.dumps({number[p]: w for p, w in row.items()}, separators=(',', ':'))}"
        for name, row in sorted(weights.items())
    ]
    body = ",\n".join(rows)
    file.write_text(f'{{"paths":{json.dumps(paths)},"weights":{{\n{body}\n}}}}\n', encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Report on deals left out where asked, then train on everything and write the weights."""
    rows = read_rows([Path(a) for a in arguments if not a.startswith("--")])
    print(f"{len(rows)} sentences, {sum(bool(r.paths) for r in rows)} that state a path")
    if "--held-out" in arguments:
        held_out(rows)
    write_weights(train(rows))
    write_meanings(train_meanings(rows, learnt_paths(rows)))


if __name__ == "__main__":
    main(sys.argv[1:])
