"""The words' weights: log-odds, and weights that are what `eval.train` says they are."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest
from conversation import utterances_of

from assistant.readers.embedded.classifier import THRESHOLD, WEIGHTS_FILE, load_weights, odds_of
from assistant.readers.embedded.cues import load_cues, prior
from assistant.readers.embedded.features import features_of

FAMILIES = {
    "cue",
    "w",
    "b",
    "t",
    "s",
    "len",
    "at",
    "asked",
    "granted",
    "prior",
    "grants",
    "q",
    "r",
    "p",
    "replied",
}
"""What stands before the colon of a feature's name."""
TRAIN = (Path(__file__).resolve().parent.parent / "eval" / "train.py").read_text("utf-8")
"""Read, not imported: scikit-learn is there only where somebody trains."""


def test_the_weights_hold_a_bias_and_otherwise_known_families_only() -> None:
    families = {name.removeprefix("C|").split(":")[0] for name in load_weights()} - {""}
    assert "bias" in load_weights()
    assert families - {"bias"} <= FAMILIES
    assert {"cue", "w", "b", "s"} <= families


def test_every_weighed_cue_exists() -> None:
    known = {c.name for c in load_cues()}
    weighed = {n.split("cue:")[1] for n in load_weights() if n.removeprefix("C|").startswith("cue:")}
    assert weighed
    assert weighed <= known


def test_weights_are_rounded_worth_keeping_sorted_and_free_of_what_tells_snippets_from_deals() -> None:
    written = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    names = list(written)
    least = re.search(r"^LEAST_WEIGHT = (\S+)", TRAIN, re.MULTILINE)
    assert least
    assert names[0] == "bias"
    assert names[1:] == sorted(names[1:])
    assert not [n for n in names if n.startswith("origin:")]
    for name, weight in written.items():
        assert math.isfinite(weight)
        assert weight == round(weight, 3)
        assert name == "bias" or abs(weight) >= float(least[1]) - 0.0005


def test_a_sentence_about_which_nothing_speaks_is_no_promise() -> None:
    assert load_weights()["bias"] < math.log(THRESHOLD / (1 - THRESHOLD))


def test_the_odds_are_the_sum_of_the_weights_of_its_features() -> None:
    said = utterances_of("Nora: We will wire twelve barns by May.")[0]
    weights = load_weights()
    odds = weights["bias"] + weights["prior"] * prior(said.cues, said.side)
    odds += sum(weights.get(f, 0.0) for f in features_of(said))
    assert odds_of(said) == pytest.approx(odds)


@pytest.mark.parametrize(
    ("promise", "none"),
    [
        (
            "Nora: We will load nine seasons of records by May.",
            "Nora: Would you load nine seasons of records by May?",
        ),
        ("Nora: You get two training days, no charge.", "Nora: No, training days are a separate line item."),
        ("Tom: You'll have the purchase order by Friday.", "Tom: They said we'd have it by Friday."),
        ("Ravi: We'll build the customs report for you.", "Ravi: Last year we built a customs report."),
    ],
)
def test_a_promise_is_likelier_than_a_sentence_that_resembles_it(promise: str, none: str) -> None:
    least = math.log(THRESHOLD / (1 - THRESHOLD))
    assert odds_of(utterances_of(promise)[0]) > least > odds_of(utterances_of(none)[0])


@pytest.mark.parametrize("text", ["👍", "Да.", "x", "…", "5", "?", "word " * 5000])
def test_odd_sentences_have_odds(text: str) -> None:
    assert all(math.isfinite(odds_of(u)) for u in utterances_of(f"Nora: {text}"))
