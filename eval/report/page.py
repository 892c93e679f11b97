"""The report as one page: plots, tables, light and dark, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from eval.bars import Bar
from eval.flakiness import flakiness
from eval.measures import BY_ID, MEASURES, VERDICTS, Measured, measure
from eval.printed import IN_CASES, figure
from eval.report import Shown, plots
from eval.report.html import card, soft, table, td, tr
from eval.report.tables import SPLITS, USAGE, about_line, labels, out_of, slice_rows, usage_rows
from eval.runs import Run

CSS = Path(__file__).with_name("page.css")
TILES = (
    "recall", "precision", "verdicts", "contradicted_f1", "fields", "absent", "findings", "quotes",
)  # fmt: skip
SPLIT_NAMES = {
    "test": "Test deals: scored, never looked at",
    "dev": "Dev deals: looked at while something is tuned",
    "all": "All deals",
}
HOW_TO_READ = (
    "A dot is a score; its line is the 95 % interval by bootstrap over deals: how far off it could lie with "
    "other deals of the kind. A tick is the bar below which a run fails, a diamond the goal; red figures are "
    "below one of them."
)
HOW_COMPARED = (
    "The same deals in both runs. Items that turned are tested exactly (McNemar), and the change must hold "
    "over the deals as well. One score in twenty seems to differ by chance alone."
)


def page(shown: Shown) -> str:
    """The whole page."""
    body = "\n".join(part for section in SECTIONS for part in section(shown))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>How well packets are drafted</title><style>{CSS.read_text('utf-8')}</style></head>"
        f"<body><main>\n{body}\n</main></body></html>\n"
    )


def _head(shown: Shown) -> Iterator[str]:
    yield "<h1>How well packets are drafted</h1>"
    yield soft(about_line(shown.run))
    split = next((s for s in ("test", "dev", "all") if s in shown.run.totals), None)
    if split is not None:
        totals = shown.run.totals[split]
        tiles = "".join(_tile(totals[name], BY_ID[name].label) for name in TILES if name in totals)
        yield f'<h2>{SPLIT_NAMES[split]}</h2><div class="tiles">{tiles}</div>'


def _tile(found: Measured, label: str) -> str:
    within = "" if found.low is None else f"{found.low:.2f}-{found.high:.2f}, "
    return (
        f'<div class="tile"><span>{label}</span><b>{found.value:.2f}</b>'
        f"<span>{within}n {found.n:,}</span></div>"
    )


def _scores(shown: Shown) -> Iterator[str]:
    yield "<h2>Scores</h2>"
    yield soft(HOW_TO_READ)
    readers = "".join(f'<span><i class="k{n % 4}"></i>{_name(r)}</span>' for n, r in enumerate(shown.runs))
    yield f'<div class="key">{readers}</div>'
    for split in (s for s in ("test", "dev") if s in shown.run.totals):
        rows = [row for one in MEASURES if (row := _row(shown, split, one.id))]
        yield card(plots.scores(rows, f"Scores, {split}"), SPLIT_NAMES[split])


def _name(run: Run) -> str:
    model = f" ({run.about.model})" if run.about.model else ""
    return escape(f"{run.about.reader}{model}, {run.about.date}")


def _row(shown: Shown, split: str, name: str) -> plots.Row | None:
    found = [(n, run.totals.get(split, {}).get(name)) for n, run in enumerate(shown.runs)]
    dots = [plots.Dot(m.value, m.low, m.high, figure(m), n % 4) for n, m in found if m]
    if not dots:
        return None
    bars = [b for kind in ("bar", "goal") for b in shown.held(kind) if (b.split, b.measure) == (split, name)]
    least = {b.kind: b.least for b in bars}
    missed = any(not b.reached for b in bars)
    return plots.Row(BY_ID[name].label, dots, least.get("bar"), least.get("goal"), missed)


def _bars(shown: Shown) -> Iterator[str]:
    for kind, title in (("bar", "Bars"), ("goal", "Goals")):
        bars = shown.held(kind)
        if bars:
            missed = sum(not bar.reached for bar in bars)
            yield f"<h2>{title}: {len(bars) - missed} of {len(bars)} reached</h2>"
            splits = [s for s in SPLITS if any(b.split == s for b in bars)]
            names = [m.id for m in MEASURES if any(b.measure == m.id for b in bars)]
            rows = (tr([td(BY_ID[n].label), *(_held(bars, s, n) for s in splits)]) for n in names)
            yield table(["Score", *splits], rows, numbers=len(splits))


def _held(bars: list[Bar], split: str, name: str) -> str:
    bar = next((b for b in bars if (b.split, b.measure) == (split, name)), None)
    if bar is None:
        return td("")
    value = "not measured" if bar.value is None else f"{bar.value:.3f}"
    return td(f"{value} of {bar.least:.2f}", "n reached" if bar.reached else "n missed")


def _deals(shown: Shown) -> Iterator[str]:
    yield "<h2>Deals</h2>"
    rows = []
    for case in shown.run.cases:
        mark = " (test)" if case.split == "test" else ""
        attempt = f" #{case.attempt}" if case.attempt > 1 else ""
        cells = [_shaded(measure(BY_ID[name], [case])) for name in IN_CASES]
        rows.append(tr([td(case.case + attempt + mark), *cells, td(f"{case.usage.cpu_seconds:.1f}", "n")]))
    header = ["Deal", *(BY_ID[name].label for name in IN_CASES), "Processor seconds"]
    yield table(header, rows, numbers=len(header) - 1)


def _shaded(found: Measured | None) -> str:
    if found is None:
        return td("-", "n soft")
    low = " low" if found.value < 0.5 else ""
    return f'<td class="n shade{low}" style="--v:{found.value:.2f}">{out_of(found)}</td>'


def _slices(shown: Shown) -> Iterator[str]:
    rows = list(slice_rows(shown.run.cases))
    if not rows:
        return
    yield "<h2>Slices</h2>"
    yield soft("Kinds of promises and deals, of all deals together; those of fewer than five are left out.")
    for number, title in enumerate(("Promises found", "Verdicts right")):
        found = ((tag, cells[number]) for tag, cells in rows)
        known = sorted(((t, m) for t, m in found if m), key=lambda row: (-row[1].value, row[0]))
        plotted = [plots.Row(t, [plots.Dot(m.value, m.low, m.high, figure(m))]) for t, m in known]
        yield card(plots.scores(plotted, f"{title}, by slice"), title)


def _verdicts(shown: Shown) -> Iterator[str]:
    counts = labels(shown.run.cases)
    if counts:
        yield "<h2>Verdicts</h2>"
        yield soft("Of the promises that were found, of all deals.")
        yield card(plots.confusion(counts, VERDICTS, "Verdicts wanted and given"))


def _readers(shown: Shown) -> Iterator[str]:
    yield "<h2>What it takes</h2>"
    rows = (tr([td(row[0]), *(td(cell, "n") for cell in row[1:])]) for row in usage_rows(shown.runs))
    yield table(USAGE, rows, numbers=6)
    unsteady = flakiness(shown.run)
    if unsteady:
        yield f"<h2>Flakiness over {shown.run.about.attempts} attempts</h2>"
        cells = (
            [BY_ID[r.measure].label, f"{r.low:.2f}", f"{r.high:.2f}", f"{r.unsteady} of {r.n}"]
            for r in unsteady
        )
        lines = (tr([td(c[0]), *(td(x, "n") for x in c[1:])]) for c in cells)
        yield table(["Score", "Worst", "Best", "Unsteady items"], lines, numbers=3)


def _comparison(shown: Shown) -> Iterator[str]:
    found = shown.comparison
    if found is None:
        return
    yield f"<h2>Against {escape(found.before)}, on {len(found.deals)} deals</h2>"
    yield soft(HOW_COMPARED)
    rows = []
    for d in found.differences:
        limits = "" if d.low is None else f" ({d.low:+.2f} to {d.high:+.2f})"
        turned = "" if d.p is None else f"{d.turned_right} right, {d.turned_wrong} wrong, p {d.p:.3f}"
        change = f"{d.before:.3f} to {d.after:.3f}{limits}"
        word = "" if d.outcome.startswith("no") else d.outcome
        rows.append(tr([td(BY_ID[d.measure].label), td(d.outcome, word), td(change), td(turned)]))
    yield table(["Score", "", "Change", "Turned"], rows)
    lines = []
    for t in found.turned:
        now = "right" if t.now_right else "wrong"
        lines.append(tr([td(f"now {now}", now), td(t.case), td(t.score), td(t.id), td(t.note, "note")]))
    if lines:
        inner = table(["", "Deal", "Score", "Item", ""], lines)
        yield f"<details><summary>{len(lines)} items turned</summary>{inner}</details>"


def _benchmarks(shown: Shown) -> Iterator[str]:
    for b in shown.benchmarks:
        yield f"<h2>ContractNLI, {escape(b.reader)}</h2>"
        yield soft(
            f"{b.contracts} real non-disclosure agreements, {b.decisions} decisions, {b.date}, "
            f"{b.seconds:.0f} s. Nothing is fitted to it; the published systems were trained on it."
        )
        rows = [
            ("this reader", b.accuracy, b.contradiction_f1),
            ("always the commonest label", b.majority, 0),
        ]
        rows += [(name, accuracy, f1) for name, (accuracy, f1) in b.published.items()]
        lines = (tr([td(name), td(f"{a:.3f}", "n"), td(f"{f1:.3f}", "n")]) for name, a, f1 in rows)
        yield table(["", "Accuracy", "F1 of contradiction"], lines, numbers=2)
        ordered = sorted(b.hypotheses.items(), key=lambda row: (-row[1], row[0]))
        plotted = [plots.Row(name, [plots.Dot(v, None, None, f"{v:.2f}")]) for name, v in ordered]
        yield card(plots.scores(plotted, "Accuracy by hypothesis"), "Accuracy by hypothesis")


SECTIONS = (
    _head, _comparison, _scores, _bars, _deals, _slices, _verdicts, _readers, _benchmarks,
)  # fmt: skip
"""From top to bottom."""
