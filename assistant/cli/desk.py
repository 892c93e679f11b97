"""`handoff serve`, `user`, `audit`, `backup` and `restore`: the review desk from the outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import JsonOption, print_json
from assistant.errors import HandoffError

if TYPE_CHECKING:  # they cost time, and only some commands need them
    from assistant.store import Store
    from assistant.store.users import UsersFile

app = typer.Typer()
user_app = typer.Typer(no_args_is_help=True, help="Who may sign in to the review desk.")
audit_app = typer.Typer(no_args_is_help=True, help="The record of who did what.")
EXAMPLES = Path("examples")


@app.command(epilog="Example: `handoff serve --demo` opens the desk with example deals on this machine.")
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen at. Default: 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(help="Port. Default: 7860.")] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Example deals, and people who sign in without a password.")
    ] = False,
    examples: Annotated[Path, typer.Option(help="Folder of example deals for --demo.")] = EXAMPLES,
) -> None:
    """Serve the review desk. Settings come from HANDOFF_... variables or .env."""
    from assistant.server.running import run
    from assistant.settings import read_settings

    changed = {"host": host, "port": port}
    settings = read_settings().model_copy(update={k: v for k, v in changed.items() if v is not None})
    run(settings, demo=demo, examples=examples, say=typer.echo)


@user_app.command("add", epilog='Example: `handoff user add ana.ruiz --name "Ana Ruiz" --role ae`')
def add(
    login: Annotated[str, typer.Argument(help="What the person signs in with; an SSO proxy sends the same.")],
    name: Annotated[str, typer.Option(help="The name that decisions bear.")],
    role: Annotated[str, typer.Option(help="ae, csm, cs_manager, sales_manager, ops or admin.")],
    email: Annotated[str | None, typer.Option(help="Where to write to.")] = None,
    sso: Annotated[bool, typer.Option("--sso", help="Without a password: only the SSO proxy.")] = False,
) -> None:
    """Add a person, or change name, role and password. The password is asked for, or read from a pipe."""
    from pydantic import ValidationError

    from assistant.protocol.rights import ROLES, User

    try:
        user = User.model_validate({"login": login, "name": name, "role": role, "email": email})
    except ValidationError:
        raise HandoffError(f"There is no role '{role}'. Roles are: {', '.join(ROLES)}.") from None
    _users().add(user, None if sso else _password())
    _end_sessions(login)
    typer.echo(f"{login} may sign in as {role}.")


@user_app.command("list", epilog="Example: `handoff user list --json`")
def list_users(json: JsonOption = False) -> None:
    """List who may sign in."""
    from assistant.terminal import print_table

    people = _users().all()
    if json:
        print_json([user.model_dump() for user in people])
    else:
        print_table(("Login", "Name", "Role"), [(u.login, u.name, u.role) for u in people])


@user_app.command("remove", epilog="Example: `handoff user remove ana.ruiz`")
def remove(login: Annotated[str, typer.Argument(help="Whose sign-in ends.")]) -> None:
    """Take a person out; they are signed out everywhere. What they decided stays."""
    _users().remove(login)
    _end_sessions(login)
    _end_tokens(login)
    typer.echo(f"{login} may no longer sign in.")


@audit_app.command("verify", epilog="Example: `handoff audit verify`")
def verify(json: JsonOption = False) -> None:
    """Compute the audit log's chain of hashes anew. Exit code 1 when it does not hold."""
    from assistant.store import audit

    found = audit.verify(_store())
    if json:
        print_json({"lines": found.lines, "last": found.last, "problems": list(found.problems)})
    else:
        for problem in found.problems:
            typer.echo(problem)
        typer.echo(f"{found.lines} lines, last hash {found.last}")
    raise typer.Exit(1 if found.problems else 0)


@app.command(epilog="Example: `handoff backup /backups/handoff-monday.zip`")
def backup(file: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")]) -> None:
    """Write the whole store into one file, while people work."""
    from assistant.store.backup import write_backup

    typer.echo(f"{write_backup(_store(), file)} rows are in {file}. Keep it as safe as the store itself.")


@app.command(epilog="Example: `handoff restore /backups/handoff-monday.zip`")
def restore(file: Annotated[Path, typer.Argument(help="A file that `handoff backup` wrote.")]) -> None:
    """Fill an empty store from a backup; it may be another kind of database than the one backed up."""
    from assistant.store.backup import read_backup

    typer.echo(f"{read_backup(_store(), file)} rows were restored.")


def _store() -> Store:
    from assistant.settings import read_settings
    from assistant.store import open_store

    return open_store(read_settings())


def _users() -> UsersFile:
    from assistant.settings import read_settings
    from assistant.store.users import users_of

    return users_of(read_settings())


def _end_sessions(login: str) -> None:
    from assistant.store import sessions

    sessions.end_all(_store(), login)


def _end_tokens(login: str) -> None:
    """Programs too: a person who comes back later starts without any."""
    from datetime import UTC, datetime

    from assistant.store import tokens

    tokens.revoke(_store(), login, datetime.now(UTC).isoformat(timespec="seconds"), by="handoff")


def _password() -> str:
    import sys

    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")
