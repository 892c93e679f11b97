"""The report as Markdown, for pull requests and terminals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from eval.bars import Bar
from eval.compare import Comparison
from eval.flakiness import flakiness
from eval.measures import BY_ID, MEASURES
from eval.printed import figure
from eval.report import Shown
from eval.report.tables import SPLITS, USAGE, about_line, case_rows, slice_rows, usage_rows


def markdown(shown: Shown) -> str:
    """The whole report."""
    return "\n".join(_lines(shown)) + "\n"


def score_table(shown: Shown) -> str:
    """Scores of each split side by side."""
    splits = [s for s in SPLITS if s in shown.run.totals]
    rows = [
        [BY_ID[m.id].label, *(figure(shown.run.totals[s].get(m.id)) for s in splits), m.what]
        for m in MEASURES
        if any(m.id in shown.run.totals[s] for s in splits)
    ]
    return table(["Score", *splits, ""], rows)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; bars in cells are escaped."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in lines)


def _lines(shown: Shown) -> Iterator[str]:
    run = shown.run
    yield "# How well packets are drafted\n"
    yield f"{about_line(run)}\n"
    yield "A score stands with its 95 % interval (bootstrap over deals) and n.\n"
    yield score_table(shown)
    yield from _bars("Bars", shown.held("bar"))
    yield from _bars("Goals", shown.held("goal"))
    yield "\n## Deals\n"
    header, rows = case_rows(run)
    yield table(header, rows)
    yield "\n## Slices\n"
    yield table(["Slice", "Promises found", "Verdicts right", "Needed findings raised"], _slices(shown))
    yield "\n## Readers\n"
    yield table(USAGE, usage_rows(shown.runs))
    if rows_ := flakiness(run):
        yield f"\n## Flakiness over {run.about.attempts} attempts\n"
        yield table(
            ["Score", "Worst", "Best", "Unsteady items"],
            [
                [BY_ID[r.measure].label, f"{r.low:.2f}", f"{r.high:.2f}", f"{r.unsteady} of {r.n}"]
                for r in rows_
            ],
        )
    if shown.comparison:
        yield from _comparison(shown.comparison)
    for b in shown.benchmarks:
        yield f"\n## ContractNLI, {b.reader}, {b.date}\n"
        yield f"{b.contracts} contracts, {b.decisions} decisions, {b.seconds:.0f} s, not trained on it.\n"
        own = ["this reader", f"{b.accuracy:.3f}", f"{b.contradiction_f1:.3f}", f"{b.macro_f1:.3f}"]
        other = [[name, f"{a:.3f}", f"{f:.3f}", ""] for name, (a, f) in b.published.items()]
        major = ["always the commonest label", f"{b.majority:.3f}", "0.000", ""]
        yield table(["", "Accuracy", "F1 contradiction", "Macro F1"], [own, major, *other])


def _bars(title: str, bars: Sequence[Bar]) -> Iterator[str]:
    if not bars:
        return
    missed = [b for b in bars if not b.reached]
    yield f"\n## {title}: {len(bars) - len(missed)} of {len(bars)} reached\n"
    rows = [[b.split, BY_ID[b.measure].label, _value(b.value), f"{b.least:.2f}"] for b in missed]
    yield table(["Split", "Missed", "Measured", "Should be"], rows) if rows else "All are reached."


def _value(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.3f}"


def _slices(shown: Shown) -> Iterator[list[str]]:
    for tag, cells in slice_rows(shown.run.cases):
        yield [tag, *(figure(cell) for cell in cells)]


def _comparison(found: Comparison) -> Iterator[str]:
    yield f"\n## Against {found.before}, {len(found.deals)} deals\n"
    rows = []
    for d in found.differences:
        p = "" if d.p is None else f"{d.p:.3f}"
        turned = "" if d.p is None else f"{d.turned_right} / {d.turned_wrong}"
        change = f"{d.after - d.before:+.3f}" + ("" if d.low is None else f" ({d.low:+.2f} to {d.high:+.2f})")
        rows.append([BY_ID[d.measure].label, d.outcome, change, turned, p])
    yield table(["Score", "", "Change (95 % interval)", "Turned right / wrong", "p"], rows)
    for turned_ in found.turned:
        note = f": {turned_.note}" if turned_.note else ""
        word = "right" if turned_.now_right else "wrong"
        yield f"- now {word}: {turned_.case} {turned_.score} {turned_.id}{note}"
