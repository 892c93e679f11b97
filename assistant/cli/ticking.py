"""`handoff tick` and `handoff outbox`: the clocks from cron, and what a person decides about messages."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import JsonOption, print_json
from assistant.cli.shell import shell_desk
from assistant.errors import HandoffError

if TYPE_CHECKING:  # they cost time, and only these commands need them
    from assistant.desk.ticking import Ticked
    from assistant.store.messages import State

app = typer.Typer()
outbox_app = typer.Typer(no_args_is_help=True, help="Messages that went out, wait, or need a person.")
OPEN = ("waiting", "sending", "unsure", "failed")


@app.command(epilog="Example, in a crontab: `* * * * * handoff tick --quiet`")
def tick(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent; change and send nothing.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print only what a person has to see to.")] = False,
    json: JsonOption = False,
) -> None:
    """Look at every deal's clocks once: remind, escalate, send. `handoff serve` does it by itself.

    Exit code 1 when a message failed or may be lost; `handoff outbox list` shows it.
    """
    from assistant.desk.ticking import tick_clocks
    from assistant.server.ticker import outgoing
    from assistant.settings import read_settings

    settings = read_settings()
    desk = shell_desk(settings)
    done = tick_clocks(desk, outgoing(settings), holder=_holder(), dry_run=dry_run)
    if json:
        print_json(_plain(done))
    else:
        for line in _lines(done, dry_run, quiet):
            typer.echo(line)
    failed = [o for o in done.outcomes if o.state in ("failed", "unsure")]
    raise typer.Exit(1 if failed or done.problems else 0)


@outbox_app.command("list", epilog="Example: `handoff outbox list --all --deal deal-7`")
def list_outbox(
    deal: Annotated[str | None, typer.Option(help="Only this deal's, e.g. deal-7.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that are out, too.")] = False,
    json: JsonOption = False,
) -> None:
    """List messages that wait or need a person, with what is wrong."""
    from assistant.settings import read_settings
    from assistant.store import open_store
    from assistant.store.messages import STATES, find_messages
    from assistant.terminal import print_table

    with open_store(read_settings()).read() as connection:
        found = find_messages(connection, deal, STATES if everything else OPEN)  # type: ignore[arg-type]
    if json:
        print_json([asdict(message) for message in found])
        return
    print_table(
        ("Id", "State", "About", "Deal", "To", "Subject", "Problem"),
        [
            (m.id[:12], m.state, m.at[:16], m.deal, ", ".join(p["login"] or "" for p in m.people), m.subject,
             m.problem or "")
            for m in found
        ],
    )  # fmt: skip


@outbox_app.command("retry", epilog="Example: `handoff outbox retry 4f2a91c07b1e`")
def retry(id: Annotated[str, typer.Argument(help="Its id, or the first letters of it.")]) -> None:
    """Send a message again that failed or is unsure; an unsure one may arrive twice."""
    _decide(id, ("failed", "unsure", "dropped"), "waiting")


@outbox_app.command("arrived", epilog="Example: `handoff outbox arrived 4f2a91c07b1e`")
def arrived(id: Annotated[str, typer.Argument(help="Its id, or the first letters of it.")]) -> None:
    """An unsure message did arrive."""
    _decide(id, ("unsure",), "sent")


@outbox_app.command("drop", epilog="Example: `handoff outbox drop 4f2a91c07b1e`")
def drop(id: Annotated[str, typer.Argument(help="Its id, or the first letters of it.")]) -> None:
    """A message is not to be sent any more."""
    _decide(id, ("waiting", "failed", "unsure"), "dropped")


def _decide(id: str, allowed: tuple[str, ...], becomes: State) -> None:
    from datetime import UTC, datetime

    from assistant.settings import read_settings
    from assistant.store import open_store
    from assistant.store.messages import find_message, mark

    at = datetime.now(UTC).isoformat(timespec="seconds")
    with open_store(read_settings()).write() as connection:
        message = find_message(connection, id)
        if message is None:
            raise HandoffError(f"There is no message '{id[:40]}'. `handoff outbox list --all` shows them.")
        if message.state not in allowed:
            raise HandoffError(f"The message is {message.state}; that cannot be changed to {becomes}.")
        again = {"next_at": at, "tries": 0} if becomes == "waiting" else {}
        mark(connection, message.id, becomes, at, **again)
    typer.echo(f"{message.id[:12]} is {becomes}.")


def _holder() -> str:
    import os
    import socket

    return f"{socket.gethostname()[:40]} {os.getpid()}"


def _lines(done: Ticked, dry_run: bool, quiet: bool) -> list[str]:
    if done.busy:
        return [] if quiet else ["Another process is looking at the clocks; nothing was done."]
    bad = [str(o) for o in done.outcomes if o.state in ("failed", "unsure")]
    good = [str(o) for o in done.outcomes if o.state not in ("failed", "unsure")]
    if dry_run:
        good = [f"{deal}: {plan.kind} to {', '.join(plan.to)} ({plan.key})" for deal, plan in done.made]
    rest = f"{len(good)} messages would go out." if dry_run else f"{len(good)} messages went out or wait."
    return [*bad, *done.problems, *([] if quiet else [*good, rest])]


def _plain(done: Ticked) -> dict[str, object]:
    made = [{"deal": deal, "kind": plan.kind, "key": plan.key, "at": plan.at.isoformat(), "to": list(plan.to)}
            for deal, plan in done.made]  # fmt: skip
    tried = [{"id": o.message.id, "deal": o.message.deal, "key": o.message.key, "state": o.state,
              "problem": o.problem} for o in done.outcomes]  # fmt: skip
    return {"busy": done.busy, "made": made, "tried": tried, "problems": list(done.problems)}
