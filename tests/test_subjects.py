"""What promises are about, and how alike two texts are."""

from __future__ import annotations

import pytest

from assistant.readers.embedded.nearness import Nearness
from assistant.readers.embedded.subjects import (
    STOP_WORDS,
    distinctions_of,
    overlap,
    rarity,
    stems,
    subjects_of,
)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The foundry's up and running in May.", "go_live"),
        ("Four nines, every month.", "uptime"),
        ("A human being on it within the hour.", "response_time"),
        ("Eleven percent off.", "discount"),
        ("It never goes up more than three percent.", "price_cap"),
        ("Net sixty is fine.", "payment_terms"),
        ("Two workshops for the crews.", "training"),
        ("They log in through Okta.", "single_sign_on"),
        ("It is hosted in Frankfurt.", "residency"),
        ("All the legacy records come across.", "migration"),
        ("You'll have a sandbox.", "sandbox"),
        ("You can walk away after a year.", "exit"),
        ("The PO is on its way.", "purchase_order"),
        ("I'd be in a case study.", "reference"),
    ],
)
def test_a_subject_is_known_whatever_words_it_is_told_in(text: str, subject: str) -> None:
    assert subject in subjects_of(text)
    assert subject not in subjects_of("The weather on the pier was mild.")


def test_a_live_session_is_no_go_live() -> None:
    assert "go_live" not in subjects_of("Four live sessions with a trainer.")


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("A P1 is answered in an hour.", {"p1"}),
        ("For sev two it's a day.", {"p2"}),
        ("The second wave is in May.", {"phase_two"}),
    ],
)
def test_of_several_like_things_it_is_known_which_is_meant(text: str, which: set[str]) -> None:
    assert distinctions_of(text) == which
    assert not distinctions_of("Tickets are answered in an hour.")


def test_stems_are_content_words_without_endings_in_order() -> None:
    assert stems("We will be training the trainers and loading 12 wagons") == (
        "train",
        "train",
        "load",
        "12",
        "wagon",
    )
    assert stems("we will, you know, do it") == ()
    assert "will" in STOP_WORDS


def test_rare_words_weigh_more_than_common_ones() -> None:
    weights = rarity(["barn door", "barn roof", "barn gate"])
    assert weights["door"] > weights["barn"] > 0


def test_overlap_is_one_for_equal_words_none_for_strangers_and_symmetric() -> None:
    weights = rarity(["barn door", "barn roof"])
    assert overlap("the barn door", "barn doors", weights) == pytest.approx(1)
    assert overlap("barn door", "salmon cage", weights) == 0
    assert overlap("barn door", "", weights) == 0
    assert overlap("barn door", "barn roof", weights) == pytest.approx(
        overlap("barn roof", "barn door", weights)
    )
    assert 0 < overlap("barn door", "barn roof", weights) < 1


def test_two_wordings_of_one_thing_are_nearer_than_two_things() -> None:
    same = ("We load five years of milk records.", "Your milk records of the past five years come across.")
    other = "The canteen is closed on Sundays."
    near = Nearness([*same, other])
    assert near.between(*same) > 0.7 > near.between(same[0], other)
    assert near.between(same[0], same[0]) == pytest.approx(2, abs=0.01)


def test_nearness_does_not_depend_on_what_was_learnt_before() -> None:
    texts = ["We wire the barn.", "The barn is wired by us.", "Salmon"]
    fresh, taught = Nearness(texts), Nearness(texts)
    taught.learn([*texts, "something else entirely, and longer than all of the others"])
    assert fresh.between(*texts[:2]) == pytest.approx(taught.between(*texts[:2]), abs=0.02)
