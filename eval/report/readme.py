"""README's accuracy table, out of the last kept run of each reader; nobody types it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eval.benchmark import Benchmark, kept_benchmarks
from eval.measures import MEASURES
from eval.printed import figure
from eval.report.markdown import table
from eval.runs import KEPT, Run, kept_runs, read_run

SPLITS = ("test", "dev")
NONE = "Nothing is measured yet: `make eval`."


def accuracy(folder: Path = KEPT) -> str:
    """On what, how many, when, and the scores as Markdown."""
    runs = list({run.about.reader: run for run in map(read_run, kept_runs(folder))}.values())
    return "\n".join(_lines(runs, folder)) if runs else NONE


def _lines(runs: list[Run], folder: Path) -> Iterator[str]:
    for run in runs:
        yield _about(run)
    yield ""
    columns = [(run, split) for run in runs for split in SPLITS if split in run.totals]
    rows = [
        [one.label, *(figure(run.totals[split].get(one.id)) for run, split in columns), one.what]
        for one in MEASURES
        if any(one.id in run.totals[split] for run, split in columns)
    ]
    yield table(["Score", *(f"{run.about.reader}, {split}" for run, split in columns), ""], rows)
    for b in kept_benchmarks(folder):
        yield ""
        yield _benchmark(b)


def _about(run: Run) -> str:
    about, drafts = run.about, max(1, len(run.cases))
    test, dev = (len({c.case for c in run.results(split)}) for split in SPLITS)
    model = f" with {about.model}" if about.model else ""
    cost = f", ${run.usage.cost / drafts:.2f} a deal" if run.usage.cost else ""
    return (
        f"Reader `{about.reader}`{model}, {about.date}, version {about.version}: {test} test deals, only "
        f"scored, {dev} dev deals that are looked at while something is tuned; "
        f"{run.usage.cpu_seconds / drafts:.1f} processor seconds a deal{cost}."
    )


def _benchmark(b: Benchmark) -> str:
    published = ", ".join(f"{name} {a:.3f} and {f1:.3f}" for name, (a, f1) in b.published.items())
    return (
        f"ContractNLI ({b.contracts} contracts of its dev split), reader `{b.reader}`, {b.date}: accuracy "
        f"{b.accuracy:.3f}, F1 of contradiction {b.contradiction_f1:.3f}, n {b.decisions}, not trained on "
        f"it, though two of its wordings were written after its hypotheses were read. Always the commonest "
        f"label: {b.majority:.3f} and 0. Published, on its test split: {published}."
    )
