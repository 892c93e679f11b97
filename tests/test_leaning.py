"""What a promise's own meaning makes likely."""

import math
from typing import cast

from assistant.packet import Commitment
from assistant.readers.embedded.leaning import LEAST_ODDS, leanings
from assistant.readers.embedded.measures import Measures
from assistant.readers.embedded.promise_view import PromiseView

WEIGHTS = {"vague": {"bias": -1.0, "0": 4.0}, "covered": {"bias": 1.0, "1": 4.0}}


def meaning_promise(*meaning: float) -> PromiseView:
    """A promise that means just this."""
    said = Commitment.model_validate(
        {"id": "p", "party": "vendor", "speaker": "", "category": "other", "text": "x", "evidence": ()}
    )
    view = PromiseView(said, "x", "x", Measures((), ()), frozenset(), frozenset())
    cast(dict[str, object], view.__dict__)["meaning"] = meaning
    return view


def test_the_likeliest_class_follows_from_the_meaning() -> None:
    goodwill = leanings(meaning_promise(1.0, 0.0), WEIGHTS)
    clause = leanings(meaning_promise(0.0, 1.0), WEIGHTS)
    assert goodwill["leans vague"] > goodwill["leans covered"]
    assert clause["leans covered"] > clause["leans vague"]


def test_leanings_are_logarithms_of_shares_that_sum_to_one() -> None:
    found = leanings(meaning_promise(0.6, 0.8), WEIGHTS)
    assert math.isclose(sum(math.exp(v) for v in found.values()), 1.0)


def test_the_hopeless_are_equally_unlikely() -> None:
    found = leanings(meaning_promise(0.0, 1.0), {**WEIGHTS, "vague": {"bias": -50.0}})
    assert found["leans vague"] == LEAST_ODDS


def test_without_weights_or_meaning_nothing_is_likely() -> None:
    assert leanings(meaning_promise(), WEIGHTS) == {}
    assert leanings(meaning_promise(1.0, 0.0), {}) == {}
