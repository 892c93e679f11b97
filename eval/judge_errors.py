"""Why verdicts are wrong, counted: `python -m eval.judge_errors DEAL_FOLDER... [--show]`.

Each deal is judged by weights learnt from the other deals and the pairs. Dev deals only: `--show`
prints the promises and clauses in words.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.readers.embedded.decision import Decision
from eval.judge_data import Held, read_deals, read_held_pairs
from eval.train_judge import train


def cause_of(held: Held, decision: Decision) -> str:
    """The first thing that went wrong on the way to a wrong verdict."""
    right = [
        a for a, label in zip(held.looked.lines, held.labels, strict=True) if label in ("supports", "opposes")
    ]
    if held.verdict == "vague":
        return "vague, taken for something that can be checked"
    if decision.verdict == "vague":
        return "taken for vague"
    if held.verdict == "not_in_contract":
        return f"silence taken for {decision.verdict}"
    if not right:
        return "the clause is not among those looked at"
    if decision.why is None:
        return "the clause is there, taken for silence"
    if decision.why not in right:
        return f"another clause decided ({held.verdict} called {decision.verdict})"
    if held.promise.measures.any and not any(a.comparisons for a in right):
        return "right clause, its number was not compared"
    if any(a.comparisons for a in right):
        return "right clause, numbers compared the wrong way or of the wrong thing"
    return f"right clause, its wording misread ({held.verdict} called {decision.verdict})"


def wrong_ones(folders: Sequence[Path]) -> Iterator[tuple[Held, Decision | None]]:
    """Every answered promise, with the decision where it is wrong and None where it is right."""
    deals, pairs = list(read_deals(folders)), list(read_held_pairs())
    for group in sorted({h.group for h in deals}):
        weights = train([*(h for h in deals if h.group != group), *pairs])
        for held in (h for h in deals if h.group == group):
            decision = held.judged(weights)
            yield held, (decision if decision.verdict != held.verdict else None)


def main(arguments: Sequence[str]) -> None:
    """Print a table of causes, and with --show each promise under its cause."""
    judged = list(wrong_ones([Path(a) for a in arguments if not a.startswith("--")]))
    causes = [(cause_of(held, decision), held, decision) for held, decision in judged if decision]
    print(f"{len(judged) - len(causes)} of {len(judged)} right, {len(causes)} wrong\n")
    print("| wrong | cause |\n| --- | --- |")
    for cause, count in Counter(c for c, _, _ in causes).most_common():
        print(f"| {count} | {cause} |")
        for held, decision in ((h, d) for c, h, d in causes if c == cause and "--show" in arguments):
            clause = decision.why.candidate.line.full if decision.why else "-"
            print(f"    {held.group} {held.promise.commitment.id}: {held.promise.whole}\n      {clause}")


if __name__ == "__main__":
    main(sys.argv[1:])
