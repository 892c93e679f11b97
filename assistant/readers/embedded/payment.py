"""Payment facts: the terms that stand, and what finance wants to know before work starts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence.execution import ExecutionFacts
from assistant.evidence.record import DealRecord
from assistant.packet import Evidence
from assistant.protocol.payment import DELAY_ASKED, LONGER_ASKED, NO_PURCHASE_ORDER, payment_red_flags
from assistant.protocol.policy import load_policy
from assistant.readers.embedded.statements import Statement, read_statements
from assistant.readers.embedded.summary import choose
from assistant.readers.embedded.summary_fields import field_rows
from assistant.readers.embedded.summary_text import payment_words

_ORDER = r"(?:purchase orders?|p\.?o\.?s?(?: numbers?| number)?)"
_ORDER_NEEDED = re.compile(
    rf"\b(?:need|needs|require[sd]?|requir\w+|must (?:have|carry|show|quote|reference|bear)|has to (?:have|carry|be|reference)|without|no|rule|have to have"
    rf"|waiting (?:on|for)|will (?:issue|raise|send|cut|get)|(?:issue|raise|cut|send|get) (?:you )?(?:a|an|the|our)|in hand|moving|number (?:on|is))\b"
    rf"[^.?!]{{0,60}}\b{_ORDER}\b|\b{_ORDER}\b[^.?!]{{0,60}}\b(?:needed|required|is|must|has to|have to|before|by|number|moving|process|first|follows?|in hand|later|comes?|coming|will)\b"
)
_NONE_GIVEN = re.compile(
    rf"\b{_ORDER}\b[^.]{{0,40}}(?:none|not (?:yet )?(?:supplied|issued|provided|received|required at)|to be (?:supplied|advised|provided|issued|confirmed)|\btb[acd]\b|pending|_{{2,}}|\bn/a\b|outstanding|blank)"
    rf"|\b(?:no|without) {_ORDER}\b"
)
_ORDER_GIVEN = re.compile(
    rf"\b{_ORDER}\b\s*(?:no\.?|number|#|ref(?:erence)?)?\.?\s*(?:is|:|\|)?\s*#?(?=[a-z0-9/-]*\d)[a-z]{{0,6}}[- /]?\d[\w/-]{{2,}}|\b{_ORDER}\b[^.?!]{{0,25}}\b(?:attached|enclosed)\b"
)
_ORDER_NOT_NEEDED = re.compile(
    rf"\b(?:do not|does not|did not|never|will not) (?:need|use|do|issue|require|have|bother with)\b[^.?!]{{0,25}}\b{_ORDER}\b"
    rf"|\b{_ORDER}\b[^.]{{0,30}}\b(?:not (?:needed|required|necessary|applicable))\b|\bno {_ORDER}s? (?:is |are )?(?:needed|required|necessary)\b"
)
_LONGER = re.compile(
    r"\b(?:net[- ](?:4[5-9]|[5-9]\d|1[0-8]\d|forty[- ]five|sixty|ninety)|(?:forty[- ]five|sixty|seventy[- ]five|ninety|(?:4[5-9]|[5-9]\d|120)) days?|longer (?:payment )?terms|more time to pay|extend(?:ed)? (?:the )?(?:payment )?terms|stretch (?:the )?(?:payment|terms))\b"
)
_WISH = re.compile(
    r"\b(?:(?:i|we) (?:would )?(?:need|want|like|love|prefer|require|ask|expect|pay|am asking|are asking|could use)|can (?:you|we|i)|could (?:you|we|i)|would you|any chance|our (?:standard|terms|policy|normal|usual|rule)|standard (?:is|terms)|directive|not permitted|not allowed|would also ask|could we|no fee|i can not (?:pay|sign|do)|has to be|have to be|must be|asked for|asking for|how about|what about|make it|instead of|rather than|please|is it possible|we are (?:a )?net)\b"
)
_OTHER_TIME = re.compile(r"\b(?:money back|notice|warranty|pilot|trial|go-?live|train\w*|cancel\w*|refund\w*|cure|hyper-?care|of history|retention|support)\b")
_ABOUT_PAY = re.compile(r"\b(?:pay\w*|net|terms|invoice\w*|bill\w*)\b")
_DELAY = re.compile(
    r"\b(?:delay|defer|postpone|push(?: back| out)?|hold off(?: on)?|hold|wait(?: with| on)?|start)\b[^.?!]{0,40}\b(?:payment|paying|invoic\w+|billing|first (?:invoice|payment|bill))\b"
    r"|\b(?:pay|paying|invoice|bill|billed|charge)\b[^.?!]{0,40}\b(?:later|after (?:go-?live|launch|the (?:season|new year|budget|fiscal)|we (?:are|go)|april|january)|next (?:fiscal|year|budget)|in the new (?:fiscal|budget) year|not (?:until|before)|once (?:we|it|you))\b"
    r"|\b(?:not|do not|can not) (?:pay|be invoiced|be billed|invoice|bill)\b[^.?!]{0,30}\b(?:until|before|till)\b"
)


@dataclass(frozen=True)
class Payment:
    """What the sources say of paying; `red_flags` are those of assistant.protocol.payment."""

    payment_terms: str | None = None
    payment_evidence: tuple[Evidence, ...] = ()
    red_flags: tuple[str, ...] = ()
    red_flag_evidence: tuple[Evidence, ...] = ()


def find_payment(record: DealRecord, execution_facts: ExecutionFacts | None = None) -> Payment:
    """Payment terms (the contract's before what was said) and red flags, each with what proves it."""
    statements = read_statements(record)
    terms, proof = _terms(statements)
    flags: dict[str, tuple[Evidence, ...]] = {f: proof for f in payment_red_flags(terms, load_policy())}
    said = [s for s in statements if not s.contract and s.side != "vendor"]
    for flag, found in (
        (LONGER_ASKED, _asked_longer(said, statements)), (DELAY_ASKED, _asked_delay(said)),
        (NO_PURCHASE_ORDER, _missing_order(record, statements)),
    ):  # fmt: skip
        if found:
            flags[flag] = tuple(s.evidence for s in found[:2])
    evidence = tuple(dict.fromkeys(e for proofs in flags.values() for e in proofs))
    return Payment(terms, proof, tuple(flags), evidence)


def _terms(statements: Sequence[Statement]) -> tuple[str | None, tuple[Evidence, ...]]:
    row = next(r for r in field_rows() if r.path == "commercial_terms.payment_terms")
    found = [c.statement for c in choose(row, statements) if payment_words(c.statement.text)]
    found.sort(key=lambda s: not s.contract)
    return (payment_words(found[0].text), (found[0].evidence,)) if found else (None, ())


def _asked_longer(said: Sequence[Statement], statements: Sequence[Statement]) -> list[Statement]:
    return [
        s for s in said
        if _LONGER.search(s.plain) and (_WISH.search(s.plain) or s.is_question or _ABOUT_PAY.search(s.asked))
        and _ABOUT_PAY.search(f"{s.plain} {s.asked} {_before(s, said)}") and not _OTHER_TIME.search(s.plain)
    ]  # fmt: skip


def _before(s: Statement, said: Sequence[Statement]) -> str:
    """What the same turn says before the sentence."""
    return " ".join(o.plain for o in said if o.segment is s.segment and s.index - 3 <= o.index < s.index)


def _asked_delay(said: Sequence[Statement]) -> list[Statement]:
    return [s for s in said if _DELAY.search(s.plain) and (_WISH.search(s.plain) or s.is_question)]


def _missing_order(record: DealRecord, statements: Sequence[Statement]) -> list[Statement]:
    """What shows that a purchase order is needed, where none is there."""
    if record.deal.purchase_order:
        return []
    texts = [(s, s.plain) for s in statements]
    if any(_ORDER_GIVEN.search(t) and not _NONE_GIVEN.search(t) for _, t in texts):
        return []
    if any(_ORDER_NOT_NEEDED.search(t) for _, t in texts):
        return []
    blank = [s for s, t in texts if s.contract and _NONE_GIVEN.search(t)]
    needed = [s for s, t in texts if _ORDER_NEEDED.search(t)]
    return blank + needed
