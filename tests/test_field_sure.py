"""A path's best value is shown only when enough speaks for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.readers.embedded.field_sure import SIGNS, Signs, load_sure, sureness
from assistant.readers.embedded.summary import fill_summary
from assistant.readers.embedded.summary_fields import field_rows
from eval.field_data import judged_rows, read_judged
from tests.conversation import record_of

WEAK = Signs(words=-5.0, meaning=-3.0, points=0.0, contract=False, asked=False, values=1, talk=900)
PATH = "customer_overview.why_now"


def test_the_more_speaks_for_a_value_the_surer_it_is() -> None:
    better = (replace(WEAK, words=1.0), replace(WEAK, meaning=3.0), replace(WEAK, points=5.0))
    assert all(sureness(PATH, signs) > sureness(PATH, WEAK) for signs in better)
    assert all(sureness(PATH, replace(signs, words=3.0, points=5.0)) > 0.5 for signs in better)


def test_what_hardly_anything_speaks_for_is_not_shown() -> None:
    assert sureness(PATH, WEAK) < 0.5


def test_extremes_count_no_more_than_their_limits() -> None:
    assert sureness(PATH, replace(WEAK, words=-80.0)) == sureness(PATH, replace(WEAK, words=-8.0))


def test_there_is_a_weight_for_each_sign_and_paths_are_the_field_tables() -> None:
    learnt = load_sure()
    assert set(learnt["sign"]) == set(SIGNS)
    assert set(learnt["path"]) <= {row.path for row in field_rows()}


def test_small_talk_with_dates_and_worries_fills_nothing() -> None:
    summary = fill_summary(record_of("""
Nora: How was the weekend?
Carla: My roof leaks, I don't want to see another roofer until the ninth of May.
Nora: Oh dear. We had a mill in Devon that went live on the first of June and they'd promised their board May.
Carla: Half of mine will be on the beach by then.
Nora: Shall we start?
"""))
    assert summary.implementation_plan.go_live_target.status == "not_stated"
    assert summary.customer_overview.why_now.status == "not_stated"
    assert summary.risk_factors.objections.status == "not_stated"


def test_judged_values_are_read_with_all_paths_of_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "judged.txt"
    rest = "a_01 | K | Two | days."
    file.write_text(f"# head\nright | scope.training | {rest}\nwrong | scope.support_level | {rest}\n")
    (row,) = judged_rows(read_judged(file))
    assert (row.paths, row.origin) == (frozenset({"scope.training"}), "a_01")
    assert row.statement.text == "Two | days."


def test_a_line_that_judges_nothing_is_named(tmp_path: Path) -> None:
    file = tmp_path / "judged.txt"
    file.write_text("perhaps | scope.training | a_01 | K | Two days.\n")
    with pytest.raises(ValueError, match=r"judged\.txt:1"):
        read_judged(file)


def test_everything_judged_is_a_value_of_an_odd_numbered_excerpt() -> None:
    assert all(int(j.excerpt.rsplit("_", 1)[1]) % 2 for j in read_judged())
