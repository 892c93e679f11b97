"""Signatures are read and left out; text never is."""

from __future__ import annotations

import pytest

from extractors.mail.signatures import drop_footers, split_signature


@pytest.mark.parametrize(
    ("block", "title", "organization"),
    [
        ((
            "Best,\nAnn\n\nAnn Lee\nHead of IT\nBuyer Group Ltd\n+44 20 7946 0000"
        ), "Head of IT", "Buyer Group Ltd"),
        ("-- \nAnn Lee\nHead of IT, Buyer Group Ltd", "Head of IT", "Buyer Group Ltd"),
        ("Ann Lee | Head of IT | Buyer Group Ltd", "Head of IT", "Buyer Group Ltd"),
        ((
            "Thanks!\nAnn Lee, PMP\nVP, Clinical Operations\nann@buyer.example"
        ), "VP, Clinical Operations", None),
        ((
            "Regards\n\n*Ann Lee* (she/her)\n*Chief Financial Officer*\nBuyer | 1 High Street"
        ), "Chief Financial Officer", "Buyer"),
        ((
            "Ann Lee\nAccount Executive, Mid-Market\nBuyer, Inc. | +1 206 555 0148"
        ), "Account Executive, Mid-Market", "Buyer, Inc."),
    ],
)  # fmt: skip
def test_titles_and_organizations_are_read(block: str, title: str, organization: str | None) -> None:
    lines, signature = split_signature(
        f"We pay in May.\n\n{block}".split("\n"), "Ann Lee", "ann@buyer.example"
    )
    assert signature is not None
    assert (signature.title, signature.organization) == (title, organization)
    assert lines[0] == "We pay in May."
    assert not any("0148" in x or "7946" in x for x in lines)


@pytest.mark.parametrize(
    "text",
    [
        "Summary\n------\n25 seats\ngo-live 1 June",
        "Ann Lee\n$40 per seat\nnet 45",
        "We spoke with Ann Lee\nthe Head of IT",
        "Two things:\n- training\n- 25 seats",
        "Best,\nAnn",
    ],
)
def test_what_is_no_signature_stays(text: str) -> None:
    lines = text.split("\n")
    assert split_signature(lines, "Ann Lee", "ann@buyer.example")[0] == lines


def test_a_postscript_below_the_signature_stays() -> None:
    lines, _ = split_signature(
        ["Ok.", "", "Ann Lee", "Head of IT", "", "P.S. The discount stands."], "Ann Lee"
    )
    assert lines[0] == "Ok."
    assert lines[-1] == "P.S. The discount stands."


@pytest.mark.parametrize(
    "footer",
    [
        "Sent from my iPhone",
        "Get Outlook for iOS",
        "Von meinem iPhone gesendet",
        "If you are not the intended recipient, delete this message.",
        "To unsubscribe from this list click here",
        "CAUTION: This email originated from outside of the organization.",
        "Please consider the environment before printing this email.",
    ],
)
def test_footers_go(footer: str) -> None:
    assert [x for x in drop_footers(["We agree.", "", footer]) if x] == ["We agree."]


@pytest.mark.parametrize(
    "line",
    [
        "We sent it from my office on Monday.",
        "Warning signs in the data should be shown.",
        "Confidential data stays in the EU.",
    ],
)
def test_sentences_that_resemble_footers_stay(line: str) -> None:
    assert drop_footers([line]) == [line]
