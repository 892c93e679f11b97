"""One wording of a promise, as the model wrote it down, made into a commitment that stands on located
words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.evidence.conditions import condition_of, with_condition
from assistant.evidence.dates import read_dates
from assistant.evidence.locate import fold
from assistant.evidence.quantities import read_quantities
from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, Evidence, Quantity
from assistant.readers.llm.forms import How, PromiseForm
from assistant.readers.llm.grounding import Ground, says_the_same
from assistant.readers.llm.sources_text import Shown

LONGEST_CONDITION = 16
"""Words of a condition that is worth telling apart; a longer one is the promise itself."""
Key = tuple[int, int]
"""The window, and the number that the model gave the promise there."""


@dataclass(frozen=True)
class Wording:
    """What was said once. `earlier` is the wording before it in the same chain, where one is known."""

    key: Key
    commitment: Commitment
    order: tuple[int, int, int]
    """Source, segment and place in it: later is greater."""
    earlier: Key | None
    how: How | None

    @property
    def dated(self) -> bool:
        """Whether it is known when it was said; undated sources stand last in order, whenever they were."""
        return self.commitment.said_on is not None

    def may_follow(self, before: Wording) -> bool:
        """Whether it can have been said after the other one."""
        return before.order < self.order or not (before.dated and self.dated)

    @property
    def takes_back(self) -> bool:
        """Whether these are words that take a promise back."""
        return self.how == "withdrawn"


def read_wordings(
    window: int, shown: Shown, forms: Sequence[PromiseForm], ground: Ground, record: DealRecord
) -> list[Wording]:
    """The model's promises that stand on words which are there, in order of time."""
    found = [w for form in _numbered(forms) if (w := _wording(window, shown, form, ground, record))]
    kept = {w.key for w in found}
    linked = [w if w.earlier in kept else replace(w, earlier=None) for w in found]
    return sorted(linked, key=lambda w: w.order)


def _numbered(forms: Sequence[PromiseForm]) -> list[PromiseForm]:
    """Each under a number of its own, should the model have given one twice: the first keeps it."""
    highest = max((form.n for form in forms), default=0)
    seen: set[int] = set()
    found = []
    for form in forms:
        highest += form.n in seen
        found.append(form.model_copy(update={"n": highest}) if form.n in seen else form)
        seen.add(found[-1].n)
    return found


def _wording(
    window: int, shown: Shown, form: PromiseForm, ground: Ground, record: DealRecord
) -> Wording | None:
    proof = ground.find(shown, form.at, form.quote)
    if proof is None:
        return None
    demand = ground.optional(shown, form.asked_at, form.asked)
    if demand and (demand.segment_id, demand.source) == (proof.segment_id, proof.source):
        demand = None if proof.quote in demand.quote or demand.quote in proof.quote else demand
    earlier = (window, form.earlier) if form.earlier is not None and form.earlier != form.n else None
    commitment = make_commitment(form, proof, demand, record)
    return Wording((window, form.n), commitment, order_of(proof, record), earlier, form.how)


def order_of(proof: Evidence, record: DealRecord) -> tuple[int, int, int]:
    """Where in the deal's time the words stand."""
    at = next(i for i, source in enumerate(record.sources) if source.name == proof.source)
    segments = record.sources[at].segments
    index = next(i for i, segment in enumerate(segments) if segment.id == proof.segment_id)
    return at, index, max(fold(segments[index].text).find(fold(proof.quote)), 0)


def make_commitment(
    form: PromiseForm, proof: Evidence, demand: Evidence | None, record: DealRecord
) -> Commitment:
    """What the form says, as far as the words bear it: numbers, days and conditions are those of the
    words."""
    segment = record.segment(proof.source, proof.segment_id)
    person = record.roster.find(segment.speaker, segment.sender_email)
    said_on = day_of(proof, record)
    quotes = [e.quote for e in (demand, proof) if e]
    condition = _condition(form, proof, segment.text)
    return Commitment(
        id=identity(proof),
        party=form.party,
        speaker=person.name if person else segment.speaker,
        category=form.category,
        text=_text(form, quotes, said_on or record.as_of),
        strength="conditional" if condition and form.strength == "firm" else form.strength,
        condition=condition,
        due=_due(form, proof, segment.text, said_on),
        quantity=main_quantity(proof.quote) or (main_quantity(demand.quote) if demand else None),
        evidence=tuple(e for e in (demand, proof) if e),
        said_on=said_on.isoformat() if said_on else None,
    )


def identity(proof: Evidence) -> str:
    """The id of the promise that begins with these words."""
    return "c-" + hashlib.sha256(f"{proof.source}\n{proof.quote}".encode()).hexdigest()[:6]


def day_of(proof: Evidence, record: DealRecord) -> date | None:
    """The day on which the words were said or written."""
    sent = record.segment(proof.source, proof.segment_id).sent_at
    return sent.date() if sent else record.source(proof.source).happened_on


def main_quantity(text: str) -> Quantity | None:
    """The number that a promise turns on: the last one with a unit that is no mere "once a week"."""
    found = [read.quantity for read in read_quantities(text)]
    counted = [quantity for quantity in found if quantity.unit != "time"] or found
    return counted[-1] if counted else None


def _text(form: PromiseForm, quotes: Sequence[str], anchor: date) -> str:
    """The model's sentence with the condition that it left out; where it says more, the words themselves."""
    plain = fold(form.promise)
    if plain and says_the_same(plain, quotes, anchor):
        return with_condition(plain, quotes[-1])
    return " ".join(quotes)


def _condition(form: PromiseForm, proof: Evidence, segment: str) -> str | None:
    """The condition in the segment's words; one that the model overlooked is taken from the quote."""
    stated = fold(form.condition or "").strip(" ,.;")
    if stated and stated.lower() in fold(segment).lower():
        return stated
    found = condition_of(proof.quote)
    return found if found and len(found.split()) <= LONGEST_CONDITION else None


def _due(form: PromiseForm, proof: Evidence, segment: str, said_on: date | None) -> str | None:
    """ISO date where the words give one, else the words, as far as they stand in the segment."""
    words = fold(form.due or "").strip(" ,.;")
    if not words or words.lower() not in fold(segment).lower():
        words = ""
    if said_on:
        for text in (words, *([proof.quote] if words or form.category == "timeline" else [])):
            if dates := read_dates(text, said_on):
                return dates[-1].last.isoformat()
    return words or None
