"""Documents of an account that changes hands: to another owner in the house, or to another provider."""

from __future__ import annotations

from assistant.documents.blocks import Block, Cell, Heading, Line, Paragraph, Table, cell
from assistant.documents.proof import Proof
from assistant.documents.registers import known
from assistant.documents.words import ROLES, account_of, verdict_of
from assistant.packet import Packet
from assistant.protocol.events import happened, kinds_for
from assistant.protocol.kinds import scenario_label
from assistant.protocol.policy import Policy
from assistant.protocol.template import section_rows, summary_field

GOALS = ("off_boarding.original_goals", "off_boarding.goals_now")


def account_handover(packet: Packet, policy: Policy) -> list[Block]:
    """What the incoming owner needs: contacts, projects, deadlines, open issues, history, strategy."""
    proof = Proof(packet)
    deal = packet.deal
    owners = (
        f"{deal.ae or 'outgoing owner not named'} hands over to {deal.csm or 'incoming owner not named'}."
    )
    return [
        Heading(f"Account handover: {account_of(packet)}", 0),
        Paragraph((Line(owners), *cell(scenario_label(deal) or "", "muted"))),
        Heading("The account", 1),
        _section("account_handover", packet, proof),
        *_people(packet, proof),
        *_open(packet, proof),
        *_steps(packet),
    ]


def off_boarding(packet: Packet, policy: Policy) -> list[Block]:
    """Goals then against now, difficulties, loose ends, and what the next provider must know."""
    proof, end = Proof(packet), packet.summary.off_boarding
    start = (
        end.original_goals
        if end.original_goals.values
        else packet.summary.business_objectives.primary_objective
    )
    # Side by side, not line by line: which statement answers which goal is for people to say.
    table = Table(
        ("Goals at the start", "Where they stand"),
        (0.5, 0.5),
        ((known(start, proof), known(end.goals_now, proof)),),
    )
    return [
        Heading(f"Off-boarding: {account_of(packet)}", 0),
        Paragraph(cell("A summary of the work for whoever takes over; civil and complete.", "muted")),
        Heading("Goals then and status now", 1),
        table,
        Heading("What the next provider needs", 1),
        _section("off_boarding", packet, proof, GOALS),
        Heading("The account as it stands", 1),
        _section("account_handover", packet, proof),
        *_people(packet, proof),
        *_open(packet, proof),
        *_steps(packet),
    ]


def _section(section: str, packet: Packet, proof: Proof, without: tuple[str, ...] = ()) -> Table:
    rows = tuple(
        (cell(row.label, "strong"), known(summary_field(packet.summary, row.path), proof))
        for row in section_rows(section, packet)
        if row.path not in without
    )
    return Table(("Subject", "What is known"), (0.24, 0.76), rows)


def _people(packet: Packet, proof: Proof) -> list[Block]:
    people = [p for p in packet.stakeholders if p.side == "customer"]
    if not people:
        return []
    rows = tuple(
        (
            (Line(p.name, "strong", proof.marks(p.evidence[:1])),),
            cell(
                ", ".join(
                    filter(
                        None, (p.title, ROLES.get(p.role or ""), f"stance: {p.stance}" if p.stance else "")
                    )
                )
                or "role not stated"
            ),
            tuple(Line(v.text, marks=proof.marks(v.evidence)) for v in p.preferences)
            or cell("no preference stated", "muted"),
        )
        for p in people
    )
    return [Heading("Contacts", 1), Table(("Person", "Role", "Prefers"), (0.26, 0.34, 0.4), rows)]


def _open(packet: Packet, proof: Proof) -> list[Block]:
    numbered = enumerate(packet.commitments, start=1)
    rows = tuple(
        (
            (Line(f"P{n}: {c.text}", marks=proof.marks(c.evidence[-1:])),),
            cell(c.due or "no date", "plain" if c.due else "warn"),
            cell(*verdict_of(c)),
        )
        for n, c in numbered
        if c.verdict != "withdrawn"
    )
    if not rows:
        return []
    return [
        Heading("What is still promised", 1),
        Table(("Promise", "Due", "Against the contract"), (0.56, 0.16, 0.28), rows),
    ]


def _steps(packet: Packet) -> list[Block]:
    """What the protocol wants to happen, and what has."""
    wanted = ("owner_change_told", "meeting_held", "follow_up_held", "feedback_asked")
    labels = {row.id: row.label for row in kinds_for(packet.deal.trigger)}
    rows: list[tuple[Cell, Cell]] = []
    for kind in wanted:
        if kind in labels:
            event = happened(packet, kind)
            state = (
                cell(f"{event.at.date().isoformat()}, noted by {event.by}", "good")
                if event
                else cell("open", "warn")
            )
            rows.append((cell(labels[kind]), state))
    return [Heading("Steps", 1), Table(("Step", "State"), (0.6, 0.4), tuple(rows))] if rows else []
