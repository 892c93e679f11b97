"""What stands below a talk: lines of answers, `what | quote | quote`, that quote it word for word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from eval.excerpts import Excerpt, excerpt_of

NOT_TOLD = "-"
Take = Callable[[str, Sequence[str]], str]
"""Notes what a line tells, held against the texts of the talk; what is wrong with it, "" where nothing is."""


def read_parts(path: Path, mark: str) -> tuple[Excerpt, list[tuple[int, str]]]:
    """The talk above the line `mark`, and the lines below it that are not empty, with their numbers."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next((n for n, line in enumerate(lines) if line.strip() == mark), len(lines))
    below = [(n, line) for n, line in enumerate(lines[at + 1 :], start=at + 2) if line.strip()]
    return excerpt_of(path.stem, lines[:at]), below


def complaints_of(path: Path, excerpt: Excerpt, below: Sequence[tuple[int, str]], take: Take) -> list[str]:
    """What is wrong with each line, with its place; `take` notes what the others tell."""
    said = [" ".join(s.text.split()) for source in excerpt.sources for s in source.segments]
    found = ((number, take(line, said)) for number, line in below)
    return [f"{path.name}:{number}: {problem}" for number, problem in found if problem]


def quotes_in(parts: Sequence[str], said: Sequence[str]) -> tuple[list[str], str]:
    """The quotes among the parts of a line; and what is wrong where one stands in none of the texts."""
    quotes = [" ".join(quote.split()) for quote in parts if quote != NOT_TOLD]
    missing = next((q for q in quotes if not any(q in text for text in said)), None)
    return quotes, f"stands nowhere word for word: {missing!r}" if missing else ""
