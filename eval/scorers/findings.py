"""Findings: what a reviewer of this deal has to be asked, from the answers to the end of the line.

A promise that was not found raises no finding, so what a reader misses counts here as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from assistant.evidence.number_words import ORDINALS, read_numbers
from assistant.evidence.quantities import read_quantities
from assistant.packet import Evidence, Packet
from assistant.protocol.payment import DELAY_ASKED, LONG_TERMS, LONGER_ASKED, NO_PURCHASE_ORDER
from eval.gold import Gold
from eval.items import Item
from eval.matching import Matched, same_file, words
from eval.scorers.readiness import flag
from eval.slices import Kinds, tags_of

RULE_OF = {
    "contradicted": "promise-contradicted",
    "not_in_contract": "promise-not-in-contract",
    "vague": "vague-promise",
    "withdrawn": "promise-withdrawn",
}
RULE_OF_FLAG = {
    LONG_TERMS: "payment-terms-long",
    LONGER_ASKED: "payment-delay-asked",
    DELAY_ASKED: "payment-delay-asked",
    NO_PURCHASE_ORDER: "purchase-order-missing",
}
_NO_CONTENT = frozenset("a an and at by for from in of on or per than the to with within".split())
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)


def needed(packet: Packet, gold: Gold, matched: Matched, kinds: Kinds) -> list[Item]:
    """Each finding that the answers call for: promises not covered, categories, signatures, payment."""
    raised = {(f.rule, f.where) for f in packet.findings}
    return [*_of_promises(gold, matched, kinds, raised), *_of_the_deal(packet, gold)]


def _of_promises(gold: Gold, matched: Matched, kinds: Kinds, raised: set[tuple[str, str]]) -> Iterator[Item]:
    where = {pair.wanted.id: f"commitments.{pair.found.id}" for pair in matched.pairs}
    for chain in gold.chains():
        last = chain[-1]
        rule = RULE_OF.get(last.verdict)
        if rule is None:
            continue
        right = (rule, where.get(last.id, "")) in raised
        note = "" if right else f"{rule} not raised: {last.quote}"
        tags = tags_of(chain, kinds)
        yield Item(score="findings", id=f"{rule} {last.id}", right=right, tags=tags, note=note)


def _of_the_deal(packet: Packet, gold: Gold) -> Iterator[Item]:
    got = {f.rule for f in packet.findings} | {
        f"{f.rule} {f.category}" for f in packet.findings if f.rule == "missing-category"
    }
    rules = {f"missing-category {category}" for category in gold.missing_categories}
    rules |= {RULE_OF_FLAG[known] for f in gold.preconditions.red_flags if (known := flag(f)) in RULE_OF_FLAG}
    if gold.preconditions.contract_fully_executed is False:
        rules.add("contract-not-executed")
    for rule in sorted(rules):
        note = "" if rule in got else f"{rule} not raised"
        yield Item(score="findings", id=rule, right=rule in got, tags=("of-the-deal",), note=note)


def conflicts(packet: Packet, gold: Gold, matched: Matched, kinds: Kinds) -> list[Item]:
    """Each conflict of the answers: does one conflict, field, promise or finding show two of its values?"""
    shown = list(_shown(packet))
    items = []
    for number, wanted in enumerate(gold.conflicts, start=1):
        values = [str(v) for v in wanted.get("values", ())]
        files = [str(f) for f in wanted.get("sources", ())]
        right = any(_shows(evidence, values, files) for evidence in shown)
        note = "" if right else f"not shown: {wanted.get('about')}: {' / '.join(values)}"
        items.append(Item(score="conflicts", id=f"conflict {number}", right=right, note=note))
    return items


def _shown(packet: Packet) -> Iterator[list[Evidence]]:
    """What stands side by side in front of a reviewer."""
    yield from ([e for v in c.values for e in v.evidence] for c in packet.conflicts)
    yield from (list(f.evidence) for f in packet.findings)
    for c in packet.commitments:
        yield [*c.evidence, *c.contract_evidence, *(e for w in c.history for e in w.evidence)]


def _shows(evidence: Sequence[Evidence], values: Sequence[str], files: Sequence[str]) -> bool:
    """Two of the values, each quoted in one of the files, from two places."""
    here = [e for e in evidence if any(same_file(e.source, f) for f in files)]
    places = [{(e.source, e.segment_id) for e in here if _states(e.quote, value)} for value in values]
    told = [p for p in places if p]
    return len(told) >= 2 and len(set().union(*told)) >= 2


def _states(quote: str, value: str) -> bool:
    """Whether the quote states the value, or one of those that a slash divides: its figures, else words."""
    return any(_holds(quote, part) for part in value.split(" / "))


def _holds(quote: str, value: str) -> bool:
    said, wanted = set(words(quote)), set(words(value)) - _NO_CONTENT
    figures = _figures(value)
    if figures:
        return figures <= _figures(quote) and wanted & _MONTHS <= said
    return bool(wanted) and len(wanted & said) >= max(1, len(wanted) / 2)


@cache
def _figures(text: str) -> frozenset[float]:
    """Numbers however written: "three nines", "the fourth"; a year beside other numbers is left out."""
    read = read_quantities(text)
    found = {q.quantity.value for q in read}
    found |= {n.value for n in read_numbers(text) if not any(q.start <= n.start < q.end for q in read)}
    found |= {float(ORDINALS[w]) for w in words(text) if w in ORDINALS}
    return frozenset(n for n in found if not 1990 <= n <= 2100) or frozenset(found)
