"""People and payment out of several windows: one line a person, terms of the contract, flags with proof."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.evidence.held import hold
from assistant.packet import Evidence, Field, Value
from assistant.readers.embedded import better_by_words
from assistant.readers.llm.forms import PaymentForm, PersonForm
from assistant.readers.llm.grounding import Ground
from assistant.readers.llm.payment import Seen, payment_facts, read_payment
from assistant.readers.llm.people import Seen as Person
from assistant.readers.llm.people import read_people, stakeholders
from assistant.readers.llm.sources_text import Piece, show
from tests.conversation import call, record_of

TALK = """
    Carla Osei: I have been pushing for this since spring, and it is my signature.
    Tom: We cannot pay before September, and we need a purchase order number.
    Nora: Understood.
"""
RECORD = record_of(call(TALK))
SHOWN = show([Piece(RECORD.sources[0])])


def person(name: str, role: str | None, quote: str, **more: Any) -> PersonForm:
    fields = {"title": None, "side": "customer", "at": "a1", "stance": None, "influence": None, "notes": []}
    return PersonForm.model_validate({"name": name, "role": role, "quote": quote, **fields, **more})


def test_two_spellings_are_one_person_and_the_first_role_stands() -> None:
    seen: dict[str, Person] = {}
    forms = [
        person("Carla", "champion", "I have been pushing for this since spring"),
        person("Carla Osei", "economic_buyer", "it is my signature", title="owner"),
    ]
    read_people(SHOWN, forms, Ground(), RECORD, seen)
    found = stakeholders(seen)
    assert [(p.name, p.role, len(p.evidence)) for p in found] == [("Carla Osei", "champion", 2)]


def test_a_person_on_words_that_are_not_there_is_none() -> None:
    seen: dict[str, Person] = {}
    read_people(SHOWN, [person("Eve Stone", "blocker", "over my dead body")], Ground(), RECORD, seen)
    assert not seen


def test_the_customers_people_come_first_and_the_vendors_have_no_role() -> None:
    seen: dict[str, Person] = {}
    forms = [
        person("Nora Lindgren", "champion", "Understood", at="a3", side="vendor"),
        person("Tom Haddad", None, "We cannot pay before September", at="a2"),
    ]
    read_people(SHOWN, forms, Ground(), RECORD, seen)
    assert [(p.name, p.role) for p in stakeholders(seen)] == [("Tom Haddad", None), ("Nora Lindgren", None)]


def terms(*rows: tuple[str, str]) -> Field:
    values = tuple(
        Value(text=t, evidence=(Evidence(source=s, segment_id="s0001", quote=t, locator=""),))
        for s, t in rows
    )
    return Field(status="stated", values=values)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("within forty-five (45) days of the invoice", "net 45"),
        ("due on receipt, charged to the card", "due on receipt"),
        ("net thirty", "net 30"),
        ("as agreed", "as agreed"),
    ],
)
def test_payment_terms_read_alike(text: str, told: str) -> None:
    assert payment_facts(terms(("call.vtt", text)), {}, RECORD).payment_terms == told


def test_flags_stand_on_quotes_and_an_order_that_is_there_is_not_missing() -> None:
    seen: Seen = {}
    forms = [
        PaymentForm(kind="delay", at="a2", quote="We cannot pay before September"),
        PaymentForm(kind="order_needed", at="a2", quote="we need a purchase order number"),
        PaymentForm(kind="longer_terms", at="a2", quote="ninety days please"),
    ]
    read_payment(SHOWN, forms, Ground(), seen)
    flags = payment_facts(Field(), seen, RECORD).red_flags
    assert flags == ("customer asks to delay payment", "missing purchase order")
    read_payment(SHOWN, [PaymentForm(kind="order_given", at="a3", quote="Understood")], Ground(), seen)
    assert payment_facts(Field(), seen, RECORD).red_flags == ("customer asks to delay payment",)


@pytest.mark.parametrize(
    ("promise", "clause", "outcome"),
    [
        ("We answer within four hours.", "answered within eight (8) hours", "better"),
        ("We answer within an hour.", "within sixty (60) minutes", "equal"),
        ("You get two days of training.", "two (2) days of training", "equal"),
        ("We answer within four hours.", "P1 within four hours, P2 within eight hours", None),
        ("It costs $40.", "training takes four hours", None),
        ("Two days in May and four hours of support.", "two (2) days", None),
    ],
)
def test_arithmetic_speaks_only_where_nothing_else_can_be_meant(
    promise: str, clause: str, outcome: str | None
) -> None:
    held = hold(promise, clause, better_by_words)
    assert (held.outcome if held else None) == outcome
