"""What is said of others than the deal's parties is told from what is said of these."""

from __future__ import annotations

import pytest

from assistant.packet import Side
from assistant.readers.embedded.elsewhere import elsewhere
from assistant.readers.embedded.sentences import split_sentences


def told(text: str, side: Side) -> list[bool]:
    return elsewhere([s.plain for s in split_sentences(text)], side)


@pytest.mark.parametrize(
    ("side", "text"),
    [
        ("vendor", "We did a paper mill up in Quebec that was live in nine weeks."),
        ("vendor", "Some of our bigger clients put in a project office."),
        ("vendor", "If you were at two hundred vans there's a cheaper tier."),
        ("customer", "My brother-in-law runs a garage and he paid forty thousand."),
        ("customer", "When I was at the port authority we wanted it by June."),
        ("customer", "The phone company went up to nine hundred a month."),
    ],
)
def test_what_others_did_or_pay_is_elsewhere(side: Side, text: str) -> None:
    assert told(text, side) == [True]


@pytest.mark.parametrize(
    ("side", "text"),
    [
        ("vendor", "You'd have a customer success manager from the first day."),
        ("vendor", "We have a team in Denver that answers you at night."),
        ("customer", "Their scheduler retires in May and nobody else knows the list."),
        ("customer", "If we lose another nurse we close the ward."),
        ("customer", "We have three plants and the one in Leeds goes first."),
    ],
)
def test_what_the_parties_do_is_here(side: Side, text: str) -> None:
    assert told(text, side) == [False]


def test_they_are_the_others_until_the_listener_is_spoken_to() -> None:
    text = "I had a dairy in Devon. Nice folks. Their go-live was in June. Yours would be in May."
    assert told(text, "vendor") == [True, False, True, False]


def test_a_customers_they_after_we_are_its_own_people() -> None:
    text = "My sister runs a boutique. She pays for hers by the month. We have nurses. They need it by May."
    assert told(text, "customer") == [True, True, False, False]
