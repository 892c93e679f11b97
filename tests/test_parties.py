"""Who sells and who buys, as contracts of different styles say."""

from __future__ import annotations

import pytest

from assistant.evidence.parties import find_parties, role_side, same_company
from extractors.segments import Segment, Source


def contract(*texts: str) -> Source:
    segments = tuple(Segment(id=f"s{i}", text=t, kind="clause", locator="p") for i, t in enumerate(texts))
    return Source(name="c.docx", kind="contract", sha256="0", segments=segments)


@pytest.mark.parametrize(
    "texts",
    [
        ['is made as of 1 May 2026 between Northgate, Inc., a Delaware'
         ' corporation with its office at 8 Elm, Suite 4 ("Northgate"), and'
         ' Oak Foods LLC, a Texas company ("Customer").'],
        ['by and between Northgate, Inc. ("Provider") and Oak Foods LLC ("Client").'],
        ['BETWEEN: (1) Northgate, Inc., a company registered in England (the'
         ' "Supplier"); and (2) Oak Foods LLC (the "Buyer").'],
        ['is by and between Oak Foods LLC, with offices located at 1 High St'
         ' (hereinafter referred to as "Subscriber") and Northgate, Inc.'
         ' (hereinafter referred to as "Company").'],
        ['made on the 2nd day of May between NORTHGATE, INC., a corporation (hereinafter the "Supplier"),'
         ' and OAK FOODS LLC (hereinafter the "Buyer").'],
        ['is made effective on May 1 (the "Contract Date") by Northgate, Inc., of Elm St ("Provider"),'
         ' and Oak Foods LLC ("Museum").'],
        ["Between", 'Northgate, Inc., of Bristol ("we", "us"); and', 'Oak Foods LLC, of Leeds ("you").'],
        ["1 | Supplier | Northgate, Inc. ABN 41 623, Level 3", "2 | Subscriber | Oak Foods LLC ABN 77"],
        ["Cover Page", "Provider: Northgate, Inc.", "Customer: Oak Foods LLC"],
        ["Customer | Oak Foods LLC", "Vendor | Northgate, Inc."],
        ['This Order Form is an offer by Northgate, Inc., 19 Alley'
         ' ("Northgate", "we" or "us") to Oak Foods LLC ("you").'],
        ['between Oak Foods LLC ("Oak") and Northgate, Inc.'
         ' ("Northgate").', "Northgate shall provide the Service.",
         "Oak shall pay the fees.", "Northgate will host the data.", "Northgate shall maintain support."],
    ],
)  # fmt: skip
def test_the_parties_and_their_sides(texts: list[str]) -> None:
    assert {
        ("Northgate, Inc." if "northgate" in p.name.lower() else "Oak Foods LLC", p.side)
        for p in find_parties([contract(*texts)])
    } == {
        ("Northgate, Inc.", "vendor"),
        ("Oak Foods LLC", "customer"),
    }


@pytest.mark.parametrize(
    "text", ["", "between Monday and Friday.", "an agreement between friends", "Fees are due."]
)
def test_no_parties_where_none_are_named(text: str) -> None:
    assert find_parties([contract(text)]) == ()


def test_undecided_sides_stay_undecided() -> None:
    parties = find_parties([contract('between Oak Foods LLC ("Oak") and Northgate, Inc. ("Northgate").')])
    assert {p.side for p in parties} == {None}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("NORTHGATE, INC.", "Northgate", True),
        ("Northgate, Inc.", "Northgate Software Inc", True),
        ("Oak Foods LLC", "Oak Foods", True),
        ("Oak Foods LLC", "Oak Street Bank", False),
        ("United Foods", "United Motors", False),
        ("", "Oak", False),
    ],
)
def test_names_of_one_company(one: str, other: str, same: bool) -> None:
    assert same_company(one, other) is same


@pytest.mark.parametrize(
    ("word", "side"), [("Customer", "customer"), ("the Supplier", "vendor"), ("Company", None)]
)
def test_role_words(word: str, side: str | None) -> None:
    assert role_side(word) == side
