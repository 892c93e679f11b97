"""What one line of a contract says of a promise: numbers compared, wordings that clash, what is denied."""

from __future__ import annotations

from datetime import date

from assistant.evidence.people import Roster
from assistant.evidence.record import DealRecord
from assistant.packet import Category, Commitment, Deal, Evidence
from assistant.readers.embedded.assess import Assessment, assess
from assistant.readers.embedded.judge import make_setting
from assistant.readers.embedded.promise_view import PromiseView, view
from assistant.readers.embedded.signals import denies_shared, line_signals
from assistant.readers.embedded.terms import find_terms, judged_lines
from extractors.segments import Segment, Source

REST = (
    "The Supplier keeps the register of pumps.",
    "Either party may end this agreement if the other breaks it.",
    "This agreement is governed by the law of Norway.",
    "The Supplier insures its own vehicles against theft.",
)
DAY = date(2026, 5, 4)


def _assessed(promise: str, clause: str, category: Category = "other") -> tuple[PromiseView, Assessment]:
    """A promise against a clause that stands among others which have nothing to do with it."""
    segments = tuple(
        Segment(id=f"s{i}", text=text, kind="clause", section=f"{i}.1", locator=f"section {i}.1")
        for i, text in enumerate((clause, *REST), start=1)
    )
    record = DealRecord(
        Deal(), (Source(name="a.docx", kind="contract", sha256="0", segments=segments),), (), Roster(), DAY
    )
    terms = find_terms(record)
    setting = make_setting(judged_lines(record, terms), terms, DAY, {})
    quote = Evidence(source="call.vtt", segment_id="s1", quote=promise, locator="00:01:00")
    said = view(
        Commitment(id="c-1", party="vendor", speaker="Ann", category=category, text=promise,
                   evidence=(quote,), said_on="2026-04-20"),
        record, {},
    )  # fmt: skip
    ranked = setting.index.rank(said)
    nearest = next(c for c in ranked if c.line.segment.id == "s1")
    found = assess(said, nearest, setting)
    assert found is not None
    return said, found


def _against(promise: str, clause: str) -> list[str]:
    return [c.name for c in _assessed(promise, clause)[1].against]


def test_a_charge_for_another_thing_is_no_charge_for_what_was_to_be_free() -> None:
    clause = "Attendance of engineers at a Depot is charged at the hourly rate."
    assert "free_or_charged" not in _against("You get the demurrage screen for a year, no charge.", clause)
    assert "free_or_charged" in _against("Our engineers come to each depot at no charge.", clause)


def test_a_broken_number_is_the_rate_that_the_clause_has() -> None:
    clause = "For each card sale the Supplier retains two and six-tenths percent (2.6%) of the amount."
    same = _assessed("On a card sale it's two point six for us.", clause, "pricing")[1].comparisons
    less = _assessed("On a card sale it's two point one for us.", clause, "pricing")[1].comparisons
    assert [c.outcome for c in same] == ["equal"]
    assert [c.agreed for c in less] == ["2.6%"]
    assert less[0].outcome != "equal"


def test_only_this_and_without_limitation_cannot_both_be_true() -> None:
    wide = "Protected material means drawings, including without limitation prices and plans."
    assert "closed_or_open" in _against("The protection shall only include drawings.", wide)
    narrow = "Protected material means drawings only."
    assert "closed_or_open" not in _against("The protection shall only include drawings.", narrow)


def test_a_denial_counts_where_it_is_near_a_word_that_is_rare_in_the_contract() -> None:
    assert denies_shared(*_assessed("We polish the turbines.", "The Supplier does not polish turbines."))
    assert not denies_shared(*_assessed("We polish the turbines.", "The Supplier does not clean windows."))


def test_what_is_allowed_is_not_denied_by_a_denial_with_exceptions() -> None:
    clause = "The drawings are not shown to anybody except fitters."
    assert not denies_shared(*_assessed("You may show the drawings to your fitters.", clause))
    assert denies_shared(*_assessed("You may show the drawings.", "The drawings are not shown to anybody."))


def _compared(promise: str, clause: str, category: Category) -> list[str]:
    return [c.kind for c in _assessed(promise, clause, category)[1].comparisons]


def test_a_month_is_not_held_against_five_minutes() -> None:
    clause = "Data is loaded every five minutes by the Supplier."
    assert "time" not in _compared("The data of one month is loaded for you.", clause, "data")
    clause = "The Supplier answers within two days."
    assert "time" in _compared("We answer you within an hour.", clause, "support")


def test_a_word_of_charging_that_only_the_line_has_is_known_apart() -> None:
    clause = "Labels for pumps are charged at the list price."
    free, priced = "We give you the labels for the pumps.", "The labels for the pumps are charged by us."
    assert line_signals(*_assessed(free, clause)).get("word:only line charging")
    assert not line_signals(*_assessed(priced, clause)).get("word:only line charging")
