"""Deals with answers, and the fixed split: dev may be looked at, test is only scored."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from assistant.errors import HandoffError
from eval.gold import ANSWERS

ROOT = Path(__file__).resolve().parent.parent
HOMES = (ROOT / "examples", ROOT / "eval" / "cases")
SPLIT = Path(__file__).resolve().parent / "split.toml"
SPLITS = ("dev", "test", "all")


def deals(split: str = "all") -> list[Path]:
    """The folders of that split, by name. Raises HandoffError for a split that is none of SPLITS."""
    if split not in SPLITS:
        raise HandoffError(f"There is no split '{split}'. Known are: {', '.join(SPLITS)}.")
    found = [f for home in HOMES if home.is_dir() for f in home.iterdir() if has_answers(f)]
    return sorted((f for f in found if split in ("all", split_of(f))), key=lambda f: f.name)


def split_of(folder: Path) -> str:
    """ "test" for the deals that the split names, wherever their folder lies; else "dev"."""
    return "test" if folder.resolve().name in test_names() else "dev"


@cache
def test_names() -> frozenset[str]:
    """The deals that are only scored."""
    return frozenset(tomllib.loads(SPLIT.read_text("utf-8"))["test"])


def given(named: Sequence[Path]) -> list[Path]:
    """The folders a person named, by path or as one of `deals()`.

    Raises HandoffError for one without answers, or for two of one name.
    """
    known = {folder.name: folder for folder in deals()}
    folders = [folder if folder.is_dir() else known.get(str(folder), folder) for folder in named]
    for folder in folders:
        if not has_answers(folder):
            raise HandoffError(
                f"'{folder}' holds none of {', '.join(ANSWERS)}, so it cannot be scored. "
                "eval/ANNOTATING.md says how answers are written."
            )
    names = [folder.resolve().name for folder in folders]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise HandoffError(f"Two folders are called '{twice[0]}'. A run tells deals apart by name.")
    return sorted(folders, key=lambda f: f.resolve().name)


def has_answers(folder: Path) -> bool:
    """Whether answers lie beside the deal's sources."""
    return any((folder / name).is_file() for name in ANSWERS)


def fingerprint(folder: Path) -> str:
    """Twelve hex digits of every file's path and bytes."""
    digest = hashlib.sha256()
    for file in sorted(f for f in folder.rglob("*") if f.is_file() and not f.name.startswith(".")):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
