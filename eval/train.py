"""Train the promise classifier: `python -m eval.train [DEAL_FOLDER...]`.

A logistic regression over the features of assistant/readers/embedded/features.py, on the snippets of
eval/training, the excerpts of eval/excerpts and the answered deals given. It prints figures for each deal and
for folds of snippets and excerpts that it was not trained on, then writes the weights. Needs scikit-learn;
using the weights does not.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from assistant.readers.embedded.classifier import THRESHOLD, WEIGHTS_FILE, odds_by
from assistant.readers.embedded.cues import prior
from assistant.readers.embedded.features import features_of
from eval.excerpts import MARK, read_excerpts
from eval.field_data import open_deal
from eval.training_data import Labelled, label_deal, read_snippets

SEEN_BY = 3
"""Snippets or deals in which a feature must occur to be kept: rarer ones are names and accidents."""
STRENGTH = 0.1
"""Inverse of the regularisation (scikit-learn's C)."""
WORD_TOO = 20
"""Sentences with a speaker's name in small letters from which it is a word as well ("will", "mark")."""
PRIOR = "prior"
PRIOR_SCALE = 0.5
"""The prior's log-odds are halved for training, so that its range is near that of the other features."""
SNIPPET, EXCERPT = "origin:snippet", "origin:excerpt"
"""What was written for training holds more promises than real talk: what that adds must not be the bias."""
WRITTEN_WEIGHT = 0.5
"""A sentence of a deal tells more about deals than one that was written for training."""
FOLDS = 5
LEAST_WEIGHT = 0.02
_WORD_FAMILIES = frozenset("wbtsqrp")
_LOWER_CASE = re.compile(r"\b[a-z]+\b")


def read_rows(folders: Sequence[Path]) -> list[Labelled]:
    """Every labelled sentence of the snippets, the sparse excerpts and the given deals."""
    rows = list(read_snippets())
    for excerpt in read_excerpts(kinds=["sparse"]):
        rows += label_deal(excerpt.record, excerpt.gold)
    for folder in folders:
        rows += label_deal(*open_deal(folder))
    return rows


def train(rows: Sequence[Labelled]) -> dict[str, float]:
    """Weight of every kept feature, in log-odds, and the "bias"."""
    names = _vocabulary(rows)
    model = LogisticRegression(C=STRENGTH, max_iter=2000, tol=1e-6)
    weight = [r.weight * (WRITTEN_WEIGHT if _written(r) else 1.0) for r in rows]
    model.fit(_matrix(rows, names), [r.promise for r in rows], sample_weight=weight)
    learnt = dict(zip(names, model.coef_[0], strict=True))
    learnt = {name: w for name, w in learnt.items() if name not in (SNIPPET, EXCERPT)}
    learnt[PRIOR] = learnt.get(PRIOR, 0.0) * PRIOR_SCALE
    weights = {n: round(float(w), 3) for n, w in learnt.items() if n == PRIOR or abs(w) >= LEAST_WEIGHT}
    return {"bias": round(float(model.intercept_[0]), 3)} | dict(sorted(weights.items()))


def _vocabulary(rows: Sequence[Labelled]) -> list[str]:
    seen: Counter[str] = Counter()
    for origin, features in {(r.origin, f) for r in rows for f in features_of(r.utterance)}:
        seen[features] += bool(origin)
    lower = Counter(w for r in rows for w in set(_LOWER_CASE.findall(r.utterance.sentence.text)))
    people = {w for r in rows for w in re.findall(r"[a-z]+", (r.utterance.segment.speaker or "").lower())}
    common = {w for w, n in lower.items() if w not in people or n >= WORD_TOO}
    kept = (f for f, n in seen.items() if n >= SEEN_BY and _names_nobody(f, common))
    return [SNIPPET, EXCERPT, PRIOR, *sorted(kept)]


def _names_nobody(feature: str, common: set[str]) -> bool:
    """A word that is never written in lower case is the name of somebody or something."""
    family, _, words = feature.removeprefix("C|").partition(":")
    return family not in _WORD_FAMILIES or all(w in common for w in re.findall(r"[a-z]+", words))


def _matrix(rows: Sequence[Labelled], names: Sequence[str]) -> csr_matrix:
    index = {n: i for i, n in enumerate(names)}
    cells = [(i, index[f], 1.0) for i, r in enumerate(rows) for f in features_of(r.utterance) if f in index]
    cells += [(i, index[origin], 1.0) for i, r in enumerate(rows) if (origin := _written(r))]
    cells += [
        (i, index[PRIOR], PRIOR_SCALE * prior(r.utterance.cues, r.utterance.side)) for i, r in enumerate(rows)
    ]
    at = np.array(cells).T
    return csr_matrix((at[2], (at[0].astype(int), at[1].astype(int))), shape=(len(rows), len(names)))


def held_out(rows: Sequence[Labelled]) -> None:
    """Print sentence recall and precision of each deal, and of what was written to learn from, left out."""
    kinds = {r.origin: _written(r) or "deals" for r in rows}
    deals = sorted(o for o, kind in kinds.items() if kind == "deals")
    groups = [{d} for d in deals]
    for kind in (SNIPPET, EXCERPT):
        written = sorted(o for o in kinds if kinds[o] == kind)
        groups += [set(written[i::FOLDS]) for i in range(FOLDS)]
    total = Counter[str]()
    for group in groups:
        weights = train([r for r in rows if r.origin not in group])
        counts = _counts([r for r in rows if r.origin in group], weights)
        first = min(group, default="")
        kind = kinds.get(first, "")
        total.update({f"{kind} {k}": v for k, v in counts.items()})
        name = first if kind == "deals" else kind
        print(
            f"{name:28} recall {counts['hit']}/{counts['true']}  precision {counts['hit']}/{counts['said']}"
        )
    print(dict(sorted(total.items())))


def _written(row: Labelled) -> str | None:
    """The mark of what was written for training; None for a deal's sentence."""
    return {"": SNIPPET, MARK: EXCERPT}.get(row.utterance.source.sha256)


def _counts(rows: Sequence[Labelled], weights: dict[str, float]) -> Counter[str]:
    counts = Counter(hit=0, said=0, true=0)
    least = math.log(THRESHOLD / (1 - THRESHOLD))
    for row in rows:
        taken = odds_by(row.utterance, weights) >= least
        counts.update(hit=int(taken and row.promise), said=int(taken), true=int(row.promise))
    return counts


def main(folders: Sequence[str]) -> None:
    """Report on held-out data, then train on everything and write the weights."""
    rows = read_rows([Path(f) for f in folders])
    print(f"{len(rows)} sentences, {sum(r.promise for r in rows)} promises")
    held_out(rows)
    WEIGHTS_FILE.write_text(json.dumps(train(rows), indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
