"""Runs: kept as JSON without texts of test deals, found again by name, held against bars."""

from __future__ import annotations

from pathlib import Path

import pytest
from measured import result, run

from assistant.errors import HandoffError
from eval.bars import held, load_bars
from eval.deals import deals, given, split_of
from eval.runs import find_run, make_run, read_run, to_json, write_run


def test_a_run_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    made = run(result("mill", "rrw"), result("dam", "r", split="test"))
    assert read_run(write_run(made, tmp_path)) == made


def test_the_same_items_give_the_same_text_whatever_their_order() -> None:
    cases = [result("mill", "rrw"), result("dam", "r")]
    assert to_json(run(*cases)) == to_json(run(*reversed(cases)))


def test_words_of_a_test_deal_are_in_no_run() -> None:
    text = to_json(run(result("mill", "rw"), result("dam", "rw", split="test")))
    assert "words of mill p2" in text
    assert "words of dam" not in text


def test_a_run_over_both_splits_has_totals_of_each_and_of_all() -> None:
    made = run(result("mill", "rw"), result("dam", "r", split="test"))
    assert {split: totals["recall"].n for split, totals in made.totals.items()} == {
        "dev": 2, "test": 1, "all": 3,
    }  # fmt: skip


def test_a_kept_run_is_found_by_file_by_name_or_as_the_last(tmp_path: Path) -> None:
    old = write_run(run(result("mill", "rw")), tmp_path)
    new = write_run(run(result("mill", "rr"), date="2026-03-09"), tmp_path)
    (tmp_path / "2027-01-01-contractnli-embedded.json").write_text("{}")
    assert find_run(str(old), tmp_path) == old
    assert find_run("2026-03-01-embedded-dev", tmp_path) == old
    assert find_run("last", tmp_path) == new


def test_a_run_that_is_not_there_or_none_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(HandoffError, match=r"no run 'x'.*none"):
        find_run("x", tmp_path)
    (tmp_path / "y.json").write_text('{"cases": 3}')
    with pytest.raises(HandoffError, match="is no run"):
        read_run(tmp_path / "y.json")


def bars(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "bars.toml"
    path.write_text(text)
    return path


def test_a_bar_is_reached_missed_or_about_nothing(tmp_path: Path) -> None:
    table = load_bars(
        bars(tmp_path, "[bar.embedded.dev]\nrecall = 0.5\nprecision = 0.1\n[goal.embedded.all]\nrecall = 0.9")
    )
    made = run(result("mill", "rw"))
    assert [(b.measure, b.reached) for b in held(made, table, "bar")] == [
        ("recall", True),
        ("precision", False),
    ]
    assert [(b.split, b.reached) for b in held(made, table, "goal")] == [("dev", False)]


def test_bars_of_another_reader_or_split_are_not_asked(tmp_path: Path) -> None:
    table = load_bars(bars(tmp_path, "[bar.llm.dev]\nrecall = 0.9\n[bar.embedded.test]\nrecall = 0.9"))
    assert held(run(result("mill", "w")), table, "bar") == []


@pytest.mark.parametrize("text", ["[bar.embedded.dev]\nrecal = 0.5", "[bars.embedded.dev]\nrecall = 0.5"])
def test_a_misspelt_bar_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(HandoffError, match=r"recal|bars"):
        load_bars(bars(tmp_path, text))


def test_the_split_is_fixed_and_every_deal_is_in_one() -> None:
    names = {split: {f.name for f in deals(split)} for split in ("dev", "test", "all")}
    assert names["dev"] | names["test"] == names["all"]
    assert not names["dev"] & names["test"]
    assert len(names["test"]) >= 4
    assert {"maplecrest", "ostrander", "pinecradle"} <= names["dev"]


def test_a_test_deal_stays_one_wherever_its_folder_lies(tmp_path: Path) -> None:
    copy = tmp_path / min(f.name for f in deals("test"))
    copy.mkdir()
    assert split_of(copy) == "test"
    assert split_of(tmp_path) == "dev"


def test_a_deal_is_given_by_path_or_by_name_and_needs_answers(tmp_path: Path) -> None:
    assert given([Path("ostrander")]) == [f for f in deals() if f.name == "ostrander"]
    with pytest.raises(HandoffError, match="cannot be scored"):
        given([tmp_path])
    with pytest.raises(HandoffError, match="no split 'dve'"):
        deals("dve")


def test_usage_adds_up() -> None:
    made = make_run(run().about, [result("mill", "r"), result("dam", "r")])
    assert made.usage.seconds == 3.0
