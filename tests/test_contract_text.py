from __future__ import annotations

from pathlib import Path

import pytest

from extractors import contract_text
from extractors.contract_text import clean
from extractors.segments import Source, UnreadableSource

DATA = Path(__file__).parent / "data/contracts"


def read(name: str) -> Source:
    return contract_text.extract((DATA / name).read_bytes(), name)[0]


def test_hard_wrapped_lines_are_joined_and_articles_counted() -> None:
    source = read("articles.txt")
    clauses = {s.section: s.text for s in source.segments if s.kind == "clause"}
    assert list(clauses) == ["4.01", "4.02", "V.1", "V.2", "VI.1", "VI.3", "1", "1.1"]
    assert clauses["4.01"].endswith("within 30 days of the invoice date.")
    assert "implementation fee is waived" in clauses["4.02"]


def test_an_amendment_is_one_with_its_date_and_both_signers() -> None:
    source = read("amendment.txt")
    assert (source.kind, source.title, str(source.happened_on)) == (
        "amendment",
        "AMENDMENT NO. 2",
        "2026-03-03",
    )
    assert [(q.name, q.title, q.organization) for q in source.people] == [
        ("Max Muster", "Geschäftsführer", "FOO GMBH"), ("Jeanne Roche", "Directrice", "BAR S.A."),
    ]  # fmt: skip


def test_an_order_form_of_labels_and_a_table() -> None:
    source = read("order-form.md")
    assert source.kind == "order_form"
    assert {"Payment terms: Net 45", "Core | 20 seats | £400"} <= {s.text for s in source.segments}
    assert [s.text.split(" By:")[0] for s in source.segments if s.kind == "signature"][
        1
    ] == "Oak & Vine Hotels plc"


def test_nested_markdown_lists_get_their_full_numbers() -> None:
    text = b"# Terms\n\n1. Fees\n    1. Customer pays them.\n    2. They are:\n        a. small;\n"
    text += b"        b. fixed.\n2. Term\n"
    found = contract_text.extract(text, "terms.md")[0].segments
    assert [s.section for s in found] == [None, "1", "1.1", "1.2", "2"]
    assert found[3].text == "They are: (a) small; (b) fixed."


def test_markdown_marks_are_removed_and_words_kept() -> None:
    marked = '**Fees** are <span id="x">[listed](https://a.b)</span> at `5` \\* & _____ stays'
    assert clean(marked) == "Fees are listed at 5 * & _____ stays"


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="no text"):
        contract_text.extract(b" \n", "a.txt")
