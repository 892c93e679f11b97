"""How well it is told which promises are taken back: `python -m eval.retractions`.

The sparse and alike excerpts' own promises are given, so only two things are asked: which sentences take a
promise back, and which promise that is. Half a minute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.packet import Commitment
from assistant.readers.embedded.history import retract, takes_back
from assistant.readers.embedded.nearness import Nearness
from eval.excerpts import Excerpt, read_excerpts
from eval.judge_data import as_commitment
from eval.labelling import all_said

WITHDRAWN, OPEN = "withdrawn", "not_in_contract"


def withdrawn_in(excerpt: Excerpt) -> tuple[list[str], list[str]]:
    """Ids of the promises that are taken back by the answers, and by the reader."""
    record, answers = excerpt.record, excerpt.gold.commitments
    said = all_said(record)
    near = Nearness([u.sentence.text for u in said])
    promises: list[Commitment] = [
        as_commitment(answer, record).model_copy(update={"verdict": OPEN}) for answer in answers
    ]
    for at, utterance in enumerate(said):
        if takes_back(utterance):
            retract(promises, said, at, near)
    wanted = [answer.id for answer in answers if answer.verdict == WITHDRAWN]
    return wanted, [promise.id for promise in promises if promise.verdict == WITHDRAWN]


def outcomes() -> Iterator[str]:
    """Of every promise that is taken back, or said to be: found, missed or wrong."""
    for excerpt in read_excerpts(kinds=["sparse", "alike"]):
        wanted, found = map(set, withdrawn_in(excerpt))
        yield from ["found"] * len(wanted & found)
        yield from ["missed"] * len(wanted - found)
        yield from ["wrong"] * len(found - wanted)


def main() -> None:
    """Print how many are found, missed and wrong."""
    many = Counter(outcomes())
    print(", ".join(f"{many[name]} {name}" for name in ("found", "missed", "wrong")))


if __name__ == "__main__":
    main()
