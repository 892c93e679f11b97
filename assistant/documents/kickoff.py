"""The joint kickoff: the seller stays, introduces the receiver and walks through the situation."""

from __future__ import annotations

from assistant.documents.addressees import contact_line
from assistant.documents.blocks import Block, Bullets, Cell, Heading, Line, Paragraph, Table, cell
from assistant.documents.letters import TO_FILL, one
from assistant.documents.promise_audit import open_promises
from assistant.documents.proof import Proof
from assistant.documents.registers import known
from assistant.documents.words import ROLES, account_of, count
from assistant.packet import Packet
from assistant.protocol.events import happened
from assistant.protocol.policy import Policy

MINUTES = 60
"""The usual length; the seller's part of it stands in the policy."""


def kickoff_plan(packet: Packet, policy: Policy) -> list[Block]:
    """Who sits there, what is said by whom, and the success ladder to agree on."""
    return [
        Heading(f"Joint kickoff: {account_of(packet)}", 0),
        Paragraph((Line(_when(packet, policy)), Line(f"The customer's contact: {contact_line(packet)}."))),
        Heading("How it goes", 1),
        Table(("Minutes", "Who", "What"), (0.12, 0.24, 0.64), _course(packet, policy)),
        *ladder(packet, policy),
        Heading("Who should be there", 1),
        Bullets(_seats(packet)),
        Heading("Beforehand", 1),
        Bullets(tuple(cell(line) for line in _beforehand(packet))),
    ]


def _when(packet: Packet, policy: Policy) -> str:
    planned = happened(packet, "kickoff_scheduled")
    if planned and planned.planned_for:
        return f"Planned for {planned.planned_for.strftime('%Y-%m-%d %H:%M UTC')}."
    days = policy.clocks.kickoff_held_days
    return f"No time is set yet; it is to be held within {days} days of the handoff."


def _course(packet: Packet, policy: Policy) -> tuple[tuple[Cell, ...], ...]:
    stays = policy.meeting.seller_stays_at_kickoff_minutes
    ae, csm = packet.deal.ae or "AE (not named)", packet.deal.csm or "CSM (not named)"
    goal = one(packet.summary.business_objectives.primary_objective)
    situation = "Tells the situation in front of the customer: why they bought, what hurts, what was promised"
    told = (
        f"{situation}. Their goal in one line: “{goal}”"
        if goal
        else f"{situation}. Asks for the goal: no source states it"
    )
    third = max(stays // 3, 1)
    rows = (
        (
            f"0–{third}",
            ae,
            f"Introduces {csm}: why this person, what they have read, that they decide from here",
        ),
        (f"{third}–{2 * third}", ae, told),
        (
            f"{2 * third}–{stays}",
            f"{ae} and {csm}",
            "Customer corrects; both answer. Says how to be reached, then leaves",
        ),
        (f"{stays}–{MINUTES}", csm, "Success ladder, plan and dates, who works on it, what comes next week"),
    )
    return tuple((cell(span, "strong"), cell(who), cell(what)) for span, who, what in rows)


def ladder(packet: Packet, policy: Policy) -> list[Block]:
    """The success ladder, and whether a result within the first month can be named."""
    rungs, proof = packet.summary.success_ladder, Proof(packet)
    fields = (
        ("Ultimate objective", rungs.ultimate_objective),
        ("Earliest sign of progress", rungs.early_win),
        ("Minimum acceptable outcome", rungs.minimum_acceptable_outcome),
    )
    rows = tuple((cell(label, "strong"), known(field, proof), cell(TO_FILL)) for label, field in fields)
    days = policy.success.early_win_days
    passed = bool(rungs.early_win.values) and not any(
        f.rule == "no-early-win" and f.is_open for f in packet.findings
    )
    test = (
        Line(f"Early-win test passed: a result within {days} days is named.", "good")
        if passed
        else Line(
            f"Early-win test not passed: no result within {days} days can be named. The packet is not ready.",
            "bad",
        )
    )
    header = ("Rung", "What is known", "Agreed at the kickoff")
    return [
        Heading("Success ladder", 1),
        Table(header, (0.24, 0.5, 0.26), rows),
        Paragraph((test,)),
    ]


def _seats(packet: Packet) -> tuple[Cell, ...]:
    people = [p for p in packet.stakeholders if p.side == "customer" and p.role and p.role != "end_users"]
    customers = tuple(
        cell(", ".join(filter(None, (p.name, p.title, ROLES[p.role or "blocker"].lower())))) for p in people
    )
    deal = packet.deal
    ours = tuple(
        cell(f"{name} ({role})")
        for role, name in (("AE", deal.ae), ("CSM", deal.csm), ("SE", deal.se))
        if name
    )
    return (*ours, *customers) or (cell("Nobody is named yet", "bad"),)


def _beforehand(packet: Packet) -> tuple[str, ...]:
    number = len(open_promises(packet))
    settle = (
        f"Settle {count(number, 'open promise')} with the customer; hold no kickoff on a contradicted one."
    )
    return (
        settle if number else "No promise is open: nothing has to be settled first.",
        "Send the pre-work and the agenda with the invitation.",
        "Name access, data and the people who do the work, on both sides.",
    )
