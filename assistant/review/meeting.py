"""What a transcript of the handoff meeting told, as decisions of the person who had it read."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.packet import Decision, Packet, PacketSource
from assistant.pipeline import listed
from assistant.protocol.events import SUBJECT as EVENT
from assistant.protocol.events import happened, moment_of
from assistant.protocol.meeting import READ, SUBJECT, MeetingRead
from extractors.segments import Source


def meeting_decisions(read: MeetingRead, packet: Packet, at: str, by: str) -> tuple[Decision, ...]:
    """The reading first, then that the meeting was held and by whom, what was covered, answered, taken on."""
    return tuple(_decisions(read, packet, at, by))


def _decisions(read: MeetingRead, packet: Packet, at: str, by: str) -> Iterator[Decision]:
    yield Decision(at=at, by=by, action=READ, subject=SUBJECT, text=read.source, subjects=read.unanswered)
    yield Decision(
        at=at, by=by, action="record", subject=f"{EVENT}meeting_held", due=_held_on(read, packet, at),
        text=read.source, subjects=_people(read, packet),
    )  # fmt: skip
    for part in read.covered:
        subject = f"{SUBJECT}.{part.part}"
        yield Decision(at=at, by=by, action="cover", subject=subject, evidence=part.evidence)
    for answer in read.answers:
        yield Decision(
            at=at, by=by, action="propose_answer", subject=answer.finding, text=answer.text,
            was=answer.path, reason=answer.question, owner=answer.by, evidence=answer.evidence,
        )  # fmt: skip
    for told in read.mentioned:
        yield Decision(
            at=at, by=by, action="mention", subject=SUBJECT, text=told.text, owner=told.by,
            evidence=told.evidence,
        )  # fmt: skip
    for item in read.actions:
        yield Decision(
            at=at, by=by, action="action_item", subject=SUBJECT, text=item.text, owner=item.owner,
            due=item.due, evidence=item.evidence,
        )  # fmt: skip


def _held_on(read: MeetingRead, packet: Packet, at: str) -> str | None:
    """The time that a person noted for the same day, else the transcript's day, unless it is to come."""
    noted, day = happened(packet, "meeting_held"), read.happened_on
    if noted and (day is None or noted.at.date() == day):
        return noted.at.isoformat()
    planned = happened(packet, "meeting_scheduled")
    if planned and planned.planned_for and day == planned.planned_for.date():
        return planned.planned_for.isoformat() if planned.planned_for <= moment_of(at) else None
    return day.isoformat() if day and moment_of(day.isoformat()) <= moment_of(at) else None


def _people(read: MeetingRead, packet: Packet) -> tuple[str, ...]:
    """Who was heard, and who a person had noted as there: one may listen without a word."""
    noted = happened(packet, "meeting_held")
    return tuple(dict.fromkeys((*(noted.people if noted else ()), *read.people)))


def with_source(packet: Packet, source: Source) -> Packet:
    """The packet with the meeting among its sources, in place of what the file was taken for before."""
    [found] = listed((source,))
    same = next((old for old in packet.sources if old.name == source.name), None)
    if same is None:
        number = len(packet.sources) + 1
        sources: tuple[PacketSource, ...] = (*packet.sources, found.model_copy(update={"id": f"S{number}"}))
    else:
        now = found.model_copy(update={"id": same.id})
        sources = tuple(now if old is same else old for old in packet.sources)
    return packet.model_copy(update={"sources": sources})
