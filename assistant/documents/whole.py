"""The packet as one document: every register in one, for PDF and HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.documents.blocks import Block, Heading
from assistant.documents.deal_summary import deal_summary
from assistant.documents.handover import account_handover, off_boarding
from assistant.documents.kickoff import kickoff_plan
from assistant.documents.meeting import handoff_checklist, meeting_agenda
from assistant.documents.proof import evidence_list
from assistant.documents.registers import contract_terms, implementation_plan, risk_register
from assistant.documents.transfer_packet import transfer_packet
from assistant.documents.words import account_of
from assistant.packet import Packet
from assistant.protocol.policy import Policy

Part = tuple[str, Callable[[Packet, Policy], list[Block]]]
PARTS: tuple[Part, ...] = (
    ("Transfer packet", transfer_packet),
    ("Deal summary", deal_summary),
    ("Implementation plan", implementation_plan),
    ("Risk register", risk_register),
    ("Handoff meeting", meeting_agenda),
    ("Handoff checklist", handoff_checklist),
    ("Kickoff plan", kickoff_plan),
    ("Contract obligations", contract_terms),
    ("Evidence", evidence_list),
)
KIND_PARTS: dict[str, Part] = {
    "account_handover": ("Account handover", account_handover),
    "off_boarding": ("Off-boarding", off_boarding),
}


def whole_packet(packet: Packet, policy: Policy) -> list[Block]:
    """Title, then each part one level deeper than as a document of its own."""
    own = KIND_PARTS.get(packet.deal.trigger)
    parts = [PARTS[0], *([own] if own else []), *PARTS[1:]]
    blocks: list[Block] = [Heading(f"Handoff packet: {account_of(packet)}", 0)]
    for title, make in parts:
        blocks.append(Heading(title, 1))
        for block in make(packet, policy):
            if not isinstance(block, Heading):
                blocks.append(block)
            elif block.level:
                blocks.append(replace(block, level=block.level + 1))
    return blocks
