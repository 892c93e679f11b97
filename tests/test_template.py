"""The deal summary's template covers every path, and tells an answer from a filler."""

from __future__ import annotations

from typing import Any

import pytest
from packets import packet_of

from assistant.packet import Field, Summary, Value
from assistant.protocol import is_known, is_required, load_policy, load_template
from assistant.protocol.template import ask_about, is_placeholder, summary_field
from assistant.rules import RULES

TEMPLATE = load_template()
POLICY = load_policy()


def paths_of_the_summary() -> list[str]:
    sections = Summary.model_fields.items()
    return [f"{name}.{field}" for name, s in sections for field in s.annotation.model_fields]  # type: ignore[union-attr]


def test_every_path_of_the_summary_has_one_row_in_its_order() -> None:
    assert [row.path for row in TEMPLATE.field] == paths_of_the_summary()
    assert [row.id for row in TEMPLATE.section] == list(Summary.model_fields)


def test_rows_ask_questions_and_name_rules_that_exist() -> None:
    rules = {rule.id for rule in RULES}
    for row in (*TEMPLATE.field, *TEMPLATE.role):
        assert row.ask.endswith(("?", "."))
        assert row.asked_by in rules
    assert all(row.only_if is None or TEMPLATE.row(row.only_if) for row in TEMPLATE.field)


def test_there_are_seven_categories_and_each_but_people_has_required_fields() -> None:
    required = {row.category for row in TEMPLATE.field if {"any", "kept", "sale"} & set(row.required_for)}
    assert {row.id for row in TEMPLATE.category} - required == {"stakeholders"}
    assert len(TEMPLATE.category) == 7


@pytest.mark.parametrize(
    "text",
    [
        "N/A",
        "n/a.",
        "NA",
        "TBD",
        "(tbc)",
        "none",
        "-",
        "—",
        "...",
        "",
        "  ",
        "?",
        "To be determined",
        "xxx",
        "nil",
    ],
)
def test_a_filler_is_no_answer(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text", ["None outside business hours", "no custom work", "NAS storage", "X", "0", "tbd by March 3"]
)
def test_a_short_answer_is_no_filler(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("field", "known"),
    [
        (Field(), False),
        (Field(status="stated", values=(Value(text="yes, two"),)), True),
        (Field(status="stated", values=(Value(text="TBD"),)), False),
        (Field(status="conflicting", values=(Value(text="1"), Value(text="2"))), True),
        (Field(status="not_applicable"), False),
        (Field(status="not_applicable", reason="they have no data to move"), True),
    ],
)
def test_a_field_is_known_when_it_says_something(field: Field, known: bool) -> None:
    assert is_known(field) is known


@pytest.mark.parametrize(
    ("path", "deal", "required"),
    [
        ("customer_overview.how_they_found_us", {}, True),
        ("customer_overview.how_they_found_us", {"trigger": "poc_to_paid"}, True),
        ("customer_overview.how_they_found_us", {"trigger": "off_boarding"}, False),
        ("risk_factors.churn_indicators", {"trigger": "account_handover"}, True),
        ("scope.customizations", {}, False),
        ("risk_factors.how_addressed", {}, False),
    ],
)
def test_what_is_required_depends_on_the_deal(path: str, deal: dict[str, Any], required: bool) -> None:
    assert is_required(TEMPLATE.row(path), packet_of({"deal": deal}), POLICY) is required


def test_a_field_is_found_by_its_path() -> None:
    packet = packet_of({}, "complete")
    assert summary_field(packet.summary, "scope.out_of_scope").values[0].text == "billing"
    with pytest.raises(AttributeError):
        summary_field(packet.summary, "scope.nothing")


def test_a_question_names_the_customer() -> None:
    assert ask_about("How large is {account}?", packet_of({}).deal) == "How large is the customer?"
    assert (
        ask_about("How large is {account}?", packet_of({}, "complete").deal)
        == "How large is Northfield Clinics?"
    )
