"""Learn which lines of a contract may decide a promise: `python -m eval.train_lines DEAL_FOLDER...`.

Four matrices over MiniLM's vectors (of the promise, of it with the words before it, of a line and of its
titles) and a weight for each likeness learn from the excerpts that nothing else of the judge's last step
learns from (dense and alike). How often the deals given, which are not learnt from, have the deciding line
first is printed at the end. One core needs 20 minutes. Needs torch (2.13).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from assistant.evidence.figures import larger_as_figures
from assistant.evidence.record import DealRecord
from assistant.meanings.minilm import WIDTH
from assistant.meanings.similarity import embed
from assistant.readers.embedded.likely_lines import LIKENESSES, WEIGHTS_FILE, LikelyLines
from assistant.readers.embedded.promise_view import PromiseView, view
from eval.excerpts import read_excerpts
from eval.field_data import open_deal
from eval.gold import Gold
from eval.judge_data import as_commitment, label_of, setting_of, with_demands

ROUNDS, RATE, DECAY = 4, 1e-3, 0.1
DROPPED = 0.5
"""Of a vector's numbers while it is learnt from, or the promises would be learnt by heart."""
SHARP, RELEVANCE = 10.0, 8.0
"""What meanings and relevance count before anything is learnt."""
LABELS = {"supports": 1, "opposes": 1, "neither": 0, "": -1}
TOP = (1, 3, 6, 10)


class Contract(NamedTuple):
    """Vectors of a contract's lines and titles, of the promises and of these with the words before them; the
    likenesses (promises, lines, LIKENESSES), and which lines decide (LABELS)."""

    lines: Tensor
    titles: Tensor
    promises: Tensor
    contexts: Tensor
    likenesses: Tensor
    labels: Tensor


class Matcher(nn.Module):
    """What LikelyLines computes, for torch."""

    def __init__(self) -> None:
        super().__init__()
        self.promise, self.line = (nn.Parameter(torch.eye(WIDTH)) for _ in range(2))
        self.context, self.title = (nn.Parameter(torch.zeros(WIDTH, WIDTH)) for _ in range(2))
        self.likenesses = nn.Parameter(torch.zeros(len(LIKENESSES)))
        self.likenesses.data[0] = RELEVANCE
        self.sharp = nn.Parameter(torch.tensor(SHARP))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, one: Contract) -> Tensor:
        """Logits (promises, lines)."""
        said = self.drop(one.promises) @ self.promise + self.drop(one.contexts) @ self.context
        placed = self.drop(one.lines) @ self.line + self.drop(one.titles) @ self.title
        return self.sharp * said @ placed.T + one.likenesses @ self.likenesses

    def learnt(self) -> LikelyLines:
        """As the program has it."""
        promise, context = self.promise * self.sharp, self.context * self.sharp
        parts = (promise, context, self.line, self.title, self.likenesses)
        own, before, line, title, likenesses = (part.detach().numpy() for part in parts)
        return LikelyLines(own, before, line, title, likenesses)


def contract_of(record: DealRecord, gold: Gold) -> Contract | None:
    """The record's contract with the answered promises that one of its lines decides."""
    setting = setting_of(record)
    lines = setting.index.lines
    decided = [a for a in gold.commitments if a.verdict in ("covered", "contradicted")] if lines else []
    found: list[tuple[PromiseView, list[list[float]], list[int]]] = []
    for answer in decided:
        promise = view(as_commitment(answer, record), record, setting.events)
        ranked = setting.index.rank(promise.whole, promise.context, promise.extra_subjects)
        of = {id(c.line): [float(getattr(c, name)) for name in LIKENESSES] for c in ranked}
        likenesses = [of[id(line)] for line in lines]
        labels = [LABELS[label_of(line, answer)] for line in lines]
        if 1 in labels:
            found.append((promise, likenesses, labels))
    if not found:
        return None
    said = [p.whole for p, _, _ in found]
    contexts = [f"{p.whole} {p.context}" if p.context else p.whole for p, _, _ in found]
    texts, titles = [line.full for line in lines], [line.title or line.full for line in lines]
    vectors = (_vectors(some) for some in (texts, titles, said, contexts))
    told = (torch.tensor(rows) for rows in ([like for _, like, _ in found], [labels for *_, labels in found]))
    return Contract(*vectors, *told)


def _vectors(texts: Iterable[str]) -> Tensor:
    found = embed([larger_as_figures(text) for text in texts])
    if found is None:
        raise SystemExit("There is no model of meanings to learn with.")
    return torch.tensor(found)


def learnt_from() -> Iterator[Contract]:
    """The excerpts, each with its contract."""
    for excerpt in read_excerpts(kinds=["dense", "alike"]):
        if one := contract_of(excerpt.record, with_demands(excerpt.record, excerpt.gold)):
            yield one


def train(contracts: Sequence[Contract], chance: random.Random) -> Matcher:
    """ROUNDS over the contracts, ever more slowly."""
    matcher = Matcher()
    optimiser = torch.optim.AdamW(matcher.parameters(), lr=RATE, weight_decay=DECAY)
    pace = torch.optim.lr_scheduler.LinearLR(optimiser, 1, 0.05, ROUNDS * len(contracts))
    for number in range(ROUNDS):
        total = 0.0
        for one in chance.sample(contracts, len(contracts)):
            scores = matcher(one).masked_fill(one.labels == -1, -torch.inf)
            right = scores.masked_fill(one.labels != 1, -torch.inf)
            loss = (scores.logsumexp(dim=1) - right.logsumexp(dim=1)).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            pace.step()
            total += loss.item()
        print(f"round {number + 1}: loss {total / len(contracts):.3f}", flush=True)
    return matcher


def report(matcher: Matcher, contracts: Iterable[Contract]) -> None:
    """Print how often a deciding line is among the first, by relevance and as learnt."""
    matcher.eval()
    ranks: dict[str, list[int]] = {"by relevance": [], "as learnt": []}
    for one in contracts:
        with torch.no_grad():
            scores = {"by relevance": one.likenesses[..., 0], "as learnt": matcher(one)}
        for name, given in scores.items():
            best = given.masked_fill(one.labels != 1, -torch.inf).amax(dim=1, keepdim=True)
            ranks[name] += ((given > best) & (one.labels == 0)).sum(dim=1).tolist()
    for name, found in ranks.items():
        among = ", ".join(f"{np.mean([rank < top for rank in found]):.3f} among {top}" for top in TOP)
        print(f"{name}: {among} (of {len(found)})")


def main(folders: Sequence[str]) -> None:
    """Train, write the weights, and say how the deals' lines are ranked."""
    torch.manual_seed(1)
    contracts = list(learnt_from())
    print(f"{len(contracts)} contracts, {sum(len(one.promises) for one in contracts)} promises", flush=True)
    matcher = train(contracts, random.Random(1))
    arrays = {name: array.astype(np.float16) for name, array in matcher.learnt()._asdict().items()}
    np.savez(WEIGHTS_FILE, **arrays)
    deals = (contract_of(*open_deal(Path(folder))) for folder in folders)
    report(matcher, [one for one in deals if one])


if __name__ == "__main__":
    main(sys.argv[1:])
