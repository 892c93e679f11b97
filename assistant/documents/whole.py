"""The packet as one document: every register in one, for PDF and HTML."""

from __future__ import annotations

from dataclasses import replace

from assistant.documents.blocks import Block, Heading
from assistant.documents.pages import PAGES
from assistant.documents.words import account_of
from assistant.packet import Packet
from assistant.protocol.kinds import kind_of
from assistant.protocol.policy import Policy

PARTS = (
    "transfer-packet", "account-handover", "off-boarding", "deal-summary", "implementation-plan",
    "risk-register", "meeting-agenda", "checklist", "kickoff-plan", "contract-terms", "evidence",
)  # fmt: skip
"""In the order in which one reads them; letters and forms stay documents of their own."""
ALWAYS = ("deal-summary", "contract-terms", "evidence")
"""What every packet has, whatever its kind hands over."""


def whole_packet(packet: Packet, policy: Policy) -> list[Block]:
    """Title, then each part that this kind of handover has, one level deeper than by itself."""
    blocks: list[Block] = [Heading(f"Handoff packet: {account_of(packet)}", 0)]
    wanted = {*ALWAYS, *kind_of(packet.deal).documents}
    for name in PARTS:
        if name in wanted:
            blocks.append(Heading(PAGES[name].label, 1))
            blocks += _deeper(PAGES[name].blocks(packet, policy))
    return blocks


def _deeper(blocks: list[Block]) -> list[Block]:
    """Without the title, which the part's heading says, and each heading one level down."""
    return [
        replace(block, level=block.level + 1) if isinstance(block, Heading) else block
        for block in blocks
        if not (isinstance(block, Heading) and block.level == 0)
    ]
