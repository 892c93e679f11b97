"""`handoff draft` and `handoff check`: a folder becomes a packet, a packet is checked again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import model
from assistant.cli.options import (
    BLOCKED,
    DRAFTED,
    PARTLY_READ,
    JsonOption,
    PolicyOption,
    day,
    print_json,
)
from assistant.errors import HandoffError

app = typer.Typer()


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
        str | None,
        typer.Option(
            help="Who reads the sources: embedded (no key, no network) or llm (the chat model that "
            "HANDOFF_MODEL names). Default: llm when HANDOFF_MODEL is set, else embedded."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Send nothing; write what the chat model would be sent.")
    ] = False,
    policy: PolicyOption = None,
    json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Draft the handoff packet of a deal: packet.json, deal summary (Word, Markdown), commitment log (CSV).

    Exit code 0 when everything was read, 3 when the packet is there but some file was not read.
    """
    from assistant.cli.hearing import hearing
    from assistant.cli.starting import start_draft

    hear = hearing(folder, deal, policy, dry=dry_run, quiet=quiet or json)
    started = start_draft(folder, reader, hear, dry=dry_run)
    from assistant import pipeline
    from assistant.deal_file import find_deal_file, read_deal
    from assistant.documents import write_documents
    from assistant.protocol.policy import load_policy
    from assistant.terminal import outcome, print_summary, shown_steps

    deal_file = deal or find_deal_file(folder)
    known = read_deal(deal_file) if deal_file else None
    where = out or Path("out") / folder.resolve().name
    if dry_run:
        model.dry_run(folder, known, day(as_of), started.settings, where, json)
        return
    with shown_steps(pipeline.STEPS, enabled=not (quiet or json)) as on_step:
        packet = pipeline.draft(
            folder, known, as_of=day(as_of), reader=started.reader or "embedded", policy=load_policy(policy),
            on_step=on_step, files=started.files,
        )  # fmt: skip
        files = write_documents(packet, where)
    if json:
        print_json({"files": [str(file) for file in files], **outcome(packet)})
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
        print_json({"findings": [f.model_dump(mode="json") for f in packet.findings], **outcome(packet)})
    else:
        print_findings(packet)
    blocked = any(f.severity == "blocker" and f.is_open for f in packet.findings)
    raise typer.Exit(BLOCKED if blocked else DRAFTED)


@app.command(
    epilog="Example: `handoff documents out/fernhill/packet.json transfer-packet meeting-agenda.docx`"
)
def documents(
    file: Annotated[
        Path | None, typer.Argument(metavar="PACKET.JSON", help="A packet, as `handoff draft` wrote it.")
    ] = None,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DOCUMENT]...", help="Which ones, with or without suffix. Default: all."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where they go. Default: the folder of PACKET.JSON.")
    ] = None,
    policy: PolicyOption = None,
    templates: Annotated[
        Path | None,
        typer.Option(help="Folder of your own Word templates. Default: HANDOFF_TEMPLATES."),
    ] = None,
    archive: Annotated[
        bool, typer.Option("--zip", help="All in one file, documents.zip.")
    ] = False,
    list_them: Annotated[bool, typer.Option("--list", help="Only list the documents there are.")] = False,
    template_help: Annotated[
        bool, typer.Option("--template-help", help="Only list what your own templates can ask for.")
    ] = False,
) -> None:
    """Render documents of a packet: one PDF, one web page, agenda, audit, letters, registers, pictures.

    A name without suffix gives Word and Markdown; `transfer-packet.pdf` gives a PDF. An earlier shape of a
    template is asked for by its version: `deal-summary@1.docx`. A file `deal-summary.docx` in your folder of
    templates replaces ours.
    """
    from assistant.cli.papers import listed, names_of, placeholders
    from assistant.documents import write_documents
    from assistant.packet.packet_file import read_packet
    from assistant.protocol.policy import load_policy
    from assistant.settings import read_settings

    if list_them or template_help:
        listed() if list_them else placeholders()
        return
    if file is None:
        raise HandoffError("Give the packet: `handoff documents out/fernhill/packet.json`.")
    packet, rules = read_packet(file), load_policy(policy)
    own = templates or read_settings().templates
    wanted = names_of(packet, rules, names, archive=archive)
    for path in write_documents(packet, out or file.parent, wanted, rules, own):
        typer.echo(str(path))
