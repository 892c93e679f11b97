"""A promise is read together with the nearest lines, to the same answer wherever it is read."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from networks import PACKAGED, answered_aside, of_another_shape

from assistant.meanings.asked import MOST, Beside, from_json
from assistant.meanings.clauses import LINE, PROMISE, Clauses, Told, laid_out
from assistant.meanings.minilm import BEGIN, END, MiniLM
from assistant.meanings.similarity import CLAUSES_FILE, compute, read_together

SAID = "seller: The export's free, you just download it."
GRANTS = "Customer may export its data at any time without charge."
DENIES = "Exports of Customer data are charged at $400 each."
ELSEWHERE = "This Agreement is governed by the laws of the State of Ohio."


def told(*lines: str, said: str = SAID) -> Told:
    found = read_together([Beside(said, lines)])
    assert found is not None
    return found[0]


def likeliest(shares: tuple[float, ...]) -> str:
    return max(shares._asdict(), key=lambda name: getattr(shares, name))  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(
    "line, side, verdict",
    [(GRANTS, "supports", "covered"), (DENIES, "opposes", "contradicted")],
)
def test_the_line_that_decides_is_found_among_others_and_decides_the_verdict(
    line: str, side: str, verdict: str
) -> None:
    found = told(line, ELSEWHERE)
    assert [likeliest(one) for one in found.lines] == [side, "neither"]
    assert likeliest(found.verdicts) == verdict


def test_where_no_line_decides_the_contract_is_silent() -> None:
    found = told(ELSEWHERE, "Invoices are due thirty days after receipt.")
    assert [likeliest(one) for one in found.lines] == ["neither", "neither"]
    assert likeliest(found.verdicts) == "not_in_contract"


def test_probabilities_of_a_line_and_of_the_verdicts_are_one_together() -> None:
    found = told(GRANTS, DENIES, ELSEWHERE)
    for shares in (*found.lines, found.verdicts):
        assert math.isclose(sum(map(math.exp, shares)), 1, abs_tol=1e-5)


def test_a_promise_is_read_the_same_to_the_last_bit_in_the_process_aside() -> None:
    asked = [SAID, Beside(SAID, (GRANTS,)), Beside(SAID, (GRANTS, DENIES))]
    assert answered_aside(asked) == [row.tobytes() for row in map(compute, asked) if row is not None]


def test_what_was_asked_comes_back_from_json_as_it_was() -> None:
    assert from_json([SAID, [GRANTS, DENIES]]) == Beside(SAID, (GRANTS, DENIES))


def test_of_a_long_promise_its_end_is_read_where_the_answer_stands() -> None:
    question = "seller: " + "and then there was the matter of the parking lot, " * 12
    one, other = (told(GRANTS, said=question + end) for end in ("It's free.", "It's never free."))
    assert one != other


def test_places_of_every_line_begin_behind_the_promise_and_nothing_is_longer_than_is_read() -> None:
    many = tuple("word " * (LINE + 9) for _ in range(MOST + 2))
    laid = laid_out(Beside("word " * (PROMISE + 9), many), lambda text: [7] * len(text.split()))
    assert [laid.parts.count(part) for part in range(MOST + 1)] == [PROMISE + 2, *[LINE + 1] * MOST]
    assert laid.tokens[0] == BEGIN and laid.tokens.count(END) == MOST + 1
    starts = [laid.places[laid.parts.index(part)] for part in range(1, MOST + 1)]
    assert starts == [PROMISE + 2] * MOST and max(laid.places) < 512


def test_what_stands_in_another_line_changes_how_a_line_is_read() -> None:
    alone, beside = told(GRANTS).lines[0], told(GRANTS, DENIES).lines[0]
    assert alone != beside


def test_weights_of_another_shape_are_refused(tmp_path: Path) -> None:
    other = of_another_shape(CLAUSES_FILE, tmp_path)
    with pytest.raises(ValueError, match="not those of MiniLM"):
        Clauses(MiniLM(PACKAGED), other)
