"""`handoff crm`: deals from a CRM, packets into it. Nothing is written there without being shown first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import JsonOption, print_json
from assistant.cli.shell import shell_desk
from assistant.errors import HandoffError

if TYPE_CHECKING:  # they cost time
    from assistant.crm import Crm, Door
    from assistant.crm.pushing import Step
    from assistant.desk import Desk
    from assistant.protocol.rights import User
    from assistant.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Deals from a CRM, packets into it.")
NameArgument = Annotated[str, typer.Argument(help="hubspot or salesforce.")]
MappingOption = Annotated[Path, typer.Option(help="TOML file: which column is what.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be written; write nothing.")]


@app.command("setup", epilog="Example: `handoff crm setup hubspot --dry-run`")
def set_up(
    name: NameArgument,
    out: Annotated[
        Path | None, typer.Option(help="Salesforce: the folder into which all that is deployed is written.")
    ] = None,
    dry_run: DryOption = False,
) -> None:
    """Make the CRM's properties (HubSpot), or write what is deployed (Salesforce).

    That is the object Handoff__c, the rights to it, and what tells the desk of opportunities that are won.
    """
    from assistant.crm import crm_of
    from assistant.settings import read_settings

    row = crm_of(name)
    if out is not None:
        _written(row, out, read_settings())
        return
    door = None if dry_run or name == "salesforce" else row.connect(read_settings())
    for line in row.set_up(door):
        typer.echo(line)


def _written(row: Crm, out: Path, settings: Settings) -> None:
    """What is deployed, in the folder, and how."""
    if row.metadata is None:
        raise HandoffError(f"{row.label} needs no deployment: leave out --out.")
    try:
        for path, text in row.metadata(settings.desk_url).items():
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_text(text, "utf-8")
            typer.echo(str(out / path))
    except OSError as error:
        raise HandoffError(f"Cannot write to '{out}': {error.strerror}. Choose another --out.") from None
    typer.echo(f"Deploy it: sf project deploy start --metadata-dir {out}")
    if settings.desk_url and settings.hook_secret:
        from assistant.crm.outbound import key_of

        key = key_of(settings.hook_secret.get_secret_value())
        typer.echo(f"Or, for an outbound message: {settings.desk_url.rstrip('/')}/hooks/salesforce/{key}")
    if settings.desk_url is None:
        typer.echo("HANDOFF_DESK_URL is not set: write the desk's address into Handoff.remoteSite.", err=True)


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

    remote = crm_of(name).id_of(remote)
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

    row = crm_of(name)
    settings, desk, user = _desk(name)
    door = None if dry_run else row.connect(settings)
    told: list[dict[str, str]] = []
    failed: list[str] = []
    for one in [deal] if deal else _tied(desk, name):
        try:
            told += _pushed(desk, user, one, name, door, settings.desk_url, quiet=json)
        except HandoffError as error:
            if deal:
                raise
            failed.append(f"{one}: {error}")  # the others are sent all the same
    if json:
        print_json({"writes": told, "failed": failed})
    elif not failed and not any(line["state"] != "there" for line in told):
        typer.echo("Nothing is new: the CRM has it all.")
    for why in failed:
        typer.echo(why, err=True)
    raise typer.Exit(1 if failed else 0)


def _pushed(
    desk: Desk, user: User, deal: str, name: str, door: Door | None, address: str | None, quiet: bool
) -> list[dict[str, str]]:
    """Send one deal, or with no door say what would be sent."""
    from assistant.crm.pushing import push_packet, steps

    def say(step: Step) -> None:
        if not quiet:
            typer.echo(f"{deal}  {step.state:8}{step.write.shown}")

    if door is not None:
        found = push_packet(desk, user, deal, name, door, address, say)
    else:
        found = steps(desk, user, deal, name, address)[1]
        for step in found:
            say(step)
    return [{"deal": deal, "state": step.state, "write": step.write.shown} for step in found]


@app.command("import", epilog="Example: `handoff crm import won.csv --mapping crm.toml --dry-run`")
def take_in(
    file: Annotated[Path, typer.Argument(help="A CSV or JSON export of any CRM.")],
    mapping: MappingOption,
    dry_run: DryOption = False,
    json: JsonOption = False,
) -> None:
    """Make deals of the desk from a CRM's export, each once. Exit code 1 where a row could not be taken."""
    from assistant.crm.arriving import arrive, would_arrive
    from assistant.crm.exchange import ORIGIN, read_export, read_mapping

    deals, refused = read_export(file, read_mapping(mapping))
    settings, desk, user = _desk(ORIGIN)
    lines: list[dict[str, str]] = []
    for found in deals:
        try:
            deal, made = (
                would_arrive(desk, ORIGIN, found, settings.crm_owner) if dry_run
                else arrive(desk, user, ORIGIN, found, settings.crm_owner)
            )  # fmt: skip
            state = "new" if made else "there"
            lines.append({"id": found.id, "deal": deal, "state": state, "name": found.name})
        except HandoffError as error:
            refused.append(f"{found.id}: {error}")
    if json:
        print_json({"deals": lines, "refused": refused})
    else:
        for line in lines:
            cells = (line["id"], f"{line['state']:5}", line["deal"], line["name"])
            typer.echo("  ".join(filter(None, cells)))
        for why in refused:
            typer.echo(why, err=True)
    raise typer.Exit(1 if refused else 0)


@app.command("export", epilog="Example: `handoff crm export handoffs.csv --mapping crm.toml`")
def give_out(
    file: Annotated[Path, typer.Argument(help="The CSV or JSON file to write.")], mapping: MappingOption
) -> None:
    """Write the handoff record of every deal into a file; before acceptance only its status."""
    from assistant.crm.exchange import ORIGIN, read_mapping, write_export
    from assistant.crm.record import plan
    from assistant.desk import get_packet, list_deals
    from assistant.documents.words import count
    from assistant.store import crm

    given = read_mapping(mapping)
    settings, desk, user = _desk(ORIGIN)
    records: list[dict[str, object]] = []
    for line in list_deals(desk, user):
        if not line.deal.version:
            continue
        with desk.store.read() as connection:
            remote = crm.remote_of(connection, line.deal.id, ORIGIN)
        packet = get_packet(desk, user, line.deal.id).packet
        record = plan(packet, line.deal.id, desk.policy, _link(settings.desk_url, line.deal.id))[0]
        records.append({**record.fields, "id": remote, "deal": line.deal.id, "account": line.deal.account})
    write_export(file, records, given)
    typer.echo(f"{count(len(records), 'handoff')} written to {file}.")


def _link(address: str | None, deal: str) -> str | None:
    return f"{address.rstrip('/')}/?deal={deal}" if address else None


def _tied(desk: Desk, name: str) -> list[str]:
    """Deals that are tied and have a packet."""
    from assistant.store import crm
    from assistant.store.deals import find_deal

    with desk.store.read() as connection:
        ids = [deal for deal, _ in crm.linked(connection, name)]
        return [deal for deal in ids if find_deal(connection, deal).version]


def _desk(name: str) -> tuple[Settings, Desk, User]:
    """The desk that the settings name, and who acts on it at the shell."""
    from assistant.crm.arriving import program
    from assistant.settings import read_settings

    settings = read_settings()
    return settings, shell_desk(settings), program(name, name.capitalize())
