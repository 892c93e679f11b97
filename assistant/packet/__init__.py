"""The nouns of a handoff packet; packet.schema.json is generated from them."""

from assistant.packet.commitment import (
    Category,
    Commitment,
    ContractTerm,
    DecidedBy,
    Relation,
    Strength,
    Verdict,
    Wording,
)
from assistant.packet.deal import Deal, Participant, Scenario, Side, Trigger
from assistant.packet.finding import AskOf, Finding, MandatoryCategory, Severity
from assistant.packet.nouns import Evidence, Noun, Quantity, Remark, Value
from assistant.packet.packet import (
    Decision,
    Packet,
    PacketSource,
    Readiness,
    RejectionCode,
    RejectionReason,
    Run,
    Score,
    ScorePart,
    Signature,
    Status,
    UnreadSource,
)
from assistant.packet.summary import KIND_SECTIONS, Conflict, Field, FieldStatus, Role, Stakeholder, Summary

__all__ = [
    "KIND_SECTIONS", "AskOf", "Category", "Commitment", "Conflict", "ContractTerm", "Deal", "DecidedBy",
    "Decision", "Evidence", "Field", "FieldStatus", "Finding", "MandatoryCategory", "Noun", "Packet",
    "PacketSource",
    "Participant", "Quantity", "Readiness", "RejectionCode",
    "RejectionReason", "Relation", "Remark", "Role", "Run", "Scenario", "Score", "ScorePart", "Severity",
    "Side", "Signature", "Stakeholder", "Status", "Strength", "Summary", "Trigger", "UnreadSource",
    "Value", "Verdict", "Wording",
]  # fmt: skip
