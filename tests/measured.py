"""Runs for tests, made of a few letters: "r" is a right item, "w" a wrong one."""

from __future__ import annotations

from eval.items import CaseResult, Item, Usage
from eval.runs import About, Run, make_run


def result(case: str, letters: str, score: str = "recall", split: str = "dev", **more: object) -> CaseResult:
    """A deal whose items are p1, p2 ... of one score."""
    items = tuple(
        Item(score=score, id=f"p{i}", right=x == "r", note="" if x == "r" else f"words of {case} p{i}")
        for i, x in enumerate(letters, start=1)
    )
    made = CaseResult(case=case, split=split, items=items, usage=Usage(seconds=1.5), fingerprint="f")
    made = made.model_copy(update=more)
    return made.without_texts() if split == "test" else made


def run(*cases: CaseResult, date: str = "2026-03-01", **about: object) -> Run:
    return make_run(
        About.model_validate({"date": date, "version": "0", "reader": "embedded", "split": "dev", **about}),
        cases,
    )
