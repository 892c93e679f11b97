"""Talks with what they tell of paying; the format is in payment_talks/README.md.

python -m eval.payment_talks [FILE...]      check files, default all; count the flags raised, missed and wrong
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.evidence.record import DealRecord
from assistant.protocol.payment import DELAY_ASKED, LONGER_ASKED, NO_PURCHASE_ORDER
from assistant.readers.embedded.payment import find_payment
from assistant.readers.embedded.payment_told import TOLD, Learnt
from eval.talk_answers import NOT_TOLD, complaints_of, quotes_in, read_parts

TALKS = Path(__file__).resolve().parent / "payment_talks"
PAYMENT = "--- payment"
FLAGS = {"longer_terms": LONGER_ASKED, "delay": DELAY_ASKED, "missing_order": NO_PURCHASE_ORDER}


@dataclass
class PaymentTalk:
    """One file: its record, the sentences that tell something of paying, and the flags that follow."""

    name: str
    record: DealRecord
    told: dict[str, list[str]] = field(default_factory=dict)
    """One of TOLD -> quotes; none where nothing tells it."""
    flags: set[str] | None = None
    """Of FLAGS, in the packet's words; None where the file does not say."""
    complaints: list[str] = field(default_factory=list)


def read_talk(path: Path) -> PaymentTalk:
    """One file; what cannot be understood is complained of and left out."""
    excerpt, below = read_parts(path, PAYMENT)
    talk = PaymentTalk(path.stem, excerpt.record, complaints=excerpt.complaints)
    talk.complaints += complaints_of(path, excerpt, below, lambda line, said: _take(line, talk, said))
    unanswered = [one for one in TOLD if one not in talk.told] + ["flags"] * (talk.flags is None)
    talk.complaints += [f"{path.name}: {one} has no line" for one in unanswered]
    return talk


def _take(line: str, talk: PaymentTalk, said: Sequence[str]) -> str:
    """Note what the line tells; what is wrong with it, "" where nothing is."""
    what, *rest = (part.strip() for part in line.split(" | "))
    if what == "flags":
        named = [one for one in rest if one != NOT_TOLD]
        talk.flags = {FLAGS[one] for one in named if one in FLAGS}
        return "" if rest and set(named) <= set(FLAGS) else f"flags | - or any of {', '.join(FLAGS)}"
    if what not in TOLD or not rest:
        return f"one of {', '.join(TOLD)} | quote, or | - | decoy"
    quotes, problem = quotes_in(rest, said)
    if problem:
        return problem
    told = talk.told.setdefault(what, [])
    told += [] if NOT_TOLD in rest else quotes
    return ""


def read_talks(files: Sequence[Path] = ()) -> Iterator[PaymentTalk]:
    """These, or all of them by name."""
    return map(read_talk, files or sorted(TALKS.glob("*.txt")))


def outcomes(talk: PaymentTalk, learnt: Learnt | None = None) -> Iterator[tuple[str, str]]:
    """Of every flag that the answers or the reader raise: which, and found, missed or wrong."""
    wanted = talk.flags or set()
    found = set(find_payment(talk.record, learnt).red_flags) & set(FLAGS.values())
    yield from ((flag, "found" if flag in found else "missed") for flag in sorted(wanted))
    yield from ((flag, "wrong") for flag in sorted(found - wanted))


def main(files: Sequence[str]) -> int:
    """Print complaints and figures; 1 where there is a complaint."""
    talks = list(read_talks([Path(file) for file in files]))
    complaints = [c for talk in talks for c in talk.complaints]
    print("\n".join(complaints), end="\n" if complaints else "")
    print(f"{len(talks)} talks")
    print_counts(one for talk in talks for one in outcomes(talk))
    return 1 if complaints else 0


def print_counts(found: Iterable[tuple[str, str]]) -> None:
    """A line a flag."""
    many = Counter(found)
    for flag in FLAGS.values():
        print(f"{flag}: " + ", ".join(f"{many[flag, how]} {how}" for how in ("found", "missed", "wrong")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
