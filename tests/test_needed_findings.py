"""Scorers of readiness, findings, conflicts and quotes: packet and answers in, items out."""

from __future__ import annotations

from typing import Any

import pytest
from packets import packet_of
from scored import LIVE, TRAIN, evidence, items, notes, pair, promise, wanted

from eval.gold import Gold
from eval.scorers import score


def test_missing_categories_count_both_ways() -> None:
    finding = {
        "id": "missing-category:risk_factors", "rule": "missing-category", "severity": "blocker",
        "category": "risk_factors", "message": "m", "ask": "a", "ask_of": "ae", "where": "risk_factors",
    }  # fmt: skip
    packet = {"findings": [finding]}
    wrong = items(packet, {"missing_categories": ["stakeholders"]}, "categories")
    assert (pair(wrong), len(notes(wrong))) == ((0, 2), 2)
    assert pair(items(packet, {"missing_categories": ["risk_factors"]}, "categories")) == (1, 1)


@pytest.mark.parametrize(
    ("executed", "terms", "flags", "right"),
    [
        (True, "net 30", ["No purchase order yet"], 3),
        (True, "30 days", ["missing purchase order"], 3),
        (False, "net 45", [], 0),
        (None, "net 30", [], 1),
    ],
)
def test_preconditions_are_signature_payment_terms_and_red_flags(
    executed: bool | None, terms: str, flags: list[str], right: int
) -> None:
    wanted = {
        "contract_fully_executed": True,
        "payment_terms": "net 30",
        "red_flags": ["missing purchase order"],
    }
    got = {"contract_fully_executed": executed, "payment_terms": terms, "red_flags": flags}
    found = items({"readiness": got}, {"preconditions": wanted}, "preconditions")
    assert pair(found) == (right, 3)


def finding(rule: str, where: str, quotes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": f"{rule}:{where}", "rule": rule, "severity": "major", "category": "scope_and_commitments",
        "message": "m", "ask": "a", "ask_of": "ae", "where": where, "evidence": quotes,
    }  # fmt: skip


def test_a_needed_finding_is_about_the_right_promise() -> None:
    clause = {"source": "msa.docx", "section": "2.1", "quote": "ready twelve weeks after signature"}
    gold = {
        "commitments": [wanted(1, LIVE, "contradicted", contract=clause), wanted(2, TRAIN, "not_in_contract")]
    }
    about = finding("promise-contradicted", "commitments.c-000001", [])
    packet = {"commitments": [promise(LIVE, verdict="contradicted")], "findings": [about]}
    needed = items(packet, gold, "findings")
    assert [(i.id, i.right) for i in needed] == [
        ("promise-contradicted p1", True),
        ("promise-not-in-contract p2", False),
    ]
    elsewhere = {**packet, "findings": [{**about, "where": "commitments.c-000009"}]}
    assert pair(items(elsewhere, gold, "findings")) == (0, 2)


def test_an_unsigned_contract_a_red_flag_and_a_missing_category_need_their_findings() -> None:
    gold = {
        "missing_categories": ["risk_factors"],
        "preconditions": {"contract_fully_executed": False, "red_flags": ["first invoice will wait"]},
    }
    raised = [
        finding("contract-not-executed", "readiness", []),
        finding("payment-delay-asked", "readiness", []),
    ]
    needed = items({"findings": raised}, gold, "findings")
    assert pair(needed) == (2, 3)
    assert notes(needed) == ["missing-category risk_factors not raised"]


CONFLICT = {"about": "uptime", "values": ["three nines", "99.5%"], "sources": ["call.vtt", "msa.docx"]}


@pytest.mark.parametrize(
    ("quotes", "right"),
    [
        ([evidence("you get 99.9 percent"), evidence("availability of 99.5%", "msa.docx")], 1),
        ([evidence("you get 99.9 percent")], 0),
        ([evidence("99.9 and then 99.5 percent")], 0),
        ([evidence("you get 99.9 percent"), evidence("availability of 98%", "msa.docx")], 0),
        ([evidence("you get 99.9 percent", "x.eml"), evidence("availability of 99.5%", "msa.docx")], 0),
    ],
)
def test_a_conflict_is_shown_where_two_of_its_values_stand_side_by_side(
    quotes: list[dict[str, Any]], right: int
) -> None:
    packet = {"findings": [finding("source-conflict", "conflicts", quotes)]}
    assert pair(items(packet, {"conflicts": [CONFLICT]}, "conflicts")) == (right, 1)


def test_each_place_that_is_quoted_must_hold_the_quote() -> None:
    packet = {"commitments": [promise(LIVE), promise(TRAIN, 2), promise(TRAIN, 3)]}
    texts = {("call.vtt", "s1"): f"Well. {LIVE}"}
    quotes = items(packet, {}, "quotes", texts=texts)
    assert pair(quotes) == (1, 2)
    assert notes(quotes) == [f"not in call.vtt s1: {TRAIN}"]
    assert items(packet, {}, "quotes") == []


def test_a_packet_of_nothing_has_only_its_preconditions() -> None:
    assert {i.score for i in score(packet_of({}), Gold(deal="mill"))} == {"preconditions"}
