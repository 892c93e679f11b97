"""Patterns made of what was kept are those that Python compiles, and nothing of a deal is kept."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.kept_patterns import kept_patterns

ROOT = Path(__file__).resolve().parent.parent
WORDS = r"(?P<who>[A-Z]\w+)(?: (?P<what>\d+|once))? [^.]{2,}?\b(?:ändert|grants?)\b"
TEXT = "Supplier 12 hereby grants the licence."


def _twice(folder: Path, pattern: str, flags: int = 0) -> list[re.Pattern[str]]:
    """The pattern as it is compiled, and as it is made of what was kept."""
    found = []
    for _ in range(2):
        re.purge()
        with kept_patterns("these", folder):
            found.append(re.compile(pattern, flags))
    return found


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.MULTILINE | re.VERBOSE | re.ASCII])
def test_a_kept_pattern_finds_what_a_compiled_one_finds(tmp_path: Path, flags: int) -> None:
    compiled, kept = _twice(tmp_path, WORDS, flags)
    re.purge()
    plain = re.compile(WORDS, flags)
    assert (compiled, kept) == (plain, plain)
    assert kept.groupindex == plain.groupindex
    assert [m.groupdict() for m in kept.finditer(TEXT)] == [m.groupdict() for m in plain.finditer(TEXT)]


def test_only_what_the_block_compiles_is_kept(tmp_path: Path) -> None:
    _twice(tmp_path, "inside")
    re.compile("customer's name")
    (file,) = tmp_path.iterdir()
    assert b"inside" in file.read_bytes()
    assert b"customer" not in file.read_bytes()


def test_a_wrong_pattern_is_refused_as_always(tmp_path: Path) -> None:
    with kept_patterns("these", tmp_path), pytest.raises(re.error, match="unterminated"):
        re.compile("(never closed")


@pytest.mark.parametrize("damage", [b"", b"not marshal", b"\xe3" * 40])
def test_a_damaged_file_costs_time_only(tmp_path: Path, damage: bytes) -> None:
    _twice(tmp_path, "inside")
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)
    assert _twice(tmp_path, "inside")[1].search("an inside job")


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert _twice(tmp_path / "file", "inside")[1].search("an inside job")


def test_a_block_inside_a_block_changes_nothing(tmp_path: Path) -> None:
    before = sys.modules["re._compiler"].compile
    with kept_patterns("outer", tmp_path), kept_patterns("inner", tmp_path):
        re.compile("a pattern of both")
    assert sys.modules["re._compiler"].compile is before
    assert [file.name.split(".")[0] for file in tmp_path.iterdir()] == ["outer"]


def test_a_draft_keeps_no_name_of_its_deal(tmp_path: Path) -> None:
    kept = ROOT / "assistant" / "__pycache__"
    program = [sys.executable, "-m", "assistant.cli", "draft", "examples/pinecradle", "--quiet"]
    arguments = ["--as-of", "2026-01-01", "--out", str(tmp_path)]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([*program, *arguments], cwd=ROOT, env=environment, check=True)
    (file,) = kept.glob("draft.*.patterns")
    assert b"inecradle" not in file.read_bytes()
