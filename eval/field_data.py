"""Sentences that state a path of the deal summary, and sentences that state none: written ones and deals'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.deal_file import find_deal_file, read_deal
from assistant.evidence.record import DealRecord
from assistant.packet import Deal, Side
from assistant.pipeline import make_record
from assistant.readers.embedded.sentences import plain
from assistant.readers.embedded.statements import Statement, read_statements
from assistant.readers.embedded.subjects import stems
from eval.field_talks import read_talks
from eval.gold import Gold, load_gold
from eval.scorers import same_words
from eval.training_data import read_snippets
from extractors import read_folder
from extractors.segments import Segment, Source

WRITTEN = Path(__file__).parent / "training_fields"
JUDGED = Path(__file__).parent / "judged_fields.txt"
NONE = "none"
SNIPPET, TALK = "snippet", "talk"
"""Origins of statements that are of no deal and no excerpt."""
_SMALL, _CAPITAL = re.compile(r"(?<![\w@.-])[a-z]+(?![\w@-])"), re.compile(r"\b[A-ZÀ-Þ][^\W\d_]*[a-zß-ÿ]\b")
_CAPITAL_WITHIN = re.compile(rf"(?<=[a-z,] ){_CAPITAL.pattern}")
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


def talk_rows() -> Iterator[Stated]:
    """Every statement of the field talks with the paths that it states."""
    for talk in read_talks():
        yield from quoted_rows(talk.record, talk.stated, TALK)


def quoted_rows(
    record: DealRecord, quotes_of: Mapping[str, Sequence[str]], origin: str
) -> Iterator[Stated]:
    """Every statement of a talk with all whose quotes it holds or is of."""
    for s in read_statements(record):
        told = (what for what, quotes in quotes_of.items() if any(quoted_in(s.text, q) for q in quotes))
        yield Stated(s, frozenset(told), origin, True)


def read_unlabelled() -> Iterator[Stated]:
    """The snippets of eval/training, in which hardly a sentence states a given path."""
    for row in read_snippets():
        u = row.utterance
        yield Stated(said(u.sentence.text, "V" if u.side == "vendor" else "C"), frozenset(), SNIPPET, False)


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
            if g.quote and (g.source or "").rsplit("/", 1)[-1] == file and quoted_in(s.text, g.quote)
        }  # fmt: skip
        yield Stated(s, frozenset(quoted), gold.deal, False)


def quoted_in(sentence: str, quote: str) -> bool:
    """Whether the quote is of this sentence, or holds it."""
    inside = sentence in quote and len(sentence.split()) >= 4
    return inside or quote in sentence or same_words(sentence, quote)


def names_of(rows: Iterable[Stated]) -> frozenset[str]:
    """Words, and their stems, that mostly stand with a capital where no sentence begins: of people, firms,
    products. What they tell is of one deal; that a system is named is a feature of its own."""
    within, ever, small = Counter[str](), set[str](), Counter[str]()
    for row in rows:
        text = row.statement.text
        ever.update(map(plain, _CAPITAL.findall(text)))
        if text != text.lower():  # raw speech writes names without a capital
            small.update(_SMALL.findall(text))
        if not row.statement.contract:  # which writes with a capital what it defines, too
            within.update(map(plain, _CAPITAL_WITHIN.findall(text)))
    named = {word for word, many in within.items() if many > small[word]} | (ever - small.keys())
    return frozenset(_with_stems(named) - _with_stems(small.keys() - named))


def _with_stems(words: Collection[str]) -> set[str]:
    return {*words, *(stem for word in words for stem in stems(word))}
