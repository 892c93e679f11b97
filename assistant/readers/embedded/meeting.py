"""The transcript of the handoff meeting: who came, what was spoken of, what was answered, who does what.

Deterministic, like everything of this reader. It proposes; a person confirms answers one by one, and nothing
that is said here becomes a promise to the customer.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.packet import Deal, Packet
from assistant.protocol.agenda import agenda
from assistant.protocol.meeting import COVERS, Covered, MeetingRead
from assistant.protocol.participants import participants
from assistant.protocol.policy import Policy
from assistant.readers.embedded.meeting_actions import find_actions
from assistant.readers.embedded.meeting_answers import exchanges, find_answers
from assistant.readers.embedded.meeting_told import find_mentioned
from assistant.readers.embedded.meeting_turns import (
    Said,
    is_roll_call,
    known_as,
    people_of,
    read_turns,
    team_of,
)
from assistant.readers.embedded.patterns import read_patterns
from extractors.segments import Source

LEAST_TURNS, LEAST_WORDS = 2, 6
"""A part is covered from so many turns on that speak of it, one of them with so many words from the giver."""
MOST_SHOWN = 2


def read_meeting(source: Source, packet: Packet, policy: Policy) -> MeetingRead:
    """What the transcript (or minutes) tells about the handoff of this packet."""
    said = tuple(s for s in read_turns(source, packet.deal) if not is_roll_call(s.segment))
    people = people_of(source, said, packet.deal)
    answers = find_answers(exchanges(said), packet)
    anchor = source.happened_on or packet.run.as_of
    return MeetingRead(
        source=source.name,
        happened_on=source.happened_on,
        people=people,
        absent=_absent(people, packet, policy),
        covered=_covered(said, packet.deal),
        answers=tuple(answers),
        actions=tuple(find_actions(said, packet.deal, anchor)),
        unanswered=_unanswered({answer.finding for answer in answers}, packet, policy),
        mentioned=find_mentioned(said, packet),
    )


def _absent(people: Sequence[str], packet: Packet, policy: Policy) -> tuple[str, ...]:
    team = team_of(packet.deal)
    there = {known_as(name, team).casefold() for name in people}
    seats = [seat for seat in participants(packet, policy) if seat.need == "mandatory" and seat.name]
    return tuple(seat.name or "" for seat in seats if (seat.name or "").casefold() not in there)


def _unanswered(answered: set[str], packet: Packet, policy: Policy) -> tuple[str, ...]:
    """What the agenda asks of this packet and nobody answered."""
    asked = [q.finding for item in agenda(packet, policy) for q in item.questions if q.finding]
    return tuple(dict.fromkeys(id for id in asked if id not in answered))


def _covered(said: Sequence[Said], deal: Deal) -> tuple[Covered, ...]:
    patterns = read_patterns("meeting.toml", "parts")
    receivers = {name for name in (deal.incoming_owner, deal.csm, deal.cs_manager) if name}
    talks = [(e.question, e.answer[0]) for e in exchanges(said) if e.answer]
    found = []
    for part in COVERS:
        hits = {one: len(patterns[part].findall(one.plain)) for one in said}
        answered = {answer: 1 for question, answer in talks if hits[question]}
        hits = {**answered, **{one: count for one, count in hits.items() if count}}
        told = [one for one in said if one in hits and _tells(one, receivers, part)]
        enough = 1 if part == "introduction" else LEAST_TURNS
        if told and len({one.turn for one in hits}) >= enough:
            best = sorted(told, key=lambda one: -hits[one])[:MOST_SHOWN]  # stable: the earlier one first
            found.append(Covered(part=part, evidence=tuple(one.evidence for one in best)))
    return tuple(found)


def _tells(one: Said, receivers: set[str], part: str) -> bool:
    """Whether it is told, not asked, by somebody who knows: not by the one who receives the account."""
    if one.sentence.is_question or one.words < LEAST_WORDS:
        return False
    return part == "introduction" or one.speaker not in receivers
