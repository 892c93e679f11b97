"""`handoff case`: a reviewed packet becomes a deal with answers, so that later changes are measured on it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command(
    epilog="Example: `handoff case out/fernhill/packet.json --sources deals/fernhill --out cases/fernhill`"
)
def case(
    packet: Annotated[Path, typer.Argument(metavar="PACKET.JSON", help="A packet that was reviewed.")],
    out: Annotated[Path, typer.Option(help="The new case's folder; its name is the case's name.")],
    sources: Annotated[
        Path | None,
        typer.Option(help="The folder that the packet was drafted from. Default: where PACKET.JSON lies."),
    ] = None,
    private: Annotated[
        bool,
        typer.Option(
            "--private",
            help="Replace names, addresses and large numbers consistently, move the years; files become "
            "text. Read it before you hand it on.",
        ),
    ] = False,
) -> None:
    """Turn a reviewed packet into an eval case: sources, deal.yaml and gold.yaml.

    What the reviewer corrected, added and left standing are its answers. Every promise must have been looked
    at, or the packet accepted.
    """
    from assistant.packet.packet_file import read_packet
    from eval.case_files import write_case

    lost = write_case(read_packet(packet), sources or packet.parent, out, private)
    for line in lost:
        typer.echo(line, err=True)
    typer.echo(f"{out} holds the case. Score it with `python -m eval {out} --show`.")
