"""`handoff watch`: deals and mails that are put into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command(epilog="Example: `handoff watch /srv/handoffs --owner ana.ruiz`")
def watch(
    folder: Annotated[Path, typer.Argument(help="Sub-folders are deals; mails (.eml) lie beside them.")],
    once: Annotated[bool, typer.Option("--once", help="Look once and stop, for cron.")] = False,
    every: Annotated[float, typer.Option(min=1, help="Seconds between two looks.")] = 10,
    settle: Annotated[float, typer.Option(min=0, help="Seconds for which a file must not change.")] = 5,
    owner: Annotated[str | None, typer.Option(help="Login of the AE for deals that name none.")] = None,
) -> None:
    """Make a deal of each sub-folder, draft it, add what is put there later, and file mails with their deal.

    A mail belongs to the deal that its subject names (deal-7), else to the account whose domain wrote it.
    """
    import time

    from assistant.cli.shell import reading_desk
    from assistant.crm.arriving import program
    from assistant.crm.watching import ORIGIN, look
    from assistant.settings import read_settings

    settings = read_settings()
    user, owner = program(ORIGIN, "Watched folder"), owner or settings.crm_owner
    desk = reading_desk(settings)
    told: set[str] = set()
    while True:
        for line in look(desk, user, folder, settle, owner):
            if line not in told:
                typer.echo(line)
            told.add(line)
        if once:
            return
        time.sleep(every)
