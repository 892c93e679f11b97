"""What the record itself tells of the checklist's items; the rest is ticked by a person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from assistant.packet import Packet
from assistant.protocol.calendar import calendar_for
from assistant.protocol.clocks import due_of
from assistant.protocol.events import happened
from assistant.protocol.kinds import incoming
from assistant.protocol.meeting import actions, covered, unanswered
from assistant.protocol.participants import attendance
from assistant.protocol.policy import Policy
from assistant.protocol.policy_time import ClockId


class Told(NamedTuple):
    """What the record says of an item."""

    done: bool
    why: str


Fact = Callable[[Packet, Policy], Told]


def summary_complete(packet: Packet, policy: Policy) -> Told:
    """Every field that the deal must have is stated."""
    rules = ("missing-category", "missing-field", "out-of-scope-not-stated")
    gaps = [f for f in packet.findings if f.rule in rules]
    return Told(not gaps, f"{len(gaps)} required fields open" if gaps else "every required field is stated")


def stakeholders_mapped(packet: Packet, policy: Policy) -> Told:
    """Buyer and champion are named."""
    gaps = [f for f in packet.findings if f.category == "stakeholders" and f.severity != "minor"]
    return Told(not gaps, gaps[0].message if gaps else "buyer and champion are named")


def commitments_validated(packet: Packet, policy: Policy) -> Told:
    """Every promise holds against the contract."""
    rules = ("promise-contradicted", "promise-not-in-contract", "vague-promise")
    gaps = [f for f in packet.findings if f.rule in rules]
    total = len(packet.commitments)
    if not total:
        return Told(False, "no promise is documented")
    return Told(not gaps, f"{len(gaps)} of {total} promises open" if gaps else f"{total} promises hold")


def csm_assigned(packet: Packet, policy: Policy) -> Told:
    """A CSM is named; of an account handover the incoming owner."""
    name = incoming(packet.deal) if packet.deal.trigger == "account_handover" else packet.deal.csm
    return Told(bool(name), name or "nobody is named")


def packet_accepted(packet: Packet, policy: Policy) -> Told:
    """CS took the packet."""
    return Told(packet.status == "accepted", f"the packet is {packet.status.replace('_', ' ')}")


def noted(kind: str, packet: Packet, policy: Policy) -> Told:
    """An event of that kind was noted."""
    event = happened(packet, kind)
    if event is None:
        return Told(False, "")
    when = f" for {event.planned_for:%Y-%m-%d %H:%M}" if event.planned_for else ""
    return Told(True, f"noted by {event.by}{when}")


def attended(packet: Packet, policy: Policy) -> Told:
    """Everybody who must come to the meeting came."""
    came = attendance(packet, policy)
    if came is None:
        return Told(False, "")
    absent = [seat.name or seat.label for seat in came.absent]
    names = [seat.name or seat.label for seat in came.present]
    return Told(not absent, f"absent: {', '.join(absent)}" if absent else f"there: {', '.join(names)}")


def spoken_of(part: str, packet: Packet, policy: Policy) -> Told:
    """The meeting's transcript shows that this was spoken of."""
    shown = covered(packet).get(part)
    if shown is None:
        return Told(False, "")
    first = shown[0] if shown else None
    return Told(True, f"“{first.quote[:120]}” ({first.source}, {first.locator})" if first else "in the notes")


def questions_answered(packet: Packet, policy: Policy) -> Told:
    """Everything that the agenda asked is answered, and every answer confirmed."""
    still = unanswered(packet)
    if still is None:
        return Told(False, "")
    return Told(not still, f"{len(still)} questions open" if still else "every question is answered")


def actions_assigned(packet: Packet, policy: Policy) -> Told:
    """Every action item of the meeting has an owner."""
    items = actions(packet)
    if not items:
        return Told(False, "")
    without = sum(item.owner is None for item in items)
    why = f"{without} of {len(items)} without owner" if without else f"{len(items)} with owner"
    return Told(not without, why)


def notes_filed(packet: Packet, policy: Policy) -> Told:
    """A recording, a transcript or notes of the meeting are there."""
    files = [source.name for source in packet.sources if source.kind == "handoff_meeting"]
    files += [d.text for d in packet.decisions if d.action == "read_meeting" and d.text]
    meeting = happened(packet, "meeting_held")
    where = files[0] if files else meeting.text if meeting and meeting.text else None
    return Told(where is not None, where or "")


def in_time(kind: str, clock: ClockId, packet: Packet, policy: Policy) -> Told:
    """The event came before its clock, which the meeting sets going, ran out."""
    event, meeting = happened(packet, kind), happened(packet, "meeting_held")
    if event is None:
        return Told(False, "")
    due = due_of(clock, meeting.at, policy, calendar_for(policy, packet.deal.country)) if meeting else None
    if due is not None and event.at > due:
        return Told(False, f"on {event.at:%Y-%m-%d %H:%M}, due {due:%Y-%m-%d %H:%M}")
    return Told(True, f"on {event.at:%Y-%m-%d %H:%M}")


KNOWS: dict[str, Fact] = {
    "summary_complete": summary_complete,
    "stakeholders_mapped": stakeholders_mapped,
    "commitments_validated": commitments_validated,
    "csm_assigned": csm_assigned,
    "packet_accepted": packet_accepted,
    "crm_updated": partial(noted, "crm_updated"),
    "meeting_scheduled": partial(noted, "meeting_scheduled"),
    "attended": attended,
    "context": partial(spoken_of, "context"),
    "stakeholders": partial(spoken_of, "stakeholders"),
    "objectives": partial(spoken_of, "objectives"),
    "scope": partial(spoken_of, "scope"),
    "implementation": partial(spoken_of, "implementation"),
    "risks": partial(spoken_of, "risks"),
    "introduction": partial(spoken_of, "introduction"),
    "questions_answered": questions_answered,
    "actions_assigned": actions_assigned,
    "notes_filed": notes_filed,
    "introduction_sent": partial(in_time, "introduction_sent", "introduction"),
    "kickoff_scheduled": partial(in_time, "kickoff_scheduled", "kickoff_scheduled_outer"),
}
"""Name in checklist.toml -> what asks the record."""
