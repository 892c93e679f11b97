"""`handoff crm`: deals from a CRM, packets into it. Nothing is written there without being shown first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import JsonOption, print_json

if TYPE_CHECKING:  # they cost time
    from assistant.crm.pushing import Step
    from assistant.desk import Desk
    from assistant.protocol.rights import User
    from assistant.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Deals from a CRM, packets into it.")
NameArgument = Annotated[str, typer.Argument(help="hubspot or salesforce.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be written; write nothing.")]


@app.command("setup", epilog="Example: `handoff crm setup hubspot --dry-run`")
def set_up(name: NameArgument, dry_run: DryOption = False) -> None:
    """Make the CRM's properties (HubSpot), or print the metadata to deploy (Salesforce)."""
    from assistant.crm import crm_of
    from assistant.settings import read_settings

    row = crm_of(name)
    door = None if dry_run or name == "salesforce" else row.connect(read_settings())
    for line in row.set_up(door):
        typer.echo(line)


@app.command("fetch", epilog="Example: `handoff crm fetch hubspot 9214 --make`")
def fetch(
    name: NameArgument,
    remote: Annotated[str, typer.Argument(help="The CRM's id of the deal.")],
    make: Annotated[bool, typer.Option("--make", help="Make it a deal of the desk, once.")] = False,
) -> None:
    """Print what the CRM knows of a deal, as JSON; or make it a deal of the desk."""
    from assistant.crm import crm_of
    from assistant.crm.arriving import arrive

    settings, desk, user = _desk(name)
    found = crm_of(name).connect(settings).fetch_deal(remote)
    if not make:
        print_json(found.deal.model_dump(mode="json", exclude_defaults=True))
        return
    deal, made = arrive(desk, user, name, found, settings.crm_owner)
    typer.echo(f"{deal} {'was made' if made else 'is there already'}: {found.name}")


@app.command("link", epilog="Example: `handoff crm link hubspot deal-7 9214`")
def link(
    name: NameArgument,
    deal: Annotated[str, typer.Argument(help="The desk's id of the deal.")],
    remote: Annotated[str, typer.Argument(help="The CRM's id of it.")],
) -> None:
    """Tie a deal of the desk to one of the CRM."""
    from assistant.crm import crm_of
    from assistant.desk import get_deal
    from assistant.store import crm

    crm_of(name)
    _, desk, user = _desk(name)
    get_deal(desk, user, deal)
    with desk.store.write() as connection:
        crm.link(connection, deal, name, remote)
    typer.echo(f"{deal} is {name}'s {remote}.")


@app.command("push", epilog="Example: `handoff crm push hubspot deal-7 --dry-run`")
def push(
    name: NameArgument,
    deal: Annotated[str | None, typer.Argument(help="A deal of the desk; else all that are tied.")] = None,
    dry_run: DryOption = False,
    json: JsonOption = False,
) -> None:
    """Write a packet into the CRM: only the status before it was accepted, then record, note and tasks.

    What was sent stays sent: run it again after an error, and only the rest is sent.
    """
    from assistant.crm import crm_of
    from assistant.crm.pushing import push_packet, steps

    row = crm_of(name)
    settings, desk, user = _desk(name)
    door = None if dry_run else row.connect(settings)
    told: list[dict[str, str]] = []
    for one in [deal] if deal else _tied(desk, name):
        if door is None:
            found = steps(desk, user, one, name, settings.desk_url)[1]
        else:
            say = (lambda step: None) if json else _say(one)
            found = push_packet(desk, user, one, name, door, settings.desk_url, say)
        told += [{"deal": one, "state": step.state, "write": step.write.shown} for step in found]
        if not json and dry_run:
            for step in found:
                typer.echo(_line(one, step))
    if json:
        print_json(told)
    elif not any(line["state"] != "there" for line in told):
        typer.echo("Nothing is new: the CRM has it all.")


def _tied(desk: Desk, name: str) -> list[str]:
    """Deals that are tied and have a packet."""
    from assistant.store import crm
    from assistant.store.deals import find_deal

    with desk.store.read() as connection:
        ids = [deal for deal, _ in crm.linked(connection, name)]
        return [deal for deal in ids if find_deal(connection, deal).version]


def _say(deal: str):  # type: ignore[no-untyped-def]
    return lambda step: typer.echo(_line(deal, step))


def _line(deal: str, step: Step) -> str:
    return f"{deal}  {step.state:8}{step.write.shown}"


def _desk(name: str) -> tuple[Settings, Desk, User]:
    """The desk that the settings name, and who acts on it at the shell."""
    from datetime import UTC, datetime

    from assistant.crm.arriving import program
    from assistant.desk import Desk
    from assistant.protocol.policy import load_policy
    from assistant.settings import read_settings
    from assistant.store import open_store
    from assistant.store.users import users_of

    settings = read_settings()
    desk = Desk(
        open_store(settings), load_policy(settings.policy), lambda: datetime.now(UTC),
        people=users_of(settings).all,
    )  # fmt: skip
    return settings, desk, program(name, name.capitalize())
