from __future__ import annotations

import pytest

from extractors.documents.clause_numbers import Sequence, is_exhibit_heading, is_title, read_number


@pytest.mark.parametrize(
    ("text", "style", "printed", "rest"),
    [
        ("2.1 Fees are due.", "decimal", "2.1", "Fees are due."),
        ("2.1. Fees", "decimal", "2.1", "Fees"),
        ("12. GENERAL", "single", "12", "GENERAL"),
        ("Section 4.02 Late fees", "section", "4.02", "Late fees"),
        ("§ 3 Haftung", "section", "3", "Haftung"),
        ("ARTICLE IV - FEES", "article", "IV", "FEES"),
        ("Article Two: Term", "article", "Two", "Term"),
        ("SCHEDULE 2 - Support", "exhibit", "Schedule 2", "- Support"),
        ("B.3 Priorities", "lettered", "B.3", "Priorities"),
        ("PS-1 Limits", "lettered", "PS-1", "Limits"),
        ("X1.2 Price", "lettered", "X1.2", "Price"),
        ("(a) first", "item", "(a)", "first"),
        ("(iv) fourth", "item", "(iv)", "fourth"),
        ("A. Services", "capital", "A", "Services"),
    ],
)
def test_numbers_are_read_as_printed(text: str, style: str, printed: str, rest: str) -> None:
    number = read_number(text)
    assert number and (number.style, number.printed, number.rest) == (style, printed, rest)


@pytest.mark.parametrize(
    "text",
    [
        "30 days after",
        "99.5% of the minutes",
        "Section 5.3 is deleted",
        "Exhibit 10.14",
        "2026-05-11 signed",
        "$5.00 each",
        "A party shall",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert read_number(text) is None


def test_numbers_must_rise() -> None:
    sequence = Sequence()
    for text, accepted in [
        ("1.1 A", True),
        ("1.2 B", True),
        ("9.9 C", False),
        ("2. D", True),
        ("1.3 E", False),
    ]:
        number = read_number(text)
        assert number and sequence.accepts(number, firm=False) is accepted, text
        if accepted:
            sequence.advance(number)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Exhibit A - Order Form", True), ("EXHIBIT B", True), ("Schedule 1 Services", True),
        ("Exhibit A and Exhibit B", False), ("Schedule 2 shall apply.", False),
        ("Annex C, as amended", False),
    ],
)  # fmt: skip
def test_exhibit_headings(text: str, heading: bool) -> None:
    number = read_number(text)
    assert number and is_exhibit_heading(number) is heading


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Fees and Payment", True), ("LIMITATION OF LIABILITY", True), ("Definitions.", True),
        ("Customer shall pay the fees.", False), ("the end", False), ("Fees, taxes;", False), ("", False),
    ],
)  # fmt: skip
def test_titles(text: str, title: bool) -> None:
    assert is_title(text) is title
