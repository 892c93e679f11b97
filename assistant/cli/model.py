"""`handoff cache` and `handoff draft --dry-run`: what a chat model was asked, and what it would be asked."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.hearing import hearing
from assistant.cli.options import JsonOption, print_json
from assistant.cli.reading import deal_name, kept_answers

if TYPE_CHECKING:
    from assistant.packet import Deal
    from assistant.readers.llm.rehearsal import Rehearsal
    from assistant.settings import Settings

app = typer.Typer()
DRY = "dry-run"
"""The folder beside the packet into which a dry run writes."""


@app.command(
    epilog="Examples: `handoff cache` · `handoff cache --clear deals/fernhill` · `handoff cache --clear all`"
)
def cache(
    clear: Annotated[
        str | None, typer.Option(metavar="FOLDER|all", help="Delete the answers of that deal, or of all.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """List the chat model's answers that are kept, a line a deal, or delete them."""
    from assistant.settings import read_settings
    from assistant.store import open_store
    from assistant.store.answers import KeptAnswers
    from assistant.terminal import print_table

    kept = KeptAnswers(open_store(read_settings()))
    if clear is not None:
        _clear(kept, clear)
        return
    holdings = kept.holdings()
    if json:
        print_json([vars(one) for one in holdings])
    elif not holdings:
        typer.echo("No answers are kept.")
    else:
        rows = [(h.deal, str(h.answers), str(h.tokens), f"{h.cost:.4f}") for h in holdings]
        print_table(("Deal", "Answers", "Tokens", "Dollars"), rows)


def _clear(kept: Any, which: str) -> None:
    names = [holding.deal for holding in kept.holdings()]
    wanted = names if which == "all" else [n for n in names if n in (which, deal_name(Path(which)))]
    if not wanted:
        typer.echo("Nothing is kept." if which == "all" else f"Nothing is kept for '{which}'.")
    for name in wanted:
        typer.echo(f"Deleted {kept.forget(name)} answers of {name}.")


def dry_run(
    folder: Path, deal: Deal | None, as_of: date, settings: Settings, out: Path, as_json: bool
) -> None:
    """Draft with nobody to ask; write and print what would have been sent. Nothing leaves the machine."""
    from assistant import pipeline
    from assistant.readers import get_reader
    from assistant.readers.llm import rehearsing_reader
    from assistant.readers.llm.rehearsal import estimate
    from extractors import start_reading

    reader, rehearsal = rehearsing_reader(settings, get_reader("embedded"), kept_answers(settings))
    hear = hearing(folder, None, None, dry=True, quiet=True)
    packet = pipeline.draft(folder, deal, as_of=as_of, reader=reader, files=start_reading(folder, hear))
    files = _written(rehearsal, out / DRY)
    told = estimate(rehearsal, settings)
    if as_json:
        print_json({**told, "files": [str(file) for file in files]})
        return
    for line in [*told["lines"], *(u.reason for u in packet.unread if "dry run" in u.reason)]:
        typer.echo(line)
    typer.echo(f"The exact requests are in {out / DRY}; nothing was sent.")


def _written(rehearsal: Rehearsal, folder: Path) -> list[Path]:
    """One file a request to read, and all of them as they would go over the wire; older files are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    files = []
    for number, (call, _) in enumerate(rehearsal.in_order(), start=1):
        files.append(folder / f"{number:02}-{call.prompt}.txt")
        text = "\n\n".join(f"--- {role} ---\n{said}" for role, said in call.messages)
        files[-1].write_text(text + "\n", "utf-8")
    files.append(folder / "requests.jsonl")
    lines = [json.dumps(body, ensure_ascii=False) + "\n" for body in rehearsal.bodies()]
    files[-1].write_text("".join(lines), "utf-8")
    return files
