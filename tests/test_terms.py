"""What the contract obliges, and what an amendment changes of it."""
# ruff: noqa: E501 - one row a case

from datetime import date

from assistant.evidence.people import Roster
from assistant.evidence.record import DealRecord
from assistant.packet import Deal
from assistant.readers.embedded.contract_lines import contract_lines
from assistant.readers.embedded.measures import term_durations
from assistant.readers.embedded.terms import find_terms
from extractors.segments import Segment, Source, SourceKind

PREAMBLE = 'This Agreement is made between Alder Systems Inc. ("Alder"), and Birch Stores LLC (the "Buyer").'


def _source(*rows: tuple[str | None, str], kind: SourceKind = "contract", name: str = "msa.docx") -> Source:
    segments = tuple(
        Segment(id=f"s{i}", text=text, kind="table_row" if "|" in text else "clause", section=section,
                headings=("Feature | Quantity",) if "|" in text and i else (), locator=f"section {section}")
        for i, (section, text) in enumerate(rows)
    )  # fmt: skip
    return Source(name=name, kind=kind, sha256="0", segments=segments, happened_on=date(2026, 5, 4))


def _record(*sources: Source) -> DealRecord:
    return DealRecord(Deal(), sources, (), Roster(), date(2026, 5, 11))


def test_a_term_knows_its_section_party_and_number() -> None:
    record = _record(
        _source((None, PREAMBLE), ("3.1", "3.1 Plan. Buyer shall pay each invoice within thirty (30) days."))
    )
    term = next(t for t in find_terms(record) if t.section == "3.1")
    assert term.party == "customer"
    assert term.quantity is not None and (term.quantity.value, term.quantity.unit) == (30, "day")
    assert term.evidence[0].quote == "Buyer shall pay each invoice within thirty (30) days."


def test_every_quote_stands_in_its_segment() -> None:
    record = _record(
        _source(
            (
                "1",
                "1. Scope. The following are not included: travel; printing; and hardware. Alder shall host.",
            )
        )
    )
    for term in find_terms(record):
        for evidence in term.evidence:
            assert evidence.quote in record.segment(evidence.source, evidence.segment_id).text


def test_a_listed_item_keeps_what_it_hangs_on() -> None:
    lines = contract_lines(_source(("1", "1. The following are not included: travel; printing; hardware.")))
    assert lines[0].full == "The following are not included: travel"


def test_a_table_row_is_read_with_its_header() -> None:
    lines = contract_lines(_source((None, "Feature | Quantity"), (None, "Storage | 50 GB")))
    assert [line.full for line in lines] == ["Feature: Storage. Quantity: 50 GB"]


def test_a_definition_is_a_term_only_where_it_sets_a_number() -> None:
    record = _record(
        _source(
            ("1.1", '1.1 "Site" means a shop of Buyer.'),
            ("1.2", '1.2 "Session" means a class of up to two hours.'),
        )
    )
    assert [t.section for t in find_terms(record)] == ["1.2"]


def test_a_named_period_knows_how_long_it_lasts() -> None:
    lines = contract_lines(
        _source(("9", '9. This Agreement runs for thirty-six (36) months (the "Initial Term").'))
    )
    assert term_durations(lines)["initial term"].value == 36


def test_an_amendment_replaces_a_section() -> None:
    contract = _source(
        ("5.3", "5.3 Payment. Invoices are due in thirty (30) days."),
        ("5.4", "5.4 Late sums bear interest at 1%."),
    )
    change = _source(
        ("2", "2. Section 5.3 is deleted and replaced with the following: Invoices are due in sixty (60) days."),
        kind="amendment", name="amendment-1.docx",
    )  # fmt: skip
    terms = find_terms(_record(contract, change))
    assert not any("thirty (30)" in t.text for t in terms)
    assert any("sixty (60)" in t.text for t in terms)
    assert any(t.section == "5.4" for t in terms)


def test_an_amendment_replaces_words() -> None:
    contract = _source(("3.2", "3.2 Launch. Alder shall launch within twelve (12) weeks."))
    change = _source(
        ("1", '1. In Section 3.2, "twelve (12) weeks" is replaced with "ten (10) weeks".'),
        kind="amendment",
        name="a.docx",
    )
    term = next(t for t in find_terms(_record(contract, change)) if t.section == "3.2")
    assert "ten (10) weeks" in term.text
    assert term.quantity is not None and term.quantity.value == 10


def test_no_contract_has_no_terms() -> None:
    assert find_terms(_record()) == []
