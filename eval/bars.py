"""Bars: what a score must reach. A goal is only shown; a missed bar fails the run."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from assistant.errors import HandoffError
from assistant.packet import Noun
from eval.measures import BY_ID
from eval.runs import Run

BARS = Path(__file__).resolve().parent / "bars.toml"
Kind = Literal["bar", "goal"]
Table = Mapping[str, Mapping[str, Mapping[str, Mapping[str, float]]]]
"""kind -> reader -> split -> measure -> least value."""


class Bar(Noun):
    """One bar or goal, held against what was measured."""

    kind: Kind
    split: str
    measure: str
    least: float
    value: float | None
    """None: nothing of the kind was measured."""

    @property
    def reached(self) -> bool:
        """A bar about nothing is not reached: a score that vanished is no success."""
        return self.value is not None and self.value >= self.least


def load_bars(path: Path = BARS) -> Table:
    """The table in the file. Raises HandoffError for a measure or a kind that there is not."""
    table: dict[str, dict[str, dict[str, dict[str, float]]]] = tomllib.loads(path.read_text("utf-8"))
    for kind, readers in table.items():
        if kind not in ("bar", "goal"):
            raise HandoffError(f"{path.name}: '{kind}' is neither bar nor goal.")
        names = {name for splits in readers.values() for bars in splits.values() for name in bars}
        unknown = sorted(names - set(BY_ID))
        if unknown:
            known = ", ".join(BY_ID)
            raise HandoffError(f"{path.name}: there is no score '{unknown[0]}'. Known are: {known}.")
    return table


def held(run: Run, table: Table, kind: Kind) -> list[Bar]:
    """Every bar (or goal) of the run's reader; a goal under `all` holds for each split that was measured."""
    splits = table.get(kind, {}).get(run.about.reader, {})
    found = []
    for split in (s for s in ("dev", "test", "all") if s in run.totals):
        wanted = {**(splits.get("all", {}) if kind == "goal" else {}), **splits.get(split, {})}
        values = {name: measured.value for name, measured in run.totals[split].items()}
        found += [
            Bar(kind=kind, split=split, measure=name, least=least, value=values.get(name))
            for name, least in wanted.items()
        ]
    return found
