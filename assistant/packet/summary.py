"""The deal summary: the filled template. Paths are fixed; companies read them by name."""

from __future__ import annotations

from typing import Literal

import pydantic

from assistant.packet.deal import Side, Trigger
from assistant.packet.nouns import Evidence, Noun, Value

FieldStatus = Literal["stated", "conflicting", "not_stated", "not_applicable"]
Role = Literal["executive_sponsor", "champion", "economic_buyer", "technical_lead", "end_users", "blocker"]


class Field(Noun):
    """One line of the deal summary."""

    status: FieldStatus = "not_stated"
    values: tuple[Value, ...] = ()
    reason: str | None = None
    """Why it does not apply; only with not_applicable."""


class CustomerOverview(Noun):
    company_name: Field = Field()
    industry: Field = Field()
    company_size: Field = Field()
    business_challenges: Field = Field()
    strategic_priorities: Field = Field()
    purchase_context: Field = Field()
    why_now: Field = Field()
    how_they_found_us: Field = Field()
    competitive_landscape: Field = Field()


class BusinessObjectives(Noun):
    primary_objective: Field = Field()
    success_criteria: Field = Field()
    roi_expectations: Field = Field()
    personal_wins: Field = Field()


class Scope(Noun):
    features_included: Field = Field()
    integrations_required: Field = Field()
    customizations: Field = Field()
    professional_services: Field = Field()
    training: Field = Field()
    support_level: Field = Field()
    timeline_promised: Field = Field()
    out_of_scope: Field = Field()


class Technical(Noun):
    environment: Field = Field()
    integration_specifications: Field = Field()
    data_migration: Field = Field()
    security_compliance: Field = Field()
    validation_status: Field = Field()


class ImplementationPlan(Noun):
    start_date: Field = Field()
    go_live_target: Field = Field()
    milestones: Field = Field()
    customer_resources: Field = Field()
    dependencies: Field = Field()
    risks: Field = Field()


class CommercialTerms(Noun):
    contract_value: Field = Field()
    discount: Field = Field()
    payment_terms: Field = Field()
    special_terms: Field = Field()


class RiskFactors(Noun):
    objections: Field = Field()
    how_addressed: Field = Field()
    remaining_concerns: Field = Field()
    churn_indicators: Field = Field()


class SuccessLadder(Noun):
    ultimate_objective: Field = Field()
    early_win: Field = Field()
    minimum_acceptable_outcome: Field = Field()


class AccountHandover(Noun):
    """What an owner hands over with an account, inside the vendor or to another provider."""

    contact_details: Field = Field()
    project_states: Field = Field()
    handover_deadlines: Field = Field()
    open_issues: Field = Field()
    working_preferences: Field = Field()
    account_history: Field = Field()
    account_strategy: Field = Field()
    handover_reason: Field = Field()
    cover_arrangements: Field = Field()
    results_delivered: Field = Field()
    customer_changes: Field = Field()
    access_and_materials: Field = Field()


class OffBoarding(Noun):
    """What the next provider is told when the relationship ends."""

    original_goals: Field = Field()
    goals_now: Field = Field()
    unexpected_difficulties: Field = Field()
    difficulties_met: Field = Field()
    loose_ends: Field = Field()
    next_provider_needs: Field = Field()
    later_contacts: Field = Field()
    outgoing_knowledge: Field = Field()


class ProofOfConcept(Noun):
    """What a proof of concept taught, for those who build on it."""

    poc_scope: Field = Field()
    poc_results: Field = Field()
    poc_learnings: Field = Field()
    poc_carried_over: Field = Field()
    plan_from_poc: Field = Field()


KIND_SECTIONS: dict[str, tuple[Trigger, ...]] = {
    "account_handover": ("account_handover", "off_boarding"),
    "off_boarding": ("off_boarding",),
    "poc": ("poc_to_paid",),
}
"""Section that only some kinds of handover have -> those kinds. packet.json leaves out an empty one."""


def _is_empty(section: Noun) -> bool:
    return section == type(section)()


class Summary(Noun):
    """The sections below `success_ladder` belong to some kinds of handover (KIND_SECTIONS)."""

    customer_overview: CustomerOverview = CustomerOverview()
    business_objectives: BusinessObjectives = BusinessObjectives()
    scope: Scope = Scope()
    technical: Technical = Technical()
    implementation_plan: ImplementationPlan = ImplementationPlan()
    commercial_terms: CommercialTerms = CommercialTerms()
    risk_factors: RiskFactors = RiskFactors()
    success_ladder: SuccessLadder = SuccessLadder()
    account_handover: AccountHandover = pydantic.Field(AccountHandover(), exclude_if=_is_empty)
    off_boarding: OffBoarding = pydantic.Field(OffBoarding(), exclude_if=_is_empty)
    poc: ProofOfConcept = pydantic.Field(ProofOfConcept(), exclude_if=_is_empty)


class Stakeholder(Noun):
    """A person (or, for end users, a group) who matters to the deal."""

    name: str
    title: str | None = None
    organization: str | None = None
    side: Side
    role: Role | None = None
    stance: Literal["champion", "supporter", "neutral", "sceptic"] | None = None
    influence: Literal["high", "medium", "low"] | None = None
    relationship: Literal["strong", "moderate", "new"] | None = None
    """With the AE."""
    objectives: tuple[Value, ...] = ()
    concerns: tuple[Value, ...] = ()
    preferences: tuple[Value, ...] = ()
    defers_to: tuple[Value, ...] = ()
    """Names of people of the map on whom they wait, where a source says so."""
    evidence: tuple[Evidence, ...] = ()


class Conflict(Noun):
    """Two or more sources that state the same thing differently."""

    about: str
    values: tuple[Value, ...]
