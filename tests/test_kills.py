"""Whoever asks a model can be killed at any moment: what was answered is kept and is not paid again."""

from __future__ import annotations

from tools.bench_kills import measure


def test_a_kill_at_a_random_moment_repays_and_loses_nothing() -> None:
    count = measure(8)
    assert (count.repaid, count.lost) == ([], set())
    assert count.kills == 8 and count.asked
