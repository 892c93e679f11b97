"""Outlook messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.msg import extract
from extractors.segments import UnreadableSource

MAILS = Path(__file__).parents[2] / "shared" / "data" / "emails"
needs_files = pytest.mark.skipif(not MAILS.exists(), reason="measuring files not here")


@pytest.mark.parametrize("data", [b"", b"no message", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600])
def test_what_is_no_message_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"^Cannot read 'x\.msg': [^\n]*$"):
        extract(data, "x.msg")


@needs_files
def test_an_html_body_and_its_attachments_are_read() -> None:
    name = "omp_HTML_mail_with_replyto_and_attachment_and_embedded_image.msg"
    first, *rest = extract((MAILS / name).read_bytes(), name)
    assert [s.text for s in first.segments] == ["We should meet up!"]
    assert {s.name.rpartition("/")[2] for s in rest} == {"dresscode.txt", "location.txt"}


@needs_files
def test_a_message_attached_to_a_message_is_a_source() -> None:
    name = "tika_testMSG_att_msg.msg"
    assert any(s.segments[0].text == "Blah blah blah" for s in extract((MAILS / name).read_bytes(), name)[1:])


@needs_files
def test_every_message_of_a_chain_has_its_sender() -> None:
    name = "omp_simple_reply_with_CC.msg"
    source = extract((MAILS / name).read_bytes(), name)[0]
    assert {s.message: s.speaker for s in source.segments}[3] == "David Johnston"
    assert max(s.message or 0 for s in source.segments) == 7


@needs_files
def test_an_encrypted_message_gives_one_warning() -> None:
    name = "omp_S_MIME_test_message_encrypted.msg"
    assert [w for w in extract((MAILS / name).read_bytes(), name)[0].warnings if "encrypted" in w]


@needs_files
@pytest.mark.parametrize("cut", [600, 5_000, 20_000, 30_000])
def test_a_truncated_message_never_ends_in_a_traceback(cut: int) -> None:
    data = (MAILS / "omp_simple_reply_with_CC.msg").read_bytes()[:cut]
    try:
        assert extract(data, "x.msg")
    except UnreadableSource as error:
        assert "x.msg" in str(error)
