"""A second hearing: where it differs, a number or a "not" becomes doubtful; nothing is replaced."""

from __future__ import annotations

import re

import pytest

from assistant.evidence.figures import as_figures, digits
from assistant.evidence.hearing import hearing, sound_alike, unsure
from assistant.packet import Commitment, Evidence, Hearing
from assistant.rules.recordings import _lacks_the_contracts, _sounds_like_the_contract
from assistant.screens.source_view import source_view
from extractors.segments import HeardWord, Segment
from extractors.speech.again import compared
from extractors.speech.heard import Transcript, Word
from extractors.speech.recording_source import recording_source
from extractors.speech.whisper import slowed
from extractors.speech.windows import Span, windows


def words(text: str) -> list[Word]:
    return [Word(part, n * 0.4, n * 0.4 + 0.3, 0.97) for n, part in enumerate(text.split())]


def doubts(first: str, second: str) -> list[tuple[str, str, str | None]]:
    """What a promise of these words would carry of the second hearing."""
    said, at, heard = compared(words(first), words(second)), 0, list[HeardWord]()
    for word in said:
        heard.append(HeardWord(at, *word[1:]))
        at += len(word.text) + 1
    segment = Segment(id="s1", text=first, kind="turn", locator="", heard=tuple(heard))
    found = hearing(segment, 0, len(first))
    return [(w.text, w.kind, w.again) for w in found.words if w.again is not None] if found else []


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("We are live in 15 days.", "We are live in 50 days.", ("15", "number", "50")),
        ("It is $3.10 a site.", "It is $3.50 a site.", ("$3.10", "price", "$3.50")),
        ("and there is to fee for it", "and there is no fee for it", ("to", "negation", "no")),
        ("ready by June", "ready by July", ("June", "date", "July")),
        ("every night at about to it runs", "every night at about two it runs", ("to", "number", "two")),
        ("you can leave the data", "you can't leave the data", ("can", "negation", "can't")),
        ("we bring people to you", "we bring 2 people to you", ("bring", "number", "bring 2")),
    ],
)
def test_a_number_or_a_not_that_differs_is_told(first: str, second: str, told: tuple[str, str, str]) -> None:
    assert doubts(first, second) == [told]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("We are live in fifteen days.", "we are live in 15 days"),
        ("It is two point six plus a dime.", "It's 2.6 plus a dime."),
        ("three ten in year one", "310 in year 1"),
        ("by the twenty-fifth of May", "by the 25th of May"),
        ("I told Sirish so", "I told Sir Esh so"),
        ("we do not do that", "we don't do that"),
    ],
)
def test_style_and_other_words_are_no_doubt_of_a_number(first: str, second: str) -> None:
    assert doubts(first, second) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("every night at about to it runs", ["to"]),
        ("it will, all for, and the rest", ["for"]),
        ("by month well you can walk away", ["well"]),
        ("you pay from day to day", []),
        ("a month well spent", []),
        ("we are about to send it", []),
        ("does it go over to QuickBooks", []),
        ("all for the same price", []),
    ],
)
def test_a_to_or_for_in_the_place_of_a_number_may_be_one_however_sure(said: str, told: list[str]) -> None:
    at, heard = 0, list[HeardWord]()
    for word in words(said):
        heard.append(HeardWord(at, word.start, word.end, 0.99))
        at += len(word.text) + 1
    segment = Segment(id="s", text=said, kind="turn", locator="", heard=tuple(heard))
    assert [w.text.strip(",") for _, w in unsure(segment, 0.7)] == told


@pytest.mark.parametrize(
    ("said", "sure", "told"),
    [
        ("you pay 7863 a year", 0.99, ["7863"]),
        ("the 2020-41 release", 0.99, ["2020-41"]),
        ("6400 staff since 2019 at 7,863", 0.99, []),
        ("on 404 branches", 0.88, ["404"]),
        ("on 404 branches and 400 more", 0.97, []),
        ("on 400 branches", 0.9, []),
        ("we do days on site", 0.99, ["do"]),
        ("do a day on site", 0.99, []),
    ],
)
def test_figures_that_an_engine_makes_of_two_words_are_to_be_listened_to(
    said: str, sure: float, told: list[str]
) -> None:
    at, heard = 0, list[HeardWord]()
    for word in words(said):
        heard.append(HeardWord(at, word.start, word.end, sure))
        at += len(word.text) + 1
    segment = Segment(id="s", text=said, kind="turn", locator="", heard=tuple(heard))
    assert [w.text for _, w in unsure(segment, 0.55)] == told


def test_what_is_only_written_otherwise_is_no_other_word() -> None:
    said = compared(words("$2 and 10 cents a piece"), words("two dollars and ten cents apiece"))
    at, heard = 0, list[HeardWord]()
    for word in said:
        heard.append(HeardWord(at, *word[1:]))
        at += len(word.text) + 1
    segment = Segment(id="s", text="$2 and 10 cents a piece", kind="turn", locator="", heard=tuple(heard))
    found = hearing(segment, 0, len(segment.text))
    assert found is not None
    assert found.otherwise == 0.0


@pytest.mark.parametrize(
    ("sures", "told"),
    [((1.0, 0.98, 0.999), ["for"]), ((1.0, 0.997, 0.999), []), ((0.75, 0.75, 0.75), [])],
)
def test_a_to_or_for_that_was_not_heard_surely_may_be_a_number(
    sures: tuple[float, ...], told: list[str]
) -> None:
    heard = tuple(HeardWord(at, 0, 1, sure) for at, sure in zip((0, 5, 9), sures, strict=True))
    segment = Segment(id="s", text="been for computers", kind="turn", locator="", heard=heard)
    assert [w.text for _, w in unsure(segment, 0.7)] == told


def test_what_sounds_nearly_like_a_number_may_be_one_where_it_was_not_heard_surely() -> None:
    def told(sure: float) -> list[str]:
        heard = tuple(HeardWord(at, 0, 1, p) for at, p in zip((0, 5, 10), (1.0, sure, 1.0), strict=True))
        return [w.text for _, w in unsure(Segment(id="s", text="sold free over", kind="turn", locator="",
                                                  heard=heard), 0.7)]  # fmt: skip

    assert told(0.98) == ["free"]
    assert told(0.999) == []


def test_where_it_is_known_what_else_was_heard_a_to_is_no_number() -> None:
    said = (Word("sent", 0, 1, 1.0), Word("to", 1, 2, 0.75, "it", 1), Word("you", 2, 3, 1.0))
    heard = tuple(HeardWord(at, *word[1:]) for at, word in zip((0, 5, 8), said, strict=True))
    segment = Segment(id="s", text="sent to you", kind="turn", locator="", heard=heard)
    assert unsure(segment, 0.7) == []


def test_a_stretch_that_only_one_of_the_two_heard_says_nothing_of_its_words() -> None:
    text = "we will have four of them by the tenth of May for sure"
    assert doubts(text, "") == []
    assert compared([], words("ten")) == []


def test_the_part_of_the_words_that_came_out_otherwise_is_told() -> None:
    def otherwise(second: str) -> float:
        said = compared(words("we bring four people"), words(second))
        heard = tuple(HeardWord(at, *word[1:]) for at, word in zip((0, 3, 9, 14), said, strict=True))
        segment = Segment(id="s", text="we bring four people", kind="turn", locator="", heard=heard)
        found = hearing(segment, 3, 20)
        return found.otherwise if found else -1.0

    assert otherwise("we bring four people") == 0.0
    assert otherwise("we bring for purple") == 0.67
    assert otherwise("he bring four people") == 0.0


def test_what_both_heard_is_surer_than_either() -> None:
    [agreed] = compared([Word("9", 0, 1, 0.45)], [Word("9", 0, 1, 0.6)])
    assert agreed.sure == 0.78
    [spelt] = compared([Word("9", 0, 1, 0.45)], [Word("nine", 0, 1, 0.6)])
    heard = Segment(id="s", text="9", kind="turn", locator="", heard=(HeardWord(0, *spelt[1:]),))
    told = hearing(heard, 0, 1)
    assert told is not None
    assert [(w.text, w.sure, w.again) for w in told.words] == [("9", 0.725, None)]


def test_what_was_heard_again_comes_along_into_the_source_and_its_older_form_is_read() -> None:
    told = {"audio": "a.mp3", "audio_sha256": "a" * 64, "seconds": 9.0, "engine": "e", "model": "m"}
    said = compared(words("We are live in 15 days."), words("We are live in 50 days."))
    kept = Transcript.model_validate({**told, "passages": [{"words": said}]})
    again = Transcript.model_validate_json(kept.model_dump_json())
    [segment] = recording_source(again, "a.mp3").segments
    assert [(w.at, w.again, w.instead) for w in segment.heard if w.again] == [(15, "50", 1)]
    old = {**told, "passages": [{"words": [["Fine.", 0.0, 0.3, 0.9]]}]}
    assert Transcript.model_validate(old).passages[0].words[0].again is None


def test_doubtful_words_are_underlined_in_the_source_and_say_why() -> None:
    said = compared(words("We are live in 15 days."), words("We are live in 50 days."))
    heard = tuple(HeardWord(at, *word[1:]) for at, word in zip((0, 3, 7, 12, 15, 18), said, strict=True))
    text = "We are live in 15 days."
    segment = Segment(id="s1", text=text, kind="turn", locator="00:00:01", heard=heard)
    shown = source_view("a.mp3", [segment], "s1", "live in 15 days.")
    assert '<span class="unsure" title="heard with 97% certainty, a second time as “50”">15</span>' in shown
    assert re.sub("<[^>]+>", "", shown).endswith(text)
    plain = Segment(id="s1", text=text, kind="turn", locator="00:00:01")
    assert "unsure" not in source_view("a.vtt", [plain], "s1", "live in")


def test_figures_are_written_alike() -> None:
    assert as_figures("by the twenty-fifth").split()[-1] == "25"
    assert as_figures("sixty seconds").split() == ["60", "seconds"]
    assert digits("three oh five") == digits("305")
    assert digits("three dollars and ten cents") == digits("$3.10")


def test_windows_join_neighbours_and_never_reach_over_a_long_pause() -> None:
    spans = [Span(0, 4), Span(4.3, 9), Span(9.2, 14), Span(16.5, 18)]
    assert windows(spans, 28) == [Span(0, 14), Span(16.5, 18)]
    assert windows(spans, 10) == [Span(0, 9), Span(9.2, 14), Span(16.5, 18)]
    assert windows([], 10) == []


def test_slower_sound_is_longer() -> None:
    import numpy as np

    sound = np.sin(np.arange(16_000) / 10).astype(np.float32)
    assert len(slowed(sound, 0.8)) == pytest.approx(20_000, abs=2)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (15, 50, True), (60, 16, True), (116, 160, True), (15_000, 50_000, True), (1_500, 5_000, False),
        (15, 60, False), (2.5, 50, False), (50, 50, False), (0, 0, False), (213, 130, False),
    ],
)  # fmt: skip
def test_fifteen_and_fifty_sound_alike(one: float, other: float, told: bool) -> None:
    assert sound_alike(one, other) is told


def test_a_promise_that_contradicts_by_a_number_that_sounds_like_the_contracts_is_to_be_listened_to() -> None:
    told = Hearing(start=12.0, end=15.0)
    said = Evidence(source="a", segment_id="1", quote="We train 50 users.", locator="", heard=told)
    terms = Evidence(source="c", segment_id="1", quote="Training of fifteen (15) users.", locator="")
    promise = Commitment(
        id="c-1", party="vendor", speaker="Ana", category="training", text="50 users", verdict="contradicted",
        evidence=(said,), contract_evidence=(terms,),
    )  # fmt: skip
    assert _sounds_like_the_contract(promise, said) == (12.0, "50 sounds like the contract's 15")
    covered = promise.model_copy(update={"verdict": "covered"})
    assert _sounds_like_the_contract(covered, said) is None
    written = said.model_copy(update={"heard": None})
    assert _sounds_like_the_contract(promise, written) is None


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("You get to sandbox as alongside it.", (12.0, '"to" before "sandbox" may be the contract\'s 2')),
        ("You get two sandboxes, to keep.", None),
        ("We give it to you.", None),
        ("You get sandboxes.", None),
    ],
)
def test_a_to_may_be_the_two_of_the_clause_that_the_promise_lacks(
    quote: str, told: tuple[float, str] | None
) -> None:
    heard = Hearing(start=12.0, end=15.0)
    said = Evidence(source="a", segment_id="1", quote=quote, locator="", heard=heard)
    clause = Evidence(source="c", segment_id="1", quote="We give two (2) environments.", locator="")
    promise = Commitment(
        id="c-1", party="vendor", speaker="Ana", category="service", text=quote, verdict="covered",
        evidence=(said,), contract_evidence=(clause,),
    )  # fmt: skip
    assert _lacks_the_contracts(promise, said) == told
    assert _lacks_the_contracts(promise.model_copy(update={"verdict": "not_in_contract"}), said) is None
