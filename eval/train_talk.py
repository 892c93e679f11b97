"""Learn which sentences of a talk promise: `python -m eval.train_talk DEAL_FOLDER...`.

MiniLM's first layers, as its package has them, learn from the excerpts, the snippets and the deals given; the
linear model's weights beside them are learnt by `python -m eval.train`. With --unseen nothing is learnt from
the deals, nothing is written, and how well their sentences are told apart is printed. Two cores need half an
hour. Needs torch (2.13) and scikit-learn.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import torch
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import average_precision_score  # type: ignore[import-untyped]
from torch import Tensor
from torch.nn import functional

from assistant.evidence.record import DealRecord
from assistant.meanings.similarity import TALK_FILE
from assistant.meanings.talk import Laid, laid_out
from assistant.readers.embedded.classifier import odds_by
from assistant.readers.embedded.stretches import WEIGHED, stretches
from assistant.readers.embedded.utterances import Utterance, read_utterances
from eval.excerpts import read_excerpts
from eval.field_data import open_deal
from eval.gold import Gold
from eval.labelling import weighed
from eval.train import read_rows
from eval.train import train as learn_words
from eval.train_clauses import Read, reading
from eval.trained_file import write
from eval.trained_net import Listener, batches, learn, packaged_arrays
from eval.training_data import read_snippets

ORIGINS = {"deal": 2.0, "sparse": 1.0, "snippet": 0.5, "dense": 0.5}
"""What a sentence counts, by what it is from."""
ROUNDS = (tuple(ORIGINS), ("deal", "sparse", "snippet"))
"""What is learnt from in each: at last what is as sparse as talk."""
RATE = 1.5e-4
"""At its highest, early in the first round."""
SMOOTHED = 0.02
SHORTEST = 20
"""Words of the first stretch at least; where it ends is left to chance, so that neighbours change."""
SORTED = 600
"""Stretches that are sorted by length before they are cut into batches."""


class Talked(NamedTuple):
    """One source: its sentences, and of those that tell something whether they promise, and their weight."""

    origin: str
    said: Sequence[Utterance]
    told: dict[int, tuple[bool, float]]


class Learnt(NamedTuple):
    """A stretch as tokens, with what it is from and a label and a weight a weighed sentence."""

    laid: Laid
    origin: int
    labels: list[float]
    weights: list[float]


def read_talks(folders: Sequence[Path]) -> Iterator[Talked]:
    """The snippets, the excerpts and the deals given, source by source."""
    for _, rows in groupby(read_snippets(), lambda row: row.origin):
        kept = list(rows)
        told = {r.utterance.order: (r.promise, r.weight) for r in kept}
        yield Talked("snippet", [r.utterance for r in kept], told)
    for excerpt in read_excerpts():
        yield from _of_record(excerpt.record, excerpt.gold, "dense" if excerpt.kind == "dense" else "sparse")
    for folder in folders:
        yield from _of_record(*open_deal(folder), "deal")


def _of_record(record: DealRecord, gold: Gold, origin: str) -> Iterator[Talked]:
    for source in record.conversations:
        one = DealRecord(record.deal, (source,), (), record.roster, record.as_of)
        said = read_utterances(one, source)
        plain = [u for u in said if u.plain]
        yield Talked(origin, said, {u.order: (p, w) for u, p, w in weighed(plain, source.name, gold)})


def learnt_from(talk: Talked, read: Read, first: int = WEIGHED) -> Iterator[Learnt]:
    """The talk's stretches; `first`: words of the first one."""
    for stretch, said in stretches(talk.said, first):
        told = [talk.told.get(u.order, (False, 0.0)) for u in said]
        counts = ORIGINS[talk.origin]
        origin = list(ORIGINS).index(talk.origin)
        yield Learnt(
            laid_out(stretch, read), origin, [float(p) for p, _ in told], [w * counts for _, w in told]
        )


def _length(one: Learnt) -> int:
    return len(one.laid.tokens)


def logits(net: Listener, batch: Sequence[Learnt]) -> Tensor:
    """One a weighed sentence, as the net has them for talk of no kind written to learn from."""
    tokens = torch.zeros(len(batch), max(map(_length, batch)), dtype=torch.long)
    customer, there = torch.zeros_like(tokens, dtype=torch.bool), torch.zeros_like(tokens, dtype=torch.bool)
    for row, (laid, *_) in enumerate(batch):
        tokens[row, : len(laid.tokens)] = torch.tensor(laid.tokens)
        customer[row, : len(laid.tokens)] = torch.tensor(laid.customer, dtype=torch.bool)
        there[row, : len(laid.tokens)] = True
    spans = torch.tensor([(row, *span) for row, one in enumerate(batch) for span in one.laid.spans])
    found: Tensor = net(tokens, customer, there, spans)
    return found


def train(net: Listener, talks: Sequence[Talked], read: Read, chance: random.Random) -> None:
    """All rounds, ever more slowly towards the end."""

    def loss_of(batch: Sequence[Learnt]) -> Tensor:
        labels = torch.tensor([label for one in batch for label in one.labels])
        weights = torch.tensor([weight for one in batch for weight in one.weights])
        origins = torch.tensor([one.origin for one in batch for _ in one.labels])
        told = logits(net, batch) + net.origins[origins]
        smooth = labels * (1 - 2 * SMOOTHED) + SMOOTHED
        loss = functional.binary_cross_entropy_with_logits(told, smooth, weight=weights, reduction="sum")
        return loss / weights.sum().clamp(min=1)

    steps: list[list[Learnt]] = []
    for origins in ROUNDS:
        chosen = [talk for talk in talks if talk.origin in origins]
        cut = [one for talk in chosen for one in learnt_from(talk, read, chance.randint(SHORTEST, WEIGHED))]
        steps += batches(cut, _length, SORTED, chance)
    learn(net, steps, loss_of, RATE)


def report(net: Listener, talks: Sequence[Talked], read: Read) -> None:
    """Print how well the deals' sentences are told apart by the talk, by their words and by both.

    The words' weights have not seen the deals either; what both count together is what likelihood.py uses.
    """
    net.eval()
    words = learn_words(read_rows([]))
    found: list[tuple[float, float]] = []
    labels: list[float] = []
    for talk in talks:
        for (_, said), one in zip(stretches(talk.said), learnt_from(talk, read), strict=True):
            with torch.no_grad():
                told = logits(net, [one]).tolist()
            for utterance, odds, label, weight in zip(said, told, one.labels, one.weights, strict=True):
                if weight:
                    found.append((odds, odds_by(utterance, words)))
                    labels.append(label)
    both = LogisticRegression(C=10.0).fit(found, labels)
    talk_counts, words_count = both.coef_[0]
    print(f"talk {talk_counts:.2f}, words {words_count:.2f}, bias {both.intercept_[0]:.2f}")
    for name, odds in (
        ("by the talk", [a for a, _ in found]),
        ("by their words", [b for _, b in found]),
        ("by both", both.decision_function(found)),
    ):
        print(f"{name}: average precision {average_precision_score(labels, odds):.3f} of {len(labels)}")


def main(folders: Sequence[str], *, unseen: bool) -> None:
    """Learn, and write the weights or say how well the deals' sentences are told apart."""
    torch.manual_seed(1)
    net = Listener(packaged_arrays(), len(ORIGINS))
    talks, read, chance = list(read_talks([Path(f) for f in folders])), reading(), random.Random(1)
    if unseen:
        train(net, [talk for talk in talks if talk.origin != "deal"], read, chance)
        report(net, [talk for talk in talks if talk.origin == "deal"], read)
    else:
        train(net, talks, read, chance)
        write(net, TALK_FILE)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--unseen", action="store_true", help="learn nothing from the deals, and score them")
    given = parser.parse_args()
    main(given.folders, unseen=given.unseen)
