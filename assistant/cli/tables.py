"""`handoff rules`, `formats`, `schema` and `policy`: what the program knows, printed."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import JsonOption, print_json
from assistant.errors import HandoffError

app = typer.Typer()
policy_app = typer.Typer(
    no_args_is_help=True, help="Look at the policy: the protocol's numbers as a company sets them."
)


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
        print_json([row._asdict() for row in rule_table()])
    else:
        print_table(("Rule", "Family", "Severity", "What it finds"), rule_table())


@app.command(epilog="Example: `handoff formats`")
def formats(json: JsonOption = False) -> None:
    """List the file formats that are read."""
    from assistant.terminal import format_table, print_table

    if json:
        print_json([row._asdict() for row in format_table()])
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
