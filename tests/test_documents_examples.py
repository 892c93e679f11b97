"""Every document of the example deals renders, opens again, and leaves no field blank."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from drafts import drafted_all
from lxml import etree
from pypdf import PdfReader

from assistant.documents import PAGES, Rendering
from assistant.protocol.policy import load_policy

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEFT_OVER = re.compile(
    r"\{\{|\}\}|\bNone\b(?! found| stated| among)|\bnan\b|TODO|TBD|lorem|\[[A-Z]+ not named\]"
)
"""What nobody filled in: placeholders, Python's words for nothing."""
MOST_PAGES = 10
"""Of the deal summary of any example, the large one included."""


@cache
def rendering(name: str) -> Rendering:
    made = {one.folder.name: one.packet for one in drafted_all(EXAMPLES)}
    return Rendering(made[name], load_policy())


@cache
def document_xml(example: str, page: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(rendering(example).render(f"{page}.docx"))) as package:
        return package.read("word/document.xml")


def blank_cells(xml: bytes) -> list[str]:
    """The row of each cell without words or a picture; a table's first row may have a blank header."""
    found = []
    for table in etree.fromstring(xml).iter(f"{W}tbl"):
        for row in table.iter(f"{W}tr"):
            cells = ["".join(t.text or "" for t in cell.iter(f"{W}t")).strip() for cell in row.iter(f"{W}tc")]
            if not all(cells):
                found.append(" | ".join(cells))
    return found


pages = pytest.mark.parametrize("page", [name for name, page in PAGES.items() if not page.kinds])
examples = pytest.mark.parametrize("example", [path.name for path in EXAMPLES])


@examples
@pages
def test_no_field_of_a_word_document_is_blank_and_no_placeholder_is_left(example: str, page: str) -> None:
    xml = document_xml(example, page)
    text = " ".join(t.text or "" for t in etree.fromstring(xml).iter(f"{W}t"))
    assert blank_cells(xml) == []
    assert not LEFT_OVER.search(own_words(text, example))


def own_words(text: str, example: str) -> str:
    """Without what sources say: a person may say "None of them" in a call."""
    for value in with_none(example):
        text = text.replace(value, "")
    return re.sub(r"“[^”]*”", "", text)


@cache
def with_none(example: str) -> list[str]:
    said = {v for v in _strings(rendering(example).packet.model_dump()) if "None" in v}
    return sorted(said, key=len, reverse=True)


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [s for one in value.values() for s in _strings(one)]
    if isinstance(value, (list, tuple)):
        return [s for one in value for s in _strings(one)]
    return [value] if isinstance(value, str) else []


@examples
def test_word_documents_open_again(example: str) -> None:
    for page in ("deal-summary", "stakeholder-map", "implementation-plan", "risk-register"):
        document = Document(io.BytesIO(rendering(example).render(f"{page}.docx")))
        assert document.paragraphs[0].text.endswith(rendering(example).packet.deal.account or "?")
        assert len(document.inline_shapes) == 1


@examples
def test_the_whole_packet_opens_as_pdf_with_all_its_parts(example: str) -> None:
    reader = PdfReader(io.BytesIO(rendering(example).render("packet.pdf")))
    parts = [one.title for one in reader.outline if not isinstance(one, list)]
    assert parts[0] == "Transfer packet" and parts[-1] == "Evidence" and len(parts) >= 9
    assert len(reader.pages) < 40


def test_the_deal_summary_is_short_enough_to_be_read() -> None:
    made = (rendering(path.name).render("deal-summary.pdf") for path in EXAMPLES)
    lengths = sorted(len(PdfReader(io.BytesIO(content)).pages) for content in made)
    assert lengths[-1] <= MOST_PAGES


@examples
def test_the_transfer_packet_is_one_page(example: str) -> None:
    assert len(PdfReader(io.BytesIO(rendering(example).render("transfer-packet.pdf"))).pages) == 1


@examples
def test_no_cited_fact_of_the_summary_is_lost(example: str) -> None:
    """Every value's words stand in the deal summary, every quote in the list of evidence."""
    packet = rendering(example).packet
    summary = words_of(document_xml(example, "deal-summary"))
    evidence = words_of(document_xml(example, "evidence"))
    values = [v for _, section in packet.summary for _, field in section for v in field.values]
    assert [v.text for v in values if folded(v.text) not in summary] == []
    assert [c.text for c in packet.commitments if folded(c.text) not in summary] == []
    quotes = [e.quote for v in values for e in v.evidence] + [
        e.quote for c in packet.commitments for e in c.evidence
    ]
    assert [quote for quote in quotes if folded(quote) not in evidence] == []


def words_of(xml: bytes) -> str:
    paragraphs = (
        "".join(t.text or " " for t in p.iter(f"{W}t", f"{W}br")) for p in etree.fromstring(xml).iter(f"{W}p")
    )
    return folded(" ".join(paragraphs))


def folded(text: str) -> str:
    return " ".join(text.split())
