from __future__ import annotations

from extractors.documents.blocks import Block
from extractors.documents.signature_blocks import find_signatures, label_of


def parties(*blocks: Block | str) -> list[str]:
    regions = find_signatures([b if isinstance(b, Block) else Block(b) for b in blocks])
    return [party for region in regions for party in region.parties]


def rows(*cells: tuple[str, ...]) -> list[Block]:
    return [Block(" | ".join(row), kind="row", cells=row, table=1) for row in cells]


def test_columns_of_a_table_come_out_party_by_party() -> None:
    table = rows(
        ("ACME, INC.", "BETA LLC"),
        ("By: /s/ Jo Tan", "By: ______"),
        ("Name: Jo Tan", "Name:"),
        ("Date: 1 May 2026", "Date:"),
    )
    assert parties(*table) == [
        "ACME, INC. By: /s/ Jo Tan Name: Jo Tan Date: 1 May 2026",
        "BETA LLC By: ______ Name: Date:",
    ]


def test_a_column_of_labels_is_given_to_each_party() -> None:
    table = rows(
        ("", "PROVIDER: Acme", "", "CUSTOMER: Beta"), ("Signature", "", "", "/s/ B"), ("Title", "CEO", "", "")
    )
    assert parties(*table) == [
        "PROVIDER: Acme Signature: Title: CEO",
        "CUSTOMER: Beta Signature: /s/ B Title:",
    ]


def test_one_cell_a_party_with_lines_below_one_another() -> None:
    table = rows(("Acme Ltd\nBy: /s/ A\nName: A B\nDate: today", "Beta GmbH\nBy:\nName:\nDate:"))
    assert parties(*table) == ["Acme Ltd By: /s/ A Name: A B Date: today", "Beta GmbH By: Name: Date:"]


def test_blocks_below_one_another() -> None:
    lines = (
        "ACME CORP.",
        "By: /s/ A B",
        "Name: A B",
        "Title: CEO",
        "BETA LLC",
        "By: ____",
        "Name: C D",
        "Title: CFO",
    )
    assert parties(*lines) == [
        "ACME CORP. By: /s/ A B Name: A B Title: CEO",
        "BETA LLC By: ____ Name: C D Title: CFO",
    ]


def test_two_columns_by_tabs() -> None:
    lines = ("ACME CORP.\t\tBETA LLC", "By: ____\t\tBy: /s/ C", "Name: A\t\tName: C", "Date:\t\tDate: 1 May")
    assert parties(*lines) == ["ACME CORP. By: ____ Name: A Date:", "BETA LLC By: /s/ C Name: C Date: 1 May"]


def test_labels_below_their_lines() -> None:
    lines = ("iWidget Inc.", "By: /s/ V B", "V B", "Printed Name", "CEO", "Title", "4/24/2018", "Date")
    assert parties(*lines) == ["iWidget Inc. By: /s/ V B Printed Name: V B Title: CEO Date: 4/24/2018"]


def test_signature_then_by_is_one_party() -> None:
    assert parties("Acme Inc.", "Signature: /s/ P R", "By: P R", "Its: CFO", "Date: 2-6-2020") == [
        "Acme Inc. Signature: /s/ P R By: P R Its: CFO Date: 2-6-2020"
    ]


def test_an_exhibit_after_the_page_is_no_part_of_it() -> None:
    region = find_signatures([Block(t) for t in ("ACME CORP.", "By: ____", "Name: A", "EXHIBIT A - FEES")])[0]
    assert (region.start, region.stop) == (0, 3)


def test_prose_about_signatures_is_none() -> None:
    assert (
        parties("12.9 This Agreement may be signed in counterparts.", "Date: 3 May 2026", "Title: Terms")
        == []
    )


def test_a_table_of_contacts_is_none() -> None:
    assert parties(*rows(("Name", "Title", "Email"), ("Jo", "CEO", "jo@acme.com"))) == []


def test_labels_in_many_words() -> None:
    found = [
        label_of(t)
        for t in ("Print Name: X", "Its: CEO", "Authorized Signature:", "Date Signed: 1", "By", "Bylaws: x")
    ]
    assert found == ["name", "title", "sign", "date", "sign", None]


def test_signed_for_a_party_heads_its_block_and_signs_nothing() -> None:
    found = parties(
        "Signed for Alder Ltd",
        "Signature: /s/ Ann Poe",
        "Name: Ann Poe",
        "Position: Director",
        "Date: 3 May 2026",
        "Signed for Birch plc",
        "Signature: ",
        "Name: Bo Lee",
        "Date:",
    )
    assert found == [
        "Signed for Alder Ltd Signature: /s/ Ann Poe Name: Ann Poe Position: Director Date: 3 May 2026",
        "Signed for Birch plc Signature: Name: Bo Lee Date:",
    ]


def test_a_row_of_labels_heads_a_row_for_each_party() -> None:
    table = rows(
        ("Party", "Signature", "Name", "Date"),
        ("Alder Ltd", "/s/ Ann Poe", "Ann Poe", "3 May 2026"),
        ("Birch plc", "", "Bo Lee", ""),
    )
    assert parties(*table) == [
        "Alder Ltd Signature: /s/ Ann Poe Name: Ann Poe Date: 3 May 2026",
        "Birch plc Signature: Name: Bo Lee Date:",
    ]


def test_name_title_and_date_below_a_signature_need_no_labels() -> None:
    lines = ("ACME LTD.", "/s/ A Roe", "Ann Roe", "Vice-President, Sales", "November 3, 2026")
    other = ("BETA GMBH", "/s/ C Doe", "Cora Doe", "Owner", "5. November 2026")
    assert parties(*lines, *other) == [" ".join(lines), " ".join(other)]


def test_a_mark_without_title_or_date_is_no_signature_page() -> None:
    assert parties("ACME LTD.", "/s/ A Roe", "The parties met in May.") == []
