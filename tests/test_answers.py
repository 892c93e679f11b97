"""Kept answers: paid once, safe after a crash, gone with their deal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.readers.llm.question import StoredAnswer
from assistant.settings import Settings
from assistant.store import Store, open_store
from assistant.store.answers import KeptAnswers

ANSWER = StoredAnswer(
    text="{}", model="any", input_tokens=10, cached_tokens=4, output_tokens=2, cost=0.01
)
DIE = """
import os, signal, sys
from pathlib import Path
from assistant.readers.llm.question import StoredAnswer
from assistant.settings import Settings
from assistant.store import open_store
from assistant.store.answers import KeptAnswers
answers = KeptAnswers(open_store(Settings(data_dir=Path(sys.argv[1]))))
answers.put("k1", StoredAnswer("paid", "any", 1, 0, 1, 0.5), "deal-1")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Settings(data_dir=tmp_path))


def test_an_answer_comes_back_as_it_was_kept(store: Store) -> None:
    KeptAnswers(store).put("k1", ANSWER, "deal-1")
    assert KeptAnswers(store).get("k1") == ANSWER


def test_an_unknown_key_has_no_answer(store: Store) -> None:
    assert KeptAnswers(store).get("k1") is None


def test_the_first_answer_stays(store: Store) -> None:
    answers = KeptAnswers(store)
    answers.put("k1", ANSWER, "deal-1")
    answers.put("k1", StoredAnswer("other", "any", 1, 1, 1, 1), "deal-1")
    assert answers.get("k1") == ANSWER


def test_answers_go_with_their_deal_and_only_with_theirs(store: Store) -> None:
    answers = KeptAnswers(store)
    answers.put("k1", ANSWER, "deal-1")
    answers.put("k2", ANSWER, "deal-1")
    answers.put("k2", ANSWER, "deal-2")
    answers.forget("deal-1")
    assert (answers.get("k1"), answers.get("k2")) == (None, ANSWER)


def test_an_answer_outlives_a_killed_process(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", DIE, str(tmp_path)], env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL
    kept = KeptAnswers(open_store(Settings(data_dir=tmp_path))).get("k1")
    assert kept is not None and kept.text == "paid"
