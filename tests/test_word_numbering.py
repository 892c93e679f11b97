from __future__ import annotations

import pytest
from word_files import docx, level, numbered, numbering, p

from extractors.documents.word_blocks import WordWalker
from extractors.documents.word_numbering import letter, roman, shown
from extractors.documents.word_package import open_package

LEGAL = (level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter"), level(3, "(%4)", "lowerRoman"))


def labels(body: str, **parts: str) -> list[str | None]:
    return [block.label for block in WordWalker(open_package(docx(body, **parts), "a.docx")).walk().blocks]


def test_levels_count_and_deeper_levels_restart() -> None:
    body = "".join(numbered("x", n) for n in (0, 1, 1, 2, 2, 3, 0, 1))
    expected = ["1.", "1.1", "1.2", "(a)", "(b)", "(i)", "2.", "2.1"]
    assert labels(body, numbering=numbering(*LEGAL)) == expected


def test_formats_are_shown_as_word_shows_them() -> None:
    assert [roman(n) for n in (4, 9, 14, 40)] == ["IV", "IX", "XIV", "XL"]
    assert [letter(n) for n in (1, 26, 27)] == ["A", "Z", "AA"]
    assert [shown(3, f) for f in ("decimalZero", "lowerRoman", "upperLetter", "ordinal", "none")] == [
        "03", "iii", "C", "3rd", "",
    ]  # fmt: skip


def test_legal_numbering_turns_roman_parents_into_decimals() -> None:
    levels = (level(0, "Article %1.", "upperRoman"), level(1, "Section %1.%2", more="<w:isLgl/>"))
    assert labels(numbered("x") + numbered("y", 1), numbering=numbering(*levels)) == [
        "Article I.",
        "Section 1.1",
    ]


def test_a_start_override_restarts_the_list_once() -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    again += '<w:startOverride w:val="5"/>'
    nums = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{again}</w:lvlOverride></w:num>'
    body = numbered("a") + numbered("b") + numbered("c", num=2) + numbered("d", num=2)
    assert labels(body, numbering=numbering(*LEGAL, nums=nums)) == ["1.", "2.", "5.", "6."]


def test_a_deleted_paragraph_does_not_count() -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        '<w:rPr><w:del w:author="A"/></w:rPr></w:pPr>'
        '<w:del w:author="A"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>'
    )
    body = numbered("a") + gone + numbered("b")
    assert labels(body, numbering=numbering(*LEGAL)) == ["1.", "2."]


def test_a_style_numbers_its_paragraphs() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Clause"><w:basedOn w:val="Base"/></w:style>'
    )
    body = p("a", '<w:pStyle w:val="Clause"/>') + p("b", '<w:pStyle w:val="Clause"/>')
    assert labels(body, numbering=numbering(*LEGAL), styles=styles) == ["1.", "2."]


@pytest.mark.parametrize("num", ["0", "99"])
def test_no_list_or_an_unknown_one_gives_no_number(num: str) -> None:
    assert labels(numbered("a", num=int(num)), numbering=numbering(*LEGAL)) == [None]


def test_bullets_are_no_numbers() -> None:
    assert labels(numbered("a"), numbering=numbering(level(0, "·", "bullet"))) == [None]
