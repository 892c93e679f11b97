"""Learn what tells something of paying: `python -m eval.train_payment [--held-out]`.

One logistic regression over words and one over meanings for each of payment_told.TOLD, from the talks of
eval/payment_talks and, at less weight, from field talks and sparse excerpts, where hardly a sentence does
(elsewhere.list has those that do). `--held-out` counts the flags of each third of the talks by weights that
the others gave. Six minutes on one core, held out fifteen. Needs scipy; using the weights does not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.evidence.record import DealRecord
from assistant.readers.embedded.field_likelihood import load_weights
from assistant.readers.embedded.field_meaning import load_meanings
from assistant.readers.embedded.payment_told import MEANING_FILE, TOLD, WORDS_FILE, Learnt
from assistant.readers.embedded.statements import read_statements
from eval.excerpts import read_excerpts
from eval.field_data import TALK, Stated, quoted_rows
from eval.field_talks import read_talks as read_field_talks
from eval.payment_talks import TALKS, PaymentTalk, outcomes, print_counts, read_talks
from eval.train_fields import train, write_weights
from eval.train_meanings import train_meanings, write_meanings

ELSEWHERE = TALKS / "elsewhere.list"
PARTS = 3


def rows_of(talk: PaymentTalk) -> Iterator[Stated]:
    """Every statement of a talk with what it tells."""
    return quoted_rows(talk.record, talk.told, talk.name)


def rows_elsewhere() -> Iterator[Stated]:
    """Every statement of field talks and sparse excerpts, most of which tell nothing of paying."""
    told: dict[tuple[str, str], set[str]] = {}
    for line in ELSEWHERE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            what, name, text = line.split(" | ", 2)
            told.setdefault((name, text), set()).add(what)
    for name, record in _records():
        for s in read_statements(record):
            yield Stated(s, frozenset(told.get((name, s.text), ())), TALK, True)


def _records() -> Iterator[tuple[str, DealRecord]]:
    yield from ((talk.name, talk.record) for talk in read_field_talks())
    yield from ((excerpt.name, excerpt.record) for excerpt in read_excerpts(kinds=["sparse"]))


def learn(rows: Sequence[Stated]) -> None:
    """Write the weights that these rows give."""
    write_weights(train(rows, TOLD), WORDS_FILE)
    write_meanings(train_meanings(rows, TOLD), MEANING_FILE)


def held_out(talks: Sequence[PaymentTalk], others: Sequence[Stated]) -> None:
    """Print how the flags of talks are told that were not learnt from."""
    found: list[tuple[str, str]] = []
    for part in range(PARTS):
        left = talks[part::PARTS]
        rows = [*others, *(r for talk in talks if talk not in left for r in rows_of(talk))]
        learnt = _learnt(rows)
        found += [one for talk in left for one in outcomes(talk, learnt)]
    print(f"{len(talks)} talks, each part by weights that the others gave")
    print_counts(found)


def _learnt(rows: Sequence[Stated]) -> Learnt:
    meant = train_meanings(rows, TOLD)
    weights = np.array([weights for _, weights in meant.values()], dtype=np.float32)
    biases = np.array([bias for bias, _ in meant.values()], dtype=np.float32)
    return Learnt(train(rows, TOLD), (tuple(meant), weights, biases))


def main(arguments: Sequence[str]) -> None:
    """Report on talks left out where asked; else learn from all and write the weights."""
    talks, others = list(read_talks()), list(rows_elsewhere())
    if "--held-out" in arguments:
        held_out(talks, others)
        return
    learn([*others, *(r for talk in talks for r in rows_of(talk))])
    load_weights.cache_clear()
    load_meanings.cache_clear()
    print_counts(one for talk in talks for one in outcomes(talk))


if __name__ == "__main__":
    main(sys.argv[1:])
