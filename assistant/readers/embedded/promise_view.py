"""A commitment as the judge looks at it: its own words, what it answers, its numbers and its subjects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.evidence.figures import larger_as_figures
from assistant.evidence.locate import fold
from assistant.evidence.record import DealRecord
from assistant.meanings.asked import Placed
from assistant.meanings.similarity import embed
from assistant.packet import Category, Commitment, Evidence
from assistant.readers.embedded.attributes import without_replaced
from assistant.readers.embedded.concepts import concepts_of, subjects_in
from assistant.readers.embedded.measures import Measures, elliptic, measure

CATEGORY_SUBJECTS: Mapping[Category, tuple[str, ...]] = {"timeline": ("go_live",), "training": ("training",)}
"""A promise of such a category is about this, also where its words do not say so."""
CONTEXT_WORDS = 40
CONTEXT_SEGMENTS = 3
SIDES = {"vendor": "seller", "customer": "buyer"}
SHORT_PROMISE = 25
"""Words up to which a promise is read together with what was said before it."""


@dataclass(frozen=True)
class PromiseView:
    """`words` are the promise's own; `whole` adds the demand that it answers."""

    commitment: Commitment
    words: str
    whole: str
    measures: Measures
    subjects: frozenset[str]
    attributes: frozenset[str]
    context: str = ""
    """What was said just before it, by anybody."""
    counts: bool = False
    """Whether the promise's own words state a number or a day."""

    @property
    def extra_subjects(self) -> tuple[str, ...]:
        """Subjects that follow from the category."""
        return CATEGORY_SUBJECTS.get(self.commitment.category, ())

    @property
    def with_side(self) -> str:
        """The promise, with the question that it answers, and who makes it before it."""
        return with_side(self.commitment, self.whole)

    @cached_property
    def placed(self) -> Placed:
        """What is laid among the contract's lines."""
        return placed(self.commitment, self.whole, self.context)

    @cached_property
    def meaning(self) -> tuple[float, ...]:
        """Its own words as a unit vector; empty without a model."""
        vectors = embed([larger_as_figures(self.words)])
        return () if vectors is None else tuple(float(v) for v in vectors[0])


def view(commitment: Commitment, record: DealRecord, events: Mapping[str, date]) -> PromiseView:
    """Read a commitment. Numbers of the demand count only where the promise's own words have none."""
    own, whole, before = wording(commitment, record)
    anchor = date.fromisoformat(commitment.said_on) if commitment.said_on else record.as_of
    measures = measure(without_replaced(own), anchor, events, f"{before} {whole}")
    counts = measures.any
    if not measures.any:
        measures = measure(without_replaced(whole), anchor, events)
    if not measures.any and (short := elliptic(own)).any:
        measures = short
    subjects = subjects_in(whole) | frozenset(CATEGORY_SUBJECTS.get(commitment.category, ()))
    return PromiseView(commitment, own, whole, measures, subjects, concepts_of(whole), before, counts)


def wording(commitment: Commitment, record: DealRecord) -> tuple[str, str, str]:
    """A promise's own words, these with the demand that it answers, and what was said before a short one."""
    quotes = [fold(e.quote) for e in commitment.evidence]
    own = quotes[-1] if quotes else fold(commitment.text)
    if len(quotes) > 1 and commitment.verdict == "withdrawn":
        own = quotes[-2]
    whole = own if not quotes else " ".join(quotes)
    text = fold(commitment.text)
    if text and text not in whole:
        whole = text if whole in text else f"{whole} {text}"
    quoted = commitment.evidence[-2:]
    short = len(whole.split()) <= SHORT_PROMISE
    return own, whole, words_before(quoted[0], record) if quoted and short else ""


def with_side(commitment: Commitment, whole: str) -> str:
    """See PromiseView."""
    return f"{SIDES[commitment.party]}: {whole}"


def placed(commitment: Commitment, whole: str, context: str) -> Placed:
    """See PromiseView. What was said before a promise tells what it is about."""
    before = f"{context} ... " if context else ""
    return Placed("promise", larger_as_figures(before + with_side(commitment, whole)))


def words_before(evidence: Evidence, record: DealRecord) -> str:
    """The last words before a quote: of its own turn, and of the turn or paragraph before it."""
    source = next((s for s in record.sources if s.name == evidence.source), None)
    if source is None:
        return ""
    at = next((i for i, s in enumerate(source.segments) if s.id == evidence.segment_id), None)
    if at is None:
        return ""
    segment = source.segments[at]
    own = segment.text[: max(segment.text.find(evidence.quote), 0)]
    previous = " ".join(s.text for s in source.segments[max(0, at - CONTEXT_SEGMENTS) : at])
    return " ".join(f"{previous} {own}".split()[-CONTEXT_WORDS:])
