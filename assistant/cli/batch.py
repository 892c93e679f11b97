"""`handoff batch`: every deal in a folder, side by side."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import DRAFTED, PARTLY_READ, UNUSABLE, JsonOption, PolicyOption, day, print_json
from assistant.errors import HandoffError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.batch import Job, Ledger, Plan, Row
    from assistant.desk import Desk
    from assistant.settings import Settings

app = typer.Typer()
CSV = "batch.csv"
NOBODY = "No worker is there yet. Start one on each machine: handoff worker"
DEAF = (
    "{} with recordings wait for a worker that hears: run `handoff audio setup` on its machine, or name a "
    "service with HANDOFF_SPEECH_URL and HANDOFF_SPEECH_KEY; then start it again."
)
OUT = Path("out")


@app.command(epilog="Example: `handoff batch deals --out packets --as-of 2026-05-18`")
def batch(
    folder: Annotated[Path, typer.Argument(help="A folder with a sub-folder for each deal.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Where the packets go, a folder a deal. Default: out/NAME OF FOLDER."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, max=256, help="Deals side by side. Default: one a core; 4 with a chat model."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day the packets are made. Default: today.")
    ] = None,
    reader: Annotated[
        str | None, typer.Option(help="embedded or llm. Default: llm when HANDOFF_MODEL is set.")
    ] = None,
    policy: PolicyOption = None,
    queue: Annotated[
        bool, typer.Option("--queue", help="Let the workers on all machines draft: see `handoff worker`.")
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait/--no-wait", help="With --queue: wait for the packets, or only queue.")
    ] = True,
    desk: Annotated[
        str | None,
        typer.Option(metavar="LOGIN", help="Bring the deals to the review desk; this AE owns them."),
    ] = None,
    json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Draft every deal of a folder, and tell of all of them in a table and in batch.csv.

    With --desk each becomes a deal at the review desk, once: run again, deals with new files are drafted
    anew with all that was decided, and those that customer success has are left alone.

    Stopped or crashed, the same command goes on where it was: finished deals are drafted again only when
    their files, the reader or the day have changed. Exit code 0 when all is drafted, 3 when a deal or a file
    is missing from that, 2 when no deal could be drafted.
    """
    from assistant.batch import Ledger, find_jobs, run, write_csv
    from assistant.batch_shown import print_batch, shown_batch
    from assistant.settings import read_settings

    where, settings = out or OUT / folder.resolve().name, read_settings()
    deals = find_jobs(folder, where)
    name = reader or default_reader_of(settings)
    shelf = shelf_of(settings, name, desk) if desk else None
    plan = plan_of(settings, name, day(as_of), policy, jobs)
    ledger = Ledger(where)
    with shown_batch(deals, plan, enabled=not (quiet or json)) as told:
        try:
            rows = (
                run_queued(deals, told, ledger, settings, name, wait) if queue else run(deals, told, ledger)
            )
        except KeyboardInterrupt:
            raise HandoffError(
                "Stopped. What is drafted is kept; the same command goes on with the rest."
            ) from None
    if queue and not wait:
        typer.echo("The workers draft them; the same command without --no-wait collects the packets.")
        return
    if shelf is not None and desk is not None:
        rows = at_desk(shelf, desk, deals, rows, plan, quiet=quiet or json)
    file = write_csv(rows, where / CSV)
    if json:
        print_json(as_json(rows, file))
    elif not quiet:
        print_batch(rows, file)
    raise typer.Exit(exit_code(rows))


def plan_of(
    settings: Settings, name: str, as_of: date, policy: Path | None, most: int | None
) -> Plan:
    """Who reads, and how many deals at once."""
    from assistant.batch import Plan
    from assistant.batch.drafting import How
    from assistant.batch.jobs import ears_key, identity_of
    from assistant.cli.reading import readers_for
    from assistant.readers import READERS

    if name not in READERS:
        raise HandoffError(f"There is no reader '{name}'. Known are: {', '.join(sorted(READERS))}.")
    how = How(as_of, policy, settings)
    how.load()  # what is wrong with the policy is told before anything is drafted
    reader_of = readers_for(settings) if name == "llm" else None
    ears = cache(lambda: ears_key(settings))
    return Plan(how, identity_of(settings, name, as_of, policy), most, reader_of, ears)


def run_queued(
    deals: Sequence[Job], plan: Plan, ledger: Ledger, settings: Settings, reader: str, wait: bool
) -> list[Row]:
    """The rows of the deals that the workers have drafted; of those that still wait there is none."""
    from assistant.batch.collecting import Queueing, collect, put_in_line
    from assistant.documents.words import count
    from assistant.store import open_store

    queueing = Queueing(
        open_store(settings), reader, lambda: typer.echo(NOBODY, err=True),
        on_deaf=lambda number: typer.echo(DEAF.format(count(number, "deal")), err=True),
    )  # fmt: skip
    found = put_in_line(deals, plan, queueing, ledger)
    done = f", {len(found.rows)} were done before" if found.rows else ""
    typer.echo(f"{count(found.fresh, 'deal')} queued, {len(found.waiting)} to be collected{done}.", err=True)
    if wait:
        collect(found, plan, queueing, ledger)
    return [found.rows[job.name] for job in deals if job.name in found.rows]


def shelf_of(settings: Settings, reader: str, owner: str) -> Desk:
    """The desk that the deals are brought to. Raises HandoffError where nobody owns them there."""
    from assistant.batch.placing import see_owner
    from assistant.cli.shell import reading_desk

    found = reading_desk(settings.model_copy(update={"reader": reader}))
    see_owner(found, owner)
    return found


def at_desk(
    shelf: Desk, owner: str, deals: Sequence[Job], rows: list[Row], plan: Plan, *, quiet: bool
) -> list[Row]:
    """The rows with what became of the drafted deals at the desk."""
    from dataclasses import replace

    from assistant.batch.placing import place_all
    from assistant.batch_shown import shown_placing

    good = {row.deal for row in rows if not row.error}
    with shown_placing(len(good), enabled=not quiet) as told:
        placed = place_all(shelf, owner, (job for job in deals if job.name in good), plan.how.as_of, told)
    for one in placed:
        if one.note:
            typer.echo(f"{one.deal}: {one.note}", err=True)
    states = {one.deal: one for one in placed}
    return [
        replace(row, desk=states[row.deal].id, desk_state=states[row.deal].state)
        if row.deal in states else row
        for row in rows
    ]  # fmt: skip


def default_reader_of(settings: Settings) -> str:
    """Who reads when nobody says."""
    from assistant.readers import default_reader

    return default_reader(settings)


def as_json(rows: list[Row], file: Path) -> dict[str, object]:
    """What `--json` prints."""
    from assistant.batch import totals
    from assistant.batch.rows import to_plain

    return {"csv": str(file), **totals(rows), "rows": [to_plain(row) for row in rows]}


def exit_code(rows: list[Row]) -> int:
    """As `handoff draft` has them."""
    if all(row.error for row in rows):
        return UNUSABLE
    missing = any(row.error or row.unread or row.desk_state == "failed" for row in rows)
    return PARTLY_READ if missing else DRAFTED
