"""Learn to lay promises near the lines that decide them: `python -m eval.train_places DEAL_FOLDER...`.

A bi-encoder: MiniLM's upper layers, as its package has them, learn from excerpts of eval/excerpts (dense and
alike) to lay each promise nearest to the line of its contract that decides it, and near none where no line
does. How often the deals given, which they have not seen, have a deciding line among the first is printed at
the end. What was read of the excerpts is kept in out/. A round over 51,553 promises takes an hour on one
core. Needs torch (2.13) and flite.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from assistant.evidence.record import DealRecord
from assistant.meanings.asked import Placed
from assistant.meanings.similarity import PLACES_FILE, laid_out
from assistant.readers.embedded.contract_lines import placed as placed_lines
from assistant.readers.embedded.promise_view import placed, wording
from assistant.readers.embedded.terms import judged_lines, list_terms
from eval.excerpts import read_excerpts
from eval.field_data import open_deal
from eval.gold import Gold
from eval.judge_data import as_commitment, label_of, with_demands
from eval.misheard import Alike, alike_words, misheard
from eval.train_clauses import Read, reading
from eval.train_lines import among_first
from eval.trained_file import kept, write_upper
from eval.trained_net import BiEncoder, learn, packaged_arrays, parts

KEPT = Path("out/places_contracts.json")
RATE = 1e-4
"""At its highest."""
AT_ONCE, FEWEST = 32, 8
"""Promises of one contract that are learnt from in a step, at most and at least."""
HEARD = 0.2
"""Of the promises so many are read as a recording's ear might have written them."""
SILENCE = 0.5
"""What a promise counts that no line decides, beside one that a line does."""
TOKENS = 2600
"""That are computed at once, with what fills up what is shorter."""
DECIDES, ANOTHER, UNTOLD = 1, 0, -1
"""What a line is to a promise; UNTOLD where the answers do not say."""
LABELS = {"supports": DECIDES, "opposes": DECIDES, "neither": ANOTHER, "": UNTOLD}


class Contract(NamedTuple):
    """Texts of its lines and of the promises held against it, and what each line is to each promise."""

    lines: list[str]
    promises: list[str]
    labels: list[list[int]]


def contract_of(record: DealRecord, gold: Gold) -> Contract:
    """The record's contract with the answered promises, save those whose line is none that is judged by."""
    lines = judged_lines(record, list_terms(record))
    found: list[tuple[str, list[int]]] = []
    for answer in gold.commitments if lines else ():
        labels = [LABELS[label_of(line, answer)] for line in lines]
        if answer.verdict in ("not_in_contract", "vague") or DECIDES in labels:
            commitment = as_commitment(answer, record)
            _, whole, before = wording(commitment, record)
            found.append((placed(commitment, whole, before).text, labels))
    texts = [one.text for one in placed_lines(lines)]
    return Contract(texts, [text for text, _ in found], [labels for _, labels in found])


def learnt_from() -> list[Contract]:
    """The excerpts' contracts; kept, for reading them takes some minutes."""
    found = (
        contract_of(one.record, with_demands(one.record, one.gold))
        for one in read_excerpts(kinds=["dense", "alike"])
    )
    return [Contract(*one) for one in kept(KEPT, found)]


def steps_of(contracts: Sequence[Contract], chance: random.Random) -> list[Contract]:
    """AT_ONCE promises of a contract with all its lines, in an order left to chance."""
    steps: list[Contract] = []
    for one in contracts:
        order = chance.sample(range(len(one.promises)), len(one.promises))
        taken = [order[at : at + AT_ONCE] for at in range(0, len(order), AT_ONCE)]
        for part in (part for part in taken if len(part) >= FEWEST):
            steps.append(
                Contract(one.lines, [one.promises[i] for i in part], [one.labels[i] for i in part])
            )
    return chance.sample(steps, len(steps))


def as_heard(one: Contract, alike: Alike, chance: random.Random) -> Contract:
    """With some of the promises as an ear might have written them."""
    said = [misheard(text, alike, chance) if chance.random() < HEARD else text for text in one.promises]
    return one._replace(promises=said)


def vectors(encoder: BiEncoder, texts: Sequence[Sequence[int]]) -> Tensor:
    """A row a text of these tokens; those of like length are computed together."""
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    together = parts(order, lambda at: len(texts[at]), TOKENS)
    rows = [encoder(*_filled([texts[at] for at in part])).float() for part in together]
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat(rows)[back]


def _filled(texts: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    longest = len(texts[-1])
    tokens = torch.tensor([[*text, *[0] * (longest - len(text))] for text in texts])
    there = torch.tensor([[at < len(text) for at in range(longest)] for text in texts])
    return tokens, there


def scores(encoder: BiEncoder, one: Contract, read: Read) -> Tensor:
    """How likely each line decides each promise, as logits (promises, lines)."""
    asked = [Placed("promise", text) for text in one.promises]
    asked += [Placed("line", text) for text in one.lines]
    with torch.autocast("cpu", torch.bfloat16):
        found = vectors(encoder, [laid_out(text, read) for text in asked])
    many = len(one.promises)
    return found[:many] @ found[many:].T * encoder.sharp.exp()


def loss(encoder: BiEncoder, one: Contract, read: Read) -> Tensor:
    """Of the line that decides, or of no line's deciding, among all lines of the contract."""
    labels = torch.tensor(one.labels)
    of_lines = scores(encoder, one, read).masked_fill(labels == UNTOLD, -torch.inf)
    shares = torch.cat([of_lines, encoder.silent.expand(len(labels), 1)], dim=1).log_softmax(dim=1)
    right = shares[:, :-1].masked_fill(labels != DECIDES, -torch.inf).logsumexp(dim=1)
    decided = (labels == DECIDES).any(dim=1)
    told = decided | ~(labels == UNTOLD).any(dim=1)
    lost: Tensor = -torch.where(decided, right, SILENCE * shares[:, -1])[told]
    return lost.mean() if len(lost) else shares.sum() * 0


def report(encoder: BiEncoder, contracts: Iterable[Contract], read: Read) -> None:
    """Print how often a deciding line is among the first."""
    encoder.eval()
    ranks: list[int] = []
    for one in (one for one in contracts if one.promises):
        labels = torch.tensor(one.labels)
        with torch.no_grad():
            given = scores(encoder, one, read)
        best = given.masked_fill(labels != DECIDES, -torch.inf).amax(dim=1, keepdim=True)
        rank = ((given > best) & (labels == ANOTHER)).sum(dim=1)
        ranks += rank[(labels == DECIDES).any(dim=1)].tolist()
    print(among_first(ranks))


def main(folders: Sequence[str]) -> None:
    """Train, write the weights, and say how the deals' lines are ranked."""
    torch.manual_seed(1)
    encoder, read, chance = BiEncoder(packaged_arrays()), reading(), random.Random(1)
    contracts = learnt_from()
    alike = alike_words(text for one in contracts for text in one.promises)
    steps = steps_of(contracts, chance)
    print(f"{len(contracts)} contracts, {len(steps)} steps", flush=True)
    learn(encoder, steps, lambda one: loss(encoder, as_heard(one, alike, chance), read), RATE)
    write_upper(encoder, PLACES_FILE)
    report(encoder, (contract_of(*open_deal(Path(folder))) for folder in folders), read)


if __name__ == "__main__":
    main(sys.argv[1:])
