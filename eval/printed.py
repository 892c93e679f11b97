"""A run and a comparison as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eval.bars import Bar
from eval.compare import Comparison
from eval.flakiness import Flaky
from eval.items import CaseResult
from eval.measures import BY_ID, Measured, measure, tags
from eval.runs import Run

IN_CASES = (
    "recall", "precision", "traps", "verdicts", "clauses", "fields", "absent", "stakeholders", "roles",
    "categories", "preconditions", "findings", "conflicts",
)  # fmt: skip
"""Columns of the table of deals."""
IN_SLICES = ("recall", "verdicts", "findings")


def figure(measured: Measured | None) -> str:
    """ "0.84 (0.79-0.88), n 261"."""
    if measured is None:
        return "-"
    within = "" if measured.low is None else f" ({measured.low:.2f}-{measured.high:.2f})"
    return f"{measured.value:.2f}{within}, n {measured.n}"


def run_lines(run: Run) -> Iterator[str]:
    """Head, deals, totals of each split."""
    about = run.about
    model = f" ({about.model})" if about.model else ""
    yield f"{about.reader}{model}, {about.split}, {len({c.case for c in run.cases})} deals, {about.date}"
    yield ""
    yield f"{'':16}" + "".join(f"{name[:9]:>10}" for name in IN_CASES) + f"{'cpu s':>8}"
    for case in run.cases:
        yield _case_line(case)
    for split, totals in run.totals.items():
        yield ""
        yield f"{split}: score (95 % interval over deals), n"
        for name, measured in totals.items():
            yield f"  {BY_ID[name].label:26}{figure(measured):30}{BY_ID[name].what}"
    usage = run.usage
    yield ""
    yield f"{usage.seconds:.1f} s ({usage.cpu_seconds:.1f} of the processor), {usage.calls} calls"
    yield f"{usage.tokens} tokens, ${usage.cost:.2f}, {usage.quotes_rejected} quotes rejected"


def _case_line(case: CaseResult) -> str:
    cells = []
    for name in IN_CASES:
        measured = measure(BY_ID[name], [case])
        right = round(measured.value * measured.n) if measured else 0
        cells.append(f"{right}/{measured.n}" if measured else "-")
    attempt = f" #{case.attempt}" if case.attempt > 1 else ""
    name = f"{case.case[:12]}{attempt}{'*' if case.split == 'test' else ''}"
    return f"{name:16}" + "".join(f"{cell:>10}" for cell in cells) + f"{case.usage.cpu_seconds:8.1f}"


def slice_lines(results: Sequence[CaseResult]) -> Iterator[str]:
    """Recall, verdicts and findings of every slice."""
    yield f"{'slice':28}" + "".join(f"{name:30}" for name in IN_SLICES)
    for tag in tags(results):
        cells = [measure(BY_ID[name], results, tag) for name in IN_SLICES]
        if any(cells):
            yield f"{tag:28}" + "".join(f"{figure(cell):30}" for cell in cells)


def wrong_lines(results: Sequence[CaseResult]) -> Iterator[str]:
    """What went wrong, in words, deal by deal. The caller sees to it that no test deal is among them."""
    for case in results:
        yield f"{case.case}:"
        for item in case.items:
            if not item.right:
                yield f"    {item.score} {item.id}: {item.note}"


def bar_lines(bars: Sequence[Bar]) -> Iterator[str]:
    """Missed bars and goals."""
    for bar in bars:
        if not bar.reached:
            value = "not measured" if bar.value is None else f"{bar.value:.3f}"
            label = BY_ID[bar.measure].label
            yield f"{bar.kind} missed, {bar.split}: {label} {value}, should be {bar.least:.3f}"


def flaky_lines(rows: Sequence[Flaky]) -> Iterator[str]:
    """How far the attempts lie apart."""
    for row in rows:
        label = BY_ID[row.measure].label
        yield f"  {label:26}{row.low:.2f}-{row.high:.2f}, {row.unsteady} of {row.n} items unsteady"


def comparison_lines(found: Comparison) -> Iterator[str]:
    """What changed, and whether that is more than chance."""
    yield f"{found.before} -> {found.after}, {len(found.deals)} deals"
    if found.set_aside:
        yield f"set aside (in one run only, or changed since): {', '.join(found.set_aside)}"
    for row in found.differences:
        turned = f", {row.turned_right} turned right, {row.turned_wrong} wrong" if row.p is not None else ""
        p = f", p {row.p:.3f}" if row.p is not None else ""
        limits = "" if row.low is None else f" ({row.low:+.2f} to {row.high:+.2f})"
        change = f"{row.before:.3f} -> {row.after:.3f}, {row.after - row.before:+.3f}{limits}"
        yield f"  {BY_ID[row.measure].label:26}{row.outcome}: {change}{turned}{p}"
    for turned_ in found.turned:
        word = "now right" if turned_.now_right else "now wrong"
        note = f": {turned_.note}" if turned_.note else ""
        yield f"  {word}: {turned_.case} {turned_.score} {turned_.id}{note}"
    if not any(row.outcome != "no difference shown" for row in found.differences):
        yield "No difference shown."
