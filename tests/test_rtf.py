"""RTF that wraps HTML or text."""

from __future__ import annotations

import struct

import pytest

from extractors.mail.rtf import decompress, unwrap


def test_html_is_unwrapped() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0 Arial;}}"
        rb"{\*\htmltag64 <p>}Caf\'e9 \u8364?40{\*\htmltag72 </p>}\htmlrtf \par \htmlrtf0 }"
    )
    assert unwrap(rtf) == ("<p>Café €40</p>", True)


def test_plain_rtf_gives_its_text() -> None:
    assert unwrap(rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 One\par Two\tab x}") == ("One\nTwo\tx", False)


def test_an_uncompressed_container_is_opened() -> None:
    assert decompress(struct.pack("<IIII", 20, 6, 0x414C454D, 0) + b"{\\rtf}") == b"{\\rtf}"


def test_the_published_example_is_decompressed() -> None:
    example = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert decompress(example) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


@pytest.mark.parametrize(
    "data", [b"", b"short", b"\x00" * 40, struct.pack("<IIII", 9, 99_999_999, 0x75465A4C, 0) + b"x"]
)
def test_what_is_no_compressed_rtf_is_an_error(data: bytes) -> None:
    with pytest.raises(ValueError):
        decompress(data)


@pytest.mark.parametrize("rtf", [b"}}}}", b"{" * 5000, rb"\u-1?\'zz", b"\\", rb"{\*\htmltag"])
def test_broken_rtf_never_fails(rtf: bytes) -> None:
    unwrap(rtf)
