"""Dates as mail programs print them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors.mail.dates import header_date, printed_date

NEAR = datetime(2026, 4, 28, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, Apr 27, 2026 at 2:03 PM", "2026-04-27T14:03:00+00:00"),
        ("27/04/2026 14:03", "2026-04-27T14:03:00+00:00"),
        ("5/4/2026 2:03 PM", "2026-05-04T14:03:00+00:00"),
        ("3/4/2026 14:03", "2026-04-03T14:03:00+00:00"),
        ("Montag, 27. April 2026 14:03", "2026-04-27T14:03:00+00:00"),
        ("2026-04-27 14:03 GMT+02:00", "2026-04-27T14:03:00+02:00"),
        ("Thu, 26 Jun 2014 14:00:51 +0400", "2014-06-26T14:00:51+04:00"),
        ("12:15 AM, 1 May 2026", "2026-05-01T00:15:00+00:00"),
    ],
)
def test_printed_dates_are_read(text: str, expected: str) -> None:
    found = printed_date(text, NEAR)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize("text", ["", "yesterday", "31/31/2026", "Monday", "99 Foo 2026", "the 16th"])
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert printed_date(text, NEAR) is None


@pytest.mark.parametrize("text", ["Mon, 99 Apr 2026", "garbage", "", "Mon, 27 Apr 99999 10:00:00 +9999"])
def test_a_broken_date_header_is_none(text: str) -> None:
    assert header_date(text) is None
