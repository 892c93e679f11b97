"""Lexicons, prompts and code hold no phrase of a deal, and no more of its rare words than chance brings."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from deals import ROOT, deal_folders, sources_of
from test_no_leak import program_files

from assistant.evidence.record import CONTRACT_KINDS
from eval.deals import test_names as names_of_test_deals
from eval.excerpts import EXCERPTS

SPOKEN, WRITTEN = 7, 8
"""Words in a row, found in one deal alone, that are no coincidence: in speech and mail; in contracts."""
RARE_SHARE = 0.2
"""Deals that were written after the lexicons share up to a tenth of their rare words with them."""
FEW = 7
"""Rare words of which a deal that has hardly any may share that many."""
SHORTEST = 4
KNOWN = {
    "assistant/readers/embedded/data/contrasts.toml": 1,
    "assistant/readers/embedded/data/fields.toml": 3,
}
"""Debt: phrases of dev deals that stand there still. The count may only go down; a test deal has none."""
ENDINGS = (
    ("s", ""), ("es", ""), ("d", ""), ("ed", ""), ("ing", ""), ("ing", "e"), ("ies", "y"), ("er", ""),
    ("ers", ""), ("ly", ""), ("able", ""),
)  # fmt: skip
Phrase = tuple[str, ...]


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower().replace("’", "'"))


def runs(words: list[str], length: int) -> Iterator[Phrase]:
    return (tuple(words[i : i + length]) for i in range(len(words) - length + 1))


@cache
def phrases() -> dict[Phrase, str]:
    """Phrase -> the one deal that holds it."""
    homes: dict[Phrase, set[str]] = defaultdict(set)
    for folder in deal_folders():
        for source in sources_of(folder):
            length = WRITTEN if source.kind in CONTRACT_KINDS else SPOKEN
            for segment in source.segments:
                for phrase in runs(words_of(segment.text), length):
                    homes[phrase].add(folder.name)
    return {phrase: min(deals) for phrase, deals in homes.items() if len(deals) == 1}


def leaks(lines: Iterable[str]) -> dict[str, str]:
    """Phrase -> deal, of the phrases in the lines; those of a test deal are not spelt out."""
    found: dict[str, str] = {}
    for line in lines:
        words = words_of(line)
        for length in (SPOKEN, WRITTEN):
            found.update({" ".join(p): phrases()[p] for p in runs(words, length) if p in phrases()})
    hidden = {deal for deal in found.values() if deal in names_of_test_deals()}
    return {p: d for p, d in found.items() if d not in hidden} | {f"({d})": d for d in sorted(hidden)}


@cache
def vocabulary() -> frozenset[str]:
    """Whole words of the embedding model: thirty thousand that somebody else counted."""
    file = ROOT / "assistant/meanings/data/minilm/tokenizer.json"
    return frozenset(json.loads(file.read_text("utf-8"))["model"]["vocab"])


def is_common(word: str) -> bool:
    stems = {word, *(word[: -len(end)] + to for end, to in ENDINGS if word.endswith(end))}
    return bool(stems & vocabulary())


@cache
def rare_words() -> dict[str, frozenset[str]]:
    """Deal -> words of its sources that no other deal and no excerpt holds and that are in no vocabulary."""
    held = {
        f.name: {w for s in sources_of(f) for part in s.segments for w in words_of(part.text)}
        for f in deal_folders()
    }
    elsewhere = (set(words_of(f.read_text("utf-8"))) for f in EXCERPTS.glob("*.txt"))
    times = Counter(w for words in (*held.values(), *elsewhere) for w in words)
    return {
        name: frozenset(w for w in words if times[w] == 1 and len(w) >= SHORTEST and not is_common(w))
        for name, words in held.items()
    }


@cache
def lexicon_words() -> frozenset[str]:
    """Words of the readers' data files and of the prompts."""
    files = (f for f in program_files() if f.suffix != ".py" and {"readers", "prompts"} & set(f.parts))
    return frozenset(w for f in files for w in words_of(f.read_text("utf-8")))


def test_a_phrase_of_one_deal_is_known_as_its_own() -> None:
    phrase, deal = min((p, d) for p, d in phrases().items() if d not in names_of_test_deals())
    assert leaks([f"# {' '.join(phrase)}."]) == {" ".join(phrase): deal}
    assert leaks(["we will have it live by the first of"]) == {}


@pytest.mark.parametrize("file", program_files(), ids=lambda f: str(f.relative_to(ROOT)))
def test_no_phrase_of_a_deal_stands_in_the_program(file: Path) -> None:
    found = leaks(file.read_text("utf-8").splitlines())
    assert len(found) <= KNOWN.get(str(file.relative_to(ROOT)), 0), found


@pytest.mark.parametrize("deal", [f.name for f in deal_folders()])
def test_the_lexicons_hold_no_more_of_a_deals_rare_words_than_chance_brings(deal: str) -> None:
    rare = rare_words()[deal]
    assert len(rare & lexicon_words()) <= max(FEW, RARE_SHARE * len(rare))
