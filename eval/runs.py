"""Runs: what was measured, of which reader, on what, when; kept as JSON to be held against."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import HandoffError
from assistant.packet import Noun
from eval.items import CaseResult, Usage
from eval.measures import Measured, measure_all

KEPT = Path(__file__).resolve().parent / "runs"
FORMAT = 1


class About(Noun):
    """Everything that tells two runs apart besides their figures; all of it given at the door."""

    date: str
    """ISO date."""
    version: str
    commit: str = ""
    """Of the code, "+" behind it where files had changed since."""
    reader: str
    model: str | None = None
    prompt_fingerprints: dict[str, str] = {}  # noqa: RUF012 - pydantic copies defaults
    split: str
    """dev, test, all, or "given" for named folders."""
    attempts: int = 1


class Run(Noun):
    """One run over some deals. `totals` are computed from `cases`, and kept for those who read only them."""

    format: int = FORMAT
    about: About
    totals: dict[str, dict[str, Measured]] = {}  # noqa: RUF012 - pydantic copies defaults
    """Split -> measure -> score. A run over all deals has dev, test and all."""
    usage: Usage = Usage()
    cases: tuple[CaseResult, ...] = ()

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return "-".join(filter(None, (self.about.date, self.about.reader, self.about.split)))

    def results(self, split: str = "all") -> tuple[CaseResult, ...]:
        """The deals of a split."""
        return tuple(c for c in self.cases if split in ("all", "given", c.split))


def make_run(about: About, cases: Sequence[CaseResult]) -> Run:
    """The run with its totals."""
    ordered = tuple(sorted(cases, key=lambda c: (c.case, c.attempt)))
    splits = sorted({c.split for c in ordered})
    by_split = {s: measure_all([c for c in ordered if c.split == s]) for s in splits}
    if len(splits) > 1:
        by_split["all"] = measure_all(ordered)
    return Run(about=about, totals=by_split, usage=sum((c.usage for c in ordered), Usage()), cases=ordered)


def to_json(run: Run) -> str:
    """The run as text, an item a line, so that two runs can be read side by side."""
    data = run.model_dump(mode="json", exclude_defaults=True)
    cases = [_case(case) for case in data.pop("cases", [])]
    head = json.dumps({"format": FORMAT, **data}, indent=1, ensure_ascii=False)
    return f'{head[:-2]},\n "cases": [\n' + ",\n".join(cases) + "\n ]\n}\n"


def _case(case: dict[str, object]) -> str:
    items = case.pop("items", ())
    head = json.dumps(case, ensure_ascii=False)[:-1]
    lines = (json.dumps(item, ensure_ascii=False) for item in items)  # type: ignore[attr-defined]
    return f'  {head}, "items": [\n   ' + ",\n   ".join(lines) + "\n  ]}"


def write_run(run: Run, folder: Path) -> Path:
    """Keep the run in the folder; the same name is overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run.name}.json"
    path.write_text(to_json(run), "utf-8")
    return path


def read_run(path: Path) -> Run:
    """The run in the file. Raises HandoffError when it is none."""
    try:
        return Run.model_validate_json(path.read_text("utf-8"))
    except OSError as error:
        raise HandoffError(f"Cannot read {path}: {error.strerror}. Kept runs lie in {KEPT}.") from None
    except (ValidationError, UnicodeDecodeError):
        raise HandoffError(f"{path} is no run. Give a JSON file that `python -m eval` wrote.") from None


def find_run(name: str, folder: Path = KEPT) -> Path:
    """A run by its path, by the name of a kept one, or "last". Raises HandoffError when there is none."""
    path = Path(name)
    if path.is_file():
        return path
    kept = kept_runs(folder)
    if name == "last" and kept:
        return kept[-1]
    for one in kept:
        if name in (one.name, one.stem):
            return one
    known = ", ".join(one.stem for one in kept[-5:]) or "none"
    raise HandoffError(f"There is no run '{name}'. Give a file, or one of those kept: {known}.")


def kept_runs(folder: Path = KEPT) -> list[Path]:
    """The runs kept in the folder, oldest first, by the date in their names."""
    return sorted(p for p in folder.glob("*.json") if "-contractnli-" not in p.name)
