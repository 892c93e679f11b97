"""The scores of hearing: style is no error, a wrong number is one, voices are paired as a person would."""

from __future__ import annotations

import pytest

from assistant.evidence.figures import as_figures
from assistant.packet import Evidence, Hearing
from extractors.speech.heard import Passage, Transcript, Word
from tools.hearing_scores import (
    diarization_error,
    named,
    number_errors,
    numbers,
    word_errors,
    wrong_numbers,
)
from tools.spoken import Spoken

TURNS = (
    Spoken("Ana", "We will be live in ten weeks.", 0.0, 4.0),
    Spoken("Ben", "It is four-fifty a month.", 5.0, 9.0),
)


def heard(*rows: tuple[str, str, float, float]) -> Transcript:
    passages = []
    for speaker, text, start, end in rows:
        parts = text.split()
        step = (end - start) / len(parts)
        words = tuple(Word(p, start + n * step, start + (n + 1) * step, 0.9) for n, p in enumerate(parts))
        passages.append(Passage(words=words, speaker=speaker))
    return Transcript(audio="a", audio_sha256="0", seconds=9, engine="e", model="m", passages=tuple(passages))


def test_the_way_a_number_is_written_is_no_error() -> None:
    found = heard(("S1", "We will be live in 10 weeks", 0, 4), ("S2", "it is 450 a month.", 5, 9))
    assert word_errors(found, TURNS) == (0, 12)
    assert as_figures("the eighth") == as_figures("the 8th")
    assert numbers("twenty-five of them by the 30th") == {25.0: 1, 30.0: 1}


def test_a_wrong_or_lost_number_is_one() -> None:
    def wrong(quote: str, start: float, end: float) -> bool:
        heard_at = Hearing(start=start, end=end)
        return number_errors(
            Evidence(source="a", segment_id="s", quote=quote, locator="", heard=heard_at), TURNS
        )

    assert not wrong("We will be live in 10 weeks.", 0.0, 4.0)
    assert wrong("We will be live in 2 weeks.", 0.0, 4.0)
    assert wrong("We will be live in then weeks.", 0.0, 4.0)


def test_of_the_numbers_of_a_call_the_lost_and_the_misheard_are_wrong() -> None:
    right = ("S2", "it is 450 a month.", 5.0, 9.0)
    assert wrong_numbers(heard(("S1", "We will be live in 10 weeks", 0, 4), right), TURNS) == (0, 2)
    assert wrong_numbers(heard(("S1", "We will be live in 2 weeks", 0, 4), right), TURNS) == (1, 2)
    assert wrong_numbers(heard(("S1", "We will be live in then weeks", 0, 4)), TURNS) == (2, 2)


def test_what_is_said_twice_and_quoted_once_is_not_lost() -> None:
    turns = (
        Spoken("Ana", "Is it in April twenty-seven?", 0.0, 2.0),
        Spoken("Ben", "April twenty-seven, yes, it is in test at the minute. And so on.", 2.5, 6.0),
    )

    def lost(quote: str) -> bool:
        at = Hearing(start=2.5, end=5.5)
        return number_errors(Evidence(source="a", segment_id="s", quote=quote, locator="", heard=at), turns)

    assert not lost("April 27, yes, it is in test at a minute.")
    assert lost("April 20, yes, it is in test at a minute.")


def test_voices_are_paired_with_whom_they_mostly_are() -> None:
    found = heard(
        ("S1", "We will be live in ten weeks.", 0, 4), ("S1", "It is four", 5, 7), ("S2", "fifty", 7, 9)
    )
    assert named(found, TURNS) == {"S1": "Ana", "S2": "Ben"}
    wrong, of = diarization_error(found, TURNS)
    assert of == pytest.approx(7.0, abs=0.1)
    assert wrong == pytest.approx(1.75, abs=0.1)
