"""What a terminal shows of a batch: a bar while it runs, then a table, what failed, and the totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.progress import TimeRemainingColumn as Remaining
from rich.table import Table

from assistant.batch import Job, Plan, Row, totals
from assistant.documents.words import VERDICTS, count
from assistant.terminal import open_console

if TYPE_CHECKING:  # it loads the desk
    from assistant.batch.placing import Placed

SHOWN = 200
"""Deals that the table lists; the file has all."""
HEADER = ("Deal", "Account", "Promises", "Contradicted", "Blockers", "Missing", "Score")

AT_DESK = {"new": "new", "redrafted": "redrafted", "left": "left alone", "failed": "failed"}


@contextmanager
def shown_batch(deals: Sequence[Job], plan: Plan, *, enabled: bool) -> Iterator[Plan]:
    """The plan, telling a bar on stderr of each deal; on a terminal only."""
    screen = Console(stderr=True)
    if not (enabled and screen.is_terminal):
        yield plan
        return
    columns = (
        TextColumn("Drafting"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        Remaining(compact=True), TextColumn("{task.fields[now]}{task.fields[failed]}"),
    )  # fmt: skip
    failures = 0
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("", total=len(deals), now="", failed="")

        def begun(name: str) -> None:
            bar.update(task, now=escape(name[:30]))

        def told(row: Row) -> None:
            nonlocal failures
            failures += bool(row.error)
            bar.update(task, advance=1, failed=f" [red]{failures} failed[/]" if failures else "")

        yield replace(plan, on_begin=begun, on_row=told)


@contextmanager
def shown_placing(number: int, *, enabled: bool) -> Iterator[Callable[[Placed], None]]:
    """What is told of each deal that came to the desk: a bar on stderr, on a terminal only."""
    screen = Console(stderr=True)
    if not (enabled and screen.is_terminal):
        yield lambda placed: None
        return
    columns = (TextColumn("To the desk"), BarColumn(), MofNCompleteColumn(), Remaining(compact=True))
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("", total=number)
        yield lambda placed: bar.update(task, advance=1)


def print_batch(rows: Sequence[Row], file: Path) -> None:
    """A row a deal, then what failed and why, then everything together."""
    screen = open_console()
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold")
    for number, name in enumerate(HEADER):
        # Numbers keep their room; names give way on a narrow terminal.
        table.add_column(name, justify="right" if number > 1 else "left", no_wrap=True)
    for row in rows[:SHOWN]:
        table.add_row(*_cells(row))
    screen.print(table)
    if len(rows) > SHOWN:
        screen.print(f"[dim]... and {len(rows) - SHOWN} more in the file[/]")
    _failures(screen, rows)
    screen.print(f"\n{_in_words(rows)}")
    screen.print(f"[dim]{escape(str(file))} has a line a deal; the packets lie beside it[/]")


def _cells(row: Row) -> list[str]:
    if row.error:
        return [escape(row.deal), "[red]not drafted[/]", *("" for _ in HEADER[2:])]
    verdicts, contradicted = sum(row.verdicts.values()), row.verdicts.get("contradicted", 0)
    score = "" if row.known is None else f"{row.known:g}/{row.knowable:g}"
    return [
        escape(row.deal), escape(row.account), str(verdicts), _marked(contradicted), _marked(row.blockers),
        str(len(row.missing)), score,
    ]  # fmt: skip


def _marked(number: int) -> str:
    return f"[bold red]{number}[/]" if number else "0"


def _failures(screen: Console, rows: Sequence[Row]) -> None:
    failures = [row for row in rows if row.error]
    for row in failures[:SHOWN]:
        screen.print(f"[bold red]{escape(row.deal)}[/] {escape(row.error)}", soft_wrap=True)
    if len(failures) > SHOWN:
        screen.print(f"[dim]... and {len(failures) - SHOWN} more that failed[/]")


def _in_words(rows: Sequence[Row]) -> str:
    """ "3 deals: 2 drafted, 1 failed. 40 promises: 30 covered, ..." """
    all_ = totals(rows)
    ended = [("drafted", all_["drafted"]), ("kept from before", all_["kept"]), ("failed", all_["failed"])]
    promises = {VERDICTS[v][0].lower(): n for v, n in all_["promises"].items() if n}
    said = ", ".join(f"{n} {word}" for word, n in promises.items())
    parts = [f"{count(all_['deals'], 'deal')}: {', '.join(f'{n} {word}' for word, n in ended if n)}"]
    if promises:
        parts.append(f"{count(sum(promises.values()), 'promise')}: {said}")
    parts.append(f"{count(all_['blockers'], 'blocker')} in {count(all_['deals_with_blockers'], 'deal')}")
    if all_["desk"]:
        at_desk = (f"{n} {AT_DESK[state]}" for state, n in all_["desk"].items())
        parts.append(f"At the desk: {', '.join(at_desk)}")
    if all_["files_not_read"]:
        parts.append(f"{count(all_['files_not_read'], 'file')} not read")
    if all_["tokens"]:
        parts.append(f"{count(all_['model_calls'], 'call')}, {all_['tokens']:,} tokens, ${all_['cost']:.2f}")
    return ". ".join(parts) + "."
