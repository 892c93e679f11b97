"""Payment facts: the terms that stand, and what finance wants to know before work starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence.number_words import read_numbers
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
from assistant.readers.embedded.payment_told import Learnt, begin_telling
from assistant.readers.embedded.statements import Statement, read_statements
from assistant.readers.embedded.summary import choose
from assistant.readers.embedded.summary_fields import field_rows
from assistant.readers.embedded.summary_text import payment_words

LIKELY = {
    "longer_terms": 0.75, "delay": 0.0, "order_needed": 0.0, "order_given": 1.5, "order_not_needed": 1.5,
}  # fmt: skip
"""Learnt log-odds from which a sentence tells something of paying where no pattern says so; what takes a flag
away must be surest, for a flag too many costs a look, one too few a payment."""
BACKED = {"delay": -1.5, "order_needed": -1.5}
"""What is never told in one sentence alone: the log-odds that another one has, at most NEAR sentences away.
A deal has a thousand sentences, and what only resembles such a one stands alone."""
NEAR = 6
LONG = 31.0
"""Days to pay up to which nobody asks for longer ones, where the contract names none: "end of month"."""
FEWEST_WORDS = 3
"""Words of an entry of a contract that can tell something; a code alone may be the number of anything."""
FEWEST_DAYS, MOST_DAYS = 7, 180
"""Between which a number without a unit is one of days to pay."""
LONGEST_ENTRY = 8
"""Words of what stands beside a label in an order form; a clause under a title is longer."""
Places = Mapping[str, set[int]]
"""One of TOLD -> places (`order`) of the statements that by what was learnt tell it."""


@dataclass(frozen=True)
class Payment:
    """What the sources say of paying; `red_flags` are those of assistant.protocol.payment."""

    payment_terms: str | None = None
    payment_evidence: tuple[Evidence, ...] = ()
    red_flags: tuple[str, ...] = ()
    red_flag_evidence: tuple[Evidence, ...] = ()


def find_payment(record: DealRecord, learnt: Learnt | None = None) -> Payment:
    """Payment terms (the contract's before what was said) and red flags, each with what proves it."""
    return begin_payment(record, learnt)()


def begin_payment(record: DealRecord, learnt: Learnt | None = None) -> Callable[[], Payment]:
    """What words tell of paying, while the meanings that are needed are computed; the rest when called."""
    statements = read_statements(record)
    telling = begin_telling(statements, learnt)
    return lambda: _payment(record, statements, _likely(statements, telling()))


def _payment(record: DealRecord, statements: Sequence[Statement], likely: Places) -> Payment:
    terms, proof = _terms(statements)
    flags: dict[str, tuple[Evidence, ...]] = dict.fromkeys(payment_red_flags(terms, load_policy()), proof)
    said = [s for s in statements if not s.contract and s.side != "vendor"]
    for flag, found in (
        (LONGER_ASKED, _asked_longer(said, likely, _agreed_days(statements, terms, proof))),
        (DELAY_ASKED, _asked_delay(said, likely)),
        (NO_PURCHASE_ORDER, _missing_order(record, statements, likely)),
    ):  # fmt: skip
        if found:
            flags[flag] = tuple(s.evidence for s in found[:2])
    evidence = tuple(dict.fromkeys(e for proofs in flags.values() for e in proofs))
    return Payment(terms, proof, tuple(flags), evidence)


def _likely(statements: Sequence[Statement], told: Sequence[Mapping[str, float]]) -> Places:
    return {what: set(_telling(what, statements, [odds[what] for odds in told])) for what in LIKELY}


def _telling(what: str, statements: Sequence[Statement], odds: Sequence[float]) -> Iterator[int]:
    """Places of the statements that tell it."""
    may = [i for i, s in enumerate(statements) if _may_tell(what, s)]
    backing = [i for i in may if odds[i] >= BACKED.get(what, LIKELY[what])]
    for i in backing:
        alone = what in BACKED and not any(0 < abs(i - other) <= NEAR for other in backing)
        if odds[i] >= LIKELY[what] and not alone:
            yield statements[i].order


def _may_tell(what: str, s: Statement) -> bool:
    """Wishes are the customer's; a code alone may be of anything; what is yet to come is not there."""
    if what in ("longer_terms", "delay"):
        return not s.contract and (s.side == "customer" or s.reported)
    if s.contract and s.words < FEWEST_WORDS:
        return False
    return what != "order_given" or not _says("not_there", s.plain)


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


def _asked_longer(
    said: Sequence[Statement], likely: Places, agreed: float | None
) -> list[Statement]:
    """Wishes for longer terms; a wish that the contract grants is settled."""
    worded = [s for s in said if _says("longer", s.plain) and _wishes_to_pay_later(s, said)]
    asked = [s for s in worded if agreed is None or (days := payment_days(s.text)) is None or days > agreed]
    least = LONG if agreed is None else agreed
    meant = [
        s
        for s in said
        if s.order in likely["longer_terms"] and ((days := _days(s.text)) is None or days > least)
    ]
    return asked or meant


def _days(text: str) -> float | None:
    """The days that a wish for other terms names, also as a bare number: "sixty is the group's policy"."""
    bare = [float(n.value) for n in read_numbers(text) if FEWEST_DAYS <= n.value <= MOST_DAYS]
    days = payment_days(text)
    return max(bare, default=None) if days is None else days


def _wishes_to_pay_later(s: Statement, said: Sequence[Statement]) -> bool:
    wish = _says("wish", s.plain) or s.is_question or _says("about_pay", s.asked)
    of_paying = _says("about_pay", f"{s.plain} {s.asked} {_before(s, said)}")
    return wish and of_paying and not _says("other_time", s.plain)


def _before(s: Statement, said: Sequence[Statement]) -> str:
    """What the same turn says before the sentence."""
    return " ".join(o.plain for o in said if o.segment is s.segment and s.index - 3 <= o.index < s.index)


def _asked_delay(said: Sequence[Statement], likely: Places) -> list[Statement]:
    worded = [s for s in said if _says("withheld", s.plain) or (_says("delay", s.plain) and _wishes(s))]
    return worded or [s for s in said if s.order in likely["delay"]]


def _wishes(s: Statement) -> bool:
    return _says("wish", s.plain) or s.is_question


def _missing_order(
    record: DealRecord, statements: Sequence[Statement], likely: Places
) -> list[Statement]:
    """What shows that a purchase order is needed, where none is there."""
    if record.deal.purchase_order or likely["order_given"] or likely["order_not_needed"]:
        return []
    texts = [(s, _labelled(s)) for s in statements]
    if any(_says("order_given", t) and not _says("none_given", t) for _, t in texts):
        return []
    if any(_says("order_not_needed", t) for _, t in texts):
        return []
    blank = [s for s, t in texts if s.contract and _says("none_given", t)]
    needed = [s for s, t in texts if _says("order_needed", t)]
    return blank + needed or [s for s in statements if s.order in likely["order_needed"]]


def _labelled(s: Statement) -> str:
    """A short entry of an order form with its label: "purchase order number: none supplied"."""
    entry = s.contract and len(s.plain.split()) <= LONGEST_ENTRY
    return f"{s.title}: {s.plain}" if entry else s.plain


def _says(what: str, text: str) -> bool:
    return bool(read_patterns("payment.toml")[what].search(text))
