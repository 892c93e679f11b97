"""A talk is cut into stretches that overlap, and every sentence is weighed once among its neighbours."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from conversation import utterances_of
from networks import answered_aside

from assistant.meanings import similarity
from assistant.meanings.asked import Stretch, from_json
from assistant.meanings.similarity import compute, weigh
from assistant.meanings.talk import MOST, laid_out
from assistant.readers.embedded import likelihood
from assistant.readers.embedded.classifier import odds_of
from assistant.readers.embedded.likelihood import likelihoods
from assistant.readers.embedded.stretches import AFTER, BEFORE, WEIGHED, stretches

LONG = "\n".join(
    f"{'Nora' if n % 2 else 'Tom'}: Sentence number {n} of this talk says little. And one more follows it."
    for n in range(120)
)


@pytest.mark.parametrize("first", [1, 20, WEIGHED])
def test_every_sentence_is_weighed_once_and_in_order(first: int) -> None:
    said = utterances_of(LONG)
    weighed = [u for _, some in stretches(said, first) for u in some]
    assert [u.order for u in weighed] == [u.order for u in said]


def test_a_stretch_holds_what_stands_around_what_is_weighed() -> None:
    said = utterances_of(LONG)
    words = {u.sentence.text: u.sentence.words for u in said}
    for stretch, weighed in stretches(said):
        all_told = [text.split(": ")[-1] for _, text in stretch.said]
        end = stretch.first + stretch.many
        assert all_told[stretch.first : end] == [u.sentence.text for u in weighed]
        assert sum(u.sentence.words for u in weighed) <= WEIGHED
        assert sum(words[text] for text in all_told[: stretch.first]) <= BEFORE
        assert sum(words[text] for text in all_told[end:]) <= AFTER


def test_who_speaks_stands_before_each_turn_and_before_a_stretch() -> None:
    ((stretch, _),) = stretches(utterances_of("Tom: Can we have both? We need both.\nNora: Both, yes."))
    assert stretch.said == (
        (True, "buyer: Can we have both?"), (True, "We need both."), (False, "seller: Both, yes."),
    )  # fmt: skip


def test_a_sentence_longer_than_a_stretch_is_a_stretch_of_its_own() -> None:
    long = " ".join(f"thing{n}" for n in range(WEIGHED + 50))
    said = utterances_of(f"Nora: We have {long}.\nTom: Fine, then.\nNora: Good.")
    assert [len(some) for _, some in stretches(said)] == [1, 2]


def test_nothing_said_is_no_stretch_and_has_no_likelihoods() -> None:
    assert list(stretches([])) == []
    assert likelihoods([]) == {}


def test_a_stretch_comes_back_from_json_as_it_was() -> None:
    for stretch, _ in stretches(utterances_of(LONG)):
        as_lists = [stretch.kind, [list(one) for one in stretch.said], stretch.first, stretch.many]
        assert from_json(as_lists) == stretch


def test_no_more_tokens_are_laid_out_than_the_model_has_places_for() -> None:
    stretch = Stretch("call", tuple((False, "word " * 50) for _ in range(40)), 0, 40)
    laid = laid_out(stretch, lambda text: [7] * len(text.split()))
    assert len(laid.tokens) == len(laid.customer) == MOST + 1
    assert all(0 < start < end <= MOST for start, end in laid.spans)


def odds_of_last(talk: str) -> float:
    found = weigh([next(iter(stretches(utterances_of(talk))))[0]])
    assert found
    return float(found[0][-1])


def test_the_same_words_weigh_more_as_an_answer_than_in_a_demonstration() -> None:
    answer = "Tom: Do we get the barn reports in Polish?\nNora: You'll have them in Polish."
    shown = "Nora: On this screen you'd pick one, say Polish, and then\nNora: You'll have them in Polish."
    assert odds_of_last(answer) > odds_of_last(shown) + 1


def test_what_is_given_weighs_more_than_what_is_shown_or_refused() -> None:
    given = odds_of_last("Nora: We'll give you two sandboxes at no charge.")
    assert given > 0
    assert odds_of_last("Nora: You'd click here, and it'll ask for the tag.") < 0
    assert odds_of_last("Nora: We won't indemnify for wages.") < 0


def test_a_stretch_weighs_the_same_to_the_last_bit_in_the_process_aside() -> None:
    found = [stretch for stretch, _ in stretches(utterances_of(LONG))][:3]
    here = [row.astype("<f4").tobytes() for row in map(compute, found) if row is not None]
    assert answered_aside(found) == here


def test_without_the_model_the_words_decide_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    said = utterances_of("Nora: We will wire twelve barns by May.")
    both = likelihoods(said)
    monkeypatch.setattr(likelihood, "weigh", lambda _: None)
    alone = likelihoods(said)
    assert alone == {0: pytest.approx(1 / (1 + math.exp(-odds_of(said[0]))))}
    assert both != alone


def test_without_the_weights_nothing_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(similarity, "TALK_FILE", similarity.DATA / "none.npz")
    assert weigh([Stretch("call", ((False, "seller: Yes."),), 0, 1)]) is None


@pytest.mark.parametrize("text", ["👍", "Да.", "x", "…", "5", "?", "word " * 5000])
def test_odd_sentences_have_a_likelihood(text: str) -> None:
    assert all(0 <= value <= 1 for value in likelihoods(utterances_of(f"Nora: {text}")).values())


def test_stretches_follow_each_other_without_a_gap() -> None:
    parts = [some for _, some in stretches(utterances_of(LONG))]
    assert all(a[-1].order + 1 == b[0].order for a, b in pairwise(parts))
    assert np.all([len(part) > 1 for part in parts])
