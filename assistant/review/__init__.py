"""Review: what a person decides changes the packet by a pure function, one a kind of decision.

A decision is complete in itself, so that it can be applied again to a packet that was drafted anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant import pipeline
from assistant.errors import HandoffError
from assistant.packet import Decision, Packet
from assistant.protocol.policy import Policy
from assistant.review import handover, people, promises, rounds, values
from assistant.review.fit import DoesNotFit, finding_of

__all__ = ["ACTIONS", "DoesNotFit", "decide", "decide_all", "redraft"]

Apply = Callable[[Packet, Decision], Packet]


def _waive(packet: Packet, decision: Decision) -> Packet:
    """The rules mark the finding; here it only has to be there, and the reason too."""
    if not decision.reason:
        raise HandoffError("Say why it can be lived with: a waiver without a reason hides a gap.")
    finding_of(packet, decision.subject)
    return packet


def _noted(packet: Packet, decision: Decision) -> Packet:
    """Kept among the decisions, and read from there."""
    return packet


CONTENT: dict[str, Apply] = {
    "edit_value": values.edit_value,
    "mark_not_applicable": values.mark_not_applicable,
    "answer_gap": values.answer_gap,
    "name_stakeholder": values.name_stakeholder,
    "describe_stakeholder": people.describe_stakeholder,
    "confirm_verdict": promises.confirm_verdict,
    "correct_verdict": promises.correct_verdict,
    "assign": promises.assign,
    "ask": promises.ask,
    "add_promise": promises.add_promise,
    "merge": promises.merge,
    "split": promises.split,
    "dismiss": promises.dismiss,
    "bring_back": promises.add_promise,
    "waive": _waive,
}
"""What is applied again to a packet that was drafted anew."""
ACTIONS: dict[str, Apply] = {
    **CONTENT,
    "unwaive": _noted,
    "tick": _noted,
    "untick": _noted,
    "read_meeting": _noted,
    "cover": _noted,
    "propose_answer": handover.propose_answer,
    "drop_answer": _noted,
    "action_item": _noted,
    "mention": _noted,
    "record": handover.record,
    "unrecord": handover.unrecord,
    "surprise": handover.surprise,
    "submit": rounds.submit,
    "accept": rounds.accept,
    "reject": rounds.reject,
    "request_revision": rounds.request_revision,
}


def decide(packet: Packet, decision: Decision, policy: Policy) -> Packet:
    """The next version: the decision applied and appended, findings and score computed anew.

    Raises HandoffError where the decision is incomplete or impossible, DoesNotFit where its subject is gone.
    """
    changed = ACTIONS[decision.action](packet, decision)
    return pipeline.check(_appended(changed, decision), policy)


def decide_all(packet: Packet, decisions: Sequence[Decision], policy: Policy) -> Packet:
    """The next version of several decisions that are made at once."""
    for decision in decisions:
        packet = _appended(ACTIONS[decision.action](packet, decision), decision)
    return pipeline.check(packet, policy)


def redraft(
    fresh: Packet, before: Packet, decision: Decision, policy: Policy
) -> tuple[Packet, list[Decision]]:
    """The packet drafted anew with all decisions of the one before, and those that no longer fit.

    Status and decisions are carried over; `decision` (action "redraft") lists by number what did not fit.
    """
    packet = pipeline.check(fresh.model_copy(update={"status": before.status}), policy)
    misfits: list[tuple[int, Decision]] = []
    done: list[Decision] = []
    for number, old in enumerate(before.decisions, start=1):
        packet, fits = _again(packet, old, done, policy)
        done.append(old)
        misfits += [] if fits else [(number, old)]
    told = decision.model_copy(update={"subjects": tuple(str(number) for number, _ in misfits)})
    whole = pipeline.check(packet.model_copy(update={"decisions": (*before.decisions, told)}), policy)
    return _still_accepted(whole), [old for _, old in misfits]


def _still_accepted(packet: Packet) -> Packet:
    """What was accepted is back with customer success when the new draft has an open blocker."""
    blocked = packet.status == "accepted" and rounds.open_blockers(packet)
    return packet.model_copy(update={"status": "submitted"}) if blocked else packet


def _again(
    packet: Packet, old: Decision, done: Sequence[Decision], policy: Policy
) -> tuple[Packet, bool]:
    apply = CONTENT.get(old.action)
    if apply is None:
        return packet, True
    try:
        if old.action == "waive":
            # Findings come and go with the decisions so far, so they are computed before one is waived.
            packet = pipeline.check(packet.model_copy(update={"decisions": tuple(done)}), policy)
        return apply(packet, old), True
    except DoesNotFit:
        return packet, False


def _appended(packet: Packet, decision: Decision) -> Packet:
    return packet.model_copy(update={"decisions": (*packet.decisions, decision)})
