"""What is sent or said to people: the promise audit's mails, the introduction, the confirmation call."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.documents.blocks import Block, Bullets, Heading, Line, Paragraph, Table, cell
from assistant.documents.words import account_of, place, stamp, verdict_of
from assistant.packet import Commitment, Evidence, Field, Packet, Stakeholder
from assistant.protocol.policy import Policy
from assistant.rules.wording import shortened

TO_FILL = "…" * 12
ASKS = {
    "contradicted": (
        "The agreement reads differently on this point: “{clause}” ({where}). We want you to hear this from "
        "us before work starts. {differs}"
    ),
    "not_in_contract": (
        "The agreement does not mention this. We want to write it down before work starts, so that you and "
        "the team who takes over rely on the same words. Is this how you understood it?"
    ),
    "vague": (
        "We would like to be exact about it before work starts. What do you expect to see, and by when?"
    ),
}
DIFFERS = "We will come back to you with one of two things: an amendment, or what we offer in its place."


def promise_audit(packet: Packet, policy: Policy) -> list[Block]:
    """What the AE can still correct before kickoff, and a mail to the customer for each open item."""
    found = _open_promises(packet)
    blocks: list[Block] = [
        Heading(f"Promise audit: {account_of(packet)}", 0),
        Paragraph(
            (stamp(packet), Line(f"{len(found)} promises do not stand in the contract as they were made."))
        ),
        Paragraph(
            cell(
                "Not only what was sold counts: what the buyer believes they bought does. Each mail is a "
                "draft; read it, settle with legal what it needs, then send it.",
                "muted",
            )
        ),
    ]
    if not found:
        return [
            *blocks,
            Paragraph(cell("Nothing to correct: every promise that was found is covered.", "good")),
        ]
    for number, c in found:
        blocks += _audit_item(number, c, packet)
    return blocks


def _open_promises(packet: Packet) -> list[tuple[int, Commitment]]:
    numbered = enumerate(packet.commitments, start=1)
    found = [(n, c) for n, c in numbered if c.party == "vendor" and c.verdict in ASKS]
    return sorted(found, key=lambda pair: list(ASKS).index(pair[1].verdict))


def _audit_item(number: int, c: Commitment, packet: Packet) -> Iterator[Block]:
    word, tone = verdict_of(c)
    yield Heading(f"P{number}: {shortened(c.text, 90)}", 1)
    yield Paragraph((Line(word, tone), *(cell(c.explanation, "muted"))))
    clause = c.contract_evidence[0] if c.contract_evidence else None
    body = ASKS[c.verdict].format(
        clause=shortened(clause.quote, 260) if clause else "",
        where=place(clause) if clause else "",
        differs=DIFFERS,
    )
    said = f"On {c.said_on} " if c.said_on else "In one of our talks "
    yield Paragraph(
        (
            Line(f"To: {_buyer(packet)}", "muted"),
            Line(f"Subject: {account_of(packet)}: to be sure that we mean the same", "muted"),
            Line(f"Dear {_given_name(packet)},"),
            Line(f"{said}{c.speaker or 'we'} told you: “{shortened(_spoken(c).quote, 260)}” {body}"),
            Line(f"Kind regards, {packet.deal.ae or 'your account executive'}"),
        )
    )
    yield Paragraph(cell(f"Said at {place(_spoken(c))}.", "muted"))


def _spoken(c: Commitment) -> Evidence:
    return c.evidence[-1]


def _buyer(packet: Packet) -> str:
    person = _contact(packet)
    return (
        ", ".join(filter(None, (person.name, person.title))) if person else "the customer's buyer (not named)"
    )


def _given_name(packet: Packet) -> str:
    person = _contact(packet)
    return person.name.split()[0] if person else "customer"


def _contact(packet: Packet) -> Stakeholder | None:
    """The champion, else the buyer, else anybody on the customer's side with a role."""
    people = [p for p in packet.stakeholders if p.side == "customer" and p.role and p.role != "end_users"]
    order = ("champion", "economic_buyer", "executive_sponsor", "technical_lead", "blocker")
    return min(people, key=lambda p: order.index(p.role or "blocker"), default=None)


def introduction_email(packet: Packet, policy: Policy) -> list[Block]:
    """The mail in which the AE introduces and endorses the CSM, and says that the AE does not vanish."""
    deal = packet.deal
    csm, ae = deal.csm or "[CSM not named]", deal.ae or "[AE not named]"
    goal = _one(packet.summary.business_objectives.primary_objective)
    stays = policy.meeting.seller_stays_at_kickoff_minutes
    aim = (
        f"{csm.split()[0]} has read everything we discussed and knows what this is for: {goal}"
        if goal
        else (f"{csm.split()[0]} has read everything we discussed, so you will not have to tell it twice.")
    )
    lines = (
        Line(f"To: {_buyer(packet)}", "muted"),
        Line(f"Cc: {csm}", "muted"),
        Line(f"Subject: {csm} takes care of {account_of(packet)} from here", "muted"),
        Line(f"Dear {_given_name(packet)},"),
        Line(f"I would like you to meet {csm}, who looks after you from now on. {aim}"),
        Line(
            f"I chose the moment so that nothing gets lost: we went through our promises to you one by one. "
            f"I stay for the first {stays} minutes of the kickoff and you can reach me afterwards as before."
        ),
        Line(_next_dates(packet, policy)),
        Line(f"Kind regards, {ae}"),
    )
    return [
        Heading(f"Introduction: {account_of(packet)}", 0),
        Paragraph(
            (
                stamp(packet),
                Line(f"To be sent within {policy.clocks.introduction_hours} hours of the handoff."),
            )
        ),
        Paragraph(lines),
    ]


def _next_dates(packet: Packet, policy: Policy) -> str:
    days = policy.clocks.kickoff_held_days
    live = _one(packet.summary.implementation_plan.go_live_target)
    aim = f" Your date, {live}, is in the plan." if live and len(live) < 60 else ""
    csm = packet.deal.csm or "the CSM"
    return f"You will hear from {csm} about the kickoff, to be held within {days} days.{aim}"


def _one(field: Field) -> str:
    return shortened(field.values[0].text, 160) if field.status == "stated" and field.values else ""


def confirmation_call(packet: Packet, policy: Policy) -> list[Block]:
    """The script by which CS confirms, before work starts, what the customer believes they bought."""
    hours = policy.clocks.confirmation_call_before_start_hours
    fixed = (
        (
            "Place and access",
            "Where do we work or connect, and who lets us in?",
            packet.summary.technical.environment,
        ),
        ("Scope as agreed", "What do you expect to be included?", packet.summary.scope.features_included),
        (
            "Not included",
            "Is there anything you expect that we have not named?",
            packet.summary.scope.out_of_scope,
        ),
        (
            "Time frame",
            "When must it work, and what depends on that day?",
            packet.summary.implementation_plan.go_live_target,
        ),
        (
            "Special situations",
            "Is there a busy time, a change of people or anything unusual ahead?",
            packet.summary.implementation_plan.risks,
        ),
    )
    rows = tuple(
        (cell(topic, "strong"), cell(ask), cell(_one(field) or "not known"), cell(TO_FILL))
        for topic, ask, field in fixed
    )
    asks = [
        (cell(f"P{n}: {shortened(c.text, 120)}"), cell(verdict_of(c)[0]), cell(TO_FILL))
        for n, c in _open_promises(packet)
    ]
    blocks: list[Block] = [
        Heading(f"Confirmation call: {account_of(packet)}", 0),
        Paragraph(
            (stamp(packet), Line(f"Held by the CSM {hours} hours before work starts with {_buyer(packet)}."))
        ),
        Paragraph(
            cell(
                "“We start soon and I want to be sure that we have it right. May I read you a few lines?”",
                "quote",
            )
        ),
        Heading("Fixed questions", 1),
        Table(("Topic", "Ask", "We have", "Customer says"), (0.16, 0.3, 0.3, 0.24), rows),
    ]
    if asks:
        blocks += [
            Heading("Open promises: read each aloud, note yes, no or otherwise", 1),
            Table(("Promise", "Against the contract", "Customer says"), (0.5, 0.26, 0.24), tuple(asks)),
        ]
    closing = (
        "What differs changes schedule, crew or price before the start and goes back to the packet.",
        "An answer that agrees closes the line; note who said it and when.",
    )
    return [*blocks, Bullets(tuple(cell(line) for line in closing))]
