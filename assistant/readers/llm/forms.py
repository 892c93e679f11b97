"""What the model answers with: strict forms without defaults; everything else is derived by code."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from assistant.packet import Category, Relation, Role, Side, Strength

How = Literal["repeated", "changed", "withdrawn"]
Judged = Literal["covered", "contradicted", "not_in_contract", "vague", "no_promise"]
PaymentKind = Literal["longer_terms", "delay", "order_needed", "order_given", "order_not_needed"]


def _without_docstring(schema: dict[str, Any]) -> None:
    """Schemas are paid by the token, and the questions say it all."""
    schema.pop("description", None)


class Form(BaseModel):
    """Every key is there and no other; what does not apply is null or an empty list."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=_without_docstring)


class Quote(Form):
    """Words of one segment, by the id it was shown under."""

    at: str
    quote: str


class PromiseForm(Form):
    n: int
    at: str
    quote: str
    asked_at: str | None
    asked: str | None
    party: Side
    category: Category
    promise: str
    strength: Strength
    condition: str | None
    due: str | None
    earlier: int | None
    how: How | None


class FactForm(Form):
    field: str
    """One of field_names; as an enumeration it would cost more in every schema than a wrong name does."""
    at: str
    quote: str
    text: str


class NoteForm(Form):
    kind: Literal["objective", "concern", "preference"]
    at: str
    quote: str
    text: str


class PersonForm(Form):
    name: str
    title: str | None
    side: Side
    role: Role | None
    at: str
    quote: str
    stance: Literal["champion", "supporter", "neutral", "sceptic"] | None
    influence: Literal["high", "medium", "low"] | None
    notes: list[NoteForm]


class PaymentForm(Form):
    kind: PaymentKind
    at: str
    quote: str


class VerdictForm(Form):
    id: str
    verdict: Judged
    relation: Relation | None
    clauses: list[Quote]
    why: str
    earlier: str | None
    how: How | None


class Reading(Form):
    """What a conversation says."""

    promises: list[PromiseForm]
    facts: list[FactForm]
    people: list[PersonForm]
    payment: list[PaymentForm]
    instructions: list[Quote]


class ContractReading(Form):
    """What the contract says, or how promises stand to it: one form, so that both share a cached prefix."""

    facts: list[FactForm]
    payment: list[PaymentForm]
    instructions: list[Quote]
    verdicts: list[VerdictForm]


class WholeReading(Form):
    """Everything a whole deal says, or how promises stand to it."""

    promises: list[PromiseForm]
    facts: list[FactForm]
    people: list[PersonForm]
    payment: list[PaymentForm]
    instructions: list[Quote]
    verdicts: list[VerdictForm]


class Look(Form):
    """Which proposals for a field stand, by number, and whether they exclude each other."""

    keep: list[int]
    conflicting: bool
