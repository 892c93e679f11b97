"""The deals with answers that are at hand: examples, eval cases, and a shared reference where it is there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from eval.drafting import reading_child
from eval.gold import ANSWERS
from extractors import read_folder
from extractors.segments import Source

ROOT = Path(__file__).resolve().parent.parent
HOMES = (ROOT / "examples", ROOT / "eval" / "cases", ROOT.parent / "shared" / "deals")


def deal_folders() -> list[Path]:
    """Every folder that has answers beside its sources."""
    inside = [f for home in HOMES if home.is_dir() for f in sorted(home.iterdir())]
    return [f for f in inside if any((f / name).is_file() for name in ANSWERS)]


@cache
def sources_of(folder: Path) -> tuple[Source, ...]:
    """What the deal's files say; read once for all tests."""
    return tuple(read_folder(folder, sandbox=reading_child())[0])
