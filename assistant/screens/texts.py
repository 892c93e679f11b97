"""Every English word of the screens, in one file."""

from __future__ import annotations

from assistant.packet import (
    Category,
    MandatoryCategory,
    RejectionCode,
    Relation,
    Severity,
    Side,
    Status,
    Verdict,
)

PRODUCT = "Handoff"
DEMO_BANNER = "Demo: example deals on this machine only. Anybody who can open this page may do anything."
NO_DEAL = "No deal is open"
NO_DEAL_TODO = "Choose one under Deals, or start one under Upload."
NO_PACKET = "This deal has no packet yet"
NO_PACKET_TODO = "Upload its files and press Draft."
SHOW_IN_SOURCE = "Show in the source"
NEAR = "wording approximate"
VERDICTS: dict[Verdict, str] = {
    "contradicted": "Contradicted",
    "not_in_contract": "Not in contract",
    "vague": "Vague",
    "withdrawn": "Withdrawn",
    "covered": "Covered",
}
RELATIONS: dict[Relation, str] = {
    "exceeds_contract": "more was promised than the contract gives",
    "below_contract": "less was said than the contract gives",
    "excluded": "the contract excludes it",
    "different": "the contract says something else",
}
SEVERITIES: dict[Severity, str] = {"blocker": "Blocker", "major": "Major", "minor": "Minor"}
STATUSES: dict[Status, str] = {
    "draft": "Draft",
    "submitted": "Submitted to CS",
    "accepted": "Accepted",
    "rejected": "Rejected",
    "needs_revision": "Needs revision",
}
SIDES: dict[Side, str] = {"vendor": "Vendor", "customer": "Customer"}
REJECTION_CODES: dict[RejectionCode, str] = {
    "major_gap": "Major gap",
    "undocumented_commitment": "Undocumented commitment",
    "stakeholders_incomplete": "Stakeholders incomplete",
    "technical_requirements_unclear": "Technical requirements unclear",
    "other": "Other",
}
CATEGORIES: dict[MandatoryCategory | str, str] = {
    "customer_context": "Customer context",
    "stakeholders": "Stakeholders",
    "business_objectives": "Business objectives",
    "scope_and_commitments": "Scope and commitments",
    "technical_requirements": "Technical requirements",
    "implementation_planning": "Implementation planning",
    "risk_factors": "Risk factors",
    "commercial": "Commercial",
    "readiness": "Readiness",
    "documentation": "Documentation",
}
ASKS = {
    "ae": "AE",
    "se": "SE",
    "csm": "CSM",
    "cs_manager": "CS manager",
    "legal": "Legal",
    "finance": "Finance",
    "customer": "Customer",
    "ops": "Operations",
}
FIELD_STATES = {
    "stated": ("✓", "Stated", "covered"),
    "conflicting": ("≠", "Sources disagree", "contradicted"),
    "not_stated": ("∅", "Not stated", "not-in-contract"),
    "not_applicable": ("–", "Not applicable", "muted"),
}
PROMISE_CATEGORIES: tuple[Category, ...] = (
    "timeline",
    "feature",
    "integration",
    "customization",
    "service",
    "training",
    "support",
    "pricing",
    "security",
    "data",
    "roadmap",
    "resource",
    "other",
)
NO_DEALS = "No deal to show"
NO_DEALS_TODO = "Start one under Upload, or take a filter away."
UNNAMED = "Unnamed customer"
SIGNED_OUT = "You are signed out. Open the page again and sign in; nothing was changed."
NOT_DONE = "Not done"
SELECT_FIRST = "Select words in the source first: mark them with the mouse, then press the button again."
CHOOSE_PROMISE = "Choose a promise on the left: click it, or move with the arrow keys and press Enter."
CHOOSE_FIELD = (
    "Choose a line of the summary on the left: click it, or move with the arrow keys and press Enter."
)
CHOOSE_GAP = "Choose a finding on the left: click it, or move with the arrow keys and press Enter."
A_PROMISE = "A chosen promise"
A_FIELD = "A chosen line"
A_GAP = "A chosen finding"
NOTHING_TO_WAIVE = "No open finding hangs on this promise."
ADD_PROMISE = (
    "Open the source above, select the words with the mouse, then add them. The contract is searched at once."
)
SIGN_OUT_FORM = (
    '<form method="post" action="/sign-out"><button type="submit" class="evidence">Sign out</button></form>'
)
