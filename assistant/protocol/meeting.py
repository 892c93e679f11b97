"""What a transcript of the handoff meeting tells, and how a packet keeps it: as decisions, like all else.

A read is proposed by a program and written by a person: who was there (event "meeting_held"), which parts of
the agenda were spoken of ("cover"), answers to open questions ("propose_answer", confirmed one by one) and
action items ("action_item"), and what the giver says to have promised ("mention"). Nothing here becomes a
promise to the customer by itself.
"""

from __future__ import annotations

from datetime import date

from assistant.packet import Decision, Evidence, Noun, Packet
from assistant.protocol.standing import SURPRISE

SUBJECT, READ = "meeting", "read_meeting"
COVERS = ("context", "stakeholders", "objectives", "scope", "implementation", "risks", "introduction")
"""What the checklist wants spoken of, in its order."""


class Covered(Noun):
    """A part of the agenda that was spoken of, with its clearest words first."""

    part: str
    """One of COVERS."""
    evidence: tuple[Evidence, ...]


class Answer(Noun):
    """What somebody said to an open question; a proposal until a person confirms it."""

    finding: str
    """Id of the finding, or "surprise-question"."""
    question: str
    """As it was asked in the meeting, else as the agenda has it."""
    text: str
    path: str | None
    """The summary's line that it fills, if it fills one."""
    evidence: tuple[Evidence, ...]
    by: str | None
    """Who said it."""


class ActionItem(Noun):
    """Something that somebody took on in the meeting."""

    text: str
    owner: str | None
    due: str | None
    """ISO date where one can be computed, else the words."""
    evidence: tuple[Evidence, ...]


class Mentioned(Noun):
    """Something that the giver says to have told the customer, and that no promise of the packet says."""

    text: str
    by: str | None
    evidence: tuple[Evidence, ...]


class MeetingRead(Noun):
    """What the transcript of a handoff meeting tells."""

    source: str
    happened_on: date | None
    people: tuple[str, ...]
    """Who spoke or was greeted, as the deal spells them where it knows them."""
    absent: tuple[str, ...]
    """Who must be there and was not heard."""
    covered: tuple[Covered, ...]
    answers: tuple[Answer, ...]
    actions: tuple[ActionItem, ...]
    unanswered: tuple[str, ...]
    """Ids of the findings that the agenda raises and nobody answered."""
    mentioned: tuple[Mentioned, ...] = ()
    """What may be an undocumented promise; a person adds it with its quote, or says that it is none."""


class OpenAnswer(Noun):
    """A proposal that nobody has confirmed or turned down yet."""

    number: int
    """Of the decision that proposed it, counted from 1."""
    answer: Answer


def covered(packet: Packet) -> dict[str, tuple[Evidence, ...]]:
    """Part of COVERS -> the words that show it, of every meeting that was read."""
    return {d.subject.removeprefix(SUBJECT + "."): d.evidence for d in _standing(packet, "cover")}


def actions(packet: Packet) -> tuple[ActionItem, ...]:
    """The action items of the handoff meeting, in the order in which they came up."""
    return tuple(
        ActionItem(text=d.text or "", owner=d.owner, due=d.due, evidence=d.evidence)
        for d in _standing(packet, "action_item")
    )


def mentioned(packet: Packet) -> tuple[Mentioned, ...]:
    """What the giver said to have told the customer, and no promise quotes by now."""
    quoted = {(e.source, e.segment_id) for c in packet.commitments for e in c.evidence}
    return tuple(
        Mentioned(text=d.text or "", by=d.owner, evidence=d.evidence)
        for d in _standing(packet, "mention")
        if not any((e.source, e.segment_id) in quoted for e in d.evidence)
    )


def open_answers(packet: Packet) -> tuple[OpenAnswer, ...]:
    """The proposals that wait for a person. One whose question is closed meanwhile is not among them."""
    still = {f.id for f in packet.findings if f.is_open and not f.answered} | {SURPRISE}
    settled: dict[str, int] = {}
    for number, decision in enumerate(packet.decisions, start=1):
        if decision.action in ("answer_gap", "drop_answer"):
            settled[decision.subject] = number
    numbers = {id(d): number for number, d in enumerate(packet.decisions, start=1)}
    found = {d.subject: d for d in _standing(packet, "propose_answer") if d.subject in still}
    return tuple(
        OpenAnswer(number=numbers[id(d)], answer=_answer(d))
        for subject, d in found.items()
        if numbers[id(d)] > settled.get(subject, 0)
    )


def unanswered(packet: Packet) -> tuple[str, ...] | None:
    """Questions of the last meeting that was read which are still open; None where none was read."""
    reads = [d for d in packet.decisions if d.action == READ]
    if not reads:
        return None
    waiting = {one.answer.finding for one in open_answers(packet)}
    still = {f.id for f in packet.findings if f.is_open and not f.answered}
    left = reads[-1].subjects
    return (*(id for id in left if id in still), *sorted(waiting - set(left)))


def _standing(packet: Packet, action: str) -> list[Decision]:
    """The decisions of that action; where a file was read again, only those of its last reading."""
    found: list[Decision] = []
    for decision in packet.decisions:
        if decision.action == READ:
            found = [d for d in found if not d.evidence or d.evidence[0].source != decision.text]
        elif decision.action == action:
            found.append(decision)
    return found


def _answer(decision: Decision) -> Answer:
    return Answer(
        finding=decision.subject, question=decision.reason or "", text=decision.text or "", path=decision.was,
        evidence=decision.evidence, by=decision.owner,
    )  # fmt: skip
