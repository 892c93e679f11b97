# ruff: noqa: E501
"""What a statement sounds like: learnt log-odds of the paths of the deal summary."""

import pytest

from assistant.readers.embedded.field_likelihood import features_of, load_weights, odds_of
from assistant.readers.embedded.summary_fields import field_rows
from eval.field_data import read_written, said


@pytest.mark.parametrize(
    ("path", "side", "text"),
    [
        ("customer_overview.company_size", "C", "We have about four hundred employees at seven sites."),
        ("success_ladder.minimum_acceptable_outcome", "C", "The least I'd accept is that it's as fast as today."),
        ("commercial_terms.payment_terms", "K", "Invoices are payable within thirty days of receipt."),
        ("risk_factors.churn_indicators", "C", "If it fails in the first season we're gone."),
    ],
)
def test_a_statement_sounds_most_like_its_own_path(path: str, side: str, text: str) -> None:
    odds = odds_of(said(text, side))
    assert max(odds, key=lambda p: odds[p]) == path
    assert odds[path] > -3


@pytest.mark.parametrize(
    "text", ["Can everyone see my screen?", "It's raining here.", "I'll send the slides on Friday."]
)
def test_small_talk_sounds_like_no_path(text: str) -> None:
    assert max(odds_of(said(text, "V")).values()) < 0


def test_the_features_of_contracts_and_of_talk_are_kept_apart() -> None:
    text = "Training is included."
    assert not features_of(said(text, "K")) & features_of(said(text, "C"))


def test_every_learnt_path_is_a_row_of_the_field_table() -> None:
    paths = {row.path for row in field_rows()}
    assert {path for row in load_weights().values() for path in row} <= paths


def test_the_sentences_written_for_training_name_paths_of_the_table() -> None:
    paths = {row.path for row in field_rows()}
    rows = list(read_written())
    assert len(rows) > 1000
    assert {path for row in rows for path in row.paths} <= paths


def test_a_malformed_training_line_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "x.txt").write_text("scope.training | Q | We train you.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.txt:1"):
        list(read_written(tmp_path))
