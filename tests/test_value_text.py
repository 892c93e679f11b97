"""A value is the fact: its number, lead-in, afterthought and the parties' duty are left to the quote."""
# ruff: noqa: E501 - one row a case

import pytest

from assistant.readers.embedded.value_text import (
    cell_text,
    duty_of,
    in_figures,
    without_afterthought,
    without_lead_in,
    without_number,
)


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("M3 | Commissioning complete | 30 September 2026", "Commissioning complete: 30 September 2026"),
        ("Dashboard | 2 plants | $4,800", "Dashboard: 2 plants, $4,800"),
        ("Total |  | $9,600", "Total: $9,600"),
        ("Training", "Training"),
    ],
)
def test_a_table_row_reads_as_a_line_without_its_code(row: str, line: str) -> None:
    assert cell_text(row) == line


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("3(b) Launch is planned for May.", "Launch is planned for May."),
        ("4.2 Support is by telephone.", "Support is by telephone."),
        ("(f) Export means the file.", "Export means the file."),
        ("• Two days on site", "Two days on site"),
        ("12 May 2026 is the start.", "12 May 2026 is the start."),
        ("24/7 telephone support", "24/7 telephone support"),
    ],
)
def test_a_clause_number_is_left_out_and_a_date_is_not(clause: str, words: str) -> None:
    assert without_number(clause) == words


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I'd say we have nine depots.", "we have nine depots."),
        ("To be honest, I mean, it takes a week.", "it takes a week."),
        ("So it takes a week.", "it takes a week."),
        ("Socks are what we make.", "Socks are what we make."),
    ],
)
def test_the_words_before_what_is_said_are_left_out(said: str, told: str) -> None:
    assert without_lead_in(said) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The stock figures are wrong every Monday, and I can put a name to it.", "The stock figures are wrong every Monday."),
        ("We go live in June at both yards, but not before the audit.", "We go live in June at both yards, but not before the audit."),
        ("We lose a full day a week, and it costs us 4,000 a month.", "We lose a full day a week, and it costs us 4,000 a month."),
        ("Our planner leaves us in the autumn, and Priya takes over.", "Our planner leaves us in the autumn, and Priya takes over."),
    ],
)  # fmt: skip
def test_an_afterthought_goes_only_where_it_tells_no_fact(said: str, told: str) -> None:
    assert without_afterthought(said) == told


@pytest.mark.parametrize(
    ("clause", "fact"),
    [
        ("The Supplier shall provide to the Customer two days of training.", "two days of training."),
        ("Corvane Systems, Inc. will furnish four remote sessions.", "Corvane Systems, Inc. will furnish four remote sessions."),
        ("The Customer shall provide a test system in May.", "The Customer shall provide a test system in May."),
    ],
)  # fmt: skip
def test_the_vendors_duty_is_what_is_given(clause: str, fact: str) -> None:
    assert duty_of(clause) == fact


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("eight (8) training sessions", "8 training sessions"),
        ("within forty-five (45) days", "within 45 days"),
        ("a discount of twelve per cent (12%)", "a discount of 12%"),
        ("the fee for one hundred and twenty (120) units", "the fee for 120 units"),
        ("the fees of Schedule B (2)", "the fees of Schedule B (2)"),
    ],
)
def test_a_number_in_words_and_figures_is_shown_in_figures(words: str, figures: str) -> None:
    assert in_figures(words) == figures
