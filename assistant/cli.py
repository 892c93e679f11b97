"""The command line. Every import that costs time stands inside the command that needs it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from assistant.errors import HandoffError

DRAFTED, BLOCKED, UNUSABLE, PARTLY_READ = 0, 1, 2, 3
"""Exit codes, the same for every command; README lists them."""

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
policy_app = typer.Typer(
    no_args_is_help=True, help="Look at the policy: the protocol's numbers as a company sets them."
)
app.add_typer(policy_app, name="policy")

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines, nothing else.")]
PolicyOption = Annotated[
    Path | None, typer.Option("--policy", help="A TOML file with the policy's lines that you change.")
]


@app.command(epilog="Example: `handoff draft deals/fernhill --as-of 2026-05-18 --out packets/fernhill`")
def draft(
    folder: Annotated[
        Path, typer.Argument(help="The deal's folder: calls, mails, contracts; sub-folders too.")
    ],
    deal: Annotated[
        Path | None, typer.Option(help="What the CRM knows. Default: deal.yaml in FOLDER, if there.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where the documents go. Default: out/ and the name of FOLDER.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day the packet is made, 2026-05-18. Default: today."),
    ] = None,
    reader: Annotated[
        str, typer.Option(help="Who reads the sources: embedded (no key, no network).")
    ] = "embedded",
    policy: PolicyOption = None,
    json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Draft the handoff packet of a deal: packet.json, deal summary (Word, Markdown), commitment log (CSV).

    Exit code 0 when everything was read, 3 when the packet is there but some file was not read.
    """
    from assistant import pipeline
    from assistant.deal_file import find_deal_file, read_deal
    from assistant.documents import write_documents
    from assistant.protocol.policy import load_policy
    from assistant.terminal import outcome, print_summary, shown_steps

    deal_file = deal or find_deal_file(folder)
    known = read_deal(deal_file) if deal_file else None
    with shown_steps(pipeline.STEPS, enabled=not (quiet or json)) as on_step:
        packet = pipeline.draft(
            folder, known, as_of=_day(as_of), reader=reader, policy=load_policy(policy), on_step=on_step
        )
        files = write_documents(packet, out or Path("out") / folder.resolve().name)
    if json:
        _print_json({"files": [str(file) for file in files], **outcome(packet)})
    elif not quiet:
        print_summary(packet, files)
    raise typer.Exit(PARTLY_READ if packet.unread else DRAFTED)


@app.command(epilog="Example: `handoff check out/fernhill/packet.json`")
def check(
    file: Annotated[
        Path, typer.Argument(metavar="PACKET.JSON", help="A packet, as `handoff draft` wrote it.")
    ],
    policy: PolicyOption = None,
    json: JsonOption = False,
) -> None:
    """Run the rules again over a packet. Exit code 1 when a blocker is open, 2 when the file is no packet."""
    from assistant import pipeline
    from assistant.packet.packet_file import read_packet
    from assistant.protocol.policy import load_policy
    from assistant.terminal import outcome, print_findings

    packet = pipeline.check(read_packet(file), load_policy(policy))
    if json:
        _print_json({"findings": [f.model_dump(mode="json") for f in packet.findings], **outcome(packet)})
    else:
        print_findings(packet)
    raise typer.Exit(BLOCKED if any(f.severity == "blocker" for f in packet.findings) else DRAFTED)


@app.command(epilog="Example: `handoff rules promise-contradicted` prints that rule's page.")
def rules(
    rule: Annotated[str | None, typer.Argument(metavar="[RULE]", help="Print this rule's page.")] = None,
    json: JsonOption = False,
) -> None:
    """List the rules: what each finds, how grave it is."""
    from assistant.rules import RULES, rule_table
    from assistant.terminal import print_rule, print_table

    if rule is not None:
        found = next((one for one in RULES if one.id == rule), None)
        if found is None:
            raise HandoffError(f"There is no rule '{rule}'. `handoff rules` lists them.")
        print_rule(found)
    elif json:
        _print_json([row._asdict() for row in rule_table()])
    else:
        print_table(("Rule", "Family", "Severity", "What it finds"), rule_table())


@app.command(epilog="Example: `handoff formats`")
def formats(json: JsonOption = False) -> None:
    """List the file formats that are read."""
    from assistant.terminal import format_table, print_table

    if json:
        _print_json([row._asdict() for row in format_table()])
    else:
        print_table(("Suffixes", "What is read"), format_table())


@app.command(epilog="Example: `handoff schema > packet.schema.json`")
def schema() -> None:
    """Print the JSON Schema of packet.json."""
    from assistant.packet.packet_file import schema_text

    sys.stdout.write(schema_text())


@policy_app.command("check", epilog="Example: `handoff policy check our-policy.toml`")
def policy_check(
    file: Annotated[
        Path | None, typer.Argument(help="The policy file. Default: the one that is built in.")
    ] = None,
) -> None:
    """Say whether a policy file can be used, and if not, which line is wrong."""
    from assistant import pipeline
    from assistant.packet import Deal, Packet, Run
    from assistant.protocol.policy import load_policy

    # Rules that the file names are known only to the rules, so let them read an empty packet under it.
    nothing = Packet(deal=Deal(), run=Run(reader="none", version="", as_of=date.today()))
    pipeline.check(nothing, load_policy(file))
    typer.echo(f"{file or 'The built-in policy'} is fine.")


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


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HandoffError(f"--as-of '{text}' is no date. Write it as 2026-05-18.") from None


def _print_json(data: object) -> None:
    import json

    print(json.dumps(data, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
