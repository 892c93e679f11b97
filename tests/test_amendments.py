"""An amendment's changes reach the lines that they change, and its own old words count no longer."""

from __future__ import annotations

from assistant.readers.embedded.amendments import apply_amendments
from assistant.readers.embedded.contract_lines import Line
from extractors.segments import Segment


def line(text: str, section: str, kind: str = "contract", defines: str | None = None) -> Line:
    segment = Segment(id=section, text=text, kind="clause", locator=section, section=section)
    return Line(kind, kind, segment, text, "", defines=defines)


def full(*lines: Line) -> list[str]:
    return [x.full for x in apply_amendments(lines)]


def test_words_of_a_section_are_replaced_there_and_gone_from_the_amendment() -> None:
    change = line(
        'In Section 4.1 the words "two (2) hours" are replaced by "one (1) hour".', "2", "amendment"
    )
    old, new = full(line("Supplier answers within two (2) hours.", "4.1"), change)
    assert old == "Supplier answers within one (1) hour."
    assert "two (2)" not in new


def test_an_entry_of_a_table_is_replaced_by_the_name_of_its_row() -> None:
    change = line(
        'In Schedule C, the entry "300 Visits" opposite "Volume" is deleted and replaced with "500 Visits".',
        "1", "amendment",
    )  # fmt: skip
    assert full(line("Volume, 300 Visits", "C-1"), change)[0] == "Volume, 500 Visits"


def test_a_new_definition_takes_away_the_old_one_and_nothing_else() -> None:
    old = line('"Care Period" means ten days.', "1.2", defines="Care Period")
    other = line('"Site" means a place.', "1.3", defines="Site")
    text = 'The definition of "Care Period" in Article 1 is deleted and replaced: "Care Period" means a week.'
    change = line(text, "2", "amendment")
    assert [x.segment.section for x in apply_amendments([old, other, change])] == ["1.3", "2"]
