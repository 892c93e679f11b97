"""Mailboxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.mail.threads import drop_repeats
from extractors.mbox import extract
from extractors.segments import UnreadableSource

DATA = Path(__file__).parent / "data" / "emails"


def test_mails_are_numbered_in_order_of_time_and_count_once() -> None:
    source = drop_repeats(extract((DATA / "three.mbox").read_bytes(), "three.mbox"))[0]
    assert [(s.speaker, s.quoted, s.text) for s in source.segments] == [
        ("Ann Lee", False, "What is your best price?"),
        ("Ann Lee", False, "From our side it is urgent."),
        ("Bob Ray", False, "Fifteen percent off for two years."),
    ]


def test_a_mail_without_headers_is_read_as_nobodys() -> None:
    source = extract(b"From x Mon Jun 01 10:00:00 2009\n\nTest content\n", "q.mbox")[0]
    assert [s.text for s in source.segments] == ["Test content"]
    assert source.segments[0].speaker is None
    assert source.warnings


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"just words"])
def test_what_is_no_mailbox_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"^Cannot read 'q\.mbox'"):
        extract(data, "q.mbox")
