"""`handoff report` and `handoff review-page`: the reports of the review desk, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import JsonOption, print_json
from assistant.cli.shell import shell_desk

if TYPE_CHECKING:  # they cost time, and only some commands need them
    from assistant.desk import Desk
    from assistant.protocol.measures import Measure
    from assistant.protocol.rights import User

app = typer.Typer()
SHOWN = ("in_time", "first_review", "hours", "score", "completeness", "satisfaction", "churned")


@app.command(
    epilog="Examples: `handoff report --by rep --period 2026-Q2` · `handoff report --csv reports/`"
)
def report(
    by: Annotated[str, typer.Option(help="month, quarter, team, rep, csm, segment or kind.")] = "team",
    period: Annotated[str | None, typer.Option(help="2026-05 or 2026-Q2. Default: all time.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Folder to write the tables to as CSV.")] = None,
    json: JsonOption = False,
) -> None:
    """Report over the handoffs of the review desk; nobody is named on few of them."""
    from assistant import desk as verbs

    desk, user = _desk()
    made = verbs.report(desk, user, by=by, period=period)  # type: ignore[arg-type]
    if json:
        print_json(made.model_dump(mode="json"))
        return
    if csv is not None:
        csv.mkdir(parents=True, exist_ok=True)
        for name in verbs.REPORT_FILES:
            (csv / name).write_bytes(verbs.report_file(desk, user, name, by=by, period=period))  # type: ignore[arg-type]
        typer.echo(f"{len(verbs.REPORT_FILES)} files are in {csv}")
        return
    _print_lines(made.by, [("all", made.n, made.measures), *((g.group, g.n, g.measures) for g in made.lines)])
    for gap in made.gaps[:5]:
        typer.echo(f"gap in {gap.n} of {gap.of}: {gap.id}")


@app.command("review-page", epilog="Examples: `handoff review-page 2026-05` · `handoff review-page 2026-Q2`")
def review_page(
    period: Annotated[str, typer.Argument(help="A month (2026-05) or a quarter (2026-Q2).")],
    json: JsonOption = False,
) -> None:
    """The monthly quality review, or the quarterly review of the protocol, on one page."""
    from assistant import desk as verbs

    desk, user = _desk()
    page = verbs.review_page(desk, user, period)
    if json:
        print_json(page.model_dump(mode="json"))
        return
    rows = [(period, page.n, page.measures), ("the one before", page.n_before, page.before),
            *((f"team {line.group}", line.n, line.measures) for line in page.by_team)]  # fmt: skip
    _print_lines("period", rows)
    for gap in page.gaps:
        typer.echo(f"gap in {gap.n} of {gap.of}: {gap.id}")
    for habit in page.habits:
        typer.echo(f"habit: {habit.label}: score {habit.score_with:g} with it (n={habit.n_with}), "
                   f"{habit.score_without:g} without (n={habit.n_without})")  # fmt: skip
    for label, ids in (("substandard", page.substandard), ("escalated", page.escalated), ("late", page.late)):
        typer.echo(f"{label}: {', '.join(ids) or 'none'}")


def _print_lines(first: str, rows: list[tuple[str, int, tuple[Measure, ...]]]) -> None:
    from assistant.terminal import print_table

    header = (first, "n", *(id.replace("_", " ") for id in SHOWN))
    print_table(header, [(name, str(n), *_figures(measures)) for name, n, measures in rows])


def _figures(measures: tuple[Measure, ...]) -> list[str]:
    told = {m.id: m for m in measures}
    return [_figure(told.get(id)) for id in SHOWN]


def _figure(measure: Measure | None) -> str:
    if measure is None:
        return "too few"
    return "-" if measure.value is None else f"{measure.value:g} (n={measure.n})"


def _desk() -> tuple[Desk, User]:
    """The desk of this machine's store, and somebody who sees all of it: whoever runs this has the store."""
    from assistant.protocol.rights import User
    from assistant.settings import read_settings

    return shell_desk(read_settings()), User(login="command-line", name="Command line", role="ops")
