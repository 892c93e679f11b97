"""Spellings of one name, and similar names of two people."""

from __future__ import annotations

import pytest

from assistant.evidence.names import fold_name, local_part_fits, nicknames, same_given, same_name, sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wanda Kamau", "Wanda Kamao"),
        ("Jon Park", "John Park"),
        ("Geoff Hall", "Jeff Hall"),
        ("Catherine Ode", "Kathryn Ode"),
        ("Mike Ross", "Michael Ross"),
        ("T. Lindholm", "Tobias Lindholm"),
        ("Zoë O'Hara", "Zoe OHara"),
        ("Lindholm, Tobias", "Tobias Lindholm"),
        ("Dr. Ana María Ruiz, PhD", "Ana Ruiz"),
        ("Shaun Wright", "Sean Wright"),
        ("Van der Berg, Piet", "Piet van den Berg"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert same_name(fold_name(one), fold_name(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jon Park", "Joan Parks"),
        ("Maria Lopez", "Mario Lopez"),
        ("Paul Green", "Paula Green"),
        ("Jane Doe", "John Doe"),
        ("Marisol Quint", "Marisol Vega"),
        ("Tim Cole", "Tom Cole"),
        ("Dan Ode", "Dean Ode"),
        ("Wei Chen", "Wei Chan"),
        ("Dana", "Dana Wells"),
        ("Amy Chen", "Amy Chang"),
    ],
)
def test_similar_names_of_two_people(one: str, other: str) -> None:
    assert not same_name(fold_name(one), fold_name(other))


def test_a_short_form_is_its_name_but_not_another_ones() -> None:
    assert same_given("tony", "anthony")
    assert not same_given("tony", "timothy")


@pytest.mark.parametrize("local", ["tlindholm", "tobias.lindholm", "lindholm", "tobiasl", "lindholm_t"])
def test_an_address_is_built_from_a_name(local: str) -> None:
    assert local_part_fits(local, "tobias lindholm") == (local != "lindholm")


def test_a_nickname_makes_an_alias() -> None:
    assert nicknames('Isaac ("Ike") Stone') == ["Ike Stone"]
    assert nicknames("Isaac Stone (Acme)") == []


def test_what_sounds_alike_has_one_key() -> None:
    assert sound("kamau") == sound("kamao")
    assert sound("quint") != sound("kwinn")
