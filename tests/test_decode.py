import pytest

from extractors.decode import decode, fold

WORDS = "Zoë’s café – naïve"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_without_a_warning(codec: str) -> None:
    text = f"{WORDS}. " + "plain words follow. " * 20
    decoded = decode(text.encode(codec), "x.txt")
    assert decoded.text == text
    assert decoded.warnings == ()


def test_windows_1252_is_read_with_a_warning_that_names_the_file() -> None:
    decoded = decode(WORDS.encode("cp1252"), "old notes.txt")
    assert decoded.text == WORDS
    assert "old notes.txt" in decoded.warnings[0]
    assert "cp1252" in decoded.warnings[0]


def test_a_stray_byte_in_utf8_does_not_spoil_the_rest() -> None:
    data = "café naïve Zoë größer ".encode() + b"it\x92s"
    assert decode(data, "x").text == "café naïve Zoë größer it’s"


def test_a_file_cut_off_within_a_character_says_so() -> None:
    decoded = decode("twelve €".encode()[:-1], "x")
    assert decoded.text == "twelve "
    assert "cut off" in decoded.warnings[0]


def test_line_ends_become_one_kind_and_form_feeds_stay() -> None:
    assert decode(b"a\r\nb\rc\x0cd", "x").text == "a\nb\nc\x0cd"


def test_folding_removes_what_nobody_sees() -> None:
    assert fold("  net\u00a045\n\tdays\u200b \ufeff") == "net 45 days"
