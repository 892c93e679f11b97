"""`handoff mcp`: an AI assistant reads packets and asks what is open. It can change nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import HandoffError

if TYPE_CHECKING:  # they cost time
    from assistant.desk import Desk
    from assistant.protocol.rights import User
    from assistant.settings import Settings

app = typer.Typer()
VARIABLE = "HANDOFF_TOKEN"


@app.command(epilog="Example: `HANDOFF_TOKEN=handoff_... handoff mcp`, as the command of an MCP client.")
def mcp(
    login: Annotated[
        str | None, typer.Option("--as", help="Whose rights count, where no token is given: a login.")
    ] = None,
) -> None:
    """Serve packets to an AI assistant over MCP (stdio): list deals, read packets, what is open, promises.

    Whose rights count says the token in HANDOFF_TOKEN (`handoff user token`), looked at for each question.
    """
    from datetime import UTC, datetime

    from assistant.api.mcp import make_server
    from assistant.desk import Desk
    from assistant.protocol.policy import load_policy
    from assistant.settings import read_settings
    from assistant.store import open_store

    settings = read_settings()
    desk = Desk(open_store(settings), load_policy(settings.policy), lambda: datetime.now(UTC))
    who = _who(settings, desk, login)
    who()
    make_server(desk, who).run("stdio")


def _who(settings: Settings, desk: Desk, login: str | None) -> Callable[[], User]:
    """Says whose rights count, or raises HandoffError where they ended."""
    from assistant.store.tokens import login_of_token
    from assistant.store.users import users_of

    people = users_of(settings)
    token = settings.token.get_secret_value() if settings.token else None

    def who() -> User:
        name = login_of_token(desk.store, token, desk.stamp()) if token else login
        user = people.find(name) if name else None
        if user is None:
            raise HandoffError(
                f"Say whose rights count: set {VARIABLE} to a token that counts (`handoff user token LOGIN`) "
                "or use --as LOGIN."
            )
        return user

    return who
