"""Learn what tells that a line may decide a promise: `python -m eval.train_lines DEAL_FOLDER...`.

A weight for each likeness of promise and line learns from the sparse excerpts, of which what lays both
(eval.train_retrieval) has seen nothing. How often the deals given, which are not learnt from, have the
deciding line among the first is printed at the end. Needs torch (2.13).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import log_softmax

from assistant.evidence.record import DealRecord
from assistant.readers.embedded.likely_lines import LIKENESSES, WEIGHTS_FILE
from assistant.readers.embedded.promise_view import view
from eval.excerpts import read_excerpts
from eval.field_data import open_deal
from eval.gold import Gold
from eval.judge_data import as_commitment, label_of, setting_of, with_demands

STEPS, LEAST = 200, 1e-4
"""Of the search for the weights; and what a weight's square costs."""
TOP = (1, 3, 6, 10)
Promise = tuple[Tensor, Tensor]
"""Likenesses (lines, LIKENESSES), and which of the lines decide; without lines of which that is not known."""


def promises_of(record: DealRecord, gold: Gold) -> Iterator[Promise]:
    """The answered promises that a line of the record's contract decides."""
    setting = setting_of(record)
    for answer in gold.commitments if setting.index.lines else ():
        if answer.verdict not in ("covered", "contradicted"):
            continue
        ranked = setting.index.rank(view(as_commitment(answer, record), record, setting.events))
        told = [(c, label) for c in ranked if (label := label_of(c.line, answer))]
        decides = torch.tensor([label != "neither" for _, label in told])
        if decides.any():
            yield torch.tensor([[float(getattr(c, name)) for name in LIKENESSES] for c, _ in told]), decides


def learnt_from() -> Iterator[Promise]:
    """Of the sparse excerpts."""
    for excerpt in read_excerpts(kinds=["sparse"]):
        yield from promises_of(excerpt.record, with_demands(excerpt.record, excerpt.gold))


def fit(promises: Sequence[Promise]) -> Tensor:
    """What each likeness counts, so that the deciding lines are the likeliest of all."""
    weights = torch.zeros(len(LIKENESSES), requires_grad=True)
    search = torch.optim.LBFGS([weights], max_iter=STEPS)

    def lost() -> Tensor:
        search.zero_grad()
        of_each = [-log_softmax(rows @ weights, 0)[decides].logsumexp(0) for rows, decides in promises]
        loss = torch.stack(of_each).mean() + LEAST * (weights**2).sum()
        loss.backward()
        return loss

    search.step(lost)
    return weights.detach()


def report(weights: Tensor, promises: Iterable[Promise]) -> None:
    """Print how often a deciding line is among the first, by its place alone and by all."""
    alone = torch.eye(len(LIKENESSES))[LIKENESSES.index("cosine")]
    known = list(promises)
    for name, counted in (("by its place", alone), ("as learnt", weights)):
        ranks = [_rank(rows @ counted, decides) for rows, decides in known]
        print(f"{name}: {among_first(ranks)}")


def among_first(ranks: Sequence[int]) -> str:
    """Which part of these ranks, from 0, is among the first TOP."""
    among = ", ".join(f"{np.mean([rank < top for rank in ranks]):.3f} among {top}" for top in TOP)
    return f"{among} (of {len(ranks)})"


def _rank(scores: Tensor, decides: Tensor) -> int:
    return int((scores[~decides] > scores[decides].max()).sum())


def main(folders: Sequence[str]) -> None:
    """Train, write the weights, and say how the deals' lines are ranked."""
    promises = list(learnt_from())
    print(f"{len(promises)} promises", flush=True)
    weights = fit(promises)
    told = {name: round(float(weight), 3) for name, weight in zip(LIKENESSES, weights, strict=True)}
    WEIGHTS_FILE.write_text(json.dumps(told, indent=0) + "\n", encoding="utf-8")
    report(weights, (p for folder in folders for p in promises_of(*open_deal(Path(folder)))))


if __name__ == "__main__":
    main(sys.argv[1:])
