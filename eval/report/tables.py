"""The rows that both faces of a report show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from eval.items import CaseResult
from eval.measures import BY_ID, Measured, measure
from eval.printed import IN_CASES, IN_SLICES
from eval.runs import Run

SPLITS = ("dev", "test", "all")
SLICES_OF = ("recall", "verdicts", "clauses", "findings")
LEAST = 5
"""Promises below which a slice tells nothing."""


def about_line(run: Run) -> str:
    """On what, how many, when, by which code."""
    about, deals = run.about, {c.case for c in run.cases}
    promises = sum(1 for c in run.cases for i in c.items if i.score == "recall") // max(1, about.attempts)
    model = f" with {about.model}" if about.model else ""
    code = f", code {about.commit}" if about.commit else ""
    return (
        f"The {about.reader} reader{model} on {len(deals)} deals with {promises} promises, {about.date}, "
        f"version {about.version}{code}."
    )


def case_rows(run: Run) -> tuple[list[str], list[list[str]]]:
    """Header and rows: a deal a row, right out of n in each column."""
    header = ["Deal", *(BY_ID[name].label for name in IN_CASES), "Processor seconds"]
    rows = []
    for case in run.cases:
        name = (
            case.case
            + (" (test)" if case.split == "test" else "")
            + (f" #{case.attempt}" * (case.attempt > 1))
        )
        cells = [out_of(measure(BY_ID[one], [case])) for one in IN_CASES]
        rows.append([name, *cells, f"{case.usage.cpu_seconds:.1f}"])
    return header, rows


def out_of(measured: Measured | None) -> str:
    """ "24/26"."""
    return f"{round(measured.value * measured.n)}/{measured.n}" if measured else ""


def slice_rows(results: Sequence[CaseResult]) -> Iterator[tuple[str, list[Measured | None]]]:
    """Slices of promises with enough of them, each with recall, verdicts and findings."""
    mine = sorted({t for r in results for t in (*r.tags, *_item_tags(r))})
    for tag in mine:
        cells = [measure(BY_ID[name], results, tag) for name in IN_SLICES]
        if cells[0] and cells[0].n >= LEAST:
            yield tag, cells


def _item_tags(result: CaseResult) -> set[str]:
    return {t for i in result.items if i.score in SLICES_OF for t in i.tags}


USAGE = ("Reader", "Deals", "Seconds a deal", "of the processor", "Calls", "Tokens", "Cost")


def usage_rows(runs: Sequence[Run]) -> list[list[str]]:
    """What quality took, a reader a row."""
    rows = []
    for run in runs:
        drafts = max(1, len(run.cases))
        name = run.about.reader + (f" ({run.about.model})" if run.about.model else "")
        usage = run.usage
        deals = str(len({c.case for c in run.cases}))
        times = [f"{seconds / drafts:.1f}" for seconds in (usage.seconds, usage.cpu_seconds)]
        rows.append([name, deals, *times, str(usage.calls), f"{usage.tokens:,}", f"${usage.cost:.2f}"])
    return rows


def labels(results: Sequence[CaseResult]) -> dict[tuple[str, str], int]:
    """(wanted, given) verdict -> promises."""
    pairs = ((i.gold, i.got) for r in results for i in r.items if i.score == "verdicts")
    return dict(Counter((a, b) for a, b in pairs if a and b))
