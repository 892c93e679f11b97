"""The handoff meeting's agenda, tailored: minutes and questions go where this packet has gaps (section 6)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from assistant.packet import AskOf, Finding, Noun, Packet, Severity, Trigger
from assistant.packet.finding import FindingCategory
from assistant.protocol.policy import Policy
from assistant.protocol.template import is_known, summary_field

FILE = Path(__file__).with_name("agenda.toml")
WEIGHTS: dict[Severity, int] = {"blocker": 4, "major": 2, "minor": 1}
"""How strongly a finding pulls minutes to its segment."""

ALOUD = {
    "promise-contradicted": "“{promise}”: the contract says otherwise. Amend it, or correct the promise?",
    "promise-not-in-contract": "“{promise}”: the contract is silent. Do we stand by it, and who delivers it?",
    "vague-promise": "“{promise}”: what exactly was meant, and by when?",
    "promise-without-owner-or-date": "“{promise}”: who does it, and by when?",
}
"""Rule about a promise -> its question as one says it aloud."""


class StandardQuestion(Noun):
    ask: str
    unless: tuple[str, ...] = ()
    unless_role: str | None = None
    triggers: tuple[Trigger, ...] = ()


class Segment(Noun):
    """A part of the standard meeting; keys are explained at the top of agenda.toml."""

    id: str
    label: str
    covers: str
    categories: tuple[FindingCategory, ...]
    question: tuple[StandardQuestion, ...]


class AgendaQuestion(Noun):
    """A question to raise, of whom, and the finding it comes from (None: a standing question)."""

    ask: str
    ask_of: AskOf | None = None
    finding: str | None = None


class AgendaItem(Noun):
    label: str
    covers: str
    start: int
    """Minutes after the meeting's beginning."""
    minutes: int
    questions: tuple[AgendaQuestion, ...]
    left_over: int
    """Findings of this segment that did not get a line: they go by mail."""


def meeting_minutes(packet: Packet, policy: Policy) -> int:
    """45 minutes; 60 for strategic accounts; 30 where nothing grave is open."""
    if policy.is_strategic(packet.deal):
        return policy.meeting.strategic_minutes
    grave = any(finding.severity != "minor" for finding in packet.findings)
    return policy.meeting.minutes if grave else policy.meeting.minimum_minutes


def agenda(packet: Packet, policy: Policy) -> tuple[AgendaItem, ...]:
    """The segments in their order, with minutes that add up to `meeting_minutes`."""
    rows = _segments()
    found = [[f for f in packet.findings if f.category in row.categories] for row in rows]
    minutes = _shared_out(packet, policy, found)
    items, start = [], 0
    for row, findings, length in zip(rows, found, minutes, strict=True):
        questions, left_over = _questions(row, findings, packet, policy)
        items.append(
            AgendaItem(
                label=row.label, covers=row.covers, start=start, minutes=length,
                questions=questions, left_over=left_over,
            )
        )  # fmt: skip
        start += length
    return tuple(items)


def _shared_out(packet: Packet, policy: Policy, found: list[list[Finding]]) -> list[int]:
    """Half of the time as the standard agenda has it, half by the weight of what is open."""
    total, least = meeting_minutes(packet, policy), policy.meeting.least_segment_minutes
    standard = list(policy.meeting.agenda.model_dump().values())
    pulls = [sum(WEIGHTS[f.severity] for f in findings) for findings in found]
    whole, pull = sum(standard), sum(pulls)
    free = total - least * len(standard)
    shares = [
        s / whole if not pull else (s / whole + p / pull) / 2 for s, p in zip(standard, pulls, strict=True)
    ]
    minutes = [least + int(free * share) for share in shares]
    # What rounding left goes, a minute each, to the segments that were cut most.
    order = sorted(range(len(shares)), key=lambda i: (int(free * shares[i]) - free * shares[i], i))
    for i in order[: total - sum(minutes)]:
        minutes[i] += 1
    return minutes


def _questions(
    row: Segment, findings: list[Finding], packet: Packet, policy: Policy
) -> tuple[tuple[AgendaQuestion, ...], int]:
    """The packet's own questions, gravest first, then standing ones; and how many findings had no room.

    One line is kept for a standing question: the surprise question and the early-win test are always asked.
    """
    room = policy.meeting.questions_a_segment
    standing = [AgendaQuestion(ask=q.ask) for q in row.question if not _answered(q, packet)]
    asked = [AgendaQuestion(ask=_aloud(f, packet), ask_of=f.ask_of, finding=f.id) for f in findings]
    own = [question for n, question in enumerate(asked) if question.ask not in {q.ask for q in asked[:n]}]
    taken = own[: room - min(1, len(standing))]
    return (*taken, *standing[: room - len(taken)]), len(own) - len(taken)


def _aloud(finding: Finding, packet: Packet) -> str:
    """The ask as one says it in a meeting: a promise in its own words, without the quotes a mail needs."""
    promise = next((c for c in packet.commitments if finding.where == f"commitments.{c.id}"), None)
    aloud = ALOUD.get(finding.rule)
    return aloud.format(promise=promise.text) if promise and aloud else finding.ask


def _answered(question: StandardQuestion, packet: Packet) -> bool:
    if question.triggers and packet.deal.trigger not in question.triggers:
        return True  # it is not asked in this kind of handover
    if question.unless_role and any(p.role == question.unless_role for p in packet.stakeholders):
        return True
    return any(is_known(summary_field(packet.summary, path)) for path in question.unless)


@cache
def _segments() -> tuple[Segment, ...]:
    rows = tomllib.loads(FILE.read_text("utf-8"))["segment"]
    return tuple(Segment.model_validate(row) for row in rows)
