"""Measures: counts of items become a score with its n and its interval."""

from __future__ import annotations

import pytest
from measured import result

from eval.items import CaseResult, Item
from eval.measures import BY_ID, Measured, measure, measure_all


def of(name: str, *cases: CaseResult, tag: str | None = None) -> Measured:
    found = measure(BY_ID[name], cases, tag)
    assert found
    return found


def verdicts(case: str, *pairs: tuple[str, str]) -> CaseResult:
    items = [
        Item(score="verdicts", id=f"p{i}", right=a == b, gold=a, got=b) for i, (a, b) in enumerate(pairs)
    ]
    return CaseResult(case=case, split="dev", items=tuple(items))


def test_a_rate_pools_the_items_of_all_deals() -> None:
    found = of("recall", result("a", "rrrr"), result("b", "rw"))
    assert (found.value, found.n, found.deals) == (round(5 / 6, 4), 6, 2)


def test_one_deal_has_no_interval_and_nothing_has_no_score() -> None:
    assert of("recall", result("a", "rw")).low is None
    assert measure(BY_ID["recall"], []) is None
    assert measure(BY_ID["fields"], [result("a", "rw")]) is None


def test_deals_that_differ_widen_the_interval_and_deals_alike_close_it() -> None:
    apart = of("recall", *(result(c, "rrrr" if c in "ace" else "wwww") for c in "abcdef"))
    alike = of("recall", *(result(c, "rrww") for c in "abcdef"))
    assert (alike.low, alike.value, alike.high) == (0.5, 0.5, 0.5)
    assert apart.low is not None and apart.high is not None
    assert apart.low < 0.3 and apart.high > 0.7


def test_the_same_items_always_give_the_same_interval() -> None:
    cases = [result(c, "rrw" * n) for n, c in enumerate("abcde", start=1)]
    assert of("recall", *cases) == of("recall", *reversed(cases))


def test_promises_f1_weighs_what_was_missed_and_what_was_invented() -> None:
    found = of("promise_f1", result("a", "rrw"), result("a", "rrww", score="precision"))
    assert found.value == round(2 * 2 / (3 + 4), 4)


def test_contradicted_f1_counts_that_verdict_alone() -> None:
    case = verdicts(
        "a", ("contradicted", "contradicted"), ("contradicted", "covered"), ("vague", "contradicted"),
        ("covered", "covered"),
    )  # fmt: skip
    assert of("contradicted_f1", case).value == 0.5
    assert of("verdicts", case).value == 0.5


def test_macro_f1_is_the_mean_over_the_verdicts_that_occur() -> None:
    case = verdicts("a", ("covered", "covered"), ("covered", "covered"), ("vague", "withdrawn"))
    assert of("verdict_macro_f1", case).value == round(1 / 3, 4)


def test_a_slice_is_of_items_or_of_whole_deals() -> None:
    items = (
        Item(score="recall", id="p1", right=True, tags=("hedged",)),
        Item(score="recall", id="p2", right=False),
    )
    case = CaseResult(case="a", split="dev", items=items)
    whole = result("b", "ww", tags=("hedged",))
    assert (of("recall", case, tag="hedged").value, of("recall", case, tag="hedged").n) == (1.0, 1)
    assert (of("recall", case, whole, tag="hedged").n) == 3
    assert measure(BY_ID["recall"], [case], "long") is None


def test_a_folded_item_counts_as_often_as_it_says() -> None:
    items = (
        Item(score="quotes", id="found", right=True, count=9),
        Item(score="quotes", id="quote 1", right=False),
    )
    found = of("quotes", CaseResult(case="a", split="dev", items=items))
    assert (found.value, found.n) == (0.9, 10)


def test_attempts_of_one_deal_are_one_deal() -> None:
    found = of("recall", result("a", "rw"), result("a", "rr", attempt=2))
    assert (found.value, found.deals, found.low) == (0.75, 1, None)


@pytest.mark.parametrize("name", list(BY_ID))
def test_every_measure_says_what_it_is_out_of(name: str) -> None:
    assert BY_ID[name].label and BY_ID[name].what


def test_all_measures_are_those_that_have_items() -> None:
    assert list(measure_all([result("a", "rw"), result("a", "rr", score="precision")])) == [
        "recall", "precision", "promise_f1",
    ]  # fmt: skip
