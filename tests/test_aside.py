"""Vectors from the process aside are those computed here, and its end loses nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from gone import is_gone

from assistant.meanings.aside import Aside
from assistant.meanings.similarity import compute, embed

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ("We answer within four hours.", "Supplier shall respond within 4 (four) hours.", "Ünïcode “quoted”")


@pytest.fixture(scope="module")
def process() -> Iterator[Aside]:
    started = Aside()
    yield started
    started.stop()


def test_vectors_are_the_same_to_the_last_bit_in_any_order_of_asking(process: Aside) -> None:
    numbers = [*process.ask(TEXTS[:2]), *process.ask(TEXTS[2:])]
    answers = {text: process.answer(n) for n, text in reversed(list(zip(numbers, TEXTS, strict=True)))}
    for text in TEXTS:
        here = compute(text)
        assert here is not None
        assert answers[text] == here.tobytes()


def test_more_answers_than_a_pipe_holds_are_waited_for(process: Aside) -> None:
    numbers = process.ask(["Yes."] * 700)
    assert len({process.answer(number) for number in reversed(numbers)}) == 1


def test_what_is_needed_late_is_computed_after_what_was_asked_for_since(process: Aside) -> None:
    late = process.ask([f"Needed at the end, number {n}." for n in range(50)], late=1)
    soon = process.ask(["Needed at once."])
    assert process.answer(soon[0])
    assert len(process._answers) < len(late)
    assert all(process.answer(number) for number in late)


def test_what_is_needed_sooner_than_was_said_is_computed_sooner_and_once(process: Aside) -> None:
    texts = [f"Needed at the end, so it was said, number {n}." for n in range(50)]
    late = process.ask(texts, late=1)
    process.hurry([(late[-1], texts[-1])])
    assert process.answer(late[-1])
    assert len(process._answers) < len(late) - 1
    assert all(process.answer(number) for number in late[:-1])
    assert not process._has_more()


def test_what_is_not_there_yet_is_left_to_who_asks_and_nobody_computes_it_twice(process: Aside) -> None:
    texts = [f"Computed by the one or the other, number {n}." for n in range(300)]
    numbers = process.ask(texts)
    found = {n: process.ready(n) for n in reversed(numbers)}
    assert found[numbers[-1]] is None
    own = process.ask(["Asked in the end."])
    assert process.answer(own[0])
    late = [n for n in numbers if n in process._answers]
    assert len(late) < 30  # what was being computed, or answered, while it was given up
    process._answers.clear()


def test_embedding_nothing_gives_nothing_and_rows_are_in_order() -> None:
    assert embed([]) is None
    rows = embed(TEXTS)
    assert rows is not None
    alone = [compute(text) for text in TEXTS]
    assert [row.tobytes() for row in rows] == [v.tobytes() for v in alone if v is not None]


def test_a_process_that_died_gives_no_answer_and_raises_nothing() -> None:
    process = Aside()
    process._child.kill()
    numbers = [*process.ask(TEXTS), *process.ask(TEXTS)]
    assert [process.answer(number) for number in numbers] == [None] * 6
    assert process.ask(TEXTS) == [6, 7, 8]


def test_the_process_ends_when_its_parent_is_killed() -> None:
    code = "from assistant.meanings.aside import Aside; print(Aside()._child.pid, flush=True); input()"
    parent = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert is_gone(pid)
