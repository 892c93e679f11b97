"""Promises lie near the lines of a contract that decide them, wherever that is computed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from networks import PACKAGED, answered_aside, of_another_shape

from assistant.meanings.asked import Placed, from_json
from assistant.meanings.minilm import BEGIN, END, MiniLM
from assistant.meanings.similarity import LONGEST, PLACES_FILE, compute, laid_out, place

SAID = "Is there a charge when we take our data out? ... seller: No, you just download it."
LINES = (
    "Export: Customer may export its data at any time without charge.",
    "Law: This Agreement is governed by the laws of the State of Ohio.",
    "Invoices: Invoices are due thirty days after receipt.",
)


def test_the_line_that_decides_is_nearest_though_it_shares_no_word_with_the_answer() -> None:
    found = place([Placed("promise", SAID), *(Placed("line", line) for line in LINES)])
    assert found is not None
    said, *lines = found
    nearness = [float(line @ said) for line in lines]
    assert nearness.index(max(nearness)) == 0


def test_a_text_lies_elsewhere_than_its_own_meaning_is_and_both_have_length_one() -> None:
    meant, laid = compute(LINES[0]), compute(Placed("line", LINES[0]))
    assert meant is not None and laid is not None
    assert not np.allclose(meant, laid)
    assert [float(np.linalg.norm(v)) for v in (meant, laid)] == pytest.approx([1, 1], abs=1e-5)


def test_a_place_is_the_same_to_the_last_bit_in_the_process_aside() -> None:
    asked = [Placed("promise", SAID), Placed("line", LINES[1])]
    assert answered_aside(asked) == [row.tobytes() for row in map(compute, asked) if row is not None]


def test_what_is_to_be_laid_comes_back_from_json_as_it_was() -> None:
    assert from_json(["line", LINES[0]]) == Placed("line", LINES[0])


def test_of_a_long_promise_the_end_is_read_and_of_a_long_line_the_beginning() -> None:
    def read(text: str) -> list[int]:
        return [int(word) for word in text.split()]

    numbers = " ".join(str(n) for n in range(1000))
    assert laid_out(Placed("promise", numbers), read) == [BEGIN, *range(1000 - 62, 1000), END]
    assert laid_out(Placed("line", numbers), read) == [BEGIN, *range(LONGEST - 2), END]


def test_layers_of_another_shape_are_refused(tmp_path: Path) -> None:
    other = of_another_shape(PLACES_FILE, tmp_path)
    with pytest.raises(ValueError, match="not those of MiniLM"):
        MiniLM(PACKAGED, other)
