"""Every line of the protocol has a test that shows it: tests/protocol.tsv says which."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROTOCOL = HERE.parents[1] / "shared" / "PROTOCOL.md"
ROWS = [tuple(line.split("\t")) for line in (HERE / "protocol.tsv").read_text("utf-8").splitlines()]
_SPLIT = re.compile(r"(?<!\d)\s*(?:[;·|]|\.(?=\s|$)|:\s)\s*")


def claims(text: str) -> list[tuple[str, str]]:
    """Section and words of every statement: a clause, an item of a list, a cell of a table."""
    found, section = [], ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("#"):
            section = line.lstrip("# ").split(".")[0]
        elif line and not set(line) <= set("|-: "):
            parts = (part.strip(" .*") for part in _SPLIT.split(line.lstrip("- ").strip("|")))
            found += [(section, part) for part in parts if part]
    return found


@cache
def names_in(name: str) -> set[str]:
    file = HERE / f"{name}.py"
    tree = ast.parse(file.read_text("utf-8")) if file.is_file() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.skipif(not PROTOCOL.is_file(), reason="the protocol's own text is not here")
def test_every_line_of_the_protocol_is_in_the_table_in_its_order() -> None:
    assert [(section, words) for section, words, _ in ROWS] == claims(PROTOCOL.read_text("utf-8"))


def test_every_test_that_the_table_names_is_there() -> None:
    missing = []
    for _, words, shown in ROWS:
        name, _, test = shown.partition("::")
        there = (HERE / name).is_file() if name.startswith("rules/") else test in names_in(name)
        missing += [] if there else [f"{words}: {shown}"]
    assert missing == []


def test_a_rule_s_case_fires_and_is_silent() -> None:
    cases = {shown for _, _, shown in ROWS if shown.startswith("rules/")}
    assert len(cases) > 10
    for case in cases:
        text = (HERE / case).read_text("utf-8")
        assert "[[fires]]" in text and "[[silent]]" in text, case
