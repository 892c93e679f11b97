"""Registers out of a packet: risks, the implementation plan, the CRM handoff record."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.documents.blocks import Block, Cell, Heading, Line, Paragraph, Table, cell
from assistant.documents.words import (
    account_of,
    executed,
    quoted,
    severities,
    shown,
    stamp,
    tally,
    verdict_of,
    whom,
)
from assistant.packet import Commitment, Field, Finding, Packet
from assistant.protocol.policy import Policy

IMPACT = {"blocker": "high", "major": "medium", "minor": "low"}
MITIGATION = {
    "promise-contradicted": "Amend the contract, or correct the promise in writing before kickoff",
    "promise-not-in-contract": "Put it in writing with owner and date, or take it back",
    "vague-promise": "Agree on what exactly is meant, in writing",
}
RISKY = (*MITIGATION, "contract-not-executed", "no-early-win")


def risk_register(packet: Packet, policy: Policy) -> list[Block]:
    """Risks that sources name and risks that the rules found, with impact, mitigation and owner.

    Likelihood is a person's call: the program does not guess it.
    """
    rows = [*_named_risks(packet), *(_found_risk(f, packet) for f in packet.findings if f.rule in RISKY)]
    header = ("Risk", "Likelihood", "Impact", "Mitigation", "Owner")
    table = Table(header, (0.4, 0.1, 0.1, 0.25, 0.15), tuple(rows))
    nothing = Paragraph(cell("No source names a risk and no rule found one."))
    return [
        Heading(f"Risk register: {account_of(packet)}", 0, wide=True),
        Paragraph((stamp(packet), Line("Likelihood is set by the people who hand over.", "muted"))),
        table if rows else nothing,
    ]


def _named_risks(packet: Packet) -> Iterable[tuple[Cell, ...]]:
    risks, plan = packet.summary.risk_factors, packet.summary.implementation_plan
    answered = cell("none stated: agree one in the meeting", "warn")
    for field in (plan.risks, risks.remaining_concerns, risks.churn_indicators):
        for value in field.values:
            text = (Line(value.text), *quoted(value.evidence)[1::2])
            yield text, cell("to be set"), cell("to be set"), answered, cell(packet.deal.ae or "AE")


def _found_risk(finding: Finding, packet: Packet) -> tuple[Cell, ...]:
    promise = next((c for c in packet.commitments if finding.where == f"commitments.{c.id}"), None)
    risk = (Line(f"“{promise.text}”"), Line(*verdict_of(promise))) if promise else cell(finding.message)
    impact, owner = IMPACT[finding.severity], whom(finding.ask_of, packet)
    return risk, cell("to be set"), cell(impact), cell(MITIGATION.get(finding.rule, finding.ask)), cell(owner)


def implementation_plan(packet: Packet, policy: Policy) -> list[Block]:
    """Start, go-live, milestones, resources, dependencies, and every promise that has a date."""
    plan = packet.summary.implementation_plan
    fields = (
        ("Start", plan.start_date),
        ("Go-live target", plan.go_live_target),
        ("Milestones", plan.milestones),
        ("Customer's resources", plan.customer_resources),
        ("Dependencies", plan.dependencies),
        ("Risks", plan.risks),
    )
    rows = tuple((cell(label, "strong"), _field(field)) for label, field in fields)
    dated = sorted((c for c in packet.commitments if c.due and c.verdict != "withdrawn"), key=_by_date)
    blocks: list[Block] = [
        Heading(f"Implementation plan: {account_of(packet)}", 0),
        Paragraph((stamp(packet),)),
        Table(("Item", "What is known, and where it stands"), (0.24, 0.76), rows),
    ]
    if dated:
        blocks += [
            Heading("What was promised by when", 1),
            Table(
                ("Due", "Promise", "Who", "Against the contract"),
                (0.2, 0.46, 0.16, 0.18),
                tuple(map(_dated, dated)),
            ),
        ]
    return blocks


def _by_date(c: Commitment) -> tuple[bool, str]:
    """Computed dates first, in order; spans of time after them."""
    due = c.due or ""
    return not due[:4].isdigit(), due


def _dated(c: Commitment) -> tuple[Cell, ...]:
    return (
        cell(c.due or ""),
        (Line(c.text), *quoted(c.evidence[-1:])[1:]),
        cell(c.party),
        cell(shown(c.verdict)),
    )


def _field(field: Field) -> Cell:
    lines = [line for value in field.values for line in (Line(value.text), *quoted(value.evidence)[1::2])]
    if field.status == "not_applicable":
        return cell(f"Not applicable: {field.reason}" if field.reason else "Not applicable", "muted")
    return tuple(lines) or cell("Not stated in any source", "warn")


def crm_record(packet: Packet, policy: Policy) -> list[Block]:
    """The CRM's handoff record: what the packet knows, and what a person has still to enter."""
    deal, score = packet.deal, packet.score
    known = f"{score.known:g} of {score.knowable:g} points that can be known now" if score else "not scored"
    people = ", ".join(filter(None, (deal.ae, deal.se, deal.csm, deal.cs_manager))) or "nobody named"
    rows = (
        ("Account", account_of(packet)),
        ("Handoff status", "completed" if packet.status == "accepted" else "pending"),
        ("Kind", shown(deal.trigger)),
        ("Participants", people),
        ("CS acceptance", shown(packet.status)),
        ("Quality score", known),
        ("Contract", executed(packet)[0]),
        ("Payment terms", packet.readiness.payment_terms or "not stated in any source"),
        ("Promises", tally(packet)),
        ("Findings", severities(packet)),
        ("Handoff meeting, introduction, kickoff", "dates to be entered when they are set"),
    )
    return [
        Heading(f"CRM handoff record: {account_of(packet)}", 0),
        Paragraph((stamp(packet),)),
        Table(("Property", "Value"), (0.34, 0.66), tuple((cell(a, "strong"), cell(b)) for a, b in rows)),
    ]
