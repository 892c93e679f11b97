"""Payment: the terms that stand in the contract, and what the sources say that finance wants to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence.record import DealRecord
from assistant.packet import Evidence, Field
from assistant.protocol.payment import (
    DELAY_ASKED,
    LONGER_ASKED,
    NO_PURCHASE_ORDER,
    payment_days,
    payment_red_flags,
)
from assistant.protocol.policy import load_policy
from assistant.readers.llm.forms import PaymentForm, PaymentKind
from assistant.readers.llm.grounding import Ground
from assistant.readers.llm.sources_text import Shown

Seen = dict[PaymentKind, list[Evidence]]


@dataclass(frozen=True)
class Payment:
    """What the sources say of paying; `red_flags` are those of assistant.protocol.payment."""

    payment_terms: str | None = None
    payment_evidence: tuple[Evidence, ...] = ()
    red_flags: tuple[str, ...] = ()
    red_flag_evidence: tuple[Evidence, ...] = ()


def read_payment(shown: Shown, forms: Sequence[PaymentForm], ground: Ground, seen: Seen) -> None:
    """Add to `seen` what a window says of paying, as far as its words are there."""
    for form in forms:
        if proof := ground.find(shown, form.at, form.quote):
            seen.setdefault(form.kind, []).append(proof)


def payment_facts(stated: Field, seen: Seen, record: DealRecord) -> Payment:
    """Terms out of the summary's field, the contract's before what was said, and the red flags."""
    terms, proof = _terms(stated, record)
    flags: dict[str, tuple[Evidence, ...]] = dict.fromkeys(payment_red_flags(terms, load_policy()), proof)
    for flag, found in (
        (LONGER_ASKED, seen.get("longer_terms")), (DELAY_ASKED, seen.get("delay")),
        (NO_PURCHASE_ORDER, _missing_order(seen, record)),
    ):  # fmt: skip
        if found:
            flags[flag] = tuple(found[:2])
    evidence = tuple(dict.fromkeys(e for proofs in flags.values() for e in proofs))
    return Payment(terms, proof, tuple(flags), evidence)


def _missing_order(seen: Seen, record: DealRecord) -> list[Evidence]:
    there = record.deal.purchase_order or seen.get("order_given") or seen.get("order_not_needed")
    return [] if there else seen.get("order_needed", [])


def _terms(stated: Field, record: DealRecord) -> tuple[str | None, tuple[Evidence, ...]]:
    """Of the values that name a time for paying, the contract's first: "net 45", "due on receipt"."""
    values = sorted(stated.values, key=lambda v: not _contractual(v.evidence[0], record))
    for value in values:
        for text in (value.text, value.evidence[0].quote):
            days = payment_days(text)
            if days is not None:
                return ("due on receipt" if days == 0 else f"net {days:g}"), value.evidence
    return (values[0].text, values[0].evidence) if values else (None, ())


def _contractual(proof: Evidence, record: DealRecord) -> bool:
    return any(source.name == proof.source for source in record.contracts)
