import io
import zipfile

import pytest

from extractors import EXTRACTORS, UnreadableSource, read_source
from extractors.formats import FITTING, TRUE_TYPES

CALL = b"Ann Lo: Hello there.\nBo Li: Hi.\nAnn Lo: We start in May.\nBo Li: Good.\n"


def zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


def test_every_suffix_says_what_its_bytes_may_be() -> None:
    assert EXTRACTORS.keys() == FITTING.keys()
    assert {module for _, module in TRUE_TYPES.values()} == set(EXTRACTORS.values())


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.key", b"text", "'.key' is none of .vtt"),
        ("x.txt", b"", "empty"),
        ("x.vtt", b" \n\xef\xbb\xbf", "empty"),
        ("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
        ("x.mp3", b"ID3abc", "transcript your meeting tool exports"),
        ("x.txt", zipped("a.txt"), "unpack it"),
        ("x.docx", b"\x89PNG\r\n", "it is an image, not .docx"),
        ("x.pdf", zipped("xl/workbook.xml"), "spreadsheet"),
        ("x.txt", bytes(range(256)) * 9, "holds no text"),
        ("noname", b"text without a suffix", "is none of"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line_with_the_remedy(
    name: str, data: bytes, says: str
) -> None:
    with pytest.raises(UnreadableSource) as refused:
        read_source(data, name)
    message = str(refused.value)
    assert message.startswith(f"Cannot read '{name}': ")
    assert says in message
    assert "\n" not in message


def test_a_transcript_named_docx_is_read_as_text_with_a_warning() -> None:
    source = read_source(CALL, "call.docx")[0]
    assert (source.kind, len(source.segments)) == ("call", 4)
    assert "is plain text, not .docx" in source.warnings[0]


def test_a_vtt_named_txt_needs_no_warning() -> None:
    source = read_source(b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hi\n", "call.txt")[0]
    assert (source.segments[0].speaker, source.warnings) == ("Ann", ())


def test_utf16_text_is_no_binary() -> None:
    assert read_source(CALL.decode().encode("utf-16"), "call.txt")[0].kind == "call"


def test_notes_are_paragraphs_and_list_items() -> None:
    source = read_source(
        b"# Prep\n\nThey run\ntwo sites.\n\n- ask for the PO\n- ask for a date\n", "prep.md"
    )[0]
    assert source.kind == "notes"
    assert [s.text for s in source.segments if s.kind != "heading"] == [
        "They run two sites.", "- ask for the PO", "- ask for a date",
    ]  # fmt: skip
