"""Facts into the deal summary: proposals by field, a second look at the doubtful ones, values that stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.fuzz import token_set_ratio

import prompts
from assistant.evidence.conditions import with_condition
from assistant.evidence.dates import read_dates
from assistant.evidence.locate import fold
from assistant.evidence.number_words import read_numbers
from assistant.evidence.record import CONTRACT_KINDS, DealRecord
from assistant.packet import KIND_SECTIONS, Evidence, Field, Summary, Trigger, Value
from assistant.readers.llm.fences import harmless
from assistant.readers.llm.forms import FactForm, Look
from assistant.readers.llm.grounding import Ground, says_the_same
from assistant.readers.llm.sources_text import Shown
from assistant.readers.llm.wordings import day_of, order_of

MOST_VALUES = 5
MOST_PROPOSALS = 6
SAME_TEXT = 90
"""Likeness (0-100) from which two values of a field say the same."""


@dataclass(frozen=True)
class Proposal:
    """One value that the model proposes for a field, on words that are there."""

    field: str
    value: Value
    order: tuple[int, int, int]
    contract: bool
    said_on: date

    @property
    def proof(self) -> Evidence:
        """The words it stands on."""
        return self.value.evidence[0]


def read_facts(shown: Shown, forms: Sequence[FactForm], ground: Ground, record: DealRecord) -> list[Proposal]:
    """The model's facts whose quotes are there; a text that says more than its quote gives way to the
    quote."""
    names = {f.name for f in prompts.fields() if asked_of(f, record.deal.trigger)}
    found = []
    for form in forms:
        name = form.field.strip().lower().replace(" ", "_").rsplit(".", 1)[-1]
        proof = ground.find(shown, form.at, form.quote) if name in names else None
        if proof is None:
            continue
        said_on = day_of(proof, record) or record.as_of
        text = _text(form, proof, said_on)
        kind = record.source(proof.source).kind
        value = Value(text=text, evidence=(proof,))
        found.append(Proposal(name, value, order_of(proof, record), kind in CONTRACT_KINDS, said_on))
    return found


def _text(form: FactForm, proof: Evidence, anchor: date) -> str:
    text = fold(form.text).rstrip(".")
    kept = text and says_the_same(text, (proof.quote,), anchor)
    return with_condition(text, proof.quote) if kept else proof.quote


def asked_of(field: prompts.FieldQuestion, trigger: Trigger) -> bool:
    """Whether this kind of handover has the field."""
    return trigger in KIND_SECTIONS.get(field.section, (trigger,))


def by_field(proposals: Sequence[Proposal]) -> dict[str, list[Proposal]]:
    """Proposals of each field in order of time, the contract's first, each said once."""
    found: dict[str, list[Proposal]] = {}
    for proposal in sorted(proposals, key=lambda p: (not p.contract, p.order)):
        rows = found.setdefault(proposal.field, [])
        if not any(_same(proposal, row) for row in rows):
            rows.append(proposal)
    return {name: rows[:MOST_PROPOSALS] for name, rows in found.items()}


def _same(a: Proposal, b: Proposal) -> bool:
    if (a.proof.source, a.proof.quote) == (b.proof.source, b.proof.quote):
        return True
    alike = token_set_ratio(a.value.text.lower(), b.value.text.lower()) >= SAME_TEXT
    return alike and _numbers(a) == _numbers(b)


def _numbers(proposal: Proposal) -> set[float]:
    return {n.value for n in read_numbers(proposal.value.text)}


def doubtful(question: prompts.FieldQuestion, rows: Sequence[Proposal]) -> bool:
    """Whether a second look is worth its price: the field invites guesses, or the sources may disagree."""
    return bool(rows) and (question.look or (len({r.proof.source for r in rows}) > 1 and _differ(rows)))


def _differ(rows: Sequence[Proposal]) -> bool:
    dated = [days for r in rows if (days := _days(r))]
    counted = [n for r in rows if not _days(r) and (n := _numbers(r))]
    return any(not (a & b) for i, a in enumerate(dated) for b in dated[i + 1 :]) or any(
        not (a & b) for i, a in enumerate(counted) for b in counted[i + 1 :]
    )


def _days(proposal: Proposal) -> set[date]:
    """The days that a value names; one without a year is taken as named in its own year everywhere."""
    return {read.last for read in read_dates(proposal.value.text, proposal.said_on)}


def proposal_line(number: int, proposal: Proposal, record: DealRecord) -> str:
    """A proposal as the second look sees it: number, day, who, words, and what they were taken to say."""
    proof = proposal.proof
    segment = record.segment(proof.source, proof.segment_id)
    day = day_of(proof, record)
    who = harmless(segment.speaker) if segment.speaker else ("contract" if proposal.contract else "unknown")
    side = record.roster.side_of(segment.speaker, segment.sender_email)
    whose = f" ({side})" if side else ""
    said = f'{day.isoformat() if day else "undated"} {who}{whose}: "{harmless(proof.quote)}"'
    meant = harmless(proposal.value.text)
    return f"{number}. {said}" if meant == harmless(proof.quote) else f"{number}. {said} -> {meant}"


def make_summary(rows: Mapping[str, Sequence[Proposal]], looks: Mapping[str, Look]) -> Summary:
    """Every field with what stands; what nobody looked at stands as proposed."""
    sections: dict[str, dict[str, Field]] = {}
    for question in prompts.fields():
        section, name = question.path.split(".")
        field = _field(question, rows.get(name, ()), looks.get(name))
        sections.setdefault(section, {})[name] = field
    empty = Summary()
    return Summary(**{s: getattr(empty, s).model_copy(update=fields) for s, fields in sections.items()})


def _field(question: prompts.FieldQuestion, rows: Sequence[Proposal], look: Look | None) -> Field:
    kept = list(rows)
    if look is not None:
        kept = [row for number, row in enumerate(rows, start=1) if number in look.keep]
    if not kept:
        return Field()
    conflicting = bool(look and look.conflicting and len(kept) > 1)
    if not question.many and not conflicting:
        kept = kept[:1]
    values = tuple(row.value for row in kept[:MOST_VALUES])
    return Field(status="conflicting" if conflicting else "stated", values=values)
