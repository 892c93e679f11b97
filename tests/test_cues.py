"""Cues and dialogue acts: the data files load, and their patterns say what their names say."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from assistant.readers.embedded import actors, cues, utterances
from assistant.readers.embedded.cues import cues_in, is_act, load_acts, load_cues
from assistant.readers.embedded.sentences import plain

DATA = Path(cues.__file__).parent / "data"


def patterns_in(node: object) -> list[str]:
    if isinstance(node, dict):
        return [p for key, value in node.items() for p in (patterns_in(value) if key != "name" else [])]
    if isinstance(node, list):
        return [p for item in node for p in ([item] if isinstance(item, str) else patterns_in(item))]
    return []


@pytest.mark.parametrize("name", ["cues", "acts", "categories", "subjects", "retractions"])
def test_every_pattern_compiles_is_written_for_plain_forms_and_matches_no_empty_text(name: str) -> None:
    patterns = patterns_in(tomllib.loads((DATA / f"{name}.toml").read_text("utf-8")))
    assert patterns
    for pattern in patterns:
        assert re.compile(pattern).search("") is None, pattern
        bare = re.sub(r"\\.", "", pattern)
        assert bare == bare.lower(), f"plain forms have no capitals: {pattern}"


def test_a_cue_that_begins_with_a_words_edge_does_so_in_all_its_wordings() -> None:
    for name, row in tomllib.loads((DATA / "cues.toml").read_text("utf-8")).items():
        for pattern in row["patterns"]:
            bare = re.sub(r"\\.|\[[^\]]*\]", "", pattern)
            while bare != (inner := re.sub(r"\([^()]*\)", "", bare)):
                bare = inner
            assert "|" not in bare, f"{name}: put the wordings in one (?:...): {pattern}"


def test_cues_come_in_file_order_each_once_with_patterns() -> None:
    names = [c.name for c in load_cues()]
    assert len(names) == len(set(names))
    assert names == list(tomllib.loads((DATA / "cues.toml").read_text("utf-8")))


def test_a_cue_without_patterns_is_one_that_a_sentences_place_gives() -> None:
    placed = {c.name for c in load_cues() if not c.patterns}
    sources = [Path(module.__file__).read_text("utf-8") for module in (utterances, actors)]
    given = set(re.findall(r'"(\w+)"', "".join(sources)))
    assert "answer_to_request" in placed
    assert placed <= given


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("we_will", "We'll wire the second barn."),
        ("we_are_going_to", "We're going to wire the second barn."),
        ("let_me", "Let me throw in the spare probes."),
        ("you_get", "You get two spare probes."),
        ("included", "The probes are included."),
        ("free", "There's no extra charge for the probes."),
        ("promise_word", "You can count on it."),
        ("duration_from", "It's six weeks from signature."),
        ("cap", "It's capped at four percent."),
        ("percent_off", "That's nine percent off."),
        ("stays", "The footage never leaves the island."),
        ("customer_duty", "You'll have the purchase order."),
        ("goodwill", "You'll be well looked after."),
        ("refusal", "We can't do that."),
        ("question", "Would you wire the second barn?"),
        ("hypothetical", "We might look at it down the road."),
        ("past", "Last year we wired a barn."),
        ("third_party", "Their rep said it was free."),
        ("small_step", "I'll send you the deck."),
        ("small_talk", "Thanks, have a good weekend."),
    ],
)
def test_a_cue_is_seen_in_a_sentence_that_shows_it_and_not_in_a_bare_fact(cue: str, said: str) -> None:
    assert cue in cues_in(plain(said))
    assert cue not in cues_in(plain("Rain fell on that barn roof."))


@pytest.mark.parametrize("said", ["We will not do that.", "We'll have to ask the board.", "We will see."])
def test_a_will_that_commits_nobody_is_no_we_will(said: str) -> None:
    assert "we_will" not in cues_in(plain(said))


@pytest.mark.parametrize(
    "said", ["There is no charge.", "No problem, we do that.", "We will not charge you."]
)
def test_a_no_that_gives_something_is_no_refusal(said: str) -> None:
    assert "refusal" not in cues_in(plain(said))


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("request", "Can you cover the ferry?"),
        ("request", "We need the ferry covered."),
        ("request", "What about the ferry?"),
        ("request", "Is training included?"),
        ("recap", "So you're covering the ferry."),
        ("recap", "Just to confirm, the ferry is covered."),
        ("affirm", "Yep, no problem."),
        ("affirm", "Agreed."),
        ("affirm", "A hundred percent."),
        ("not_an_affirm", "Yeah, no, we can't."),
        ("not_an_affirm", "It depends."),
        ("not_a_request", "Can you hear me?"),
    ],
)
def test_an_act_is_performed_by_its_sentence_and_not_by_a_bare_fact(act: str, said: str) -> None:
    assert is_act(act, plain(said))
    assert not is_act(act, plain("Rain fell on that barn roof."))


def test_no_problem_is_an_agreement_although_it_opens_with_no() -> None:
    assert is_act("affirm", plain("No problem."))
    assert not is_act("not_an_affirm", plain("No problem."))


def test_there_is_no_act_without_patterns_and_an_unknown_one_is_an_error() -> None:
    assert all(load_acts().values())
    with pytest.raises(KeyError):
        is_act("sing", "la la")
