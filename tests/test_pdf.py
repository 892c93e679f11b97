from __future__ import annotations

import io
from pathlib import Path

import pytest
from pdf_files import lines, pdf
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors import pdf as pdf_reader
from extractors.segments import Segment, UnreadableSource

SHARED = Path(__file__).parents[2] / "shared/data"
OPENING = (
    "MASTER AGREEMENT",
    "",
    "This Agreement is made as of 3 May 2026 between the Parties named below, and",
    "governs all fees.",
    "",
)


def read(*pages: list[tuple[float, float, str]]) -> tuple[Segment, ...]:
    return pdf_reader.extract(pdf(*pages), "a.pdf")[0].segments


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableSource) as caught:
        pdf_reader.extract(data, "deal/a.pdf")
    assert str(caught.value).startswith("Cannot read 'deal/a.pdf': ") and "\n" not in str(caught.value)
    return str(caught.value)


def test_lines_are_joined_and_hyphens_undone() -> None:
    found = read(
        lines(
            *OPENING,
            "1. FEES",
            "",
            "1.1 Setup. Customer shall pay for the imple-",
            "mentation within",
            "30 days of the invoice.",
        )
    )
    assert (
        found[-1].text
        == "1.1 Setup. Customer shall pay for the implementation within 30 days of the invoice."
    )
    assert (found[-1].section, found[-1].page, found[-1].locator) == ("1.1", 1, "p. 1 section 1.1")


def test_a_compound_keeps_its_hyphen() -> None:
    found = read(lines(*OPENING, "1.1 Parties. No claim of a third-", "party is covered by this Agreement."))
    assert "a third-party is covered" in found[-1].text


def test_a_page_break_splits_no_sentence_and_running_lines_are_left_out() -> None:
    def page(number: int, *texts: str) -> list[tuple[float, float, str]]:
        frame = [(72, 760, "Acme Agreement - Confidential"), (300, 30, f"Page {number} of 3")]
        return [*frame, *lines(*texts)]

    found = read(
        page(1, *OPENING, "1.1 Term. This Agreement runs for the period that"),
        page(2, "is stated in Exhibit A and then ends.", "", "1.2 Renewal. It renews for one year."),
        page(3, "1.3 Law. Ohio law governs."),
    )
    clauses = [s for s in found if s.kind == "clause"]
    assert (
        clauses[0].text
        == "1.1 Term. This Agreement runs for the period that is stated in Exhibit A and then ends."
    )
    assert [(s.section, s.page) for s in clauses] == [("1.1", 1), ("1.2", 2), ("1.3", 3)]
    assert not any("Confidential" in s.text or "Page" in s.text for s in found)


def test_columns_of_a_signature_page_come_out_party_by_party() -> None:
    left = ("ACME LTD", "By: /s/ Jo Tan", "Name: Jo Tan", "Title: CEO", "Date: 3 May 2026")
    right = ("BETA LLC", "By: ____________", "Name: Wes Hall", "Title:", "Date:")
    pairs = zip(lines(*left, top=400), lines(*right, top=400, x=330), strict=True)
    found = read([*lines(*OPENING), *(line for pair in pairs for line in pair)])
    assert [s.text for s in found if s.kind == "signature"] == [" ".join(left), " ".join(right)]


def test_rows_of_a_table_are_one_segment_each() -> None:
    cells = [("Module", "Quantity", "Fee"), ("Core", "up to 10", "$5"), ("Extra", "one", "$7")]
    placed = [(72 + 150 * c, 500 - 18 * n, text) for n, row in enumerate(cells) for c, text in enumerate(row)]
    found = [s for s in read([*lines(*OPENING), *placed]) if s.kind == "table_row"]
    assert [s.text for s in found] == ["Module | Quantity | Fee", "Core | up to 10 | $5", "Extra | one | $7"]
    assert found[1].headings[-1] == "Module | Quantity | Fee"


def test_an_owner_password_opens_and_a_user_password_is_refused() -> None:
    def locked(user: str) -> bytes:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(lines(*OPENING)))))
        writer.encrypt(user, "owner", algorithm="AES-256")
        stream = io.BytesIO()
        writer.write(stream)
        return stream.getvalue()

    assert pdf_reader.extract(locked(""), "a.pdf")[0].segments
    assert "needs a password" in refusal(locked("secret"))


def scan() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for number in (1, 2, 3):
        if number == 1:
            canvas.drawString(72, 700, "Cover page with some text")
        else:
            pixel = b"P6 1 1 255 " + bytes((number, number, number))
            canvas.drawImage(ImageReader(io.BytesIO(pixel)), 72, 72, 100, 100)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_scanned_pages_are_named_with_the_remedy() -> None:
    assert pdf_reader.extract(scan(), "a.pdf")[0].warnings[0] == (
        "no text on pages 2-3: run OCR (e.g. ocrmypdf) and add the result"
    )


def test_a_pdf_without_any_text_is_refused() -> None:
    assert "run OCR" in refusal(pdf([]))


@pytest.mark.parametrize("data", [b"", b"<html>no pdf</html>", pdf(lines(*OPENING))[:400]])
def test_damaged_files_are_refused(data: bytes) -> None:
    refusal(data)


@pytest.mark.parametrize("path", sorted(SHARED.glob("*/*.pdf")), ids=lambda path: path.name[:40])
def test_real_files_are_read_or_refused_in_one_line(path: Path) -> None:
    try:
        source = pdf_reader.extract(path.read_bytes(), path.name)[0]
        assert source.segments or source.warnings
    except UnreadableSource as refused:
        assert path.name in str(refused) and "\n" not in str(refused)


def test_a_draft_marked_on_its_pages_is_reported() -> None:
    texts = (OPENING, ("1.1 Fees. Customer pays them.",), ("1.2 Term. It lasts a year.",))
    pages = [[(72.0, 760.0, "DRAFT v4 - 1 June 2026"), *lines(*text)] for text in texts]
    source = pdf_reader.extract(pdf(*pages), "a.pdf")[0]
    assert source.warnings[0].startswith('its pages are marked "DRAFT v4 - 1 June 2026"')
    assert not any("DRAFT" in segment.text for segment in source.segments)
