"""Registers out of a packet: risks, the implementation plan, contract terms, the CRM handoff record."""

from __future__ import annotations

from assistant.documents.blocks import Block, Cell, Heading, Line, Paragraph, Table, Tone, cell
from assistant.documents.dates_picture import dates_picture
from assistant.documents.proof import Proof
from assistant.documents.risks import Level, Risk, risk_matrix, risks
from assistant.documents.words import (
    account_of,
    count,
    executed,
    severities,
    shown,
    tally,
    verdict_of,
)
from assistant.packet import Commitment, ContractTerm, Field, Packet
from assistant.protocol.events import happened
from assistant.protocol.handoffs import completeness, handoff_status
from assistant.protocol.kinds import kind_of
from assistant.protocol.policy import Policy

LEVEL_TONES: dict[Level, Tone] = {"high": "bad", "medium": "warn", "low": "plain"}


def risk_register(packet: Packet, policy: Policy) -> list[Block]:
    """Risks that sources name and risks that the rules found, by likelihood and impact, with owner."""
    proof, found = Proof(packet), risks(packet)
    blocks: list[Block] = [
        Heading(f"Risk register: {account_of(packet)}", 0),
        Paragraph(
            cell(
                "Likelihood and impact are proposals by rule, each with its reason; people set them.",
                "muted",
            )
        ),
    ]
    if not found:
        return [*blocks, Paragraph(cell("No source names a risk and no rule found one."))]
    return [*blocks, risk_matrix(found), Heading("The risks", 1), risk_table(found, proof)]


def risk_table(found: list[Risk], proof: Proof) -> Table:
    """A row a risk, in the order given."""
    header = ("No.", "Risk, and why it is rated so", "Likelihood", "Impact", "Mitigation", "Owner")
    return Table(header, (0.06, 0.43, 0.1, 0.09, 0.19, 0.13), tuple(_risk(r, proof) for r in found))


def _risk(risk: Risk, proof: Proof) -> tuple[Cell, ...]:
    text = f"{risk.promise}: {risk.text}" if risk.promise else risk.text
    return (
        cell(f"R{risk.number}", "strong"),
        (Line(text, marks=proof.marks(risk.evidence)), Line(risk.reason, "muted")),
        cell(risk.likelihood, LEVEL_TONES[risk.likelihood]),
        cell(risk.impact, LEVEL_TONES[risk.impact]),
        cell(risk.mitigation),
        cell(risk.owner),
    )


def implementation_plan(packet: Packet, policy: Policy) -> list[Block]:
    """The dates as a picture; start, go-live, milestones, resources, dependencies; every dated promise."""
    plan, proof = packet.summary.implementation_plan, Proof(packet)
    fields = (
        ("Start", plan.start_date),
        ("Go-live target", plan.go_live_target),
        ("Milestones", plan.milestones),
        ("Customer's resources", plan.customer_resources),
        ("Dependencies", plan.dependencies),
        ("Risks", plan.risks),
    )
    rows = tuple((cell(label, "strong"), known(field, proof)) for label, field in fields)
    dated = sorted((c for c in packet.commitments if c.due and c.verdict != "withdrawn"), key=_by_date)
    blocks: list[Block] = [
        Heading(f"Implementation plan: {account_of(packet)}", 0),
        Heading("Dates", 1),
        dates_picture(packet),
        Heading("The plan", 1),
        Table(("Item", "What is known, and where it stands"), (0.22, 0.78), rows),
    ]
    if dated:
        header = ("Due", "Promise", "Who", "Against the contract")
        table = Table(header, (0.18, 0.48, 0.16, 0.18), tuple(_dated(c, proof) for c in dated))
        blocks += [Heading("What was promised by when", 1), table]
    return blocks


def _by_date(c: Commitment) -> tuple[bool, str]:
    """Computed dates first, in order; spans of time after them."""
    due = c.due or ""
    return not due[:4].isdigit(), due


def _dated(c: Commitment, proof: Proof) -> tuple[Cell, ...]:
    promise = (Line(c.text, marks=proof.marks(c.evidence[-1:])),)
    return cell(c.due or ""), promise, cell(c.owner or c.speaker or c.party), cell(*verdict_of(c))


def known(field: Field, proof: Proof) -> Cell:
    """The field's values with their marks, or words that say that there are none."""
    if field.status == "not_applicable":
        return cell(f"Not applicable: {field.reason}" if field.reason else "Not applicable", "muted")
    warned = cell("The sources disagree", "bad") if field.status == "conflicting" else ()
    lines = tuple(Line(v.text, marks=proof.marks(v.evidence)) for v in field.values)
    return (*warned, *lines) or cell("Not stated in any source", "warn")


def contract_terms(packet: Packet, policy: Policy) -> list[Block]:
    """What the contract binds one side to that no promise was held against: CS must deliver it as well."""
    spoken = {(e.source, e.segment_id) for c in packet.commitments for e in c.contract_evidence}
    unspoken = [
        t
        for t in packet.contract_terms
        if t.party and not spoken & {(e.source, e.segment_id) for e in t.evidence}
    ]
    proof = Proof(packet)
    blocks: list[Block] = [
        Heading(f"Contract obligations: {account_of(packet)}", 0),
        Paragraph(cell(f"{count(len(unspoken), 'obligation')} nobody spoke of; they bind all the same.")),
    ]
    for party, title in (("vendor", "What binds us"), ("customer", "What binds the customer")):
        mine = sorted((t for t in unspoken if t.party == party), key=lambda t: t.category)
        if mine:
            rows = tuple(_term(t, proof) for t in mine)
            blocks += [
                Heading(title, 1),
                Table(("Category", "Term", "Where it stands"), (0.13, 0.62, 0.25), rows),
            ]
    return blocks


def _term(term: ContractTerm, proof: Proof) -> tuple[Cell, ...]:
    where = ", ".join(dict.fromkeys(proof.label(e) for e in term.evidence[:2]))
    return cell(shown(term.category)), cell(term.text), cell(where or term.source, "muted")


def crm_record(packet: Packet, policy: Policy) -> list[Block]:
    """The CRM's handoff record: what the packet knows, and what a person has still to enter."""
    deal, score = packet.deal, packet.score
    points = f"{score.known:g} of {score.knowable:g} points that can be known now" if score else "not scored"
    people = ", ".join(filter(None, (deal.ae, deal.se, deal.csm, deal.cs_manager))) or "nobody named"
    held = happened(packet, "meeting_held")
    rows = (
        ("Account", account_of(packet)),
        ("Handoff status", handoff_status(packet)),
        ("Kind", kind_of(deal).label),
        ("Handoff date and time", _when(packet, "meeting_held") or _planned(packet, "meeting_scheduled")),
        ("Participants", ", ".join(held.people) if held and held.people else f"invited: {people}"),
        ("Recording", held.text if held and held.text else "to be entered after the meeting"),
        ("Deal summary", "deal-summary.docx of this packet"),
        ("Completeness", f"{completeness(packet, policy):g} % of the required fields"),
        ("Quality score", points),
        ("CS acceptance", shown(packet.status)),
        ("Introduction sent", _when(packet, "introduction_sent") or "not yet"),
        ("Kickoff", _when(packet, "kickoff_held") or _planned(packet, "kickoff_scheduled")),
        ("Contract", executed(packet)[0]),
        ("Payment terms", packet.readiness.payment_terms or "not stated in any source"),
        ("Promises", tally(packet)),
        ("Findings", severities(packet)),
    )
    return [
        Heading(f"CRM handoff record: {account_of(packet)}", 0),
        Table(("Property", "Value"), (0.34, 0.66), tuple((cell(a, "strong"), cell(b)) for a, b in rows)),
    ]


def _when(packet: Packet, kind: str) -> str:
    event = happened(packet, kind)
    return event.at.strftime("%Y-%m-%d %H:%M UTC") if event else ""


def _planned(packet: Packet, kind: str) -> str:
    event = happened(packet, kind)
    at = event.planned_for if event else None
    return f"planned for {at.strftime('%Y-%m-%d %H:%M UTC')}" if at else "not scheduled yet"
