from __future__ import annotations

from extractors.documents.blocks import Block
from extractors.documents.clauses import ClauseBuilder
from extractors.segments import Segment


def build(*blocks: Block | str) -> tuple[Segment, ...]:
    return ClauseBuilder().build(tuple(b if isinstance(b, Block) else Block(b) for b in blocks))


def sections(*blocks: Block | str) -> list[tuple[str, str | None]]:
    return [(s.kind, s.section) for s in build(*blocks)]


def test_a_clause_has_its_number_heading_and_place() -> None:
    clause = build("3. IMPLEMENTATION", "3.1 Plan. The parties shall agree a plan.")[1]
    assert (clause.kind, clause.section, clause.locator) == ("clause", "3.1", "section 3.1")
    assert clause.headings == ("3. IMPLEMENTATION",)
    assert clause.text == "3.1 Plan. The parties shall agree a plan."


def test_the_page_stands_in_the_locator() -> None:
    assert build(Block("2.1 Fees. Customer pays.", page=4))[0].locator == "p. 4 section 2.1"


def test_exhibits_start_numbers_again() -> None:
    found = build(
        "1. TERM",
        "1.1 A term.",
        "EXHIBIT B - SERVICE LEVELS",
        "1. Uptime.",
        "1.1 It is 99.5% a month.",
        "B.2 Credit.",
    )
    assert [s.locator for s in found[2:]] == [
        "Exhibit B", "Exhibit B section 1", "Exhibit B section 1.1", "section B.2",
    ]  # fmt: skip
    assert found[4].headings == ("EXHIBIT B - SERVICE LEVELS", "1. Uptime.")


def test_a_sentence_about_an_exhibit_is_no_heading() -> None:
    assert build("Exhibit B sets out the service levels.")[0].kind == "paragraph"


def test_articles_and_sections() -> None:
    assert sections("ARTICLE IV", "FEES", "Section 4.01 Sum. It is paid.", "Section 4.02 Due. It is.") == [
        ("heading", "IV"), ("heading", "IV"), ("clause", "4.01"), ("clause", "4.02"),
    ]  # fmt: skip


def test_numbers_that_restart_in_each_article_carry_the_article() -> None:
    found = sections(
        "ARTICLE I - A", "1. One is here.", "2. Two is here.", "ARTICLE II - B", "1. Three is here."
    )
    assert [section for _, section in found] == ["I", "I.1", "I.2", "II", "II.1"]


def test_items_stay_with_their_clause_while_short() -> None:
    found = build("2.1 Customer shall not:", "(a) resell the Service;", "(b) probe it.")
    assert [s.text for s in found] == ["2.1 Customer shall not: (a) resell the Service; (b) probe it."]


def test_long_items_are_segments_of_their_own() -> None:
    long = "and the Provider will keep to it. " * 20
    found = build("2.1 The Provider will do this:", f"(a) {long}", f"(b) {long}", f"(i) {long}")
    assert [s.section for s in found] == ["2.1", "2.1(a)", "2.1(b)", "2.1(b)(i)"]


def test_a_long_clause_is_split_at_sentences_under_one_section() -> None:
    found = build("2.1 " + "This is a sentence of some length. " * 90)
    assert len(found) > 1 and {s.section for s in found} == {"2.1"}
    assert all(len(s.text) <= 1500 and s.text.endswith(".") for s in found)


def test_the_word_processors_number_is_the_section_and_stays_out_of_the_text() -> None:
    clause = build(Block("Fees. Customer pays them.", label="5.1"))[0]
    assert (clause.section, clause.text) == ("5.1", "Fees. Customer pays them.")


def test_a_list_of_numbers_inside_a_clause_opens_no_sections() -> None:
    found = sections(
        "4. SUPPORT",
        "4.1 The steps are as follows:",
        "1. open a ticket;",
        "2. wait for us.",
        "4.2 That is all.",
    )
    assert [section for _, section in found] == ["4", "4.1", "4.2"]


def test_a_number_at_a_lines_start_is_no_clause_number() -> None:
    found = build("5.1 Payment is due within", Block("30 days of the invoice.", firm=False))
    assert [s.section for s in found] == ["5.1", "5.1"]


def test_an_amendment_keeps_its_own_numbers() -> None:
    found = build(
        "1. Section 5.3 of the Agreement is deleted and replaced with the following:", "2. The rest stays."
    )
    assert [s.section for s in found] == ["1", "2"]


def test_rows_belong_to_the_section_above_and_show_their_columns() -> None:
    row = Block("Core | $5", kind="row", cells=("Core", "$5"), header=("Module", "Fee"), table=1)
    found = build("A.1 Modules. They are:", row)[1]
    assert (found.kind, found.section, found.text) == ("table_row", "A.1", "Core | $5")
    assert found.headings[-1] == "Module | Fee" and found.locator == "section A.1 row 1"


def test_unnumbered_headings_stand_above_paragraphs() -> None:
    found = build(Block("Paying us", bold=True), "You pay when we bill you.")
    assert found[0].kind == "heading" and found[1].headings == ("Paying us",) and found[1].section is None


def test_a_table_of_contents_numbers_nothing() -> None:
    assert build("1. Definitions ........ 3")[0].section is None


def test_identifiers_are_unique_and_text_is_folded() -> None:
    found = build("1. A\tB", "1.1 C \n d is here.")
    assert [s.id for s in found] == ["s0001", "s0002"] and found[1].text == "1.1 C d is here."


def test_no_blocks_give_no_segments() -> None:
    assert build() == () and build("  ") == ()
