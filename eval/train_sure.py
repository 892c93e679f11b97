"""Learn when a path's best value is good enough to be shown: `python -m eval.train_sure [DEAL_FOLDER...]`.

A logistic regression over the signs of assistant/readers/embedded/field_sure.py, one constant a path: for it
the first values of the deals' stated paths that are right and what was judged right in excerpts
(judged_fields.txt), against it the others. Words and meanings are learnt anew without the third of the deals
and excerpts that is looked at, for what a reader has seen it knows too well. Run it after eval.train_fields.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.evidence.record import DealRecord
from assistant.readers.embedded.field_likelihood import odds_of
from assistant.readers.embedded.field_sure import SIGNS, Signs, write_sure
from assistant.readers.embedded.statements import Statement, read_statements
from assistant.readers.embedded.summary import signs_of, values_of
from assistant.readers.embedded.summary_fields import field_rows
from assistant.readers.embedded.summary_fuller import meant_for, promising
from assistant.readers.embedded.weighing import is_long_enough
from eval.excerpts import EXCERPTS, read_excerpt
from eval.field_data import Stated, open_deal, read_judged
from eval.gold import Gold
from eval.scorers.fields import says
from eval.train_fields import learnt_paths, read_rows, train
from eval.train_meanings import train_meanings

PARTS = 3
"""Parts of the deals and excerpts, each looked at by weights that have not seen it."""
STRENGTH = 0.3
"""Inverse of the regularisation (scikit-learn's C)."""


@dataclass(frozen=True)
class Shown:
    """The best value of a path, and whether it is right; None where nobody judged it."""

    origin: str
    path: str
    signs: Signs
    statements: tuple[Statement, ...]
    right: bool | None


@dataclass(frozen=True)
class Learnt:
    """Words and meanings, learnt from some of the deals."""

    words: dict[str, dict[str, float]]
    meanings: tuple[tuple[str, ...], np.ndarray, np.ndarray]


def learn(rows: Sequence[Stated]) -> Learnt:
    """Words and meanings of these sentences, as eval.train_fields learns them."""
    found = train_meanings(rows, learnt_paths(rows))
    weights = np.array([w for _, w in found.values()], dtype=np.float32)
    biases = np.array([b for b, _ in found.values()], dtype=np.float32)
    return Learnt(train(rows), (tuple(found), weights, biases))


def shown_in(origin: str, record: DealRecord, learnt: Learnt) -> Iterator[Shown]:
    """The values that a draft would show, whatever their likelihood."""
    said = [s for s in read_statements(record) if is_long_enough(s)]
    odds = [odds_of(s, learnt.words) for s in said]
    rows = [row for row in field_rows() if row.is_asked_of(record.deal.trigger)]
    meant = meant_for(promising(rows, said, odds), said, learnt.meanings)
    for row in rows:
        values = values_of(row, said, odds, meant.get(row.path, ()))
        signs = signs_of(row, values, said, odds, meant.get(row.path, ())) if values else None
        if signs:
            yield Shown(origin, row.path, signs, tuple(v.statement for v in values), None)


def judged_in_deal(shown: Shown, gold: Gold) -> bool | None:
    """Right where any value says what the answers want; wrong where they want something else, or nothing."""
    if shown.path in gold.fields:
        wanted = gold.fields[shown.path].any_of
        return any(says(s.text, str(w)) for s in shown.statements for w in wanted)
    return False if shown.path in gold.absent_fields else None


def look(folders: Sequence[Path]) -> Iterator[tuple[Shown, bool]]:
    """Every judged value of the deals and excerpts, each by weights that have not seen its third."""
    judged = {(j.excerpt, j.path, j.text): j.right for j in read_judged()}
    excerpts = sorted({excerpt for excerpt, _, _ in judged})
    rows = read_rows(folders)
    deals = [open_deal(folder) for folder in folders]
    for part in range(PARTS):
        mine, sheets = deals[part::PARTS], excerpts[part::PARTS]
        held = {gold.deal for _, gold in mine} | set(sheets)
        learnt = learn([r for r in rows if r.origin not in held])
        for record, gold in mine:
            for shown in shown_in(gold.deal, record, learnt):
                if (right := judged_in_deal(shown, gold)) is not None:
                    yield shown, right
        for name in sheets:
            for shown in shown_in(name, read_excerpt(EXCERPTS / f"{name}.txt").record, learnt):
                text = " ".join(shown.statements[0].text.split())
                if (right := judged.get((name, shown.path, text))) is not None:
                    yield shown, right


def train_sure(looked_at: Sequence[tuple[Shown, bool]]) -> tuple[list[float], dict[str, float], float]:
    """Weights of the signs, of each path, and of all."""
    paths = sorted({shown.path for shown, _ in looked_at})
    figures = np.array([shown.signs.figures() for shown, _ in looked_at])
    mean, spread = figures.mean(axis=0), np.maximum(figures.std(axis=0), 1e-6)
    which = np.array([[shown.path == p for p in paths] for shown, _ in looked_at], dtype=float)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(np.hstack([(figures - mean) / spread, which]), [right for _, right in looked_at])
    signs = model.coef_[0][: len(SIGNS)] / spread
    bias = float(model.intercept_[0] - (signs * mean).sum())
    of_paths = map(float, model.coef_[0][len(SIGNS) :])
    return [float(w) for w in signs], dict(zip(paths, of_paths, strict=True)), bias


def main(arguments: Sequence[str]) -> None:
    """Look at every judged value, then write what their signs are worth."""
    looked_at = list(look([Path(a) for a in arguments]))
    print(f"{len(looked_at)} values, {sum(right for _, right in looked_at)} right")
    write_sure(*train_sure(looked_at))


if __name__ == "__main__":
    main(sys.argv[1:])
