"""What is said to the customer when the account changes hands: introduction, confirmation call."""

from __future__ import annotations

from assistant.documents.addressees import contact_line, given_name
from assistant.documents.blocks import Block, Bullets, Cell, Heading, Line, Paragraph, Table, cell
from assistant.documents.promise_audit import open_promises
from assistant.documents.proof import Proof
from assistant.documents.words import account_of, verdict_of
from assistant.packet import Field, Packet
from assistant.protocol.events import happened
from assistant.protocol.policy import Policy
from assistant.rules.wording import shortened

TO_FILL = "…" * 12


def introduction_email(packet: Packet, policy: Policy) -> list[Block]:
    """The mail in which the AE introduces and endorses the CSM, and says that the AE does not vanish."""
    deal = packet.deal
    csm, ae = deal.csm or "[CSM not named]", deal.ae or "[AE not named]"
    first = csm.split()[0] if deal.csm else "Your new contact"
    goal = one(packet.summary.business_objectives.primary_objective)
    aim = f"and knows what this is for: “{goal}”" if goal else "so you will not have to tell it twice."
    stays = policy.meeting.seller_stays_at_kickoff_minutes
    lines = (
        Line(f"To: {contact_line(packet)}", "muted"),
        Line(f"Cc: {csm}", "muted"),
        Line(f"Subject: {csm} takes care of {account_of(packet)} from here", "muted"),
        Line(f"Dear {given_name(packet)},"),
        Line(
            f"I would like you to meet {csm}, who looks after you from now on. I am glad that you "
            f"will be in good hands: {first} has read everything we discussed {aim}"
        ),
        Line(
            "I chose the moment so that nothing gets lost: we went through our promises to you one by one. "
            f"I stay for the first {stays} minutes of the kickoff and you can reach me afterwards as before."
        ),
        Line(_next_dates(packet, policy)),
        Line(f"Kind regards, {ae}"),
    )
    hours = policy.clocks.introduction_hours
    return [
        Heading(f"Introduction: {account_of(packet)}", 0),
        Paragraph(cell(f"To be sent within {hours} hours of the handoff.", "muted")),
        Paragraph(lines),
    ]


def _next_dates(packet: Packet, policy: Policy) -> str:
    days = policy.clocks.kickoff_held_days
    live = one(packet.summary.implementation_plan.go_live_target)
    aim = f" Your date, “{live}”, is in the plan." if live and len(live) < 60 else ""
    csm = packet.deal.csm or "your new contact"
    planned = happened(packet, "kickoff_scheduled")
    at = planned.planned_for if planned else None
    when = f"on {at.date().isoformat()}" if at else f"to be held within {days} days"
    return f"You will hear from {csm} about the kickoff, {when}.{aim}"


def one(field: Field) -> str:
    """The field's first value in short; "" where it is not stated without doubt."""
    return shortened(field.values[0].text, 160) if field.status == "stated" and field.values else ""


def confirmation_call(packet: Packet, policy: Policy) -> list[Block]:
    """The script by which CS confirms, before work starts, what the customer believes they bought."""
    s, proof = packet.summary, Proof(packet)
    fixed = (
        ("Place and access", "Where do we work or connect, and who lets us in?", s.technical.environment),
        ("Scope as agreed", "What do you expect to be included?", s.scope.features_included),
        ("Not included", "Is there anything you expect that we have not named?", s.scope.out_of_scope),
        (
            "Products and quantities",
            "What have you ordered, and how many?",
            s.commercial_terms.contract_value,
        ),
        (
            "Time frame",
            "When must it work, and what depends on that day?",
            s.implementation_plan.go_live_target,
        ),
        (
            "Special situations",
            "Is there a busy time, a change of people or anything unusual ahead?",
            s.implementation_plan.risks,
        ),
    )
    rows = tuple(
        (cell(topic, "strong"), cell(ask), _we_have(field, proof), cell(TO_FILL))
        for topic, ask, field in fixed
    )
    hours = policy.clocks.confirmation_call_before_start_hours
    opening = "“We start soon and I want to be sure that we have it right. May I read you a few lines?”"
    closing = (
        "What differs changes schedule, crew or price before the start and goes back to the packet.",
        "An answer that agrees closes the line; note who said it and when.",
    )
    return [
        Heading(f"Confirmation call: {account_of(packet)}", 0),
        Paragraph(cell(f"Held by the CSM {hours} hours before work starts with {contact_line(packet)}.")),
        Paragraph(cell(opening, "quote")),
        Heading("Fixed questions", 1),
        Table(("Topic", "Ask", "We have", "Customer says"), (0.16, 0.28, 0.32, 0.24), rows),
        *_open_lines(packet, proof),
        Bullets(tuple(cell(line) for line in closing)),
    ]


def _we_have(field: Field, proof: Proof) -> Cell:
    if not field.values:
        return cell("not known", "warn")
    first = field.values[0]
    doubt = cell("The sources disagree", "bad") if field.status == "conflicting" else ()
    return (*doubt, Line(shortened(first.text, 160), marks=proof.marks(first.evidence)))


def _open_lines(packet: Packet, proof: Proof) -> list[Block]:
    """This packet's open lines: promises to be read aloud, questions that only the customer answers."""
    blocks: list[Block] = []
    promises = tuple(
        (
            (Line(f"P{n}: {shortened(c.text, 120)}", marks=proof.marks(c.evidence[-1:])),),
            cell(*verdict_of(c)),
            cell(TO_FILL),
        )
        for n, c in open_promises(packet)
    )
    if promises:
        header = ("Promise", "Against the contract", "Customer says")
        blocks += [
            Heading("Open promises: read each aloud, note yes, no or otherwise", 1),
            Table(header, (0.5, 0.26, 0.24), promises),
        ]
    asks = [f for f in packet.findings if f.is_open and not f.answered and f.ask_of == "customer"]
    if asks:
        rows = tuple((cell(f.ask), cell(TO_FILL)) for f in asks)
        blocks += [
            Heading("Open questions to the customer", 1),
            Table(("Ask", "Customer says"), (0.6, 0.4), rows),
        ]
    return blocks
