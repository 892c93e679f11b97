"""The program holds no word by which it could know a deal: of an example, an eval case, the reference.

A word is distinctive when it names a company or a person of a deal and is neither written in small letters in
any contract nor a word that every trade shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from deals import ROOT, deal_folders, sources_of

from assistant.evidence import names as names_of_people
from assistant.evidence.record import CONTRACT_KINDS
from eval.gold import load_gold

PROGRAM = ("assistant", "extractors", "prompts")
WRITTEN = {".py", ".toml", ".json", ".md", ".txt", ".yaml", ".csv"}
FOREIGN = "minilm"
"""The embedding model's vocabulary: thirty thousand words that somebody else counted."""
LEXICON = Path(names_of_people.__file__)
"""Short forms of given names stand there ("walter walt"), whoever bears them."""
SHORTEST = 4
"""Letters below which a word is too often part of a pattern to tell anything."""
SHARED = frozenset(
    """
    alliance ambulance association bell birch brands bright buck buses calibration capital city civil
    college corp country county credit dash east energy farms first foods forest group hart health
    heating holdings home house
    industries international lake limited logistics march marin marina markets media mills mutual national
    north park parks partners plumbing power prairie press property ridge river road schools science
    sciences skip south state steel stone technologies trust union united utility valley villa vision
    water west wood works
    """.split()
)
"""Words of trades, places and firms in general, and of the calendar."""


def names_of(folder: Path) -> Iterator[str]:
    """Names of companies and people that a deal's CRM entry, answers and sources hold."""
    yield folder.name
    deal_file = folder / "deal.yaml"
    if deal_file.is_file():
        yield from _named(yaml.safe_load(deal_file.read_text("utf-8")))
    gold = load_gold(folder)
    yield from (s.name for s in gold.stakeholders if s.role != "end_users")
    yield from (c.speaker for c in gold.commitments if c.speaker)
    for source in sources_of(folder):
        yield from (s.speaker for s in source.segments if s.speaker)
        yield from (p.name for p in source.people)


def _named(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        skipped = ("title", "segment", "trigger", "source_kinds", "source_dates", "currency")
        yield from (name for key, value in node.items() if key not in skipped for name in _named(value))
    elif isinstance(node, list):
        yield from (name for value in node for name in _named(value))
    elif isinstance(node, str):
        yield re.sub(r"\.[a-z.]{2,6}$", "", node)


def words_of(text: str) -> frozenset[str]:
    """Words in small letters; the feature "b:will_wire" holds two."""
    return frozenset(w for w in re.findall(r"[^\W\d_]+", text.lower()) if len(w) >= SHORTEST)


@cache
def common_words() -> frozenset[str]:
    """What contracts write without a capital; speech would not do, for raw speech writes names so."""
    prose = (
        segment.text
        for folder in deal_folders()
        for source in sources_of(folder)
        if source.kind in CONTRACT_KINDS
        for segment in source.segments
    )
    return SHARED | {
        w for text in prose for w in re.findall(r"(?<![\w@.-])[a-z]{4,}(?![\w@-]|\.[a-z])", text)
    }


@cache
def distinctive_words() -> dict[str, str]:
    """Word -> the deal that it would give away."""
    return {
        word: folder.name
        for folder in deal_folders()
        for name in names_of(folder)
        for word in sorted(words_of(name) - common_words())
    }


def program_files() -> list[Path]:
    files = (f for room in PROGRAM for f in (ROOT / room).rglob("*"))
    return sorted(f for f in files if f.suffix in WRITTEN and FOREIGN not in f.parts)


def given_away_by(text: str) -> dict[str, str]:
    return {w: distinctive_words()[w] for w in sorted(words_of(text)) if w in distinctive_words()}


def test_every_deal_has_words_of_its_own() -> None:
    assert {f.name for f in deal_folders()} == set(distinctive_words().values())


def test_a_name_of_a_deal_is_distinctive_and_a_common_word_is_not() -> None:
    account = load_gold(deal_folders()[0]).deal
    assert given_away_by(f"patterns = ['w:{account}_mill', 'contract']") == {account: account}
    assert given_away_by("the customer shall pay the contract in march, heating included") == {}


@pytest.mark.parametrize("file", program_files(), ids=lambda f: str(f.relative_to(ROOT)))
def test_no_word_of_a_deal_stands_in_the_program(file: Path) -> None:
    text = file.read_text("utf-8")
    if file == LEXICON:
        text = re.sub(r'_SHORT_FORMS = """.*?"""', "", text, flags=re.DOTALL)
    assert given_away_by(text) == {}
