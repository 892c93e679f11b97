"""What stands beside the model: arithmetic on numbers, and promises that the embedded reader is sure of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from assistant.evidence.held import BetterByWords, Held, hold
from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, Evidence
from assistant.readers import Reader

NEAR_SEGMENTS = 2
"""A promise that the model quoted this near, in the same source, may be the same one."""


def ahead(embedded: Reader, record: DealRecord) -> Future[list[Commitment]]:
    """What the embedded reader is sure of, looked for while the model reads."""
    find: Callable[[DealRecord], list[Commitment]] | None = getattr(embedded, "find_sure", None)
    pool = ThreadPoolExecutor(1, thread_name_prefix="sure")
    found = pool.submit(find, record) if find else pool.submit(list)
    pool.shutdown(wait=False)
    return found


def passed_over(
    sure: Iterable[Commitment], found: Sequence[Commitment], retracted: Iterable[Evidence], record: DealRecord
) -> list[Commitment]:
    """Of the sure ones those that nothing the model quoted is near to, marked as found by rule."""
    spots = [_spot(e, record) for c in found for e in _quotes(c)] + [_spot(e, record) for e in retracted]
    added: list[Commitment] = []
    for commitment in sure:
        here = _spot(commitment.evidence[-1], record)
        if any(s[0] == here[0] and abs(s[1] - here[1]) <= NEAR_SEGMENTS for s in spots):
            continue
        spots.append(here)
        added.append(commitment.model_copy(update={"found_by": "rule"}))
    return added


def _quotes(commitment: Commitment) -> list[Evidence]:
    return [*commitment.evidence, *(e for wording in commitment.history for e in wording.evidence)]


def _spot(evidence: Evidence, record: DealRecord) -> tuple[str, int]:
    ids = [segment.id for segment in record.source(evidence.source).segments]
    return evidence.source, ids.index(evidence.segment_id)


def with_arithmetic(commitment: Commitment, embedded: Reader) -> Commitment:
    """The verdict as the numbers have it, where promise and clause have one number each.

    More than the contract gives is no longer covered; equal numbers or a difference that the model found as
    well only say who decided; equal numbers under a contradiction "in number" leave a doubt for a person.
    """
    better: BetterByWords | None = getattr(embedded, "better_by_words", None)
    if better is None or commitment.verdict not in ("covered", "contradicted"):
        return commitment
    held = hold(commitment.evidence[-1].quote, commitment.contract_evidence[0].quote, better)
    if held is None:
        return commitment
    if commitment.verdict == "covered":
        return _against_covered(commitment, held)
    numeric = commitment.relation in ("exceeds_contract", "below_contract")
    if held.contradicts(commitment.party):
        return commitment.model_copy(update={"decided_by": "numbers"}) if numeric else commitment
    if numeric and held.outcome == "equal":
        words = f"The numbers are equal ({held.promised}), but the model found a difference"
        return commitment.model_copy(update={"doubt": words})
    return commitment


def _against_covered(commitment: Commitment, held: Held) -> Commitment:
    if not held.contradicts(commitment.party):
        return commitment.model_copy(update={"decided_by": "numbers"})
    relation = "below_contract" if commitment.party == "customer" else "exceeds_contract"
    return commitment.model_copy(
        update={
            "verdict": "contradicted", "relation": relation, "decided_by": "numbers",
            "explanation": f"Promised: {held.promised}; the contract says {held.agreed}.",
            "doubt": "The model took it for covered; the numbers say otherwise",
        }
    )  # fmt: skip
