"""What a promise is about, how firmly it stands, on what it hangs, by when."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from conversation import utterances_of

from assistant.packet import Category, Side, Strength
from assistant.readers.embedded.attributes import category_of, condition_of, due_of, quantity_of, strength_of

SAID_ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The orchard goes live six weeks from signature.", "timeline"),
        ("The blending screen will show alerts for each vat.", "feature"),
        ("We connect it to your ERP, in both directions.", "integration"),
        ("We'll build you a custom workflow for recalls.", "customization"),
        ("A success manager looks after you every week.", "service"),
        ("Your welders get two workshops with a trainer.", "training"),
        ("We respond to a P1 within the hour, around the clock.", "support"),
        ("I'll take nine percent off list.", "pricing"),
        ("Single sign-on with SAML and MFA.", "security"),
        ("Five years of historical records are migrated.", "data"),
        ("It's on the roadmap, it ships in Q3.", "roadmap"),
        ("You can use our logo in a case study.", "other"),
        ("The sea was calm.", "other"),
    ],
)
def test_a_promise_has_the_category_of_its_words(text: str, category: Category) -> None:
    assert category_of(text) == category
    assert category in get_args(Category)


def test_people_and_access_are_resources_when_the_customer_gives_them() -> None:
    assert category_of("I'll free up two super users half-time.", "customer") == "resource"
    assert category_of("You get admin credentials from our IT.", "customer") == "resource"


@pytest.mark.parametrize("party", ["vendor", "customer"])
def test_no_words_are_about_nothing_in_particular(party: Side) -> None:
    assert category_of("", party) == "other"
    assert category_of("👍", party) == "other"


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("We'll wire the barns in May.", "firm"),
        ("We'll wire the barns if the board agrees.", "conditional"),
        ("We should have the barns wired in May.", "aspirational"),
        ("We're hoping to wire the barns in May.", "aspirational"),
        ("We'll do our best to wire the barns.", "aspirational"),
        ("You'll be well looked after.", "aspirational"),
    ],
)
def test_a_promise_is_firm_unless_it_hangs_on_something_or_is_hedged(text: str, strength: Strength) -> None:
    assert strength_of(utterances_of(f"Nora: {text}")) == strength


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("The fee goes away if you sign by Friday.", "if you sign by Friday"),
        ("Provided the cabling is in, we start Monday.", "Provided the cabling is in"),
        ("As long as you stay two years, it is free.", "As long as you stay two years"),
        ("We start once the permits are through.", "once the permits are through"),
        ("We start on Monday.", None),
        ("It is on from the day you go live.", None),
        ("", None),
    ],
)
def test_a_condition_is_the_clause_on_which_a_promise_hangs(text: str, condition: str | None) -> None:
    assert condition_of(text) == condition


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("We answer within four hours.", 4, "hour"),
        ("You get three nines, every month.", 99.9, "percent"),
        ("I'll do eighteen percent off.", 18, "percent"),
        ("Twenty-five seats are in there.", 25, "seat"),
        ("It is two sessions instead of three sessions.", 2, "session"),
        ("We answer in one hour rather than four hours.", 1, "hour"),
    ],
)
def test_the_number_of_a_promise_is_read_from_its_words(text: str, value: float, unit: str) -> None:
    quantity = quantity_of(text)
    assert quantity
    assert (quantity.value, quantity.unit) == (value, unit)


@pytest.mark.parametrize("text", ["We'll look after you.", "", "We start on 4 May 2026."])
def test_where_no_number_is_promised_there_is_none(text: str) -> None:
    assert quantity_of(text) is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("The barns are wired by 12 May 2026.", "2026-05-12"),
        ("The barns are wired by the end of April.", "2026-04-30"),
        ("The barns are wired by the end of June instead of April.", "2026-06-30"),
        ("Instead of the first of April I'm going to say May twelfth.", "2026-05-12"),
        ("The barns are wired.", None),
    ],
)
def test_a_promise_is_due_on_the_day_that_its_words_give(text: str, due: str | None) -> None:
    assert due_of(text, SAID_ON) == due


def test_a_term_without_a_day_is_kept_in_its_words() -> None:
    due = due_of("You are live within eight weeks from signature.", SAID_ON)
    assert due
    assert "eight weeks from signature" in due


def test_without_the_day_of_the_talk_only_the_words_of_time_are_left() -> None:
    assert due_of("The barns are wired within three weeks.", None) is not None
    assert due_of("The barns are wired.", None) is None
