"""The program holds no word by which it could know a deal: not of the examples, the eval cases, the reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from eval.gold import ANSWERS, load_gold
from extractors import read_folder
from extractors.segments import Source

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "deals"
PROGRAM = ("assistant", "extractors", "prompts")
WRITTEN = {".py", ".toml", ".json", ".md", ".txt", ".yaml"}
FOREIGN = "minilm"
"""The embedding model's vocabulary: thirty thousand words that somebody else counted."""
CONTRACTS = ("contract", "amendment", "order_form")
SHORTEST = 4
"""Letters below which a word is too often part of a pattern to tell anything."""


def deal_folders() -> list[Path]:
    """Every deal with answers that is at hand."""
    homes = [ROOT / "examples", ROOT / "eval" / "cases", SHARED]
    inside = [f for home in homes if home.is_dir() for f in sorted(home.iterdir())]
    return [f for f in inside if any((f / name).is_file() for name in ANSWERS)]


@cache
def sources_of(folder: Path) -> tuple[Source, ...]:
    return tuple(read_folder(folder)[0])


def names_of(folder: Path) -> Iterator[str]:
    """Names of companies and people that a deal's CRM entry, answers and sources hold."""
    deal_file = folder / "deal.yaml"
    yield folder.name
    if deal_file.is_file():
        yield from _leaves(yaml.safe_load(deal_file.read_text("utf-8")))
    gold = load_gold(folder)
    yield from (s.name for s in gold.stakeholders if s.role != "end_users")
    yield from (c.speaker for c in gold.commitments if c.speaker)
    for source in sources_of(folder):
        yield from (s.speaker for s in source.segments if s.speaker)
        yield from (p.name for p in source.people)


def _leaves(node: object) -> Iterator[str]:
    """Capitalised texts and domains of a deal.yaml; `mid_market` and dates are no names."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in ("title", "segment", "trigger", "source_kinds", "source_dates"):
                yield from _leaves(value)
    elif isinstance(node, list):
        for value in node:
            yield from _leaves(value)
    elif isinstance(node, str):
        yield node.removesuffix(".com").removesuffix(".io")


def words_of(text: str) -> set[str]:
    return {w for w in re.findall(r"[^\W\d_]+", text.lower()) if len(w) >= SHORTEST}


@cache
def common_words() -> frozenset[str]:
    """What contracts write without a capital: "parks", "heating", "will"; and months, titles, trades."""
    prose = [s.text for f in deal_folders() for source in sources_of(f) if source.kind in CONTRACTS for s in source.segments]
    return frozenset(w for text in prose for w in re.findall(r"\b[a-z]{4,}\b", text))


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


if __name__ == "__main__":
    d=distinctive_words(); print(len(d), sorted(d))
    for f in program_files():
        hit = sorted(words_of(f.read_text("utf-8")) & d.keys())
        if hit: print(f.relative_to(ROOT), [(h,d[h]) for h in hit])
