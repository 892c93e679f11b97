"""Payment facts: the terms that stand, and red flags only where somebody raises them."""

import pytest

from assistant.packet import Deal
from assistant.protocol.payment import DELAY_ASKED, LONG_TERMS, LONGER_ASKED, NO_PURCHASE_ORDER
from assistant.readers.embedded.payment import Payment, find_payment
from extractors.segments import Segment, Source
from tests.conversation import record_of


def _contract(*clauses: str) -> Source:
    segments = tuple(
        Segment(id=f"s{i}", text=text, kind="clause", section=f"{i}", locator=f"section {i}")
        for i, text in enumerate(clauses, start=1)
    )
    return Source(name="order.pdf", kind="contract", sha256="0", segments=segments)


def _payment(said: str, *clauses: str) -> Payment:
    return find_payment(record_of(said, _contract(*clauses)) if clauses else record_of(said))


def test_the_contracts_terms_stand_before_what_was_said() -> None:
    found = _payment(
        "Nora: Our invoices are net 30.", "Invoices are payable within sixty (60) days of receipt."
    )
    assert found.payment_terms == "net 60"
    assert found.payment_evidence[0].source == "order.pdf"
    assert LONG_TERMS in found.red_flags


def test_the_terms_of_an_advance_are_not_those_of_the_invoices() -> None:
    advance = "The advance is payable within ten (10) days of receipt of the pro-forma invoice."
    rest = "All other invoices are payable within sixty (60) days of receipt."
    found = _payment("Nora: Hello.", advance, rest)
    assert found.payment_terms == "net 60"


@pytest.mark.parametrize(
    ("said", "flag"),
    [
        ("Carla: Can we do net 60 instead?", LONGER_ASKED),
        ("Tom: Our policy on invoices is sixty days.", LONGER_ASKED),
        ("Carla: Could you hold the first invoice until January?", DELAY_ASKED),
        ("Carla: I've been sitting on the August invoice because of this credit.", DELAY_ASKED),
        ("Carla: Until that is through your first invoice will sit in a queue.", DELAY_ASKED),
        ("Carla: Don't bill us before April, the budget isn't there.", DELAY_ASKED),
        ("Carla: Can you invoice us in January instead of November?", DELAY_ASKED),
        ("Carla: Kindly allow us to hold the deposit till the end of June.", DELAY_ASKED),
        ("Tom: Accounts pay on ninety days, that's the rule here.", LONGER_ASKED),
        ("Carla: We need a purchase order number on every invoice.", NO_PURCHASE_ORDER),
    ],
)
def test_a_red_flag_comes_with_its_quote(said: str, flag: str) -> None:
    found = _payment(said)
    assert flag in found.red_flags
    assert found.red_flag_evidence


@pytest.mark.parametrize(
    "said",
    [
        "Carla: Net 30 is fine.",
        "Carla: We hold the retention until the roof is tight, that's another contract.",
        "Carla: We don't use purchase orders.",
        "Carla: We hold thirty invoices a day in a queue.",
        "Carla: Our drivers invoice us late every month.",
        "Carla: You have sixty days of warranty, right?",
        "Nora: The purchase order number is PO-44871, thank you.",
    ],
)
def test_no_flag_without_a_reason(said: str) -> None:
    assert _payment(said).red_flags == ()


def test_a_purchase_order_left_blank_in_the_contract_is_missing() -> None:
    assert NO_PURCHASE_ORDER in _payment("Nora: Hello.", "Purchase order number: none supplied.").red_flags


def test_a_purchase_order_that_the_crm_knows_is_not_missing() -> None:
    record = record_of("Carla: We need a purchase order number on every invoice.")
    known: Deal = record.deal.model_copy(update={"purchase_order": "4500012"})
    assert find_payment(type(record)(known, record.sources, (), record.roster, record.as_of)).red_flags == ()


def test_a_deal_that_says_nothing_of_paying_has_no_terms() -> None:
    assert _payment("Nora: Hello.\nCarla: Hello.") == Payment()


def test_longer_terms_that_the_contract_grants_are_not_asked_for_any_more() -> None:
    asked = "Tom: Our policy on invoices is sixty days."
    assert LONGER_ASKED not in _payment(asked, "Invoices are payable within sixty (60) days.").red_flags
    assert LONGER_ASKED in _payment(asked, "Invoices are payable within forty-five (45) days.").red_flags


@pytest.mark.parametrize(
    "clause",
    [
        "Payment shall be released within 45 days from the date of receipt of the tax invoice.",
        "A credit period of 45 days from the invoice date applies.",
        "The Buyer shall pay each invoice within forty-five (45) days, and interest runs from then on.",
        "The Hospital pays within forty-five (45) days of a correct tax invoice.",
        "Bills are paid within 45 days.",
    ],
)
def test_terms_are_read_however_a_contract_words_them(clause: str) -> None:
    assert _payment("Nora: Hello.", clause).payment_terms == "net 45"
