from __future__ import annotations

from pathlib import Path

import pytest
from word_files import docx, level, numbered, numbering, p, table

from extractors import docx as word
from extractors.segments import UnreadableSource

SHARED = Path(__file__).parents[2] / "shared"
MSA = SHARED / "deals/harborlight/sources/Wayfathom-Harborlight-MSA-executed.docx"


def test_a_contract_becomes_clauses_with_signers_and_date() -> None:
    body = "".join(
        [
            p("MASTER AGREEMENT"),
            p("This Agreement is made as of March 3rd, 2026 between Acme Ltd and Beta LLC (the Parties)."),
            numbered("FEES"),
            numbered("Payment. Customer shall pay each invoice within 30 days.", 1),
            table(
                ("ACME LTD", "BETA LLC"),
                ("By: /s/ Jo Tan", "By:"),
                ("Name: Jo Tan", "Name:"),
                ("Date: 3 May 2026", "Date:"),
            ),
        ]
    )
    source = word.extract(docx(body, numbering=numbering(level(0, "%1."), level(1, "%1.%2"))), "msa.docx")[0]
    assert (source.kind, source.title, str(source.happened_on)) == (
        "contract",
        "MASTER AGREEMENT",
        "2026-03-03",
    )
    assert [s.section for s in source.segments if s.kind == "clause"] == ["1.1"]
    assert [(q.name, q.organization) for q in source.people] == [("Jo Tan", "ACME LTD")]


def test_notes_are_paragraphs_under_their_headings() -> None:
    source = word.extract(
        docx(p("Who we saw", '<w:outlineLvl w:val="0"/>') + p("Jo and Ann.")), "notes.docx"
    )[0]
    assert source.kind == "notes" and [s.kind for s in source.segments] == ["heading", "paragraph"]
    assert source.segments[1].headings == ("Who we saw",)


def test_a_transcript_becomes_turns() -> None:
    talk = "".join(
        p(f"0:0:{n}.0 --&gt; 0:0:{n + 1}.0") + p("Jo Tan" if n % 2 else "Ann Lee") + p("We spoke.")
        for n in range(6)
    )
    source = word.extract(docx(talk), "call.docx")[0]
    assert source.kind == "call" and {s.speaker for s in source.segments} >= {"Jo Tan", "Ann Lee"}


def test_an_empty_document_says_so() -> None:
    assert "no text in this file" in word.extract(docx("<w:p/>"), "a.docx")[0].warnings


def test_a_damaged_file_is_refused() -> None:
    with pytest.raises(UnreadableSource, match=r"Cannot read 'a\.docx'"):
        word.extract(b"PK\x03\x04 nothing", "a.docx")


@pytest.mark.skipif(not MSA.exists(), reason="reference deal not here")
def test_the_reference_contract_is_read_whole() -> None:
    source = word.extract(MSA.read_bytes(), MSA.name)[0]
    sections = {s.section for s in source.segments}
    assert {"1.1", "1.12", "2.4", "12.9", "A.1", "A.8", "B.1", "B.5"} <= sections
    assert sum(s.kind == "table_row" for s in source.segments) == 10
    assert sum(s.kind == "signature" for s in source.segments) == 2
    row = next(s for s in source.segments if s.text.startswith("Priority 1 | "))
    assert row.section == "B.3" and "one (1) hour, at any time on any day of the year" in row.text


@pytest.mark.parametrize("path", sorted((SHARED / "data").glob("*/*.docx")), ids=lambda path: path.name)
def test_real_files_are_read_or_refused_in_one_line(path: Path) -> None:
    try:
        assert word.extract(path.read_bytes(), path.name)[0].segments
    except UnreadableSource as refused:
        assert path.name in str(refused) and "\n" not in str(refused)
