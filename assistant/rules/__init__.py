"""The rules: what is missing or wrong in a packet. They read the packet and the policy, nothing else."""

from __future__ import annotations

from typing import NamedTuple

from assistant.packet import Finding, Packet, Severity
from assistant.protocol.kinds import has_rule
from assistant.protocol.policy import Policy, PolicyError
from assistant.rules import (
    claims,
    conflicts,
    contract,
    gaps,
    handover,
    handover_owners,
    payment,
    people,
    promises,
    recordings,
    sources,
    work,
)
from assistant.rules.marks import marked
from assistant.rules.rule import Rule
from assistant.rules.wording import capital

__all__ = ["RULES", "Rule", "RuleRow", "rule_table", "validate"]

RULES: tuple[Rule, ...] = (
    gaps.missing_category,
    gaps.missing_field,
    gaps.not_applicable_without_reason,
    gaps.out_of_scope_not_stated,
    gaps.no_early_win,
    promises.promise_contradicted,
    promises.promise_not_in_contract,
    promises.vague_promise,
    promises.promise_changed,
    promises.promise_withdrawn,
    promises.promise_without_owner_or_date,
    promises.promise_found_by_rule,
    promises.verdict_doubted,
    conflicts.conflicting_field,
    conflicts.source_conflict,
    claims.condition_dropped,
    contract.no_contract,
    contract.contract_not_executed,
    contract.signature_incomplete,
    contract.no_completion_certificate,
    payment.payment_terms_long,
    payment.payment_delay_asked,
    payment.purchase_order_missing,
    people.buyer_or_champion_unnamed,
    people.role_not_filled,
    people.stakeholder_role_only,
    people.participant_missing,
    handover.participant_absent,
    handover.promise_mentioned,
    handover.csm_over_capacity,
    handover.pre_close_not_approved,
    handover.pre_close_preliminary,
    handover.poc_learnings_missing,
    handover_owners.scenario_not_named,
    handover_owners.return_date_missing,
    handover_owners.customer_not_told,
    handover_owners.no_follow_up_meeting,
    handover_owners.feedback_not_asked,
    handover_owners.goal_without_status,
    work.work_before_acceptance,
    recordings.doubtful_number,
    recordings.recording_without_consent,
    sources.unread_source,
    sources.no_conversation,
    sources.stale_information,
    sources.source_warning,
    sources.suspicious_instruction,
)
_ORDER: dict[Severity, int] = {"blocker": 0, "major": 1, "minor": 2}


class RuleRow(NamedTuple):
    """One line of `handoff rules` and of the README's table."""

    id: str
    family: str
    severity: Severity
    what: str


def validate(packet: Packet, policy: Policy) -> tuple[Finding, ...]:
    """Every finding of every rule that is on, blockers first, then by id; `packet.findings` is not looked at.

    Raises PolicyError when the policy names a rule that does not exist.
    """
    chosen = policy.rules
    known = {rule.id for rule in RULES}
    for name in (*chosen.off, *chosen.severity):
        if name not in known:
            raise PolicyError(f"The policy names a rule '{name}', and there is none; see `handoff rules`.")
    by_id: dict[str, Finding] = {}
    for rule in RULES:
        if rule.id not in chosen.off and has_rule(packet.deal, rule.id):
            for finding in rule.check(packet, policy):
                by_id.setdefault(finding.id, _weighed(finding, chosen.severity.get(rule.id)))
    findings = marked(by_id.values(), packet.decisions)
    return tuple(sorted(findings, key=lambda finding: (_ORDER[finding.severity], finding.id)))


def _weighed(finding: Finding, severity: Severity | None) -> Finding:
    return finding.model_copy(update={"severity": severity}) if severity else finding


def rule_table() -> list[RuleRow]:
    """Id, family, usual severity and What of each rule, in the order of RULES."""
    return [RuleRow(rule.id, rule.family, rule.severity, capital(rule.page["What"])) for rule in RULES]
