"""The documents that are written in words, in the order in which a handover needs them: one row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from assistant.documents.blocks import Block, Heading, Paragraph, cell
from assistant.documents.deal_summary import deal_summary
from assistant.documents.earlier.deal_summary_1 import deal_summary_1
from assistant.documents.handover import account_handover, off_boarding
from assistant.documents.kickoff import kickoff_plan
from assistant.documents.ledger import stakeholder_table
from assistant.documents.letters import confirmation_call, introduction_email
from assistant.documents.meeting import handoff_checklist, meeting_agenda, meeting_notes
from assistant.documents.people_map import people_map
from assistant.documents.promise_audit import promise_audit
from assistant.documents.proof import Proof, evidence_list
from assistant.documents.registers import contract_terms, crm_record, implementation_plan, risk_register
from assistant.documents.transfer_packet import transfer_packet
from assistant.documents.words import account_of
from assistant.packet import Packet, Trigger
from assistant.protocol.policy import Policy

Blocks = Callable[[Packet, Policy], list[Block]]
Group = Literal["Decide", "Plan", "Meet", "Tell the customer", "Keep"]
NONE: Mapping[str, Blocks] = MappingProxyType({})


class Page(NamedTuple):
    """A document that is written in words: in Word, Markdown and PDF alike."""

    label: str
    what: str
    blocks: Blocks
    group: Group
    kinds: tuple[Trigger, ...] = ()
    """The kinds of handover that have it; all where empty."""
    earlier: Mapping[str, Blocks] = NONE
    """Earlier versions of its template that still render."""


def stakeholder_map(packet: Packet, policy: Policy) -> list[Block]:
    """The map as a picture, then what is known of each person."""
    blocks: list[Block] = [Heading(f"Stakeholder map: {account_of(packet)}", 0), people_map(packet)]
    if not packet.stakeholders:
        return [
            *blocks,
            Paragraph(cell("Ask who sponsors, champions, pays for, runs and uses this.", "warn")),
        ]
    return [*blocks, Heading("People", 1), *stakeholder_table(packet, Proof(packet))]


PAGES: dict[str, Page] = {
    "transfer-packet": Page(
        "Transfer packet", "one page of six things; without it no kickoff", transfer_packet, "Decide"
    ),
    "deal-summary": Page(
        "Deal summary",
        "what decides, then the filled template, promises, questions and sources",
        deal_summary,
        "Decide",
        earlier={"1": deal_summary_1},
    ),
    "account-handover": Page(
        "Account handover",
        "what the incoming owner needs to know of the account",
        account_handover,
        "Decide",
        ("account_handover",),
    ),
    "off-boarding": Page(
        "Off-boarding",
        "goals then and now, loose ends, and what the next provider must know",
        off_boarding,
        "Decide",
        ("off_boarding",),
    ),
    "promise-audit": Page(
        "Promise audit",
        "open promises, what can be corrected, a mail to the customer for each",
        promise_audit,
        "Decide",
    ),
    "stakeholder-map": Page(
        "Stakeholder map",
        "who matters, with influence, role and stance, as a picture",
        stakeholder_map,
        "Plan",
    ),
    "implementation-plan": Page(
        "Implementation plan", "dates as a picture, milestones, dated promises", implementation_plan, "Plan"
    ),
    "risk-register": Page(
        "Risk register", "risks by likelihood and impact, with mitigation and owner", risk_register, "Plan"
    ),
    "contract-terms": Page(
        "Contract obligations",
        "what the contract binds each side to that nobody spoke of",
        contract_terms,
        "Plan",
    ),
    "meeting-agenda": Page(
        "Handoff meeting",
        "who comes, minutes and questions where this packet has gaps",
        meeting_agenda,
        "Meet",
    ),
    "meeting-notes": Page(
        "Meeting notes", "the form for attendance, answers and actions", meeting_notes, "Meet"
    ),
    "checklist": Page(
        "Handoff checklist", "21 items, filled where the packet knows", handoff_checklist, "Meet"
    ),
    "introduction-email": Page(
        "Introduction", "the mail that introduces the CSM", introduction_email, "Tell the customer"
    ),
    "confirmation-call": Page(
        "Confirmation call",
        "the script of the call before work starts",
        confirmation_call,
        "Tell the customer",
    ),
    "kickoff-plan": Page(
        "Kickoff plan",
        "the joint kickoff: who says what, and the success ladder",
        kickoff_plan,
        "Tell the customer",
    ),
    "crm-record": Page("CRM handoff record", "what to enter in the CRM", crm_record, "Keep"),
    "evidence": Page(
        "Evidence", "every quote behind a mark, word for word, by source", evidence_list, "Keep"
    ),
}
"""File name without suffix -> the page."""
