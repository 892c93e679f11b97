"""Payment terms against the policy, and the words for payment red flags that a packet may carry."""

from __future__ import annotations

from typing import Literal

from assistant.evidence.quantities import read_quantities
from assistant.evidence.units import DAY, minutes
from assistant.protocol.policy import Policy

PaymentRedFlag = Literal[
    "payment terms longer than standard",
    "customer asks for longer payment terms",
    "customer asks to delay payment",
    "missing purchase order",
]
LONG_TERMS: PaymentRedFlag = "payment terms longer than standard"
LONGER_ASKED: PaymentRedFlag = "customer asks for longer payment terms"
DELAY_ASKED: PaymentRedFlag = "customer asks to delay payment"
NO_PURCHASE_ORDER: PaymentRedFlag = "missing purchase order"


def payment_days(terms: str | None) -> float | None:
    """Calendar days of "net 60", "sixty (60) days", "due on receipt" (0); None when the words name no time.

    Of several times the longest counts: "2/10 net 30" is 30.
    """
    if not terms:
        return None
    times = [minutes(read.quantity) for read in read_quantities(terms) if read.quantity.per is None]
    days = [time / DAY for time in times if time is not None]
    if days:
        return max(days)
    immediate = ("receipt", "immediate", "upfront", "up front", "prepaid", "on signature", "on signing")
    return 0.0 if any(word in terms.lower() for word in immediate) else None


def payment_red_flags(terms: str | None, policy: Policy) -> tuple[PaymentRedFlag, ...]:
    """The red flags that the terms alone show; the others need a source that says so."""
    days = payment_days(terms)
    return (LONG_TERMS,) if days is not None and days > policy.payment.standard_days else ()
