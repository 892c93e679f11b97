"""Who matters to the deal: what several windows say of one person becomes one stakeholder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import get_args

from assistant.evidence.locate import fold
from assistant.evidence.names import fold_name
from assistant.evidence.record import DealRecord
from assistant.packet import Evidence, Role, Side, Stakeholder, Value
from assistant.readers.llm.forms import PersonForm
from assistant.readers.llm.grounding import Ground
from assistant.readers.llm.sources_text import Shown

MOST_NOTES = 3
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass
class Seen:
    """What is known of one person so far."""

    name: str
    side: Side
    title: str | None
    organization: str | None
    role: Role | None = None
    stance: str | None = None
    influence: str | None = None
    proofs: list[Evidence] = field(default_factory=list)
    notes: dict[str, list[Value]] = field(default_factory=dict)


def read_people(
    shown: Shown, forms: Sequence[PersonForm], ground: Ground, record: DealRecord, seen: dict[str, Seen]
) -> None:
    """Add to `seen` what a window says of people, as far as its words are there. First come, first kept."""
    for form in forms:
        proof = ground.find(shown, form.at, form.quote)
        if proof is None or not fold(form.name):
            continue
        person = _known(form, record, seen)
        person.proofs += [proof] if proof not in person.proofs else []
        person.role = person.role or form.role
        person.stance = person.stance or form.stance
        person.influence = person.influence or form.influence
        for note in form.notes:
            found = ground.find(shown, note.at, note.quote)
            rows = person.notes.setdefault(note.kind, [])
            if found and len(rows) < MOST_NOTES:
                rows.append(Value(text=fold(note.text) or found.quote, evidence=(found,)))


def _known(form: PersonForm, record: DealRecord, seen: dict[str, Seen]) -> Seen:
    """The person of the form, under the name by which the roster knows them."""
    known = record.roster.find(form.name) if form.role != "end_users" else None
    name = known.name if known else fold(form.name)
    key = fold_name(name)
    if key not in seen:
        side = known.side if known and known.side else form.side
        house = known.organization if known else None
        title = (known.title if known else None) or (fold(form.title) if form.title else None)
        seen[key] = Seen(name, side, title, house or _house(side, record))
    return seen[key]


def _house(side: Side, record: DealRecord) -> str | None:
    return record.roster.account if side == "customer" else record.roster.vendor


def stakeholders(seen: dict[str, Seen]) -> list[Stakeholder]:
    """The customer's people first, by role, then the vendor's; roles are the customer's."""
    people = [
        Stakeholder(
            name=s.name, title=s.title, organization=s.organization, side=s.side,
            role=s.role if s.side == "customer" else None,
            stance=s.stance,
            influence=s.influence,
            objectives=tuple(s.notes.get("objective", ())), concerns=tuple(s.notes.get("concern", ())),
            preferences=tuple(s.notes.get("preference", ())), evidence=tuple(s.proofs[:3]),
        )
        for s in seen.values()
    ]  # fmt: skip
    return sorted(people, key=lambda p: (p.side != "customer", _rank(p.role), p.name))


def _rank(role: Role | None) -> int:
    return ROLES.index(role) if role else len(ROLES)
