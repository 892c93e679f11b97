"""Talks with what they tell for the deal summary, path by path; the format is in field_talks/README.md.

    python -m eval.field_talks [FILE...]      check files, default all, and count what they hold
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.evidence.record import DealRecord
from assistant.readers.embedded.field_sure import load_sure
from eval.talk_answers import NOT_TOLD, complaints_of, quotes_in, read_parts

TALKS = Path(__file__).resolve().parent / "field_talks"
FIELDS = "--- fields"


@dataclass
class FieldTalk:
    """One file: its record, and by path all quotes that state it; `complaints` say what is wrong."""

    name: str
    record: DealRecord
    stated: dict[str, list[str]] = field(default_factory=dict)
    """Path -> quotes; none where nothing tells it."""
    complaints: list[str] = field(default_factory=list)


def read_talk(path: Path) -> FieldTalk:
    """One file; what cannot be understood is complained of and left out."""
    excerpt, below = read_parts(path, FIELDS)
    talk = FieldTalk(path.stem, excerpt.record, complaints=excerpt.complaints)
    talk.complaints += complaints_of(path, excerpt, below, lambda line, said: _take(line, talk, said))
    unanswered = sorted(set(load_sure()["path"]) - set(talk.stated))
    talk.complaints += [f"{path.name}: {one} has no line" for one in unanswered]
    return talk


def _take(line: str, talk: FieldTalk, said: Sequence[str]) -> str:
    """Note what the line tells; what is wrong with it, "" where nothing is."""
    path, *rest = (part.strip() for part in line.split(" | "))
    if path not in load_sure()["path"]:
        return f"no path that is asked: {path!r}"
    if not rest:
        return "path | quote, or path | - | decoy"
    quotes, problem = quotes_in(rest, said)
    if problem:
        return problem
    told = talk.stated.setdefault(path, [])
    if NOT_TOLD in rest:
        return f"{path} is told and not told" if told else ""
    told += quotes
    return ""


def read_talks(files: Sequence[Path] = ()) -> Iterator[FieldTalk]:
    """These, or all of them by name."""
    return map(read_talk, files or sorted(TALKS.glob("*.txt")))


def main(files: Sequence[str]) -> int:
    """Print complaints and counts; 1 where there is a complaint."""
    talks = list(read_talks([Path(file) for file in files]))
    complaints = [c for talk in talks for c in talk.complaints]
    print("\n".join(complaints), end="\n" if complaints else "")
    told = Counter(path for talk in talks for path, quotes in talk.stated.items() if quotes)
    print(f"{len(talks)} talks, {sum(told.values())} paths told, {sum(len(t.stated) for t in talks)} asked")
    print(", ".join(f"{path.split('.')[1]} {many}" for path, many in told.most_common()))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
