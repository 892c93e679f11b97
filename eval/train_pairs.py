"""Learn to read a promise and a contract's line together: `python -m eval.train_pairs DEAL_FOLDER...`.

MiniLM's first layers, as its package has them, learn from the dense excerpts of eval/excerpts whether a line
supports a promise, opposes it, or neither; how the lines of the deals given, which they have not seen, are
read is printed at the end. What was read of the excerpts is kept in out/, for that takes as long as learning.
Two cores need an hour. Needs torch (2.13).
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from assistant.meanings.minilm import BEGIN, END
from assistant.meanings.pairs import FIRST, SECOND
from assistant.meanings.similarity import PAIRS_FILE, VOCABULARY
from assistant.readers.embedded.judge import with_side
from eval.excerpts import read_excerpts
from eval.judge_data import Held, hold_deal, read_deals, with_demands
from eval.trained_net import Reader, batches, learn, packaged_arrays, write

KEPT = Path("out/pairs_rows.json")
RATES = (6e-6, 6e-6, 1.5e-4)
"""Of each round over the promises, at its highest; whatever meets a contract often learns it by heart."""
NEAR, OTHERS = 1, 5
"""Of the lines that decide nothing the most relevant one is learnt from, and one of so many that follow."""
NEITHER = 0.6
"""What such a line counts, beside one that decides."""
SMOOTHED = 0.05
SORTED = 1600
"""Pairs that are sorted by length before they are cut into batches."""
LABELS = {"neither": 0, "supports": 1, "opposes": 2}
Read = Callable[[str], tuple[int, ...]]
"""The tokens of a text."""


class Pair(NamedTuple):
    """Tokens of a promise and of a line, and what the line says of it (LABELS)."""

    first: tuple[int, ...]
    second: tuple[int, ...]
    label: int


class Row(NamedTuple):
    """A promise with its side before it, its verdict, and the contract's lines with what each says of it."""

    group: str
    promise: str
    verdict: str
    lines: list[str]
    labels: list[str]


def dense() -> list[Row]:
    """The promises of the dense excerpts, each against its own contract; kept, for it takes some minutes."""
    if not KEPT.exists():
        found = [
            row_of(one)
            for excerpt in read_excerpts(kinds=["dense"])
            for one in hold_deal(excerpt.record, with_demands(excerpt.record, excerpt.gold), reads=False)
        ]
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(found), encoding="utf-8")
    return [Row(*row) for row in json.loads(KEPT.read_text(encoding="utf-8"))]


def row_of(held: Held) -> Row:
    """What is learnt from of a promise with its lines."""
    lines = [one.candidate.line.full for one in held.assessments]
    return Row(held.group, with_side(held.promise), held.verdict, lines, list(held.labels))


def pairs_of(rows: Iterable[Row], read: Read, chance: random.Random) -> list[Pair]:
    """Of each promise the lines that decide it, and two that do not; of a vague one a single line."""
    found: list[Pair] = []
    for row in rows:
        deciding = [n for n, label in enumerate(row.labels) if label in ("supports", "opposes")][:2]
        others = [n for n, label in enumerate(row.labels) if label == "neither"]
        further = others[NEAR : NEAR + OTHERS]
        chosen = [*deciding, *others[:NEAR]]
        if row.verdict != "vague" and further:
            chosen.append(chance.choice(further))
        found += [_pair(row, n, read) for n in chosen]
    return found


def _pair(row: Row, number: int, read: Read) -> Pair:
    first, second = read(row.promise), read(row.lines[number])
    return Pair(first[-FIRST:], second[:SECOND], LABELS.get(row.labels[number], 0))


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


def train(reader: Reader, rows: Sequence[Row], read: Read, rate: float, chance: random.Random) -> None:
    """Once over the promises, ever more slowly towards the end."""
    weights = torch.tensor([NEITHER, 1.0, 1.0])

    def loss_of(batch: Sequence[Pair]) -> Tensor:
        labels = torch.tensor([pair.label for pair in batch])
        return functional.cross_entropy(
            reader(*tensors(batch)), labels, weight=weights, label_smoothing=SMOOTHED
        )

    steps = batches(pairs_of(rows, read, chance), _length, SORTED, chance)
    learn(reader, steps, loss_of, rate)


def report(reader: Reader, rows: Iterable[Row], read: Read) -> None:
    """Print of how many promises the line that decides them is read rightly, and is the likeliest."""
    reader.eval()
    sides, firsts, many = 0, 0, 0
    for row in rows:
        deciding = [n for n, label in enumerate(row.labels) if label in ("supports", "opposes")]
        if not deciding:
            continue
        pairs = [_pair(row, n, read) for n in range(len(row.labels))]
        with torch.no_grad():
            told = torch.log_softmax(reader(*tensors(pairs)), dim=-1)
        best = deciding[0]
        many += 1
        sides += bool((told[best, 2] > told[best, 1]) == (pairs[best].label == LABELS["opposes"]))
        firsts += int(told[:, 1:].max(dim=1).values.argmax()) in deciding
    if many:
        print(f"{many} promises: side right {sides / many:.3f}, the right line first {firsts / many:.3f}")


def reading() -> Read:
    """What makes tokens of a text, each text once."""
    tokenizer = Tokenizer.from_file(str(VOCABULARY))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return cache(lambda text: tuple(tokenizer.encode(text, add_special_tokens=False).ids))


def main(folders: Sequence[str]) -> None:
    """Train, write the weights, and say how the deals' lines are read."""
    torch.manual_seed(1)
    reader = Reader(packaged_arrays())
    rows, read = dense(), reading()
    print(f"{len(rows)} promises", flush=True)
    chance = random.Random(1)
    for rate in RATES:
        train(reader, rows, read, rate, chance)
    write(reader, PAIRS_FILE)
    unseen = read_deals([Path(folder) for folder in folders], reads=False)
    report(reader, map(row_of, unseen), read)


if __name__ == "__main__":
    main(sys.argv[1:])
