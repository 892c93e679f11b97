"""Code disposes: every quote in a proposal is looked up in its segment, and what is not found is dropped.

What hangs on a dropped quote goes with it: a value without evidence, a field without values, a promise nobody
said. The number of dropped quotes is reported, never hidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from assistant.evidence.hearing import hearing
from assistant.evidence.locate import fold, locate
from assistant.evidence.record import DealRecord
from assistant.packet import (
    Commitment,
    Conflict,
    ContractTerm,
    Evidence,
    Field,
    Hearing,
    Noun,
    Stakeholder,
    Value,
)
from extractors.segments import Segment, Source

T = TypeVar("T", bound=Noun)
GONE = object()


class Verifier:
    """Looks quotes up in a deal record and counts those that are not there (`rejected`)."""

    def __init__(self, record: DealRecord) -> None:
        self.rejected = 0
        self._sources = {source.name: source for source in record.sources}
        self._segments = {(source.name, s.id): s for source in record.sources for s in source.segments}

    def all(self, nouns: Iterable[T]) -> list[T]:
        """The nouns that still have something to stand on, with only quotes that were found."""
        return [kept for kept in map(self.one, nouns) if kept is not None]

    def one(self, noun: T) -> T | None:
        """The noun with only quotes that were found, or None when nothing of it is proven."""
        kept = self._noun(noun)
        return None if kept is GONE else kept

    def evidence(self, given: Evidence) -> Evidence | None:
        """The evidence in the segment's own words, or None when the segment does not say it."""
        source = self._sources.get(given.source)
        segment = self._segments.get((given.source, given.segment_id))
        if source is None or segment is None:
            return None
        if given.quote and given.quote in fold(segment.text):
            same = {"locator": segment.locator, "match": "exact", "heard": _heard(given.quote, segment)}
            return given.model_copy(update=same)
        return _near(given, source, segment)

    def _noun(self, noun: Any) -> Any:
        changed: dict[str, Any] = {}
        for name in type(noun).model_fields:
            old = getattr(noun, name)
            new = self._part(old)
            if new is not old:
                changed[name] = None if new is GONE else new
        settled = noun.model_copy(update=changed) if changed else noun
        return _settle(noun, settled)

    def _part(self, part: Any) -> Any:
        if isinstance(part, Evidence):
            found = self.evidence(part)
            self.rejected += found is None
            return GONE if found is None else found
        if isinstance(part, Noun):
            return self._noun(part)
        if isinstance(part, tuple):
            kept = tuple(new for new in map(self._part, part) if new is not GONE)
            return part if len(kept) == len(part) and all(map(_same, kept, part)) else kept
        return part


def _same(a: Any, b: Any) -> bool:
    return a is b


def _heard(quote: str, segment: Segment) -> Hearing | None:
    """How the quote was heard, where it was said in a recording."""
    at = segment.text.find(quote) if segment.heard else -1
    return hearing(segment, at, at + len(quote)) if at >= 0 else None


def _near(given: Evidence, source: Source, segment: Segment) -> Evidence | None:
    found = locate(given.quote, source, segment.id)
    return found.model_copy(update={"match": "near"}) if found and found.match == "near" else found


def _settle(before: Any, after: Any) -> Any:
    """What is left of a noun once its quotes are verified; GONE when nothing is."""
    if isinstance(after, Value):
        return after if after.evidence or after.entered_by else GONE
    if isinstance(after, Field):
        lost = before.values and not after.values
        return after.model_copy(update={"status": "not_stated"}) if lost else _one_sided(after)
    if isinstance(after, Conflict):
        return after if len(after.values) > 1 else GONE
    if isinstance(after, Commitment):
        return _commitment(after) if after.evidence else GONE
    if isinstance(after, (ContractTerm, Stakeholder)):
        return GONE if before.evidence and not after.evidence else after
    return after


def _one_sided(field: Field) -> Field:
    if field.status == "conflicting" and len(field.values) < 2:
        return field.model_copy(update={"status": "stated"})
    return field


def _commitment(commitment: Commitment) -> Commitment:
    """Covered and contradicted stand on the contract's words; without them the contract is silent."""
    if commitment.verdict not in ("covered", "contradicted") or commitment.contract_evidence:
        return commitment
    silent = {
        "verdict": "not_in_contract",
        "relation": None,
        "decided_by": "rule",
        "explanation": "No words of the contract were found for it.",
    }
    return commitment.model_copy(update=silent)
