"""Learn to read a promise together with a contract's lines: `python -m eval.train_clauses DEAL_FOLDER...`.

MiniLM's first layers, as its package has them, learn from excerpts of eval/excerpts (dense and alike) which
line decides a promise, on which side, and what follows from all lines; how the deals given, which they have
not seen, are read is printed at the end. What was read of the excerpts is kept in out/. A round over 27,574
promises took 36 minutes on one core. Needs torch (2.13) and flite.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from assistant.evidence.figures import larger_as_figures
from assistant.meanings.asked import MOST, Beside
from assistant.meanings.clauses import Laid, Verdicts, laid_out
from assistant.meanings.similarity import CLAUSES_FILE, load_tokenizer
from eval.excerpts import read_excerpts
from eval.judge_data import Held, hold_deal, read_deals, with_demands
from eval.misheard import Alike, alike_words, misheard
from eval.trained_file import kept, write
from eval.trained_net import Reader, batches, learn, packaged_arrays

KEPT = Path("out/clauses_rows.json")
RATES = (1.5e-4, 1e-4)
"""Of each round over the promises, at its highest; whatever meets a contract often learns it by heart."""
FEWEST = 3
"""Lines that a promise is read with at least; how many is left to chance."""
TAKEN_OUT, PUT_IN, OTHER = 0.12, 0.7, 0.25
"""Of so many promises the deciding lines are taken out, those further behind are put in, or one that decides
nothing gives way to one further behind: so silence is learnt as well, and more lines are."""
NEITHER = 0.6
"""What a line that decides nothing counts, beside one that decides."""
VERDICT = 0.5
"""What the verdict counts, beside the lines."""
HEARD = 0.3
"""Of the promises so many are read as a recording's ear might have written them."""
SMOOTHED = 0.05
SORTED = 1600
"""Promises that are sorted by length before they are cut into batches."""
LABELS = {"neither": 0, "supports": 1, "opposes": 2}
UNTOLD = -100
"""Of a line or verdict that the answers do not tell."""
Read = Callable[[str], tuple[int, ...]]
"""The tokens of a text."""


class Row(NamedTuple):
    """A promise and lines as they are read, nearest first, with its verdict and what each line says of it."""

    promise: str
    lines: list[str]
    verdict: str
    labels: list[str]


class Example(NamedTuple):
    """Tokens, with the labels of the lines and of the verdict (UNTOLD where not known)."""

    laid: Laid
    labels: list[int]
    verdict: int


def learnt_from() -> list[Row]:
    """The excerpts' promises, each against its own contract; kept, for it takes some minutes."""
    found = (
        row_of(one)
        for excerpt in read_excerpts(kinds=["dense", "alike"])
        for one in hold_deal(excerpt.record, with_demands(excerpt.record, excerpt.gold), reads=False)
    )
    return [Row(*row) for row in kept(KEPT, found)]


def row_of(held: Held) -> Row:
    """What is learnt from of a promise with its lines."""
    said = larger_as_figures(held.promise.with_side)
    lines = [larger_as_figures(one.candidate.line.full) for one in held.looked.lines]
    return Row(said, lines, held.verdict, list(held.labels))


def example(row: Row, read: Read, alike: Alike, chance: random.Random) -> Example:
    """The promise, now and then as it might be heard, with some of its lines, in their order."""
    shown = sorted(_shown(row, chance))
    labels = [LABELS.get(row.labels[n], UNTOLD) for n in shown]
    verdict = Verdicts._fields.index(row.verdict)
    if row.verdict in ("covered", "contradicted") and not any(label > 0 for label in labels):
        # The line that decides is not among these: they say nothing, if that can be known.
        verdict = UNTOLD if UNTOLD in labels else Verdicts._fields.index("not_in_contract")
    asked = Beside(_said(row.promise, alike, chance), tuple(row.lines[n] for n in shown))
    return Example(laid_out(asked, read), labels, verdict)


def _said(promise: str, alike: Alike, chance: random.Random) -> str:
    side, said = promise.split(": ", 1)
    return f"{side}: {misheard(said, alike, chance)}" if chance.random() < HEARD else promise


def _shown(row: Row, chance: random.Random) -> list[int]:
    """Numbers of the lines that are shown."""
    many = min(len(row.labels), chance.choice([*range(FEWEST, MOST + 1), MOST]))
    deciding = [n for n, label in enumerate(row.labels) if label in ("supports", "opposes")]
    first = list(range(many))
    if deciding and deciding[0] >= many:
        return first[:-1] + deciding[:1] if chance.random() < PUT_IN else first
    if deciding and len(deciding) <= 2 and chance.random() < TAKEN_OUT:
        return [n for n, label in enumerate(row.labels) if label == "neither"][:many]
    given_way = chance.randrange(many) if len(row.labels) > many and chance.random() < OTHER else None
    if given_way is not None and given_way not in deciding:
        first[given_way] = chance.randrange(many, len(row.labels))
    return first


def _length(one: Example) -> int:
    return len(one.laid.tokens)


def tensors(laid: Sequence[Laid]) -> tuple[Tensor, Tensor, Tensor]:
    """Tokens, places and parts, filled up to the longest; see Reader.forward."""
    longest = max(len(one.tokens) for one in laid)
    filled = [
        [[*given, *[filling] * (longest - len(given))] for given in of]
        for of, filling in zip(zip(*((one.tokens, one.places, one.parts) for one in laid), strict=True),
                               (0, 0, -1), strict=True)
    ]  # fmt: skip
    tokens, places, parts = map(torch.tensor, filled)
    return tokens, places, parts


def loss(reader: Reader, batch: Sequence[Example]) -> Tensor:
    """Of the lines and of the verdict."""
    with torch.autocast("cpu", torch.bfloat16):  # half the time
        lines, verdicts = reader(*tensors([one.laid for one in batch]))
    labels = [[*one.labels, *[UNTOLD] * (lines.shape[1] - len(one.labels))] for one in batch]
    told = torch.tensor([one.verdict for one in batch])
    of_lines = functional.cross_entropy(
        lines.float().reshape(-1, len(LABELS)), torch.tensor(labels).reshape(-1),
        weight=torch.tensor([NEITHER, 1.0, 1.0]), label_smoothing=SMOOTHED, ignore_index=UNTOLD,
    )  # fmt: skip
    if not (told >= 0).any():
        return of_lines
    of_verdicts = functional.cross_entropy(
        verdicts.float(), told, label_smoothing=SMOOTHED, ignore_index=UNTOLD
    )
    return of_lines + VERDICT * of_verdicts


def report(reader: Reader, rows: Iterable[Row], read: Read) -> None:
    """Print how often a promise's deciding line is read rightly, and is the likeliest, and the verdict is."""
    reader.eval()
    many = Counter[str]()
    for row in rows:
        with torch.no_grad():
            asked = Beside(row.promise, tuple(row.lines[:MOST]))
            lines, verdicts = (told[0] for told in reader(*tensors([laid_out(asked, read)])))
        many["all"] += 1
        many["verdict"] += Verdicts._fields[int(verdicts.argmax())] == row.verdict
        deciding = [n for n, label in enumerate(row.labels[:MOST]) if label in ("supports", "opposes")]
        if deciding:
            decides = lines[:, 1:].logsumexp(dim=1) - lines[:, 0]
            many["decided"] += 1
            many["first"] += int(decides.argmax()) in deciding
            side = "opposes" if lines[deciding[0], 2] > lines[deciding[0], 1] else "supports"
            many["side"] += side == row.labels[deciding[0]]
    print(", ".join(f"{name} {number}" for name, number in many.items()))


def reading() -> Read:
    """What makes tokens of a text, each text once."""
    tokenizer = load_tokenizer()
    return cache(lambda text: tuple(tokenizer.encode(text, add_special_tokens=False).ids))


def main(folders: Sequence[str]) -> None:
    """Train, write the weights, and say how the deals' lines are read."""
    torch.manual_seed(1)
    reader = Reader(packaged_arrays())
    rows, read, chance = learnt_from(), reading(), random.Random(1)
    alike = alike_words(row.promise for row in rows)
    print(f"{len(rows)} promises", flush=True)
    for rate in RATES:
        examples = [example(row, read, alike, chance) for row in rows if row.lines]
        learn(reader, batches(examples, _length, SORTED, chance), lambda batch: loss(reader, batch), rate)
    write(reader, CLAUSES_FILE)
    report(reader, map(row_of, read_deals([Path(folder) for folder in folders], reads=False)), read)


if __name__ == "__main__":
    main(sys.argv[1:])
