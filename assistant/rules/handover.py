"""The handover itself: approval before close, who met, who has room for it, what a pilot taught."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from assistant.packet import AskOf, Finding, Packet, Severity
from assistant.protocol.events import happened
from assistant.protocol.kinds import approval, approval_words, is_approved, is_preliminary
from assistant.protocol.meeting import mentioned
from assistant.protocol.participants import attendance
from assistant.protocol.policy import Policy
from assistant.protocol.template import ask_about, is_known, is_required, load_template
from assistant.rules.gaps import missing_categories
from assistant.rules.rule import found, rule
from assistant.rules.wording import account, quoted, shortened, slug


@rule("pre-close-not-approved", "blocker")
def pre_close_not_approved(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a handover before close that the CS manager has not approved, or has refused.

    Why: before signature the AE asks and the CS manager approves; CS would work on a deal that may not come.
    Ask: does the CS manager approve it before the signature?
    Known problems: an approval that is not noted in the record does not count; a signature makes it needless.
    """
    if is_approved(packet):
        return
    last = approval(packet)
    said = ", and nobody asked for it" if last is None else f"; it was {approval_words(packet)}"
    yield found(
        "pre-close-not-approved", None, "blocker", "readiness",
        f"The CS manager has not approved a handover of {account(packet.deal)} before close{said}.",
        ask=f"Do you approve the handover of {account(packet.deal)} before the contract is signed?",
        ask_of="cs_manager", where="readiness.pending_contract",
    )  # fmt: skip


@rule("pre-close-preliminary", "major")
def pre_close_preliminary(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the contract is pending, and its signature is not expected within the policy's days, or its day
    is past. Minor while it is expected in time.

    Why: everything in the packet is preliminary until signature; it is completed then, and not a day later.
    Ask: on which day is the contract signed?
    Known problems: the day is the deal's expected close, held against the day on which the packet was made.
    """
    if not is_preliminary(packet):
        return
    today, day = packet.run.as_of, packet.deal.expected_close
    days = policy.clocks.signature_expected_days
    late, far = day is not None and day < today, day is not None and day > today + timedelta(days)
    severity: Severity = "major" if day is None or late or far else "minor"
    when = f"the signature is expected on {day.isoformat()}" if day else "no day of signature is named"
    if late and day:
        when = f"the signature was expected on {day.isoformat()} and is not there"
    if far:
        when += f", later than within {days} days"
    yield found(
        "pre-close-preliminary", None, severity, "readiness",
        f"The contract is pending, so everything in this packet is preliminary; {when}.",
        ask=f"On which day does {account(packet.deal)} sign, and what here may still change until then?",
        ask_of="ae", where="deal.expected_close",
    )  # fmt: skip


@rule("poc-learnings-missing", "major")
def poc_learnings_missing(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: nothing says what the proof of concept taught.

    Why: the ongoing team would learn it again, at the customer's expense.
    Ask: what worked, what surprised, what would we do differently?
    Known problems: a result without a lesson is no learning; it stands among the results.
    """
    row = load_template().row("poc.poc_learnings")
    field = packet.summary.poc.poc_learnings
    if row.category in missing_categories(packet) or not is_required(row, packet, policy) or is_known(field):
        return
    if field.status != "not_stated":
        return  # not-applicable-without-reason says so
    yield found(
        "poc-learnings-missing", None, row.severity, "risk_factors",
        f"Nothing says what the proof of concept at {account(packet.deal)} taught.",
        ask=ask_about(row.ask, packet.deal), ask_of=row.ask_of, where=f"summary.{row.path}",
    )  # fmt: skip


@rule("participant-absent", "major")
def participant_absent(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the handoff meeting was held without somebody who must be there.

    Why: what only that person knows was not handed over, or the one who needs it did not hear it.
    Ask: when is it made up for?
    Known problems: people are compared by name as the meeting's note has them.
    """
    came = attendance(packet, policy)
    for seat in came.absent if came else ():
        if seat.name is None:
            continue  # participant-missing says that nobody is named
        yield found(
            "participant-absent", seat.role, "major", "readiness",
            f"The handoff meeting was held without {seat.name} ({seat.label}: {seat.why}).",
            ask=f"When do you talk through the handoff of {account(packet.deal)} with {seat.name}?",
            ask_of="cs_manager", where=f"deal.{seat.role}",
        )  # fmt: skip


@rule("promise-mentioned", "major")
def promise_mentioned(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: in the handoff meeting the giver says to have told the customer something that no promise says.

    Why: an undocumented commitment that is discovered later is a ground for rejection, and a surprise.
    Ask: is it a promise, on which words does it rest, and does the contract cover it?
    Known problems: small talk is among them; waive that. Adding the promise with its quote closes it.
    """
    owners = packet.deal.trigger in ("account_handover", "off_boarding")
    giver: AskOf = "outgoing_owner" if owners else "ae"
    for told in mentioned(packet):
        yield found(
            "promise-mentioned", slug(shortened(told.text, 50)), "major", "scope_and_commitments",
            f"{told.by or 'Somebody'} said in the handoff meeting to have told the customer: "
            f"{quoted(told.evidence[0])}. No promise of the packet says it.",
            ask=f'Is "{shortened(told.text, 120)}" a promise to {account(packet.deal)}? If so, who there '
            "knows of it, and does the contract cover it?",
            ask_of=giver, where="commitments", evidence=told.evidence,
        )  # fmt: skip


@rule("csm-over-capacity", "major")
def csm_over_capacity(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the CSM who is assigned has more open handoffs than the policy's limit (or their own).

    Why: a handoff that nobody has time for is none; the protocol escalates for more time or people.
    Ask: who gives more time or people, or who takes it instead?
    Known problems: counted when the deal was assigned; it stays until more is given or another CSM comes.
    """
    short, granted = happened(packet, "capacity_short"), happened(packet, "capacity_granted")
    if short is None or (granted and granted.noted_at >= short.noted_at):
        return
    yield found(
        "csm-over-capacity", None, "major", "readiness",
        f"The CSM has no room for this handoff: {short.text or 'more open handoffs than the limit'}.",
        ask=f"Who gives more time or people for {account(packet.deal)}, or which CSM takes it instead?",
        ask_of="cs_manager", where="deal.csm",
    )  # fmt: skip
