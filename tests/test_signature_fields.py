from __future__ import annotations

import pytest

from extractors.documents.signature_fields import read_signature


def test_a_filled_block() -> None:
    fields = read_signature(
        "ACME, INC. By: /s/ Jo Tan Name: Jo Tan Title: Vice President, Sales Date: 11 May 2026"
    )
    assert (fields.organization, fields.signature, fields.name) == ("ACME, INC.", "/s/ Jo Tan", "Jo Tan")
    assert (fields.title, fields.date, fields.blanks) == ("Vice President, Sales", "11 May 2026", ())


@pytest.mark.parametrize(
    "blank", ["", "____________", "[ ]", "TBD", "[signature]", "{name}", "-", "N/A", "......"]
)
def test_blanks(blank: str) -> None:
    fields = read_signature(f"BETA LLC Signature: {blank} Name: {blank} Title: {blank} Date: {blank}")
    assert fields.blanks == ("sign", "name", "title", "date")


def test_a_name_after_by_signs() -> None:
    assert read_signature("BETA LLC By: Jane Roe Title: CEO Date: 1 May 2026").signature == "Jane Roe"


def test_name_and_title_without_labels() -> None:
    fields = read_signature("ACME CORP. ____________ Jane Roe Chief Executive Officer Date: 5 May 2026")
    assert (fields.name, fields.title, fields.blanks) == ("Jane Roe", "Chief Executive Officer", ("sign",))
    signed = read_signature("ACME CORP. By: /s/ Jane Roe Jane Roe President Date: 5 May 2026")
    assert (signed.signature, signed.name, signed.title, signed.blanks) == (
        "/s/ Jane Roe",
        "Jane Roe",
        "President",
        (),
    )


def test_the_role_before_the_partys_name_is_dropped() -> None:
    assert read_signature("CUSTOMER: Beta LLC Signature: x").organization == "Beta LLC"
    assert read_signature("For and on behalf of Beta LLC Signature: x").organization == "Beta LLC"


def test_other_lines_end_a_field() -> None:
    fields = read_signature("Acme By: X Title: CEO Notice Address: a@b.com Date: 1 May")
    assert (fields.title, fields.date) == ("CEO", "1 May")


def test_a_block_without_any_label_is_read_as_blank_and_does_not_crash() -> None:
    fields = read_signature("ACME PTY LTD executed as a deed")
    assert set(fields.blanks) >= {"sign", "date"}


def test_one_line_names_who_signs_for_whom() -> None:
    fields = read_signature(
        "Signed by ANN POE for and on behalf of ALDER LTD /s/ Ann Poe Director Date: 3 May 2026"
    )
    assert (fields.organization, fields.name, fields.title) == ("ALDER LTD", "ANN POE", "Director")
    assert fields.blanks == ()


def test_name_and_title_share_a_label_and_office_is_a_title() -> None:
    both = read_signature("Alder Ltd Signed: A. Poe Name and title: Ann Poe, Director Date: 3 May 2026")
    assert (both.name, both.title, both.blanks) == ("Ann Poe", "Director", ())
    assert read_signature("Alder Ltd Signed: A. Poe Name: Ann Poe Office: Director Date: 3 May").blanks == ()


def test_signed_in_brackets_behind_a_name_is_a_signature() -> None:
    fields = read_signature(
        "Signed by the Supplier Ann Poe (signed) Name: Ann Poe Title: Director Date: 3 May 2026"
    )
    assert (fields.signature, fields.blanks) == ("Ann Poe (signed)", ())


@pytest.mark.parametrize("day", ["November 3, 2026", "3 November 2026", "2026-11-03", "03.11.2026"])
def test_a_date_without_a_label_ends_the_block(day: str) -> None:
    fields = read_signature(f"ACME LTD. /s/ Ann Roe Ann Roe Vice-President, Sales {day}")
    assert (fields.signature, fields.name) == ("/s/ Ann Roe", "Ann Roe")
    assert (fields.title, fields.date, fields.blanks) == ("Vice-President, Sales", day, ())
