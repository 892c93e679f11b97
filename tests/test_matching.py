"""Which answer a found promise is: the same words in the same file, each answer once, the best fit first."""

from __future__ import annotations

from typing import Any

import pytest
from packets import packet_of
from scored import AGAIN, LIVE, TRAIN, evidence, promise, wanted

from eval.gold import Gold
from eval.matching import Matched, match_commitments


def matched(
    found: list[dict[str, Any]], rows: list[dict[str, Any]], same: list[list[str]] | None = None
) -> Matched:
    gold = Gold.model_validate({"deal": "mill", "commitments": rows, "same_promise": same or []})
    return match_commitments(packet_of({"commitments": found}).commitments, gold)


def counts(m: Matched) -> tuple[int, int, int]:
    """Matched, missed, extra."""
    return len(m.pairs), len(m.missed), len(m.extra)


def with_history(quote: str, earlier: str) -> dict[str, Any]:
    wording = {"text": earlier, "changed": "repeated", "evidence": [evidence(earlier)]}
    return promise(quote, history=[wording])


def test_a_promise_is_looked_for_in_its_own_file_whatever_the_folder() -> None:
    assert counts(matched([promise(LIVE, source="calls/call.vtt")], [wanted(1, LIVE)])) == (1, 0, 0)
    assert counts(matched([promise(LIVE, source="calls/mail.eml")], [wanted(1, LIVE)])) == (0, 1, 1)


def test_an_answer_is_used_once_so_a_promise_reported_twice_is_extra() -> None:
    assert counts(matched([promise(LIVE), promise(LIVE, 2)], [wanted(1, LIVE)])) == (1, 0, 1)


def test_one_promise_found_cannot_be_two_answers() -> None:
    both = promise(f"{LIVE} {TRAIN}")
    assert counts(matched([both], [wanted(1, LIVE), wanted(2, TRAIN)])) == (1, 1, 0)


CHAIN = [wanted(1, LIVE), wanted(2, AGAIN, "contradicted")]


def test_wordings_of_one_promise_are_one_answer() -> None:
    assert counts(matched([with_history(AGAIN, LIVE)], CHAIN, [["p1", "p2"]])) == (1, 0, 0)
    assert counts(matched([promise(LIVE), promise(AGAIN, 2)], CHAIN, [["p1", "p2"]])) == (1, 0, 1)


def test_the_wording_that_stands_is_preferred_in_whatever_order_promises_are_listed() -> None:
    for found in ([promise(LIVE, 1), promise(AGAIN, 2)], [promise(AGAIN, 2), promise(LIVE, 1)]):
        m = matched(found, CHAIN, [["p1", "p2"]])
        assert [pair.found.id for pair in m.pairs] == ["c-000002"]
        assert m.pairs[0].wanted.id == "p2"


def test_an_earlier_wording_alone_finds_the_promise() -> None:
    assert counts(matched([promise(LIVE)], CHAIN, [["p1", "p2"]])) == (1, 0, 0)


def test_a_reader_that_takes_the_answer_for_an_earlier_wording_still_finds_it() -> None:
    assert counts(
        matched([with_history("Something else was said there, later on.", LIVE)], [wanted(1, LIVE)])
    ) == (
        1,
        0,
        0,
    )


def test_the_better_fit_wins_over_the_first_listed() -> None:
    near = promise("We'll have the two hangars live within nine weeks, or the two barns, who knows.", 1)
    exact = promise(LIVE, 2)
    assert matched([near, exact], [wanted(1, LIVE)]).pairs[0].found.id == "c-000002"


ASKED = "And can the night crew have the tablets in Danish?"


def answered(*quotes: str) -> dict[str, Any]:
    return promise(quotes[-1], evidence=[evidence(q) for q in quotes])


@pytest.mark.parametrize(
    ("quotes", "found"),
    [
        ((ASKED, "They can."), True),
        ((ASKED, "They can, all of them, from the first day."), True),
        (("They can.",), True),
        (("They can be late, I have seen it.",), False),
        (("Is there a spare charger?", "They can wait for it."), False),
    ],
)
def test_a_bare_yes_is_told_apart_by_what_was_asked(quotes: tuple[str, ...], found: bool) -> None:
    row = wanted(1, "They can.", asked=ASKED)
    assert bool(matched([answered(*quotes)], [row]).pairs) is found


def test_nothing_found_misses_all_and_nothing_wanted_makes_all_extra() -> None:
    assert counts(matched([], [wanted(1, LIVE)])) == (0, 1, 0)
    assert counts(matched([promise(LIVE)], [])) == (0, 0, 1)
