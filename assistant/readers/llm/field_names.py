"""The names of the deal summary's fields, as the model may answer with them; a test holds them to the
template."""

from __future__ import annotations

from typing import Literal, get_args

FieldName = Literal[
    "company_name",
    "industry",
    "company_size",
    "business_challenges",
    "strategic_priorities",
    "purchase_context",
    "why_now",
    "how_they_found_us",
    "competitive_landscape",
    "primary_objective",
    "success_criteria",
    "roi_expectations",
    "personal_wins",
    "features_included",
    "integrations_required",
    "customizations",
    "professional_services",
    "training",
    "support_level",
    "timeline_promised",
    "out_of_scope",
    "environment",
    "integration_specifications",
    "data_migration",
    "security_compliance",
    "validation_status",
    "start_date",
    "go_live_target",
    "milestones",
    "customer_resources",
    "dependencies",
    "risks",
    "contract_value",
    "discount",
    "payment_terms",
    "special_terms",
    "objections",
    "how_addressed",
    "remaining_concerns",
    "churn_indicators",
    "ultimate_objective",
    "early_win",
    "minimum_acceptable_outcome",
]
FIELD_NAMES: frozenset[str] = frozenset(get_args(FieldName))
