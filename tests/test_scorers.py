"""Scorers of promises, fields and people: packet and answers in, items out."""

from __future__ import annotations

from typing import Any

import pytest
from scored import LIVE, TRAIN, evidence, items, notes, pair, promise, wanted

from eval.scorers import same_words
from eval.scorers.fields import says
from eval.scorers.people import same_person


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (LIVE, LIVE, True),
        (LIVE, LIVE.upper(), True),
        (LIVE, f"So, well. {LIVE} That is the plan.", True),
        ("We'll do it, Ann", "We’ll do it Ann!", True),
        (LIVE, TRAIN, False),
        ("Yes.", "yes", True),
        ("Yes.", "Yes, we do that for all.", False),
        ("", "", False),
        ("", LIVE, False),
        ("we will have the barn", "have we the will barn", False),
        ("and the", "and the rest of the mill is what we saw", True),
    ],
)
def test_quotes_are_the_same_place_when_most_of_the_shorter_runs_through_the_longer(
    a: str, b: str, same: bool
) -> None:
    assert same_words(a, b) is same
    assert same_words(b, a) is same


def test_found_missed_and_extra_promises_are_counted() -> None:
    packet = {"commitments": [promise(LIVE), promise("The weather was fine on the pier.", 2)]}
    gold = {"commitments": [wanted(1, LIVE), wanted(2, TRAIN)]}
    recall, precision = items(packet, gold, "recall"), items(packet, gold, "precision")
    assert [(i.id, i.right) for i in recall] == [("p1", True), ("p2", False)]
    assert pair(precision) == (1, 2)
    assert notes(recall) == [f"missed: {TRAIN}"]
    assert notes(precision) == ["no promise: The weather was fine on the pier."]


def test_only_promises_that_were_found_are_judged_and_a_wrong_verdict_is_told() -> None:
    packet = {"commitments": [promise(LIVE, verdict="vague"), promise(TRAIN, 2, verdict="covered")]}
    rows = [wanted(1, LIVE), wanted(2, TRAIN), wanted(3, "Nobody said this at all.")]
    verdicts = items(packet, {"commitments": rows}, "verdicts")
    assert [(i.gold, i.got, i.right) for i in verdicts] == [
        ("covered", "vague", False),
        ("covered", "covered", True),
    ]
    assert notes(verdicts)[0].startswith("is covered, got vague")


def test_the_clause_counts_where_the_answer_quotes_one() -> None:
    words = "The Hangars shall be ready nine weeks after signature."
    clause = {"source": "msa.docx", "section": "2.1", "quote": words}
    right = promise(LIVE, contract_evidence=[evidence(words, "msa.docx")])
    wrong = promise(TRAIN, 2, contract_evidence=[evidence("Invoices are due in thirty days.", "msa.docx")])
    gold = {"commitments": [wanted(1, LIVE, contract=clause), wanted(2, TRAIN, contract=clause)]}
    clauses = items({"commitments": [right, wrong]}, gold, "clauses")
    assert pair(clauses) == (1, 2)
    assert notes(clauses) == [f"clause not quoted: 2.1 {words}"]
    assert items({"commitments": [right]}, {"commitments": [wanted(1, LIVE)]}, "clauses") == []


def test_the_same_words_in_another_contract_are_another_clause() -> None:
    words = "The Hangars shall be ready nine weeks after signature."
    clause = {"source": "amendment.docx", "section": "2.1", "quote": words}
    found = promise(LIVE, contract_evidence=[evidence(words, "msa.docx")])
    gold = {"commitments": [wanted(1, LIVE, contract=clause)]}
    assert pair(items({"commitments": [found]}, gold, "clauses")) == (0, 1)


SWORN = "They swore it would be free."
TRAPS = {"traps": [{"source": "call.vtt", "quote": SWORN}]}


def test_a_trap_is_right_when_no_promise_quotes_it() -> None:
    assert pair(items({"commitments": [promise(LIVE)]}, TRAPS, "traps")) == (1, 1)
    taken = items({"commitments": [promise(SWORN)]}, TRAPS, "traps")
    assert (pair(taken), notes(taken)) == ((0, 1), [f"trap taken: {SWORN}"])


def test_a_promise_that_the_answers_know_takes_no_trap_that_stands_beside_it() -> None:
    both = {"commitments": [promise(f"{SWORN} {LIVE}")]}
    assert pair(items(both, {**TRAPS, "commitments": [wanted(1, LIVE)]}, "traps")) == (1, 1)
    assert pair(items(both, TRAPS, "traps")) == (0, 1)


def summary(status: str, text: str) -> dict[str, Any]:
    value = {"text": text, "evidence": [evidence(text)]}
    return {"summary": {"scope": {"training": {"status": status, "values": [value] if text else []}}}}


@pytest.mark.parametrize(
    ("status", "text", "right"),
    [
        ("stated", "Two training DAYS on site", 1),
        ("conflicting", "two training days", 1),
        ("stated", "three webinars", 0),
        ("not_stated", "", 0),
    ],
)
def test_a_field_is_right_when_it_says_one_of_the_wanted_words(status: str, text: str, right: int) -> None:
    gold = {"fields": {"scope.training": {"any_of": ["training days", "two days"]}}}
    assert pair(items(summary(status, text), gold, "fields")) == (right, 1)


@pytest.mark.parametrize(
    ("text", "wanted", "right"),
    [
        ("Five hospitals in all", "hospital", True),
        ("we needed it", "ED", False),
        ("19 users", "9", False),
        ("9 users", "9", True),
        ("90 users", "9", False),
        ("$1,299 a year", "$1,299", True),
        ("11,299 a year", "1,299", False),
        ("1,299.50 a year", "1,299", False),
        ("by 3 May.", "3 May", True),
        ("the clerk’s  office", "clerk's office", True),
        ("anything", "", False),
    ],
)
def test_a_wording_stands_from_a_words_start_and_a_figure_stands_whole(
    text: str, wanted: str, right: bool
) -> None:
    assert says(text, wanted) is right


def test_a_page_long_quote_states_no_field() -> None:
    packet = summary("stated", "word " * 100 + "training days")
    packet["summary"]["scope"]["training"]["values"][0]["text"] = "see the call"
    gold = {"fields": {"scope.training": {"any_of": ["training days"]}}}
    assert pair(items(packet, gold, "fields")) == (0, 1)


def test_an_absent_field_is_right_only_when_nothing_is_stated() -> None:
    gold = {"absent_fields": ["scope.training"]}
    assert pair(items(summary("not_stated", ""), gold, "absent")) == (1, 1)
    invented = items(summary("stated", "three webinars"), gold, "absent")
    assert pair(invented) == (0, 1)
    assert "three webinars" in notes(invented)[0]


def test_stakeholders_are_found_by_name_and_judged_by_role() -> None:
    people = [
        {"name": "Ines Duarte", "side": "customer", "role": "champion"},
        {"name": "Karl Voll", "side": "customer", "role": None},
    ]
    names = [("Ines Duarte", "champion"), ("Karl Voll", "blocker"), ("Moa Lund", "technical_lead")]
    gold = {"stakeholders": [{"name": n, "role": r} for n, r in names]}
    packet = {"stakeholders": people}
    assert pair(items(packet, gold, "stakeholders")) == (2, 3)
    assert pair(items(packet, gold, "roles")) == (1, 3)
    assert notes(items(packet, gold, "stakeholders")) == ["nobody called Moa Lund"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ines Duarte", "Inês Duarte", True),
        ("Ines", "Ines Duarte", True),
        ("Karl Berg", "Karl Voll", False),
        ("Ann Voll", "Karl Voll", False),
    ],
)
def test_a_shared_given_or_family_name_is_not_the_same_person(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
