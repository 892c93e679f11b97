"""Decisions about promises: each takes packet and decision, gives the packet."""

from __future__ import annotations

import hashlib

from assistant.errors import HandoffError
from assistant.packet import Commitment, Decision, Evidence, Packet, Remark, Wording
from assistant.review.fit import DoesNotFit, promise_of, with_promise


def confirm_verdict(packet: Packet, decision: Decision) -> Packet:
    """A reviewer agrees with the verdict."""
    promise = promise_of(packet, decision.subject)
    if decision.verdict not in (None, promise.verdict):
        raise DoesNotFit(f"The verdict on '{promise.id}' is {promise.verdict} now: look at it again.")
    return with_promise(packet, promise.model_copy(update={"confirmed_by": decision.by}))


def correct_verdict(packet: Packet, decision: Decision) -> Packet:
    """A reviewer's verdict in place of the reader's, for a reason; with contract quotes where given."""
    promise = promise_of(packet, decision.subject)
    if decision.verdict is None or not decision.reason:
        raise HandoffError("Choose the verdict and say why, so that others can follow it.")
    relation = (decision.relation or "different") if decision.verdict == "contradicted" else None
    update = {
        "verdict": decision.verdict, "relation": relation, "decided_by": "reviewer",
        "explanation": decision.reason, "confirmed_by": decision.by,
        "contract_evidence": decision.evidence or promise.contract_evidence,
    }  # fmt: skip
    return with_promise(packet, promise.model_copy(update=update))


def assign(packet: Packet, decision: Decision) -> Packet:
    """Who sees to the promise, and by when; what is None stays."""
    promise = promise_of(packet, decision.subject)
    update = {"owner": decision.owner or promise.owner, "due": decision.due or promise.due}
    return with_promise(packet, promise.model_copy(update=update))


def ask(packet: Packet, decision: Decision) -> Packet:
    """A question went out about a promise; about a finding the rules note it themselves."""
    if not decision.subject.startswith("c-"):
        return packet
    promise = promise_of(packet, decision.subject)
    asked = Remark(by=decision.by, at=decision.at, text=decision.text or "")
    return with_promise(packet, promise.model_copy(update={"asked": asked}))


def add_promise(packet: Packet, decision: Decision) -> Packet:
    """A promise that the reader missed."""
    known = {promise.id for promise in packet.commitments}
    new = tuple(promise for promise in decision.promises if promise.id not in known)
    return packet.model_copy(update={"commitments": (*packet.commitments, *new)})


def merge(packet: Packet, decision: Decision) -> Packet:
    """The promises of `subjects` are earlier wordings of this one."""
    promise = promise_of(packet, decision.subject)
    others = [promise_of(packet, id) for id in decision.subjects]
    if not others or promise in others:
        raise HandoffError("Choose the promise that stays and at least one other one that is the same.")
    history = [*promise.history, *(w for other in others for w in (*other.history, _as_wording(other)))]
    history.sort(key=lambda wording: wording.said_on or "")
    gone = set(decision.subjects)
    left = packet.model_copy(
        update={"commitments": tuple(c for c in packet.commitments if c.id not in gone)}
    )
    return with_promise(left, promise.model_copy(update={"history": tuple(history)}))


def split(packet: Packet, decision: Decision) -> Packet:
    """The parts in place of the promise."""
    whole = promise_of(packet, decision.subject)
    if len(decision.promises) < 2:
        raise HandoffError("Write at least two parts, each a promise of its own.")
    at = packet.commitments.index(whole)
    parts = (*packet.commitments[:at], *decision.promises, *packet.commitments[at + 1 :])
    return packet.model_copy(update={"commitments": parts})


def dismiss(packet: Packet, decision: Decision) -> Packet:
    """What the reader took for a promise and is none, for a reason; the decision keeps it."""
    promise = promise_of(packet, decision.subject)
    if not decision.reason:
        raise HandoffError("Say why it is no promise, so that others can follow it.")
    left = tuple(c for c in packet.commitments if c.id != promise.id)
    return packet.model_copy(update={"commitments": left})


def promise_id(text: str, evidence: Evidence) -> str:
    """ "c-" and six hex digits of source, quote and words: the same selection gives the same id."""
    told = "\x1f".join((evidence.source, evidence.quote, text))
    return f"c-{hashlib.sha256(told.encode('utf-8')).hexdigest()[:6]}"


def _as_wording(promise: Commitment) -> Wording:
    return Wording(
        text=promise.text, speaker=promise.speaker, said_on=promise.said_on, changed="repeated",
        evidence=promise.evidence,
    )  # fmt: skip
