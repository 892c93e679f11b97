"""Findings: what the rules say is missing or wrong, and whom to ask what."""

from __future__ import annotations

from typing import Literal

from assistant.packet.nouns import Evidence, Noun, Remark

Severity = Literal["blocker", "major", "minor"]
MandatoryCategory = Literal[
    "customer_context", "stakeholders", "business_objectives", "scope_and_commitments",
    "technical_requirements", "implementation_planning", "risk_factors",
]
FindingCategory = MandatoryCategory | Literal["commercial", "readiness", "documentation"]
AskOf = Literal[
    "ae", "se", "csm", "cs_manager", "legal", "finance", "customer", "ops", "outgoing_owner",
    "incoming_owner",
]  # fmt: skip


class Finding(Noun):
    """One thing a reviewer has to decide."""

    id: str
    """Rule and subject, e.g. "missing-field:scope.out_of_scope": the same gap keeps its id."""
    rule: str
    severity: Severity
    category: FindingCategory
    message: str
    ask: str
    ask_of: AskOf
    where: str
    """Packet path that it is about: "scope.out_of_scope", "commitments.c-1f3a9c", "readiness"."""
    evidence: tuple[Evidence, ...] = ()
    waived: Remark | None = None
    """Who lives with it and why; a waived finding blocks nothing."""
    answered: Remark | None = None
    """What was answered, where the answer is no value of the summary."""
    asked: Remark | None = None
    """The question that was sent, and by whom."""

    @property
    def is_open(self) -> bool:
        """False once somebody waived it for a reason."""
        return self.waived is None
