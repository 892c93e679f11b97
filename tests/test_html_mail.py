"""HTML bodies as a reader of the mail sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.html_mail import extract, html_text
from extractors.segments import UnreadableSource

DATA = Path(__file__).parent / "data" / "emails"


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">secret</p>',
        '<p style="DISPLAY : none !important">secret</p>',
        '<span style="font-size:0">secret</span>',
        '<span style="font-size:1px">secret</span>',
        '<font color="#FFFFFF">secret</font>',
        '<span style="color:white">secret</span>',
        '<div style="background:#000"><span style="color:rgb(0,0,0)">secret</span></div>',
        '<div style="opacity:0">secret</div>',
        '<div style="max-height:0;overflow:hidden">secret</div>',
        '<div style="visibility:hidden">secret</div>',
        "<div hidden>secret</div>",
        "<style>.h{display:none}</style><p class='a h'>secret</p>",
        '<div style="text-indent:-9999px">secret</div>',
    ],
)
def test_hidden_text_is_left_out_and_reported(hidden: str) -> None:
    text, warnings = html_text(f"<html><body><p>Seen.</p>{hidden}</body></html>")
    assert "secret" not in text
    assert "Seen." in text
    assert len(warnings) == 1
    assert "1 words" in warnings[0]
    assert "secret" not in warnings[0]


def test_white_text_on_a_dark_ground_is_seen() -> None:
    assert (
        "Button"
        in html_text('<table bgcolor="#003366"><tr><td><a style="color:#fff">Button</a></td></tr></table>')[0]
    )


def test_quotations_become_marked_lines() -> None:
    text, _ = html_text(
        "<p>Yes.</p><blockquote type=cite>No?<blockquote type=cite>Why</blockquote></blockquote>"
    )
    assert [line for line in text.splitlines() if line.strip("> ")] == ["Yes.", "> No?", ">> Why"]


def test_lists_are_numbered_and_tables_read_row_by_row() -> None:
    text, _ = html_text("<ol start=3><li>a</li><li>b</li></ol><table><tr><td>x</td><td>y</td></tr></table>")
    assert [line for line in text.splitlines() if line] == ["3. a", "4. b", "x | y"]


def test_a_saved_mail_is_read_with_what_it_quotes() -> None:
    source = extract((DATA / "outlook.html").read_bytes(), "outlook.html")[0]
    assert [(s.speaker, s.text) for s in source.segments] == [
        ("Bob Ray", "Could you live with four weeks?"),
        (None, "Agreed, four weeks from signature."),
        (None, "Seats | Price"),
        (None, "25 | $40"),
        (None, "1. Training"),
        (None, "2. Go-live"),
    ]
    assert any("hidden" in w for w in source.warnings)


@pytest.mark.parametrize("data", [b"<html></html>", b"<p style='display:none'>x</p>", b"<script>x</script>"])
def test_a_page_without_visible_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"^Cannot read 'p\.html'"):
        extract(data, "p.html")


def test_deep_nesting_is_counted_as_not_read() -> None:
    assert "at least 2 words" in html_text("<div>" * 500 + "two words")[1][0]
    assert "nested too deep" in html_text("<div>" * 5000 + "two words")[1][0]


def test_a_declared_character_set_is_believed() -> None:
    page = '<meta charset="windows-1251"><p>Привет</p>'.encode("cp1251")
    assert extract(page, "p.html")[0].segments[0].text == "Привет"
