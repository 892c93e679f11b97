"""The command line: one file a family of commands, one row here for each.

Every import that costs time stands inside the command that needs it, so that `handoff --help` is instant.
"""

from __future__ import annotations

import sys
from typing import NoReturn

import typer

from assistant.cli import (
    audio,
    batch,
    cases,
    crm,
    desk,
    handover,
    mcp,
    model,
    packets,
    practice,
    reports,
    tables,
    ticking,
    tokens,  # noqa: F401 - its commands stand in desk.user_app
    watch,
    worker,
)
from assistant.cli.options import UNUSABLE
from assistant.errors import HandoffError

app = typer.Typer(
    name="handoff",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Turns calls, contracts and emails into a handoff packet that customer success can trust.",
    epilog="Example: `handoff draft deals/fernhill`. "
    "Exit codes: 0 done, 1 blockers, 2 unusable, 3 drafted but some file was not read.",
)
FAMILIES = (
    packets.app, batch.app, worker.app, tables.app, model.app, desk.app, cases.app, reports.app, ticking.app,
    handover.app, practice.app, watch.app, mcp.app,
)  # fmt: skip
for family in FAMILIES:
    app.add_typer(family)
app.add_typer(audio.audio_app, name="audio")
app.add_typer(crm.app, name="crm")
app.add_typer(tables.policy_app, name="policy")
app.add_typer(desk.user_app, name="user")
app.add_typer(ticking.outbox_app, name="outbox")
app.add_typer(desk.audit_app, name="audit")


def main() -> None:
    """The `handoff` program. What a person did wrong ends in one line and exit code 2, never a traceback."""
    try:
        app()
    except HandoffError as error:
        _refuse(str(error))
    except KeyboardInterrupt:
        _refuse("Stopped.")


def _refuse(message: str) -> NoReturn:
    print(f"handoff: {message}", file=sys.stderr)
    sys.exit(UNUSABLE)
