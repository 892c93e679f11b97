"""What the model quotes is found, forgiven a wrong id, or counted as not there."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.evidence.conditions import condition_of, with_condition
from assistant.readers.llm.grounding import Ground, says_the_same
from assistant.readers.llm.sources_text import Piece, show
from tests.conversation import call

SHOWN = show([Piece(call("Nora: We go live on the first of June, all nine sites.\nCarla: Fine by me."))])


@pytest.mark.parametrize(
    ("at", "quote", "match"),
    [
        ("a1", "We go live on the first of June", "exact"),
        ("[a1]", "we go live  on the first of june", "exact"),
        ("a2", "We go live on the first of June", "exact"),
        ("a9", "all nine sites", "exact"),
        ("a1", "We go live on first of June, all nine sites", "near"),
    ],
)
def test_a_quote_that_is_there_is_found(at: str, quote: str, match: str) -> None:
    ground = Ground()
    found = ground.find(SHOWN, at, quote)
    assert found and (found.segment_id, found.match) == ("s0000", match)
    assert ground.rejected == 0


@pytest.mark.parametrize(
    "quote", ["We go live on the first of July", "free forever", "all ten sites", "x" * 900]
)
def test_a_quote_that_is_not_there_is_dropped_and_counted(quote: str) -> None:
    ground = Ground()
    assert ground.find(SHOWN, "a1", quote) is None
    assert ground.rejected == 1


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Live on 1 June 2026 at nine sites", True),
        ("Live on 1 July 2026 at nine sites", False),
        ("Live at 9 sites", True),
        ("Live at 12 sites", False),
        ("Live soon", True),
    ],
)
def test_a_restatement_may_name_no_number_and_no_day_of_its_own(text: str, same: bool) -> None:
    quote = "We go live on the first of June, all nine sites."
    assert says_the_same(text, [quote], date(2026, 3, 2)) is same


@pytest.mark.parametrize(
    ("quote", "text", "kept"),
    [
        ("Live by June, once legal signs off.", "Live by June.", "Live by June (once legal signs off)."),
        ("Up to four days are free.", "Four days are free", "Four days are free (Up to four days are free)"),
        ("If you sign by May, it's free.", "Free if signed by May", "Free if signed by May"),
        ("It is free.", "Free", "Free"),
    ],
)
def test_a_dropped_condition_comes_back(quote: str, text: str, kept: str) -> None:
    assert with_condition(text, quote) == kept


def test_small_talk_with_an_if_is_no_condition() -> None:
    assert condition_of("We'll be there at nine, if you like.") is None
    assert condition_of("I'd do it as soon as possible.") is None
