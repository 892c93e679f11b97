"""What is known of each line of a contract before it is held against a promise."""

import pytest

from assistant.packet import Commitment, Evidence
from assistant.readers.embedded import retrieval
from assistant.readers.embedded.concepts import concepts_of, subjects_in
from assistant.readers.embedded.contract_lines import Line, placed
from assistant.readers.embedded.measures import Measures
from assistant.readers.embedded.promise_view import PromiseView
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


def promised(text: str, context: str = "") -> PromiseView:
    """What the vendor says, after what was said before."""
    quote = Evidence(source="call.vtt", segment_id="s1", quote=text, locator="")
    said = Commitment(id="c-1", party="vendor", speaker="Ann", category="other", text=text, evidence=(quote,))
    return PromiseView(said, text, text, Measures((), ()), subjects_in(text), concepts_of(text), context)


def found(promise: str, context: str = "") -> dict[str, Candidate]:
    """Candidates by the first word of their line."""
    return {c.line.text.split()[0]: c for c in ClauseIndex(LINES).rank(promised(promise, context))}


def test_a_line_is_laid_by_its_title_and_its_words_with_larger_numbers_in_figures() -> None:
    texts = [one.text for one in placed(LINES)]
    assert texts[:2] == [
        "Weighing: The Supplier calibrates every scale twice a year.",
        "Payment: Invoices fall due after 30 days.",
    ]


def test_every_line_knows_what_the_best_line_has() -> None:
    lines = found("we calibrate the scales")
    assert {c.best for c in lines.values()} == {lines["The"].best}
    assert lines["The"].best.same == lines["The"].same > lines["Invoices"].same


def test_a_line_knows_how_much_of_it_was_said_just_before() -> None:
    lines = found("Twice.", "And who will calibrate the scales?")
    assert lines["The"].before > lines["Invoices"].before == 0.0


def test_what_was_said_before_a_short_promise_tells_which_line_it_is_about() -> None:
    alone, after = found("Twice a year."), found("Twice a year.", "And how often do we get statements?")
    assert after["Statements"].cosine > alone["Statements"].cosine


PAPER = [
    titled("The unit charges in Attachment 1 are fixed to the twenty-fourth month after Launch.", "Charges"),
    titled("Two copies of each notice are sent to the price desk at the address in Attachment 2.", "Notices"),
    titled("Support is given on working days from 8:00 to 18:00.", "Support"),
    titled("Holding a place in the training courses is free until two days before.", "Training"),
]


def test_the_line_that_answers_in_other_words_comes_before_one_that_shares_more_of_them() -> None:
    promise = promised("That price holds, it's the same number for two years.")
    first, *others = ClauseIndex(PAPER).rank(promise)
    assert first.line is PAPER[0]
    assert first.behind == 0.0 and all(c.behind > 0 for c in others)


def test_without_a_model_lines_are_ranked_by_what_they_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieval, "place", lambda asked: None)
    ranked = ClauseIndex(LINES).rank(promised("we calibrate the scales"))
    assert ranked[0].line is LINES[0]
    assert [c.likely for c in ranked] == [c.relevance for c in ranked]
