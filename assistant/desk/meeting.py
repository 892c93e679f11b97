"""Verbs about the handoff meeting: have its transcript read, confirm the answers that it proposes."""

from __future__ import annotations

from pathlib import PurePosixPath

from assistant import review
from assistant.desk.files import add_sources, folder_of, keep_texts
from assistant.desk.place import Desk, Opened, decided, opened, see_right, stored
from assistant.errors import HandoffError
from assistant.packet import Packet
from assistant.protocol.meeting import OpenAnswer, open_answers
from assistant.protocol.rights import User
from assistant.review.meeting import meeting_decisions, with_source
from assistant.store.deals import change_deal
from assistant.store.packets import StaleVersion, find_versions
from assistant.store.sources import find_files
from extractors import read_as
from extractors.segments import Source


def read_meeting(
    desk: Desk, user: User, deal: str, version: int, *, name: str, data: bytes | None = None
) -> Opened:
    """Read a file of the deal, or the one given with `data`, as transcript or minutes of the handoff meeting.

    Who was there, what was covered and who does what is noted; answers are proposed (see `confirm_answer`).
    Raises HandoffError where the customer's people speak in it, or the file cannot be read.
    """
    from assistant.readers.embedded.meeting import read_meeting as read

    seen = opened(desk, user, deal)
    see_right(user, "record", seen.deal)
    if seen.version != version:
        with desk.store.read() as connection:
            raise StaleVersion(find_versions(connection, deal, after=version))
    if data is not None and (refused := add_sources(desk, user, deal, {name: data}).refused):
        raise HandoffError(refused[0][1])
    source = _source(desk, deal, name)
    _refuse_customers(source, seen.packet)
    told = read(source, seen.packet, desk.policy)
    decisions = meeting_decisions(told, seen.packet, desk.stamp(), user.name)
    keep_texts(desk, deal, (source,))
    packet = review.decide_all(with_source(seen.packet, source), decisions, desk.policy)
    after = stored(desk, user, seen, packet, decisions[0], "record")
    _remember_kind(desk, after, source.name)
    return after


def confirm_answer(
    desk: Desk, user: User, deal: str, version: int, *, number: int, text: str | None = None,
    path: str | None = None,
) -> Opened:  # fmt: skip
    """The proposed answer of that number (`open_answers`) is right, or right in these words or this line."""
    answer = _proposal(opened(desk, user, deal).packet, number).answer
    return decided(
        desk, user, "answer", deal, version, "answer_gap", answer.finding,
        text=(text or answer.text).strip() or None, was=path or answer.path, evidence=answer.evidence,
    )  # fmt: skip


def drop_answer(desk: Desk, user: User, deal: str, version: int, *, number: int) -> Opened:
    """The proposed answer of that number is none; the question stays open."""
    answer = _proposal(opened(desk, user, deal).packet, number).answer
    return decided(desk, user, "answer", deal, version, "drop_answer", answer.finding)


def _proposal(packet: Packet, number: int) -> OpenAnswer:
    for one in open_answers(packet):
        if one.number == number:
            return one
    raise HandoffError("That proposed answer was settled meanwhile. Look at those that still wait.")


def _source(desk: Desk, deal: str, name: str) -> Source:
    """The file as a meeting's transcript; a bare file name will do where only one file has it."""
    with desk.store.read() as connection:
        files = [file.name for file in find_files(connection, deal)]
    same = [f for f in files if f == name] or [f for f in files if PurePosixPath(f).name == name]
    if len(same) != 1:
        raise HandoffError(f"The deal has no one file '{name[:80]}'. Choose one of those that it lists.")
    with folder_of(desk, deal) as folder:
        found = read_as(folder, {same[0]: "handoff_meeting"})
    if not found:
        raise HandoffError(f"'{same[0]}' cannot be read as a transcript. Give it as .vtt, .srt, .txt or .md.")
    return found[0].model_copy(update={"kind": "handoff_meeting"})


def _refuse_customers(source: Source, packet: Packet) -> None:
    """A call with the customer is no handoff meeting: what is said there may be a promise."""
    theirs = {person.name.casefold() for person in packet.stakeholders if person.side == "customer"}
    theirs |= {person.name.casefold() for person in packet.deal.participants if person.side == "customer"}
    spoke = sorted({s.speaker for s in source.segments if s.speaker and s.speaker.casefold() in theirs})
    if spoke:
        raise HandoffError(
            f"{spoke[0]} of the customer speaks in '{source.name}': it is a call, no handoff meeting. "
            "Leave it among the deal's files."
        )


def _remember_kind(desk: Desk, after: Opened, name: str) -> None:
    """The next draft takes the file for what it is."""
    known = after.deal.known
    kinds = {**known.source_kinds, name: "handoff_meeting"}
    told = known.model_copy(update={"source_kinds": kinds}).model_dump(mode="json")
    with desk.store.write() as connection:
        change_deal(connection, after.deal.id, known=told)
