"""Red flags of payment that no pattern knows: what sentences tell by their words and meaning."""

from __future__ import annotations

import pytest

from assistant.packet import Evidence
from assistant.protocol.payment import DELAY_ASKED, LONGER_ASKED, NO_PURCHASE_ORDER
from assistant.readers.embedded.payment import find_payment
from assistant.readers.embedded.payment_told import TOLD, told
from assistant.readers.embedded.statements import Statement
from eval.field_data import said
from tests.conversation import record_of


def flags(*lines: str) -> tuple[str, ...]:
    return find_payment(record_of("\n".join(lines))).red_flags


def likeliest(statement: Statement) -> str:
    odds = told([statement])[0]
    return max(odds, key=lambda what: odds[what])


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("longer_terms", "Everybody we buy from gets paid at seventy-five days, you would be no exception."),
        ("delay", "I'd want the bill to land after the harvest money is in, not now."),
        ("order_needed", "Accounts sends it straight back if our number isn't on it."),
        ("order_given", "The number came through this morning, it's 4500061177."),
        ("order_not_needed", "We don't raise those for anything under twenty thousand."),
    ],
)
def test_a_sentence_tells_what_it_means_without_the_usual_words(what: str, text: str) -> None:
    assert likeliest(said(text, "C")) == what
    assert set(told([said(text, "C")])[0]) == set(TOLD)


def test_small_talk_and_other_numbers_tell_nothing_of_paying() -> None:
    for text in ("It's raining here.", "Once it's ninety I stay indoors.", "We train sixty people in May."):
        assert max(told([said(text, "C")])[0].values()) < 0


DELAYED = (
    "Carla: About the bill. I can't have it land before our new year, there's nothing left in this one.",
    "Nora: When would suit you?",
    "Carla: Send it in July. Any earlier and it sits on my desk till then.",
)


def test_a_payment_that_is_to_wait_is_a_flag_and_one_sentence_alone_is_none() -> None:
    assert DELAY_ASKED in flags(*DELAYED)
    assert DELAY_ASKED not in flags("Carla: Send it in July.")


def test_what_the_seller_says_is_no_wish_of_the_buyer() -> None:
    assert DELAY_ASKED not in flags(*(line.replace("Carla", "Nora") for line in DELAYED), "Carla: Fine.")


NEEDED = (
    "Carla: Procurement has to raise the number first, accounts won't touch an invoice without one.",
    "Nora: How long does that take?",
    "Carla: They'll have the req approved and the number out to you by the end of the month.",
)


def test_a_number_that_invoices_must_carry_is_missing_until_it_is_there() -> None:
    assert NO_PURCHASE_ORDER in flags(*NEEDED)
    assert NO_PURCHASE_ORDER not in flags(*NEEDED, "Carla: Your purchase order is 4500061177.")


def test_days_that_are_the_usual_ones_are_not_longer() -> None:
    assert LONGER_ASKED not in flags("Carla: We pay everybody at thirty days, that's what they all get.")


def test_a_flag_is_proved_by_the_sentences_that_tell_it() -> None:
    proof: tuple[Evidence, ...] = find_payment(record_of("\n".join(NEEDED))).red_flag_evidence
    assert proof
    assert all(e.quote in "\n".join(line for line in NEEDED if "Carla" in line) for e in proof)
