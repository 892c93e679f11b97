from __future__ import annotations

from datetime import date

import pytest

from extractors.documents.blocks import Block, Document
from extractors.documents.contract_source import contract_source, looks_like_contract, read_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("made as of 11 May 2026", date(2026, 5, 11)),
        ("as of the 5th day of February, 2020", date(2020, 2, 5)),
        ("effective March 3rd, 2026", date(2026, 3, 3)),
        ("Sept. 9, 2025", date(2025, 9, 9)),
        ("2026-05-11", date(2026, 5, 11)),
        ("5/11/2026", date(2026, 5, 11)),
        ("25/12/2026", date(2026, 12, 25)),
        ("24.12.2026", date(2026, 12, 24)),
        ("31 February 2026", None),
        ("no date", None),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    assert read_date(text) == expected


def test_the_effective_date_wins_over_other_dates() -> None:
    blocks = (
        Block("Dear all, on 1 January 2020 we met."),
        Block('This Agreement is entered into on 4 April 2026 (the "Effective Date") by the parties.'),
    )
    assert contract_source(Document(blocks), b"", "a.pdf").happened_on == date(2026, 4, 4)


def test_the_last_signature_dates_a_contract_that_states_none() -> None:
    blocks = [
        Block(t)
        for t in (
            "ACME LTD",
            "By: /s/ A",
            "Name: A",
            "Date: 3 May 2026",
            "BETA LLC",
            "By: /s/ B",
            "Date: 5 May 2026",
        )
    ]
    assert contract_source(Document(tuple(blocks)), b"", "a.pdf").happened_on == date(2026, 5, 5)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("MASTER SERVICES AGREEMENT", "contract"),
        ("Amendment No. 1 to the Agreement", "amendment"),
        ("Order Form", "order_form"),
        ("Statement of Work 3", "contract"),
    ],
)
def test_kinds_by_title(title: str, kind: str) -> None:
    assert contract_source(Document((Block(title, bold=True),)), b"", "a.pdf").kind == kind


def test_notes_are_no_contract() -> None:
    assert not looks_like_contract(Document((Block("We met Jo at the plant and had lunch."),)))


def test_plain_language_terms_are_a_contract() -> None:
    clauses = [Block(f"{n}.1 You pay the charges when we send you an invoice for it.") for n in range(1, 8)]
    assert looks_like_contract(Document(tuple(clauses)))
