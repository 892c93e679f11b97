"""Sentences that state a path of the deal summary, and sentences that state none: written ones and deals'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.deal_file import find_deal_file, read_deal
from assistant.evidence.record import DealRecord
from assistant.packet import Deal, Side
from assistant.pipeline import make_record
from assistant.readers.embedded.sentences import plain
from assistant.readers.embedded.statements import Statement, read_statements
from eval.gold import Gold, load_gold
from eval.scorers import same_words
from eval.training_data import read_snippets
from extractors import read_folder
from extractors.segments import Segment, Source

WRITTEN = Path(__file__).parent / "training_fields"
JUDGED = Path(__file__).parent / "judged_fields.txt"
NONE = "none"
_SOURCE = Source(name="written", kind="call", sha256="", segments=())


@dataclass(frozen=True)
class Stated:
    """A sentence, the paths it states, and the deal it is from; `sure` where no path can have been missed."""

    statement: Statement
    paths: frozenset[str]
    origin: str
    sure: bool


def read_written(folder: Path = WRITTEN) -> Iterator[Stated]:
    """The sentences written for training, `path | V, C or K | sentence | question before it`."""
    for file in sorted(folder.glob("*.txt")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip() and not line.startswith("#"):
                yield _written(line, f"{file.name}:{number}")


def _written(line: str, where: str) -> Stated:
    parts = [p.strip() for p in line.split(" | ")]
    if len(parts) not in (3, 4) or parts[1] not in ("V", "C", "K"):
        raise ValueError(f"{where}: `path | V, C or K | sentence | question`, not {line[:50]!r}")
    path, side, text = parts[:3]
    asked = plain(parts[3]) if len(parts) == 4 else ""
    return Stated(said(text, side, asked), frozenset({path} - {NONE}), "written", True)


_SIDES: dict[str, Side] = {"V": "vendor", "C": "customer"}


def said(text: str, side: str, asked: str = "") -> Statement:
    """A sentence outside any deal: side "V", "C", or "K" for a contract's."""
    segment = Segment(id="s", text=text, kind="clause" if side == "K" else "turn", locator="")
    return Statement(
        _SOURCE, segment, text, plain(text), _SIDES.get(side), side == "K", 0,
        asked=asked, is_question=text.endswith("?"),
    )  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """A value that a draft of an excerpt gave a path, and whether it was right."""

    right: bool
    path: str
    excerpt: str
    side: str
    """ "V", "C", "K" for a contract, "-" where nobody's side is known."""
    text: str


def read_judged(file: Path = JUDGED) -> list[Judged]:
    """The values judged by hand; ValueError names the first line that is none."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.startswith("#"):
            parts = line.split(" | ", 4)
            if len(parts) != 5 or parts[0] not in ("right", "wrong"):
                raise ValueError(f"{file.name}:{number}: `right or wrong | path | excerpt | side | sentence`")
            found.append(Judged(parts[0] == "right", *parts[1:]))
    return found


def judged_rows(judged: Iterable[Judged]) -> Iterator[Stated]:
    """The same as sentences to learn from, each once with all paths that it states."""
    paths: dict[tuple[str, str, str], set[str]] = {}
    for j in judged:
        if j.side != "-":
            paths.setdefault((j.excerpt, j.side, j.text), set()).update([j.path] if j.right else [])
    for (excerpt, side, text), stated in paths.items():
        yield Stated(said(text, side), frozenset(stated), excerpt, True)


def read_unlabelled() -> Iterator[Stated]:
    """The snippets of eval/training, in which hardly a sentence states a given path."""
    for row in read_snippets():
        u = row.utterance
        yield Stated(said(u.sentence.text, "V" if u.side == "vendor" else "C"), frozenset(), "snippet", False)


def open_deal(folder: Path) -> tuple[DealRecord, Gold]:
    """A deal's record and its answers."""
    deal_file = find_deal_file(folder)
    sources, _ = read_folder(folder)
    deal = read_deal(deal_file) if deal_file else Deal()
    return make_record(deal, sources, [], date(2026, 1, 1)), load_gold(folder)


def label_statements(record: DealRecord, gold: Gold) -> Iterator[Stated]:
    """Every statement of a deal with the paths whose answer quotes it."""
    for s in read_statements(record):
        file = s.source.name.rsplit("/", 1)[-1]
        quoted = {
            path for path, g in gold.fields.items()
            if g.quote and (g.source or "").rsplit("/", 1)[-1] == file and _quoted(s.text, g.quote)
        }  # fmt: skip
        yield Stated(s, frozenset(quoted), gold.deal, False)


def _quoted(sentence: str, quote: str) -> bool:
    inside = sentence in quote and len(sentence.split()) >= 4
    return inside or quote in sentence or same_words(sentence, quote)
