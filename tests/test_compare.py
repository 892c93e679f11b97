"""Two runs are paired deal by deal and item by item; a difference must be shown."""

from __future__ import annotations

import pytest
from measured import result, run

from eval.compare import Comparison, Difference, compare, mcnemar
from eval.flakiness import flakiness
from eval.printed import comparison_lines


def recall(found: Comparison) -> Difference:
    return next(d for d in found.differences if d.measure == "recall")


def runs(before: str, after: str, deals: str = "abcdef") -> Comparison:
    return compare(run(*(result(d, before) for d in deals)), run(*(result(d, after) for d in deals)))


@pytest.mark.parametrize(
    ("ups", "downs", "p"), [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 0.0625), (6, 0, 0.03125), (8, 2, 0.109375)]
)
def test_mcnemar_is_exact(ups: int, downs: int, p: float) -> None:
    assert mcnemar(ups, downs) == pytest.approx(p)
    assert mcnemar(downs, ups) == pytest.approx(p)


def test_a_change_in_every_deal_is_better_or_worse() -> None:
    assert recall(runs("rrww", "rrrw")).outcome == "better"
    worse = recall(runs("rrrw", "rrww"))
    assert (worse.outcome, worse.turned_right, worse.turned_wrong) == ("worse", 0, 6)


def test_a_change_in_one_deal_is_no_difference_shown() -> None:
    old = [result(d, "rrwwwwwwww") for d in "abcdef"]
    new = [*old[:-1], result("f", "rrrrrrrrrr")]
    change = recall(compare(run(*old), run(*new)))
    assert change.p is not None and change.p < 0.05
    assert change.outcome == "no difference shown"


def test_the_same_run_shows_no_difference_and_says_so() -> None:
    found = runs("rrw", "rrw")
    assert found.turned == ()
    assert list(comparison_lines(found))[-1] == "No difference shown."


def test_what_turned_is_listed_with_its_words_but_never_those_of_a_test_deal() -> None:
    old = run(result("mill", "rw"), result("dam", "rw", split="test"))
    new = run(result("mill", "wr"), result("dam", "wr", split="test"))
    turned = compare(old, new).turned
    assert [(t.case, t.id, t.now_right) for t in turned] == [
        ("dam", "p1", False), ("dam", "p2", True), ("mill", "p1", False), ("mill", "p2", True),
    ]  # fmt: skip
    assert [t.note for t in turned] == ["", "", "words of mill p1", "words of mill p2"]


def test_deals_that_changed_or_are_in_one_run_only_are_set_aside() -> None:
    old = run(result("mill", "rw"), result("dam", "rw"), result("quay", "r"))
    new = run(result("mill", "rr"), result("dam", "rr", fingerprint="g"), result("ford", "r"))
    found = compare(old, new)
    assert (found.deals, found.set_aside) == (("mill",), ("dam", "ford", "quay"))
    assert recall(found).n == 2


def test_precision_has_no_pairs_and_is_compared_over_deals() -> None:
    old = run(*(result(d, "rw", score="precision") for d in "abcdef"))
    new = run(*(result(d, "rr", score="precision") for d in "abcdef"))
    change = next(d for d in compare(old, new).differences if d.measure == "precision")
    assert (change.p, change.outcome, change.low, change.high) == (None, "better", 0.5, 0.5)


def test_one_deal_cannot_show_a_difference_in_what_does_not_pair() -> None:
    old, new = run(result("a", "ww", score="precision")), run(result("a", "rr", score="precision"))
    assert compare(old, new).differences[0].outcome == "no difference shown"


def test_a_steady_reader_has_no_unsteady_items() -> None:
    steady = run(result("a", "rw"), result("a", "rw", attempt=2), attempts=2)
    assert [(f.unsteady, f.n) for f in flakiness(steady)] == [(0, 2), (0, 2)]
    assert flakiness(run(result("a", "rw"))) == []


def test_items_that_come_and_go_are_unsteady() -> None:
    run_ = run(result("a", "rwr"), result("a", "rr", attempt=2), attempts=2)
    row = flakiness(run_)[0]
    assert (row.unsteady, row.n, row.low, row.high) == (2, 3, round(2 / 3, 4), 1.0)
