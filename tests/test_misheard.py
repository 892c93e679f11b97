"""Promises as a recording's ear might have written them."""

from __future__ import annotations

import random

import pytest

from eval.misheard import alike_words, misheard
from tools.spoken import can_speak

ALIKE = {"weeks": ["wakes"], "three": ["free"]}


def test_words_are_taken_for_others_that_sound_alike_now_and_then() -> None:
    heard = {misheard("It takes three weeks.", ALIKE, random.Random(n)) for n in range(300)}
    assert any("free" in text.split() for text in heard)
    assert any("wakes" in text for text in heard)
    assert "It takes three weeks." in heard


def test_a_denial_is_never_lost_or_misheard() -> None:
    said = "No fee, and it won't be charged, never."
    alike = {"no": ["know"], "won't": ["want"], "never": ["clever"]}
    for n in range(300):
        heard = misheard(said, alike, random.Random(n)).replace(",", "").replace(".", "").split()
        assert {"No", "won't", "never"} <= set(heard)


def test_what_is_learnt_from_is_the_same_every_time() -> None:
    assert misheard("three weeks, then", ALIKE, random.Random(4)) == misheard(
        "three weeks, then", ALIKE, random.Random(4)
    )


@pytest.mark.skipif(not can_speak(), reason="no flite: apt-get install flite")
def test_words_that_sound_nearly_the_same_are_alike() -> None:
    alike = alike_words(["four for weeks wakes month training"] * 5)
    assert set(alike["four"]) == {"for"}
    assert set(alike["weeks"]) == {"wakes"}
    assert alike["training"] == []
