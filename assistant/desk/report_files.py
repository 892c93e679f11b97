"""Reports as CSV, with the n of every figure and nobody named on few handoffs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from assistant.desk.place import Desk
from assistant.desk.reporting import Report, report
from assistant.documents.commitment_log import harmless
from assistant.errors import HandoffError
from assistant.protocol.reports import By, Line
from assistant.protocol.rights import User

Table = list[Sequence[object]]


def _lines(held: Sequence[Line], by: str) -> Table:
    """A row a group; each figure with its n and, of a share, its interval."""
    shown = next((line.measures for line in held if line.measures), ())
    figures = (f"{m.id} {what}".strip() for m in shown for what in ("", "n", "low", "high"))
    header = [by, "handoffs", "people", "score month by month", *figures]
    return [header, *([*_group(line), *_figures(line)] for line in held)]


def _group(line: Line) -> list[object]:
    months = "; ".join(f"{point.month}: {point.score:g} (n={point.n})" for point in line.trend)
    return [line.group, line.n, line.people or "", months]


def _figures(line: Line) -> Iterable[object]:
    for measure in line.measures:
        yield from (measure.value, measure.n, measure.low, measure.high)


def _gaps(made: Report) -> Table:
    return [["gap", "handoffs", "of"], *([g.id, g.n, g.of] for g in made.gaps)]


def _habits(made: Report) -> Table:
    header = ["habit", "with n", "with score", "without n", "without score", "with satisfaction",
              "without satisfaction"]  # fmt: skip
    rows = ([h.label, h.n_with, h.score_with, h.n_without, h.score_without, h.satisfaction_with,
             h.satisfaction_without] for h in made.habits)  # fmt: skip
    return [header, *rows]


def _outcomes(made: Report) -> Table:
    kinds = ("missed", "accepted_anyway", "never_said")
    header = ["band", "handoffs", "satisfaction", "satisfaction n", "left", *kinds]
    rows: Table = [
        [o.band, o.n, o.satisfaction, o.n_satisfaction, o.churned, *(o.surprises.get(k, 0) for k in kinds)]
        for o in made.outcomes
    ]
    return [header, *rows]


def _churn(made: Report) -> Table:
    rows = ([c.reason, c.n, c.score, "; ".join(c.gaps)] for c in made.churn)
    return [["reason", "handoffs", "score", "commonest gaps"], *rows]


REPORT_FILES: dict[str, Callable[[Report], Table]] = {
    "groups.csv": lambda made: _lines(made.lines, made.by),
    "trend.csv": lambda made: _lines(made.trend, "month"),
    "gaps.csv": _gaps,
    "habits.csv": _habits,
    "outcomes.csv": _outcomes,
    "churn.csv": _churn,
}
"""Name -> the report's rows, the header first."""


def report_file(desk: Desk, user: User, name: str, *, by: By = "team", period: str | None = None) -> bytes:
    """One of REPORT_FILES in UTF-8 with a byte order mark, as `report` has it for this user."""
    if name not in REPORT_FILES:
        raise HandoffError(f"There is no report '{name[:40]}'. There are: {', '.join(REPORT_FILES)}.")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in REPORT_FILES[name](report(desk, user, by=by, period=period)):
        writer.writerow(["" if entry is None else harmless(str(entry)) for entry in row])
    return text.getvalue().encode("utf-8-sig")
