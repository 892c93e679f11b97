"""The handoff protocol as data: the policy's numbers, the deal summary's template, the score."""

from assistant.protocol.payment import PaymentRedFlag, payment_days, payment_red_flags
from assistant.protocol.policy import Policy, PolicyError, load_policy
from assistant.protocol.score import band, score_packet
from assistant.protocol.template import FieldRow, RoleRow, Template, is_known, is_required, load_template

__all__ = [
    "FieldRow",
    "PaymentRedFlag",
    "Policy",
    "PolicyError",
    "RoleRow",
    "Template",
    "band",
    "is_known",
    "is_required",
    "load_policy",
    "load_template",
    "payment_days",
    "payment_red_flags",
    "score_packet",
]
