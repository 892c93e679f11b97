"""Paragraphs of plain text: no sentence is split."""

from __future__ import annotations

import pytest

from extractors.mail.paragraphs import paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ((
            "the price is what we\ndiscussed.\nPlease confirm."
        ), ["the price is what we discussed.", "Please confirm."]),
        ((
            "1) seats\n2) go-live on\n   1 June\n* training: two\n  days"
        ), ["1) seats", "2) go-live on 1 June", "training: two days"]),
        ("a long-\nterm plan", ["a long-term plan"]),
        ("the respon-\nsibility, our responsibility,", ["the responsibility, our responsibility,"]),
        ("pre-\nand post-sales", ["pre- and post-sales"]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("Price: $40\nSeats: 25", ["Price: $40", "Seats: 25"]),
        ("a\u200bb\u00adc\u00a0d", ["abc d"]),
        ("-----\n____", []),
        ("\U0001f44d", ["\U0001f44d"]),
    ],
)  # fmt: skip
def test_lines_become_paragraphs(text: str, expected: list[str]) -> None:
    assert paragraphs(text.split("\n")) == expected


def test_text_wrapped_at_a_width_is_joined_across_sentences() -> None:
    lines = [
        "The implementation takes twelve weeks from the day you sign the order.",
        "Training for the administrators is included and takes place in Leeds on",
        "Monday. Bring a laptop.",
    ]
    assert paragraphs(lines) == [" ".join(lines)]
