"""What happens in the handover is noted; the packet stays as it is, and everything is read from the note."""

from __future__ import annotations

from assistant.errors import HandoffError
from assistant.packet import Decision, Packet
from assistant.protocol.events import SUBJECT, event_row, happened, kinds_for, moment_of
from assistant.protocol.kinds import kind_of
from assistant.protocol.surprises import CLASSES, LABELS


def record(packet: Packet, decision: Decision) -> Packet:
    """Raises HandoffError for a kind that this handover does not have, or a time that cannot be."""
    row = event_row(decision.subject.removeprefix(SUBJECT))
    if row not in kinds_for(packet.deal.trigger):
        raise HandoffError(
            f"'{row.label}' is no event of this handover ({kind_of(packet.deal).label}). If it is another "
            "kind, correct that among the deal's facts and draft again."
        )
    if row.planned and not decision.due:
        raise HandoffError(f"Say when: '{row.label}' needs a date and time.")
    if decision.due:
        moment = moment_of(decision.due)
        if not row.planned and moment > moment_of(decision.at):
            raise HandoffError(f"'{row.label}' cannot be noted before it happened. Give a past time.")
    return packet


def unrecord(packet: Packet, decision: Decision) -> Packet:
    """Takes the last event of the kind back; raises HandoffError where there is none."""
    row = event_row(decision.subject.removeprefix(SUBJECT))
    if happened(packet, row.id) is None:
        raise HandoffError(f"'{row.label}' was never noted; there is nothing to take back.")
    return packet


def surprise(packet: Packet, decision: Decision) -> Packet:
    """Something that was met against what was told. Raises HandoffError without words or class."""
    if not decision.text:
        raise HandoffError("Say what was met that nobody expected.")
    if decision.was not in CLASSES:
        raise HandoffError(f"Say which it is: {', '.join(LABELS.values())}.")
    return packet


def propose_answer(packet: Packet, decision: Decision) -> Packet:
    """What a transcript answers; a person confirms it. Raises HandoffError without words or quote."""
    if not (decision.text and decision.evidence):
        raise HandoffError("An answer that is proposed needs its words and the quote that shows them.")
    return packet
