"""Hours of the day are read as people say them."""

import pytest

from assistant.evidence.hours import read_hours


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("from 07:00 to 23:00 Eastern", 7, 23), ("seven in the morning till eleven at night", 7, 23),
     ("seven to seven, a real person", 7, 19), ("8:00 a.m. and 6:00 p.m. Central time", 8, 18),
     ("9 to 5 Monday to Friday", 9, 17), ("8am-6pm ET", 8, 18)],
)  # fmt: skip
def test_hours_are_read(text: str, start: float, end: float) -> None:
    assert [(h.start, h.end) for h in read_hours(text)] == [(start, end)]


@pytest.mark.parametrize("text", ["six to eight weeks", "8 to 12 users", "2 to 3 percent", ""])
def test_counts_are_no_hours(text: str) -> None:
    assert read_hours(text) == []
