"""Commitments (shown as promises) and the contract terms they are held against."""

from __future__ import annotations

from typing import Literal

from assistant.packet.deal import Side
from assistant.packet.nouns import Evidence, Noun, Quantity, Remark

Category = Literal[
    "timeline", "feature", "integration", "customization", "service", "training", "support",
    "pricing", "security", "data", "roadmap", "resource", "other",
]
Verdict = Literal["covered", "contradicted", "not_in_contract", "vague", "withdrawn"]
Relation = Literal["exceeds_contract", "below_contract", "excluded", "different"]
Strength = Literal["firm", "conditional", "aspirational"]
DecidedBy = Literal["numbers", "reader", "rule", "reviewer"]
FoundBy = Literal["reader", "rule"]


class Wording(Noun):
    """An earlier wording of a promise and what changed after it."""

    text: str
    speaker: str | None = None
    said_on: str | None = None
    """ISO date of the call or mail."""
    changed: str
    """What the next wording changed, e.g. "eight weeks became ten weeks"; "repeated" when nothing did."""
    evidence: tuple[Evidence, ...]


class Commitment(Noun):
    """Something one side said or wrote on which the other may rely. The last wording stands."""

    id: str
    """"c-" and six hex digits of the first wording's source and quote: stable when files are added."""
    party: Side
    speaker: str | None
    category: Category
    text: str
    strength: Strength = "firm"
    condition: str | None = None
    due: str | None = None
    """ISO date where one can be computed, else the words ("eight weeks from signature")."""
    quantity: Quantity | None = None
    verdict: Verdict = "not_in_contract"
    relation: Relation | None = None
    """Why contradicted, None otherwise."""
    evidence: tuple[Evidence, ...]
    """The demand first, where the promise answers one, then the promise itself (and a retraction last)."""
    contract_evidence: tuple[Evidence, ...] = ()
    history: tuple[Wording, ...] = ()
    explanation: str = ""
    decided_by: DecidedBy = "reader"
    said_on: str | None = None
    """ISO date of the wording that stands."""
    found_by: FoundBy = "reader"
    """"rule": the reader passed it over, and the embedded rules were sure of it."""
    doubt: str | None = None
    """What speaks against the verdict, where a second check came out differently."""
    owner: str | None = None
    """Who sees to it, where a reviewer said so."""
    confirmed_by: str | None = None
    """The reviewer who confirmed or corrected the verdict."""
    entered_by: str | None = None
    """The reviewer who added it; the quote is then one that they selected."""
    asked: Remark | None = None
    """The question that was sent about it, and by whom."""


class ContractTerm(Noun):
    """One obligation, right, limit or exclusion that the contract states."""

    id: str
    source: str
    section: str | None
    category: Category
    party: Side | None
    """Whom it binds."""
    text: str
    quantity: Quantity | None = None
    evidence: tuple[Evidence, ...]
