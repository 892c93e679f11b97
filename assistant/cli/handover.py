"""`handoff readiness` and `handoff meeting`: is it ready to start, and what did the handoff meeting tell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import BLOCKED, DRAFTED, JsonOption, PolicyOption, print_json
from assistant.errors import HandoffError

if TYPE_CHECKING:
    from assistant.packet import Packet
    from assistant.protocol.meeting import MeetingRead
    from assistant.protocol.policy import Policy
    from extractors.segments import Source

app = typer.Typer()
PacketArgument = Annotated[
    Path, typer.Argument(metavar="PACKET.JSON", help="A packet, as `handoff draft` wrote it.")
]


@app.command(epilog="Example: `handoff readiness out/fernhill/packet.json`")
def readiness(file: PacketArgument, policy: PolicyOption = None, json: JsonOption = False) -> None:
    """List what must be true before work starts: proven, ticked or open. Exit code 1 when one is not so."""
    from assistant.packet.packet_file import read_packet
    from assistant.protocol.kinds import kind_of, start_conditions
    from assistant.protocol.policy import load_policy
    from assistant.protocol.readiness import readiness as items_of
    from assistant.terminal import print_table

    packet, chosen = read_packet(file), load_policy(policy)
    items, conditions = items_of(packet, chosen), start_conditions(packet, chosen)
    if json:
        print_json({
            "kind": kind_of(packet.deal).id,
            "starts": [condition._asdict() for condition in conditions],
            "items": [item.model_dump(mode="json") for item in items],
        })  # fmt: skip
    else:
        starts = [("start", c.label, "proven" if c.done else "open", c.why) for c in conditions]
        states = ["not so" if i.is_red else i.state for i in items]
        rows = [(i.group, i.label, s, i.why or f"ask {i.whose}") for i, s in zip(items, states, strict=True)]
        print_table(("Group", "What must be true", "State", "Why"), [*starts, *rows])
    raise typer.Exit(BLOCKED if any(item.is_red for item in items) else DRAFTED)


@app.command(epilog="Example: `handoff meeting out/fernhill/packet.json handoff.vtt --by 'Mia Stone'`")
def meeting(
    file: PacketArgument,
    transcript: Annotated[Path, typer.Argument(help="The meeting's transcript or minutes.")],
    by: Annotated[
        str | None,
        typer.Option(help="Note it in the packet in this person's name; answers stay proposals."),
    ] = None,
    policy: PolicyOption = None,
    json: JsonOption = False,
) -> None:
    """Read the handoff meeting itself: who came, what was covered and answered, who does what by when.

    Nothing is changed without --by; nothing that is said in it becomes a promise to the customer.
    """
    from assistant.packet.packet_file import read_packet
    from assistant.protocol.policy import load_policy
    from assistant.readers.embedded.meeting import read_meeting

    packet, chosen = read_packet(file), load_policy(policy)
    source = _source(transcript)
    read = read_meeting(source, packet, chosen)
    if by:
        _note(file, packet, read, source, by, chosen)
    if json:
        print_json(read.model_dump(mode="json"))
    else:
        _print(read)


def _source(transcript: Path) -> Source:
    """The file read in a process of its own, as every file is."""
    import shutil
    import tempfile

    from extractors import read_as

    with tempfile.TemporaryDirectory(prefix="handoff-") as place:
        try:
            shutil.copy(transcript, Path(place) / transcript.name)
        except OSError as error:
            raise HandoffError(f"Cannot read {transcript}: {error.strerror}. Give a transcript.") from None
        found = read_as(Path(place), {transcript.name: "handoff_meeting"})
    if not found:
        raise HandoffError(f"'{transcript.name}' cannot be read. Give it as .vtt, .srt, .txt or .md.")
    return found[0].model_copy(update={"kind": "handoff_meeting"})


def _note(file: Path, packet: Packet, read: MeetingRead, source: Source, by: str, policy: Policy) -> None:
    from datetime import UTC, datetime

    from assistant import review
    from assistant.packet.packet_file import to_json
    from assistant.review.meeting import meeting_decisions, with_source

    at = datetime.now(UTC).isoformat(timespec="seconds")
    decisions = meeting_decisions(read, packet, at, by)
    noted = review.decide_all(with_source(packet, source), decisions, policy)
    file.write_text(to_json(noted), "utf-8")


def _print(read: MeetingRead) -> None:
    from assistant.terminal import print_table

    absent = [("Absent", name, "", "") for name in read.absent]
    there = [("There", name, "", "") for name in read.people]
    parts = [("Covered", p.part, p.evidence[0].quote, p.evidence[0].locator) for p in read.covered]
    answers = [("Answer", a.question, a.text, a.by or "") for a in read.answers]
    actions = [("Action", a.text, a.owner or "nobody", a.due or "no date") for a in read.actions]
    told = [("Told the customer?", m.text, m.by or "", m.evidence[0].locator) for m in read.mentioned]
    still = [("Unanswered", id, "", "") for id in read.unanswered]
    print_table(("What", "", "", ""), [*there, *absent, *parts, *answers, *actions, *told, *still])
