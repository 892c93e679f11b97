"""Reports: what was measured, for people: Markdown, and one page with plots that needs no other file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.bars import Bar, Table, held
from eval.benchmark import Benchmark
from eval.compare import Comparison
from eval.runs import Run


@dataclass(frozen=True)
class Shown:
    """Everything that a report tells. The first run is the one it is about; others stand beside it."""

    runs: Sequence[Run]
    bars: Table
    comparison: Comparison | None = None
    benchmarks: Sequence[Benchmark] = field(default_factory=tuple)

    @property
    def run(self) -> Run:
        """The run that the report is about."""
        return self.runs[0]

    def held(self, kind: str, run: Run | None = None) -> list[Bar]:
        """The bars or goals of a run, by default of the first."""
        return held(run or self.run, self.bars, "bar" if kind == "bar" else "goal")


def write_report(shown: Shown, folder: Path) -> tuple[Path, Path]:
    """report.md and report.html in the folder."""
    from eval.report.markdown import markdown
    from eval.report.page import page

    folder.mkdir(parents=True, exist_ok=True)
    text, web = folder / "report.md", folder / "report.html"
    text.write_text(markdown(shown), "utf-8")
    web.write_text(page(shown), "utf-8")
    return text, web
