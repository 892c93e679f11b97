"""Payment facts: the terms that stand, and what finance wants to know before work starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence.record import DealRecord
from assistant.packet import Evidence
from assistant.protocol.payment import (
    DELAY_ASKED,
    LONGER_ASKED,
    NO_PURCHASE_ORDER,
    payment_days,
    payment_red_flags,
)
from assistant.protocol.policy import load_policy
from assistant.readers.embedded.patterns import read_patterns
from assistant.readers.embedded.statements import Statement, read_statements
from assistant.readers.embedded.summary import choose
from assistant.readers.embedded.summary_fields import field_rows
from assistant.readers.embedded.summary_text import payment_words

LONGEST_ENTRY = 8
"""Words of what stands beside a label in an order form; a clause under a title is longer."""


@dataclass(frozen=True)
class Payment:
    """What the sources say of paying; `red_flags` are those of assistant.protocol.payment."""

    payment_terms: str | None = None
    payment_evidence: tuple[Evidence, ...] = ()
    red_flags: tuple[str, ...] = ()
    red_flag_evidence: tuple[Evidence, ...] = ()


def find_payment(record: DealRecord) -> Payment:
    """Payment terms (the contract's before what was said) and red flags, each with what proves it."""
    statements = read_statements(record)
    terms, proof = _terms(statements)
    flags: dict[str, tuple[Evidence, ...]] = dict.fromkeys(payment_red_flags(terms, load_policy()), proof)
    said = [s for s in statements if not s.contract and s.side != "vendor"]
    for flag, found in (
        (LONGER_ASKED, _asked_longer(said, _agreed_days(statements, terms, proof))),
        (DELAY_ASKED, _asked_delay(said)),
        (NO_PURCHASE_ORDER, _missing_order(record, statements)),
    ):  # fmt: skip
        if found:
            flags[flag] = tuple(s.evidence for s in found[:2])
    evidence = tuple(dict.fromkeys(e for proofs in flags.values() for e in proofs))
    return Payment(terms, proof, tuple(flags), evidence)


def _terms(statements: Sequence[Statement]) -> tuple[str | None, tuple[Evidence, ...]]:
    row = next(r for r in field_rows() if r.path == "commercial_terms.payment_terms")
    found = [c.statement for c in choose(row, statements) if payment_words(c.statement.text)]
    found.sort(key=lambda s: (not s.contract, _says("of_a_part", s.plain)))
    return (payment_words(found[0].text), (found[0].evidence,)) if found else (None, ())


def _agreed_days(
    statements: Sequence[Statement], terms: str | None, proof: Sequence[Evidence]
) -> float | None:
    """Days to pay by the contract; None where the terms are only what somebody said."""
    return payment_days(terms) if any(s.contract and s.evidence in proof for s in statements) else None


def _asked_longer(said: Sequence[Statement], agreed: float | None) -> list[Statement]:
    """Wishes for longer terms; a wish that the contract grants is settled."""
    asked = [s for s in said if _says("longer", s.plain) and _wishes_to_pay_later(s, said)]
    return [s for s in asked if agreed is None or (days := payment_days(s.text)) is None or days > agreed]


def _wishes_to_pay_later(s: Statement, said: Sequence[Statement]) -> bool:
    wish = _says("wish", s.plain) or s.is_question or _says("about_pay", s.asked)
    of_paying = _says("about_pay", f"{s.plain} {s.asked} {_before(s, said)}")
    return wish and of_paying and not _says("other_time", s.plain)


def _before(s: Statement, said: Sequence[Statement]) -> str:
    """What the same turn says before the sentence."""
    return " ".join(o.plain for o in said if o.segment is s.segment and s.index - 3 <= o.index < s.index)


def _asked_delay(said: Sequence[Statement]) -> list[Statement]:
    return [s for s in said if _says("withheld", s.plain) or (_says("delay", s.plain) and _wishes(s))]


def _wishes(s: Statement) -> bool:
    return _says("wish", s.plain) or s.is_question


def _missing_order(record: DealRecord, statements: Sequence[Statement]) -> list[Statement]:
    """What shows that a purchase order is needed, where none is there."""
    if record.deal.purchase_order:
        return []
    texts = [(s, _labelled(s)) for s in statements]
    if any(_says("order_given", t) and not _says("none_given", t) for _, t in texts):
        return []
    if any(_says("order_not_needed", t) for _, t in texts):
        return []
    blank = [s for s, t in texts if s.contract and _says("none_given", t)]
    needed = [s for s, t in texts if _says("order_needed", t)]
    return blank + needed


def _labelled(s: Statement) -> str:
    """A short entry of an order form with its label: "purchase order number: none supplied"."""
    entry = s.contract and len(s.plain.split()) <= LONGEST_ENTRY
    return f"{s.title}: {s.plain}" if entry else s.plain


def _says(what: str, text: str) -> bool:
    return bool(read_patterns("payment.toml")[what].search(text))
