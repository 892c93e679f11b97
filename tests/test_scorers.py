"""Scorers: packet and answers in, counts out."""

from __future__ import annotations

from typing import Any

import pytest
from packets import packet_of

from assistant.packet import Packet
from eval.gold import Gold
from eval.scorers import Counts, Scores, match_commitments, same_words, score

LIVE = "We'll have the two hangars live within nine weeks of signature."
TRAIN = "You get two training days at no charge."
AGAIN = "The two hangars are live by the first of May, as we said."


def evidence(quote: str, source: str = "call.vtt") -> dict[str, Any]:
    return {"source": source, "segment_id": "s1", "quote": quote, "locator": "00:01:00"}


def promise(quote: str, number: int = 1, source: str = "call.vtt", **more: Any) -> dict[str, Any]:
    return {
        "id": f"c-{number:06d}", "party": "vendor", "speaker": None, "category": "other", "text": quote,
        "evidence": [evidence(quote, source)], **more,
    }  # fmt: skip


def wanted(
    number: int, quote: str, verdict: str = "covered", source: str = "sources/call.vtt", **more: Any
) -> dict[str, Any]:
    return {
        "id": f"p{number}",
        "party": "vendor",
        "source": source,
        "quote": quote,
        "verdict": verdict,
        **more,
    }


def scores(packet: dict[str, Any], gold: dict[str, Any]) -> Scores:
    return score(packet_of(packet), Gold.model_validate({"deal": "mill", **gold}))


def pair(counts: Counts) -> tuple[int, int]:
    return counts.right, counts.total


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
    result = scores(packet, {"commitments": [wanted(1, LIVE), wanted(2, TRAIN)]})
    assert pair(result.recall) == (1, 2)
    assert pair(result.precision) == (1, 2)
    assert result.recall.wrong == [f"missed p2: {TRAIN}"]
    assert result.precision.wrong == ["extra: The weather was fine on the pier."]


def test_a_promise_is_looked_for_in_its_own_file_whatever_the_folder() -> None:
    there = promise(LIVE, source="calls/call.vtt")
    elsewhere = promise(LIVE, source="calls/mail.eml")
    gold = {"commitments": [wanted(1, LIVE)]}
    assert pair(scores({"commitments": [there]}, gold).recall) == (1, 1)
    assert pair(scores({"commitments": [elsewhere]}, gold).recall) == (0, 1)


def test_an_answer_is_used_once_so_a_promise_reported_twice_costs_precision() -> None:
    result = scores({"commitments": [promise(LIVE), promise(LIVE, 2)]}, {"commitments": [wanted(1, LIVE)]})
    assert pair(result.recall) == (1, 1)
    assert pair(result.precision) == (1, 2)


def test_wordings_of_one_promise_are_one_answer_judged_by_the_last() -> None:
    gold = {
        "commitments": [wanted(1, LIVE, "covered"), wanted(2, AGAIN, "contradicted")],
        "same_promise": [["p1", "p2"]],
    }
    joined = promise(AGAIN, verdict="contradicted")
    joined["history"] = [{"text": LIVE, "changed": "repeated", "evidence": [evidence(LIVE)]}]
    result = scores({"commitments": [joined]}, gold)
    assert [pair(c) for c in (result.recall, result.precision, result.verdicts)] == [(1, 1)] * 3
    apart = scores({"commitments": [promise(LIVE), promise(AGAIN, 2)]}, gold)
    assert pair(apart.precision) == (1, 2)


def test_an_earlier_wording_alone_finds_the_promise() -> None:
    early = promise("Something else was said at the end of the day.")
    early["history"] = [{"text": LIVE, "changed": "repeated", "evidence": [evidence(LIVE)]}]
    packet, gold = (
        packet_of({"commitments": [early]}),
        Gold.model_validate({"deal": "m", "commitments": [wanted(1, LIVE)]}),
    )
    pairs, missed, extra = match_commitments(packet.commitments, gold)
    assert (len(pairs), missed, extra) == (1, [], [])


def test_only_promises_that_were_found_are_judged_and_a_wrong_verdict_is_told() -> None:
    packet = {"commitments": [promise(LIVE, verdict="vague"), promise(TRAIN, 2, verdict="covered")]}
    result = scores(
        packet, {"commitments": [wanted(1, LIVE), wanted(2, TRAIN), wanted(3, "Nobody said this at all.")]}
    )
    assert pair(result.verdicts) == (1, 2)
    assert result.verdicts.wrong[0].startswith("p1 is covered, got vague")


def test_the_clause_counts_where_the_answer_quotes_one() -> None:
    clause = {
        "source": "msa.docx",
        "section": "2.1",
        "quote": "The Hangars shall be ready nine weeks after signature.",
    }
    right = promise(LIVE, contract_evidence=[evidence(clause["quote"], "msa.docx")])
    wrong = promise(TRAIN, 2, contract_evidence=[evidence("Invoices are due in thirty days.", "msa.docx")])
    gold = {"commitments": [wanted(1, LIVE, contract=clause), wanted(2, TRAIN, contract=clause)]}
    result = scores({"commitments": [right, wrong]}, gold)
    assert pair(result.clauses) == (1, 2)
    assert result.clauses.wrong == [f"p2: 2.1 {clause['quote']}"]
    assert pair(scores({"commitments": [right]}, {"commitments": [wanted(1, LIVE)]}).clauses) == (0, 0)


def test_a_trap_is_right_when_no_promise_quotes_it() -> None:
    traps = {"traps": [{"source": "call.vtt", "quote": "They swore it would be free."}]}
    assert pair(scores({"commitments": [promise(LIVE)]}, traps).traps) == (1, 1)
    taken = scores({"commitments": [promise("They swore it would be free.")]}, traps).traps
    assert (pair(taken), taken.wrong) == ((0, 1), ["trap taken: They swore it would be free."])


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
    assert pair(scores(summary(status, text), gold).fields) == (right, 1)


def test_an_absent_field_is_right_only_when_nothing_is_stated() -> None:
    gold = {"absent_fields": ["scope.training"]}
    assert pair(scores(summary("not_stated", ""), gold).absent) == (1, 1)
    invented = scores(summary("stated", "three webinars"), gold).absent
    assert pair(invented) == (0, 1)
    assert "three webinars" in invented.wrong[0]


def test_stakeholders_are_found_by_name_and_judged_by_role() -> None:
    people = [
        {"name": "Ines Duarte", "side": "customer", "role": "champion"},
        {"name": "Karl Voll", "side": "customer", "role": None},
    ]
    names = [("Ines Duarte", "champion"), ("Karl Voll", "blocker"), ("Moa Lund", "technical_lead")]
    gold = {"stakeholders": [{"name": n, "role": r} for n, r in names]}
    result = scores({"stakeholders": people}, gold)
    assert pair(result.stakeholders) == (2, 3)
    assert pair(result.roles) == (1, 3)
    assert "nobody called Moa Lund" in result.stakeholders.wrong


def test_missing_categories_count_both_ways() -> None:
    finding = {
        "id": "missing-category:risk_factors", "rule": "missing-category", "severity": "blocker",
        "category": "risk_factors", "message": "m", "ask": "a", "ask_of": "ae", "where": "risk_factors",
    }  # fmt: skip
    wrong = scores({"findings": [finding]}, {"missing_categories": ["stakeholders"]}).categories
    assert pair(wrong) == (0, 2)
    assert len(wrong.wrong) == 2
    assert pair(scores({"findings": [finding]}, {"missing_categories": ["risk_factors"]}).categories) == (
        1,
        1,
    )


@pytest.mark.parametrize(
    ("readiness", "right"),
    [
        (
            {
                "contract_fully_executed": True,
                "payment_terms": "net 30",
                "red_flags": ["No purchase order yet"],
            },
            3,
        ),
        (
            {
                "contract_fully_executed": True,
                "payment_terms": "30 days",
                "red_flags": ["missing purchase order"],
            },
            3,
        ),
        ({"contract_fully_executed": False, "payment_terms": "net 45", "red_flags": []}, 0),
        ({"payment_terms": "net 30"}, 1),
    ],
)
def test_preconditions_are_signature_payment_terms_and_red_flags(
    readiness: dict[str, Any], right: int
) -> None:
    gold = {
        "preconditions": {
            "contract_fully_executed": True,
            "payment_terms": "net 30",
            "red_flags": ["missing purchase order"],
        }
    }
    assert pair(scores({"readiness": readiness}, gold).preconditions) == (right, 3)


def test_nothing_to_get_right_is_all_right() -> None:
    assert Counts().rate == 1.0
    assert Counts(1, 4).rate == 0.25
    empty: Packet = packet_of({})
    result = score(empty, Gold(deal="mill"))
    assert pair(result.recall) == pair(result.precision) == pair(result.traps) == (0, 0)
