"""Features: what the classifier sees of a sentence."""

from __future__ import annotations

import pytest
from conversation import utterances_of

from assistant.readers.embedded.features import features_of, tokens_of


@pytest.mark.parametrize(
    ("plain", "tokens"),
    [
        ("we will wire 12 barns", ["we", "will", "wire", "NUM", "barns"]),
        ("twenty five barns", ["NUM", "barns"]),
        ("it is $4,500 a year", ["it", "is", "MONEY", "a", "year"]),
        ("€300 and £20", ["MONEY", "and", "MONEY"]),
        ("take 15% off", ["take", "PCT", "off"]),
        ("live on march 3rd", ["live", "on", "DATE", "NUM"]),
        ("on the twenty-second", ["on", "the", "NUM"]),
        ("will you?", ["will", "you", "?"]),
        ("", []),
        ("👍 …", []),
    ],
)
def test_numbers_money_percentages_and_days_are_tokens_of_their_kind(plain: str, tokens: list[str]) -> None:
    assert tokens_of(plain) == tokens


def test_two_promises_that_differ_in_their_figures_alone_have_the_same_features() -> None:
    first = utterances_of("Nora: We will wire nine barns by May 3.")
    second = utterances_of("Nora: We will wire 40 barns by June 21.")
    assert features_of(first[0]) == features_of(second[0])


def test_words_pairs_triples_opening_and_length_are_features() -> None:
    found = features_of(utterances_of("Nora: We will wire barns.")[0])
    assert {
        "w:wire",
        "b:will_wire",
        "t:we_will_wire",
        "s:we",
        "s:we_will",
        "s:we_will_wire",
        "at:0",
        "len:1",
    } <= found


def test_a_customers_sentence_has_features_of_its_own_beside_the_shared_ones() -> None:
    vendor = features_of(utterances_of("Nora: We will wire the barns.")[0])
    customer = features_of(utterances_of("Carla: We will wire the barns.")[0])
    assert not [f for f in vendor if f.startswith("C|")]
    assert {"C|", "C|s:we_will", "C|cue:we_will"} <= customer
    assert vendor - {"cue:our_company"} <= customer


def test_a_granted_demand_shows_and_a_refused_one_shows_otherwise() -> None:
    granted = features_of(utterances_of("Carla: Can you cover the ferry?\nNora: Yes, sure.")[-1])
    refused = features_of(utterances_of("Carla: Can you cover the ferry?\nNora: No, sorry.")[-1])
    assert {"asked", "asked:request", "asked:request:True", "q:can_you", "cue:answer_to_request"} <= granted
    assert {"asked", "asked:request", "asked:request:False"} <= refused
    assert "asked:request:True" not in refused


def test_what_went_before_and_what_comes_back_are_features() -> None:
    found = features_of(utterances_of("Nora: No problem. We wire eleven barns.\nTom: Eleven barns, good.")[1])
    assert {"replied", "r:NUM", "r:NUM_barns", "r:echo", "p:no_problem"} <= found
    alone = features_of(utterances_of("Nora: We wire eleven barns.")[0])
    assert not [f for f in alone if f[:2] in ("r:", "p:") or f in ("replied", "asked")]


def test_a_question_is_seen_as_one() -> None:
    assert "cue:question" in features_of(utterances_of("Nora: Which barns?")[0])


def test_the_same_sentence_has_the_same_features_each_time() -> None:
    lines = "Carla: Can you cover the ferry?\nNora: Yes, both ways."
    assert [features_of(u) for u in utterances_of(lines)] == [features_of(u) for u in utterances_of(lines)]
