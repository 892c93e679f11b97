"""Payment: terms, delays and purchase orders that finance wants to know about before work starts."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.packet import Evidence, Finding, Packet
from assistant.protocol.payment import DELAY_ASKED, LONG_TERMS, LONGER_ASKED, NO_PURCHASE_ORDER, payment_days
from assistant.protocol.policy import Policy
from assistant.rules.rule import found, rule
from assistant.rules.wording import account, and_list, capital, quoted


@rule("payment-terms-long", "major")
def payment_terms_long(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the payment terms are longer than the policy's standard.

    Why: finance has to agree to them, and service would start long before money arrives.
    Ask: did finance approve the terms?
    Known problems: terms without a number ("as agreed") are not judged.
    """
    ready, standard = packet.readiness, policy.payment.standard_days
    days = payment_days(ready.payment_terms)
    if LONG_TERMS not in ready.red_flags if days is None else days <= standard:
        return
    terms = f"Payment terms are {ready.payment_terms}" if days else "Payment terms are longer than usual"
    yield found(
        "payment-terms-long", None, "major", "commercial", f"{terms}; our standard is {standard} days.",
        ask=f"Did finance approve payment terms beyond {standard} days for {account(packet.deal)}?",
        ask_of="finance", where="readiness.payment_terms", evidence=ready.payment_evidence,
    )  # fmt: skip


@rule("payment-delay-asked", "major")
def payment_delay_asked(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the customer asks to pay later, or for longer terms (one of these two is among the red flags).

    Why: an early sign of trouble with budget or approval, and a condition that delivery should know.
    Ask: what was agreed, and does work start before the first payment?
    Known problems: red flags share their evidence; the quote of another flag may stand beside it.
    """
    wishes = {DELAY_ASKED: "to delay payment", LONGER_ASKED: "for longer payment terms"}
    asked = [wish for flag, wish in wishes.items() if flag in packet.readiness.red_flags]
    if asked:
        evidence = packet.readiness.red_flag_evidence
        yield found(
            "payment-delay-asked", None, "major", "commercial",
            f"{capital(account(packet.deal))} asks {and_list(asked)}{_sole_quote(packet, evidence)}.",
            ask=f"What was agreed with {account(packet.deal)} about paying later, and does work start before "
            "the first payment?",
            ask_of="finance", where="readiness.red_flags", evidence=evidence,
        )  # fmt: skip


@rule("purchase-order-missing", "major")
def purchase_order_missing(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a purchase order is needed and none is there ("missing purchase order" among the red flags).

    Why: without its number many customers do not pay the invoice.
    Ask: the purchase order's number, or the day on which it comes.
    Known problems: a purchase order that is in the CRM only counts when deal.yaml names it.
    """
    if NO_PURCHASE_ORDER in packet.readiness.red_flags and not packet.deal.purchase_order:
        evidence = packet.readiness.red_flag_evidence
        yield found(
            "purchase-order-missing", None, "major", "commercial",
            f"There is no purchase order yet{_sole_quote(packet, evidence)}.",
            ask=f"Does {account(packet.deal)} need a purchase order to pay? If so: which number, or by when?",
            ask_of="ae", where="readiness.red_flags", evidence=evidence,
        )  # fmt: skip


def _sole_quote(packet: Packet, evidence: tuple[Evidence, ...]) -> str:
    """The quote, where it can only belong to this flag."""
    return f": {quoted(evidence[0])}" if evidence and len(packet.readiness.red_flags) == 1 else ""
