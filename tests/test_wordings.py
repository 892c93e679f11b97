"""How a clause turns against a promise: it charges, narrows, leaves it to others."""

from __future__ import annotations

import pytest

from assistant.readers.embedded.wordings import clashes, held_out, turned, wording_signals


@pytest.mark.parametrize(
    ("promise", "clause"),
    [
        ("the sensors are thrown in", "sensors may be ordered at $45.00 each."),
        ("we come to every depot", "depots other than the first are trained by video."),
        ("we'll label all of them", "labelling is the customer's responsibility."),
        ("you see it live", "the supplier usually posts results after validation; it does not control when."),
        ("that price is frozen", "the charge may be revised by the supplier on each anniversary."),
        ("nobody reads them", "messages may be viewed by the provider's staff."),
        ("it stays there for good", "records are erased twelve months after the test."),
        ("you can walk away", "the agreement may not be terminated before the remaining fees are paid."),
    ],
)
def test_a_clause_that_takes_a_promise_back_clashes_with_it(promise: str, clause: str) -> None:
    assert clashes(promise, clause)


@pytest.mark.parametrize(
    ("promise", "clause"),
    [
        ("the sensors are thrown in", "the sensors are furnished at no further charge."),
        ("we come to every depot", "the supplier shall attend at every depot."),
        ("that price is frozen", "the charge shall not be increased during the term."),
        ("you get the lot out", "the customer may extract its records without charge."),
    ],
)
def test_a_clause_that_says_the_same_clashes_with_nothing(promise: str, clause: str) -> None:
    assert not clashes(promise, clause)


def test_a_turn_that_the_promise_makes_itself_is_no_news() -> None:
    clause = "sensors are priced at $45.00 each."
    assert clashes("the gateway comes with it", clause)
    assert not clashes("forty-five dollars each, the gateway comes with it", clause)


def test_what_is_harmless_is_no_turn() -> None:
    assert "further" in turned("later records are loaded for a fee.")
    assert not {"further", "charged"} & turned("loaded not later than may, at no additional charge.")


def test_the_next_sentence_counts_apart_from_the_line() -> None:
    promise, line = "we train all your people", "the provider shall train eight super-users."
    alone = wording_signals(promise, line, "")
    both = wording_signals(promise, line, "further training is the customer's responsibility.")
    assert not alone["clash beside"] and both["clash beside"]
    assert both["clash"] == alone["clash"]
    assert 0 < both["clash beside, degree"] <= 1


def test_words_are_found_whole() -> None:
    assert "all" in held_out("all of it") and "all" not in held_out("a small hall")
