"""No pattern that matches is left out because of how a text's words begin."""

from __future__ import annotations

import pytest
from deals import ROOT, sources_of

from assistant.readers.embedded.beginnings import Beginnings, beginnings
from assistant.readers.embedded.concepts import concepts, concepts_of


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        ("launch", {"launch"}),
        ("up[- ]?time", {"up"}),
        ("on the phones?", {"on the phone"}),
        ("as?", {"a"}),
        ("go(?:es|ing)?[- ]?live", {"go"}),
        ("go(?:es|ing) live", {"goes live", "going live"}),
        ("(?:a|per|each) head", {"a head", "per head", "each head"}),
        ("(?:(?:in|out)bound|calls) only", {"inbound", "outbound", "calls only"}),
        ("(?:de)?provision", {"de", "provision"}),
        (r"p[- ]?[1-4]", {"p"}),
        (r"restor\w+", {"restor"}),
    ],
)
def test_what_matches_begins_with_these_letters(pattern: str, starts: set[str]) -> None:
    assert beginnings(pattern) == frozenset(starts)


@pytest.mark.parametrize(
    "pattern", [r"\w+ly", "[a-c]b", "a|b", "(?:a|) b", "x*y", "(?:ab){0,2}c", "(?:percent|%) off"]
)
def test_what_cannot_be_told_is_not_guessed(pattern: str) -> None:
    assert beginnings(pattern) is None


def test_names_without_a_fitting_word_are_left_out() -> None:
    known = Beginnings({"launch": ["launch", "go[- ]live"], "odd": [r"\d+ days"], "price": ["price"]})
    assert known.possible("we go live, priceless as it is") == {"launch", "odd", "price"}
    assert known.possible("relaunch") == {"odd"}


def test_a_deals_texts_touch_the_concepts_that_trying_every_pattern_finds() -> None:
    for source in sources_of(ROOT / "examples" / "maplecrest"):
        for segment in source.segments:
            lowered = segment.text.lower().replace("’", "'")
            every = {name for name, concept in concepts().items() if concept.words.search(lowered)}
            assert concepts_of(segment.text) == every
