"""The score's parts that only the handoff itself can show: the meeting's 30 points and timeliness' 20."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.packet import Packet, ScorePart
from assistant.protocol.checklist import ChecklistItem, checklist
from assistant.protocol.clocks import Clock, ClockRow, clock_rows, clocks
from assistant.protocol.events import happened
from assistant.protocol.participants import attendance
from assistant.protocol.policy import Policy
from assistant.protocol.policy_time import ClockId

LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""A clock that has ended stands as it stands, whatever the time is."""
Items = tuple[ChecklistItem, ...]
"""The checklist once the meeting was held; empty before."""
BEFORE = "not known before the handoff meeting"


def meeting_parts(packet: Packet, policy: Policy) -> tuple[ScorePart, ...]:
    """Who attended, what was covered, what was answered; all None until the meeting was noted as held."""
    held = happened(packet, "meeting_held") is not None
    items = checklist(packet, policy) if held else ()
    return (_attended(packet, policy), _covered(items, policy), _answered(items, packet, policy))


def timeliness_parts(packet: Packet, policy: Policy) -> tuple[ScorePart, ...]:
    """Whether the meeting and the introduction kept their clocks; without such a clock there is no part."""
    weights = policy.score.timeliness
    timed: tuple[tuple[str, ClockId, int, str], ...] = (
        ("handoff in time", "meeting_held", weights.handoff_in_time, BEFORE),
        ("introduction in time", "introduction", weights.introduction_in_time, "not known before it is sent"),
    )
    rows = {row.id: row for row in clock_rows()}
    wanted = [one for one in timed if _has_clock(packet, rows[one[1]])]
    ended = {id for _, id, _, _ in wanted if any(happened(packet, kind) for kind in rows[id].ends)}
    ran = clocks(packet, policy, LONG_AGO) if ended else ()  # no calendar is asked for nothing
    found = {clock.id: clock for clock in ran if clock.id in ended}
    return tuple(_timed(name, found.get(id), out_of, before) for name, id, out_of, before in wanted)


def _has_clock(packet: Packet, row: ClockRow) -> bool:
    return not row.triggers or packet.deal.trigger in row.triggers


def _timed(name: str, clock: Clock | None, out_of: int, before: str) -> ScorePart:
    """`clock`: None while what ends it was not noted."""
    if clock is None:
        return _part(name, None, out_of, before)
    if clock.due is None or clock.ended is None:
        return _part(name, None, out_of, "when its clock started was not noted")
    told = f"{clock.ended:%Y-%m-%d %H:%M} UTC, due {clock.due:%Y-%m-%d %H:%M} UTC"
    return _part(name, out_of if clock.state == "met" else 0, out_of, told)


def _attended(packet: Packet, policy: Policy) -> ScorePart:
    out_of, came = policy.score.meeting.all_attended, attendance(packet, policy)
    if came is None:
        return _part("all attended", None, out_of, BEFORE)
    must = len(came.present) + len(came.absent)
    why = f"{len(came.present)} of {must} who must attend did"
    if came.absent:
        why += "; absent: " + ", ".join(f"{s.label} ({s.name or 'nobody named'})" for s in came.absent)
    return _part("all attended", round(out_of * len(came.present) / must, 1), out_of, why)


def _covered(items: Items, policy: Policy) -> ScorePart:
    """The checklist's lines of the agenda that were ticked, or filled from the meeting's notes."""
    out_of = policy.score.meeting.agenda_covered
    if not items:
        return _part("agenda covered", None, out_of, BEFORE)
    parts = [item for item in items if item.id.endswith("-covered")]
    done = [item for item in parts if item.state != "open"]
    still = [item.label.removesuffix(" covered").lower() for item in parts if item.state == "open"]
    why = f"{len(done)} of {len(parts)} segments were covered" + (
        f"; open: {', '.join(still)}" if still else ""
    )
    return _part("agenda covered", round(out_of * len(done) / len(parts), 1), out_of, why)


def _answered(items: Items, packet: Packet, policy: Policy) -> ScorePart:
    """All of it when CS ticked so; else the share of the questions that were asked and have an answer."""
    name, out_of = "CS questions answered", policy.score.meeting.questions_answered
    if not items:
        return _part(name, None, out_of, BEFORE)
    ticked = next(item for item in items if item.id == "questions-answered")
    if ticked.state != "open":
        return _part(name, out_of, out_of, f"ticked: {ticked.why}")
    asked = {d.subject for d in packet.decisions if d.action == "ask"}
    if not asked:
        return _part(name, None, out_of, "nobody noted a question, nor that all were answered")
    left = asked & _unanswered(packet)
    done = len(asked) - len(left)
    why = f"{done} of {len(asked)} questions that were asked have an answer"
    return _part(name, round(out_of * done / len(asked), 1), out_of, why)


def _unanswered(packet: Packet) -> set[str]:
    """Findings and promises that still wait for an answer."""
    findings = [f for f in packet.findings if f.is_open and not f.answered]
    return {f.id for f in findings} | {f.where.removeprefix("commitments.") for f in findings}


def _part(name: str, points: float | None, out_of: float, why: str) -> ScorePart:
    return ScorePart(name=name, points=points, out_of=out_of, why=why)
