"""Pace and budget: nobody goes out too fast or too dear."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest

from assistant.errors import HandoffError
from assistant.readers.llm.budget import Budget
from assistant.readers.llm.limits import Pace


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def sent(pace: Pace, clock: Clock, tokens: list[int]) -> list[float]:
    """When each request goes out."""
    times = []
    for one in tokens:
        pace.wait(one)
        times.append(clock.now)
    return times


def test_without_limits_nobody_waits() -> None:
    clock = Clock()
    assert sent(Pace(clock=clock, sleep=clock.sleep), clock, [10**9] * 100) == [0.0] * 100


def test_no_minute_sees_more_requests_than_allowed() -> None:
    clock = Clock()
    times = sent(Pace(requests=3, clock=clock, sleep=clock.sleep), clock, [1] * 10)
    assert times[:4] == [0.0, 0.0, 0.0, 60.0]
    assert all(later - earlier >= 60 for earlier, later in zip(times, times[3:], strict=False))


def test_no_minute_sees_more_tokens_than_allowed() -> None:
    clock = Clock()
    times = sent(Pace(tokens=1000, clock=clock, sleep=clock.sleep), clock, [400, 400, 400, 100])
    assert times == [0.0, 0.0, 60.0, 60.0]


def test_a_request_larger_than_a_minute_goes_out_alone() -> None:
    clock = Clock()
    times = sent(Pace(tokens=1000, clock=clock, sleep=clock.sleep), clock, [5000, 5000])
    assert times == [0.0, 60.0]


def test_everybody_waits_when_the_provider_asks_for_patience() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep)
    pace.pause(7.0)
    assert sent(pace, clock, [1, 1]) == [7.0, 7.0]


def test_pace_holds_over_threads() -> None:
    pace = Pace(requests=5)
    released: list[int] = []

    def go() -> None:
        pace.wait(1)
        released.append(1)

    threads = [threading.Thread(target=go, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(0.2)
    assert len(released) == 5


def test_a_call_that_could_pass_the_ceiling_does_not_go_out() -> None:
    budget = Budget(1.0)
    budget.reserve(0.6)
    budget.settle(0.6, 0.5)
    budget.reserve(0.5)
    budget.settle(0.5, 0.4)
    with pytest.raises(HandoffError, match="HANDOFF_MAX_COST"):
        budget.reserve(0.2)
    assert budget.spent == pytest.approx(0.9)


def test_a_call_waits_for_those_under_way_before_it_gives_up() -> None:
    budget = Budget(1.0)
    budget.reserve(0.8)
    threading.Timer(0.1, budget.settle, (0.8, 0.1)).start()
    budget.reserve(0.8)
    assert budget.spent == pytest.approx(0.1)


def test_a_failed_call_frees_what_it_had_reserved() -> None:
    budget = Budget(1.0)
    for _ in range(5):
        budget.reserve(0.9)
        budget.settle(0.9, 0.0)
    assert budget.spent == 0


def test_without_a_ceiling_everything_goes_out() -> None:
    budget = Budget()
    for _ in range(3):
        budget.reserve(10.0**6)
    assert [a <= b for a, b in pairwise([0.0, budget.spent])] == [True]
