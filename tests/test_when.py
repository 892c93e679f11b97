from datetime import date

import pytest

from extractors.when import date_in_name, date_of_value, first_date


@pytest.mark.parametrize(
    "name",
    ["2026-03-19-call.vtt", "call_20260319.vtt", "19-Mar-2026 call.vtt", "Call March 19, 2026.txt",
     "GMT20260319-1405.vtt",
     "calls/2026-03-19/call.vtt", "call 19.03.2026.txt", "call 3-19-2026.txt", "2026_03_19 call.txt",
     "19th of March 2026.md"],
)  # fmt: skip
def test_the_day_in_a_file_name(name: str) -> None:
    assert date_in_name(name) == date(2026, 3, 19)


@pytest.mark.parametrize(
    "name", ["call.vtt", "call 03-04-2026.vtt", "2026-13-40.vtt", "v2026.txt", "order 120260319.txt"]
)
def test_what_does_not_tell_a_day(name: str) -> None:
    assert date_in_name(name) is None


def test_the_first_date_of_a_text_wins() -> None:
    assert first_date("held on 2 April 2026, follows 2026-05-01") == date(2026, 4, 2)


def test_metadata_dates() -> None:
    assert date_of_value("2026-03-19T10:00:00Z") == date(2026, 3, 19)
    assert date_of_value(1773912000000) == date(2026, 3, 19)
    assert date_of_value(1773912000) == date(2026, 3, 19)
    assert date_of_value(42) is None
    assert date_of_value(True) is None
