"""What is known of each line of a contract before it is held against a promise."""

from assistant.readers.embedded.contract_lines import Line, meanings_of
from assistant.readers.embedded.retrieval import Candidate, ClauseIndex
from extractors.segments import Segment


def titled(text: str, title: str) -> Line:
    """A contract sentence under its title."""
    segment = Segment(id=text[:5], kind="clause", text=text, locator="")
    return Line("contract.txt", "contract", segment, text, title)


LINES = [
    titled("The Supplier calibrates every scale twice a year.", "Weighing"),
    titled("Invoices fall due after thirty days.", "Payment"),
    titled("Statements are sent by post.", "Payment"),
]


def found(promise: str, context: str = "") -> dict[str, Candidate]:
    """Candidates by the first word of their line."""
    return {c.line.text.split()[0]: c for c in ClauseIndex(LINES).rank(promise, context)}


def test_titles_are_compared_once_each_beside_the_lines_own_words() -> None:
    texts = list(meanings_of(LINES))
    assert texts == [*(line.text for line in LINES), "Weighing", "Payment"]


def test_every_line_knows_what_the_best_line_has() -> None:
    lines = found("we calibrate the scales")
    assert {c.best for c in lines.values()} == {lines["The"].best}
    assert lines["The"].best.same == lines["The"].same > lines["Invoices"].same


def test_a_line_knows_how_much_of_it_was_said_just_before() -> None:
    lines = found("Twice.", "And who will calibrate the scales?")
    assert lines["The"].before > lines["Invoices"].before == 0.0


def test_a_line_without_a_title_is_like_a_promise_by_its_own_words() -> None:
    [only] = ClauseIndex([titled("Statements are sent by post.", "")]).rank("by post")
    assert only.title == only.cosine
