"""`handoff user token`: what lets a program act for a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from assistant.cli.desk import _store, _users, user_app
from assistant.cli.options import JsonOption, print_json
from assistant.errors import HandoffError

OPERATOR = "handoff"
"""Who the audit log names for what is done at the server's shell."""


@user_app.command("token", epilog="Example: `handoff user token ana.ruiz --label warehouse --days 90`")
def token(
    login: Annotated[str, typer.Argument(help="The person whose rights the token has.")],
    label: Annotated[str, typer.Option(help="What it is for.")] = "program",
    days: Annotated[int | None, typer.Option(min=1, max=3650, help="It ends after so many days.")] = None,
    revoke: Annotated[bool, typer.Option("--revoke", help="End the token of that label instead.")] = False,
    every: Annotated[bool, typer.Option("--all", help="With --revoke: all of the person's.")] = False,
) -> None:
    """Print a new token for the API, this once, or revoke one. Only a hash of it is stored."""
    from assistant.store import tokens

    now = datetime.now(UTC)
    if revoke:
        count = tokens.revoke(_store(), login, _stamp(now), None if every else label, OPERATOR)
        typer.echo(f"{count} token{'s' if count != 1 else ''} of {login} ended.")
        raise typer.Exit(0 if count else 1)
    if _users().find(login) is None:
        raise HandoffError(f"There is nobody with the login '{login}'. `handoff user list` shows who is.")
    until = _stamp(now + timedelta(days=days)) if days else None
    typer.echo(tokens.make_token(_store(), login, label, _stamp(now), until, OPERATOR))


@user_app.command("tokens", epilog="Example: `handoff user tokens`")
def list_tokens(json: JsonOption = False) -> None:
    """List whose tokens there are, and until when they count."""
    from dataclasses import asdict

    from assistant.store import tokens
    from assistant.terminal import print_table

    found = tokens.list_tokens(_store())
    if json:
        print_json([asdict(row) for row in found])
    else:
        rows = [(r.login, r.label, r.made_at[:10], r.until[:10] if r.until else "") for r in found]
        print_table(("Login", "For", "Made", "Until"), rows)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
