"""Numbers are written alike before meanings are compared, however they were said."""

from __future__ import annotations

import pytest

from assistant.evidence.figures import larger_as_figures


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("ninety-nine point nine five, by the month", "99.95, by the month"),
        ("For ninety (90) days following the end", "For 90 days following the end"),
        ("six hundred and eighty-four thousand a year", "684,000 a year"),
        ("two million four hundred thousand", "2,400,000"),
        ("forty-three hundred doors", "4,300 doors"),
        ("net forty-five and thirty-six (36) months", "net 45 and 36 months"),
    ],
)
def test_larger_numbers_are_written_in_figures(said: str, written: str) -> None:
    assert larger_as_figures(said) == written


@pytest.mark.parametrize(
    "text", ["", "one of the two", "All twelve of them.", "99.95% per month", "an hour and a half", "Yes."]
)
def test_small_numbers_and_figures_stay_as_they_are(text: str) -> None:
    assert larger_as_figures(text) == text


def test_what_is_written_in_figures_stays_so() -> None:
    once = larger_as_figures("three hundred and forty-two seats at eighteen dollars")
    assert larger_as_figures(once) == once
