"""What is made of an engine's words: full stops where people stop, one number a number, close readings."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from assistant.evidence.hearing import hearing
from assistant.rules.recordings import doubt
from extractors.segments import HeardWord, Segment
from extractors.speech.as_said import as_said
from extractors.speech.beams import Beams, with_others
from extractors.speech.heard import Passage, Word
from extractors.speech.hundreds import one_number
from extractors.speech.stops import ENOUGH, between, longest_comma, with_stops

STOPS = [("That is that.", 0.4)] * (ENOUGH + 1)


def words(text: str, at: float = 0.0, sure: float = 0.97) -> list[Word]:
    return [Word(part, at + n * 0.4, at + n * 0.4 + 0.3, sure) for n, part in enumerate(text.split())]


def call(*said: tuple[str, float], speaker: str = "Speaker 1") -> list[Passage]:
    """Passages of one voice, each with the seconds of quiet after it."""
    out, at = list[Passage](), 0.0
    for text, quiet in said:
        out.append(Passage(words=tuple(words(text, at)), speaker=speaker))
        at = out[-1].end + quiet
    return out


def stopped(*said: tuple[str, float]) -> str:
    """What becomes of these passages in a call whose full stops are followed by 0.4 seconds of quiet."""
    return " ".join(p.text for p in with_stops(call(*STOPS, *said))[len(STOPS) :])


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ((("we can do that,", 0.45), ("the export is free,", 0.0)), "we can do that. The export is free."),
        ((("we do that,", 0.15), ("and the export is free.", 0.0)), "we do that, and the export is free."),
        ((("If you sign by June,", 0.5), ("it is free.", 0.0)), "If you sign by June, it is free."),
        ((("it is on us", 0.6), ("The rest stays", 0.0)), "it is on us. The rest stays."),
        ((("I asked", 0.6), ("Ana about it", 0.0)), "I asked Ana about it."),
        ((("so can we keep the data,", 0.5), ("it is ours", 0.0)), "so can we keep the data? It is ours."),
        ((("how about training", 0.0),), "how about training?"),
        ((("What we do is train people,", 0.5), ("two days", 0.0)), "What we do is train people. two days."),
        ((("When the guest turns up it is paid", 0.0),), "When the guest turns up it is paid."),
    ],
)  # fmt: skip
def test_a_sentence_ends_where_its_speaker_pauses_as_at_full_stops(
    said: tuple[tuple[str, float], ...], read: str
) -> None:
    assert stopped(*said).lower() == read.lower()
    assert stopped(*said).split()[0] == said[0][0].split()[0]


def test_where_full_stops_are_surely_longer_than_commas_what_leads_up_to_nothing_ends_there() -> None:
    assert within(("if it comes back,", 0.4), ("we help.", 0.0)) == "if it comes back. We help."
    assert within(("if it comes back,", 0.3), ("we help.", 0.0)) == "if it comes back, we help."


def test_after_a_full_stop_that_was_put_in_the_sentence_begins_with_a_capital() -> None:
    assert stopped(("fine,", 0.5), ("and it is free.", 0.0)) == "fine. And it is free."


COMMAS = [("as a few know,", 0.16), ("that is that.", 0.4)] * (ENOUGH + 1)


def within(*said: tuple[str, float]) -> str:
    """What becomes of them where the pauses at commas are shorter than those at full stops."""
    return " ".join(p.text for p in with_stops(call(*COMMAS, *said))[len(COMMAS) :])


def test_a_full_stop_without_its_pause_is_a_comma() -> None:
    assert within(("it is free, too.", 0.14), ("The card is.", 0.0)) == "it is free, too, the card is."
    assert within(("I asked for it.", 0.14), ("Ana did not.", 0.0)) == "I asked for it, Ana did not."
    assert within(("it is free for you.", 0.4), ("The card too.", 0.0)) == "it is free for you. The card too."
    assert within(("is it free?", 0.14), ("It is.", 0.0)) == "is it free? It is."
    assert within(("you need, what?", 0.14), ("A few.", 0.0)) == "you need, what, a few."
    assert within(("it is free,", 0.32), ("it is yours.", 0.0)) == "it is free. It is yours."


def test_pauses_of_every_length_tell_no_comma_from_a_full_stop() -> None:
    mixed = [("as you know,", 0.14 + n / 50) for n in range(12)]
    mixed += [("that is that.", 0.2 + n / 50) for n in range(12)]
    assert between(call(*mixed)) is None
    assert between(call(*COMMAS)) == pytest.approx(0.28)


def test_where_few_sentences_end_pauses_say_nothing_and_turns_end_all_the_same() -> None:
    assert longest_comma(call(("Yes.", 0.4), ("No.", 0.4))) == float("inf")
    one, two = call(("fine,", 0.9), ("good,", 0.0))
    said = with_stops([one, two, two.model_copy(update={"speaker": "Speaker 2"})])
    assert [p.text for p in said] == ["fine,", "good.", "Good."]


def test_a_whole_turn_that_adds_one_thing_asks_for_it() -> None:
    mine, other = call(("And the card fee,", 0.4), ("and two cents.", 0.0))
    theirs = other.model_copy(update={"speaker": "Speaker 2"})
    assert [p.text for p in with_stops([mine, theirs])] == ["And the card fee?", "And two cents?"]
    assert [p.text for p in with_stops([mine, other])] == ["And the card fee,", "and two cents."]


def test_words_keep_their_seconds_and_what_was_heard_otherwise() -> None:
    [passage] = with_stops([Passage(words=(Word("fine", 1.0, 2.0, 0.5, "nine", 1),))])
    assert passage.words == (Word("fine.", 1.0, 2.0, 0.5, "nine", 1),)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("about 100 and 30 people", "about 130 people"),
        ("it is 200 and 5, once", "it is 205, once"),
        ("$1400 and 20.", "$1420."),
        ("between 100 and 30", "between 100 and 30"),
        ("100 and 30% more", "100 and 30% more"),
        ("100 and thirty", "100 and thirty"),
        ("150 and 30", "150 and 30"),
        ("at 100 and", "at 100 and"),
    ],
)
def test_hundreds_and_what_follows_them_are_one_number(said: str, read: str) -> None:
    assert " ".join(word.text for word in one_number(words(said))) == read


def test_a_number_put_together_is_as_sure_as_its_least_sure_word() -> None:
    [whole] = one_number([Word("100", 0, 1, 0.9), Word("and", 1, 2, 0.4), Word("30", 2, 3, 0.8)])
    assert whole == Word("130", 0, 3, 0.4)


def told(first: str, *readings: tuple[str, float]) -> list[tuple[str, str | None]]:
    """The words of a promise that a close reading had otherwise."""
    rows = [(first.split(), -0.2), *((text.split(), score) for text, score in readings)]
    at, heard = 0, list[HeardWord]()
    for word in with_others(words(first), rows):
        heard.append(HeardWord(at, *word[1:]))
        at += len(word.text) + 1
    found = hearing(Segment(id="s", text=first, kind="turn", locator="", heard=tuple(heard)), 0, len(first))
    return [(w.text, w.maybe) for w in found.words if w.maybe is not None] if found else []


def test_a_number_that_a_close_reading_had_otherwise_is_told() -> None:
    assert told("in March on fort rucks", ("in March on 4 trucks", -0.21)) == [("fort rucks", "4 trucks")]
    assert told("we ship 214 today", ("we ship 215 today", -0.21)) == [("214", "215")]
    assert told("we ship 214 today", ("we ship 214, to day", -0.201), ("we ship 240 today", -0.21)) == [
        ("214", "240")
    ]


def test_a_reading_far_behind_or_in_another_style_says_nothing() -> None:
    assert told("we ship 214 today", ("we ship 215 today", -0.3)) == []
    assert told("we ship ten today", ("we ship 10 today.", -0.21)) == []
    assert told("we ship it today", ("we shape it today", -0.21)) == []


def test_a_promise_on_such_a_number_is_to_be_listened_to() -> None:
    from assistant.packet import Evidence
    from assistant.protocol.policy import load_policy

    row = ["on 14 trucks".split(), "on 4 trucks".split()]
    heard = with_others(words("on 14 trucks"), [(row[0], -0.2), (row[1], -0.205)])
    at = tuple(HeardWord(n, *word[1:]) for n, word in zip((0, 3, 6), heard, strict=True))
    segment = Segment(id="s", text="on 14 trucks", kind="turn", locator="", heard=at)
    found = hearing(segment, 0, 12)
    assert found is not None
    assert found.otherwise == 0.0  # it is no second hearing
    quoted = Evidence(source="a", segment_id="s", quote="on 14 trucks", locator="", heard=found)
    doubted = doubt(quoted, load_policy())
    assert doubted is not None
    assert 'the number "14" (97% sure, or "4")' in doubted[1]


def test_every_hypothesis_of_a_beam_is_kept_and_the_rest_of_the_model_is_as_it_was() -> None:
    asked: list[dict[str, int]] = []

    def generate(features: str, **how: int) -> list[SimpleNamespace]:
        asked.append(how)
        return [SimpleNamespace(sequences_ids=[[1], [2]], scores=[-0.1, -0.2])]

    beams = Beams(SimpleNamespace(generate=generate, is_multilingual=True))
    assert beams.is_multilingual
    assert beams.generate("sound", beam_size=5)[0].sequences_ids[0] == [1]
    assert asked == [{"beam_size": 5, "num_hypotheses": 5}]
    assert [(h.tokens, h.score) for h in beams.found[0]] == [([1], -0.1), ([2], -0.2)]


@pytest.mark.parametrize(
    ("heard", "read"),
    [
        ("it is 2.6 and 10 cents.", "it is two point six and ten cents."),
        ("and 24.5, once", "and twenty-four point five, once"),
        ("1.5 hours or 2.6 percent", "1.5 hours or 2.6 percent"),
        ("60 days. 60 is fine.", "Sixty days. Sixty is fine."),
        ("18% off for 32 readers", "Eighteen percent off for thirty-two readers"),
        ("that 1, the 3rd or 1st and 4th", "that 1, the 3rd or first and fourth"),
        ("on the 21st, by May 19 or 3 June 2026", "on the twenty-first, by May 19 or 3 June 2026"),
        ("a 30-day trial of 450 at 24/7", "a thirty-day trial of 450 at 24/7"),
        ("it is 2.6% or $3.5", "it is 2.6% or $3.5"),
        ("release 11.50 is 2.10", "release 11.50 is 2.10"),
        ("$36 ahead a month", "$36 a head a month"),
        ("it is 36 ahead.", "it is thirty-six a head."),
        ("they are 3 ahead of us and go ahead", "they are three ahead of us and go ahead"),
    ],
)
def test_words_are_as_people_say_them(heard: str, read: str) -> None:
    assert " ".join(word.text for parts in as_said(words(heard)) for word in parts) == read


def test_what_was_heard_otherwise_counts_the_words_that_are_read() -> None:
    first = Word("at", 0, 1, 0.9, "at 26", 2, (("2.7", 2),))
    [at], decimal, _ = as_said([first, Word("2.6", 1.0, 1.6, 0.8, "it", 1), Word("now", 2, 3, 0.9)])
    assert at == Word("at", 0, 1, 0.9, "at 26", 4, (("2.7", 4),))
    assert [word.text for word in decimal] == ["two", "point", "six"]
    assert [(word.start, word.end, word.instead) for word in decimal] == [
        (1.0, 1.2, 3), (1.2, 1.4, 0), (1.4, 1.6, 0),
    ]  # fmt: skip
