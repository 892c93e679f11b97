from __future__ import annotations

from assistant.evidence.execution import ExecutionFacts, read_execution
from extractors.documents.blocks import Block, Document
from extractors.documents.contract_source import contract_source
from extractors.segments import Source

SIGNED = ("ACME LTD", "By: /s/ Jo Tan", "Name: Jo Tan", "Title: CEO", "Date: 3 May 2026")
COUNTERSIGNED = ("BETA LLC", "By: /s/ Wes Hall", "Name: Wes Hall", "Title: CFO", "Date: 4 May 2026")
BLANK = ("BETA LLC", "By: __________", "Name: Wes Hall", "Title:", "Date: TBD")


def source(*texts: str, name: str = "msa.pdf", warnings: tuple[str, ...] = ()) -> Source:
    blocks = tuple(Block(text) for text in ("MASTER AGREEMENT", *texts))
    return contract_source(Document(blocks, warnings), b"", name)


def facts(*sources: Source) -> ExecutionFacts:
    return read_execution(sources, "Acme, Ltd.", "Beta")


def test_every_block_filled_is_fully_executed() -> None:
    found = facts(source(*SIGNED, *COUNTERSIGNED))
    assert found.contract_fully_executed is True and "no e-signature certificate" in found.note
    assert [(s.party, s.signed, s.name) for s in found.signatures] == [
        ("vendor", True, "Jo Tan"),
        ("customer", True, "Wes Hall"),
    ]
    assert not found.completion_certificate


def test_a_blank_names_the_document_and_the_field() -> None:
    found = facts(source(*SIGNED, *BLANK))
    assert found.contract_fully_executed is False
    assert found.note == "msa.pdf: signature, title and date of BETA LLC blank"
    assert found.signatures[1].blanks == ("signature", "title", "date")


def test_an_unsigned_amendment_leaves_the_whole_unexecuted() -> None:
    found = facts(source(*SIGNED, *COUNTERSIGNED), source(*SIGNED, *BLANK, name="amendment.docx"))
    assert found.contract_fully_executed is False and found.note.startswith("amendment.docx: ")


def test_no_block_tells_nothing() -> None:
    assert facts(source("1.1 Fees. Customer pays.")).contract_fully_executed is None
    scanned = source("1.1 Fees.", warnings=("no text on page 9: run OCR (e.g. ocrmypdf) and add the result",))
    assert "pages without text" in facts(scanned).note
    assert facts().contract_fully_executed is None


def test_one_partys_block_alone_tells_nothing() -> None:
    assert facts(source(*SIGNED)).contract_fully_executed is None


def test_a_certificate_of_completion_is_seen_and_an_open_one_is_none() -> None:
    done = source("1.1 Fees.", "Certificate Of Completion", "Envelope Id: 1A2B Status: Completed")
    assert facts(done).completion_certificate and facts(done).contract_fully_executed is True
    assert not facts(
        source("Certificate Of Completion", "Envelope Id: 1A2B Status: Sent")
    ).completion_certificate


def test_signature_fields_of_a_pdf() -> None:
    assert facts(source("1.1 Fees.", "Digital signature field S1: empty")).contract_fully_executed is False
    block = (*SIGNED, "BETA LLC", "By:", "Name: Wes Hall", "Title: CFO", "Date: 4 May 2026")
    assert facts(source(*block, "Digital signature field S1: signed")).contract_fully_executed is True


def test_entire_agreement_and_precedence_are_quoted_word_for_word() -> None:
    contract = source(
        "9.1 Law. Conflict of laws rules do not apply and Ohio law governs.",
        "9.2 Whole agreement. This Agreement is the whole agreement and supersedes any earlier proposal.",
        "9.3 Order of precedence. If the documents conflict, the Order Form prevails over Exhibit A.",
    )
    found = facts(contract)
    assert found.entire_agreement and found.entire_agreement.locator == "section 9.2"
    assert (
        found.precedence
        and found.precedence.quote == "If the documents conflict, the Order Form prevails over Exhibit A."
    )
    for evidence in (found.entire_agreement, found.precedence):
        segment = next(s for s in contract.segments if s.id == evidence.segment_id)
        assert evidence.quote in segment.text


def test_silence_is_no_entire_agreement_clause() -> None:
    found = facts(source("1.1 Fees. Customer pays the entire fee of the agreement in advance."))
    assert found.entire_agreement is None and found.precedence is None
