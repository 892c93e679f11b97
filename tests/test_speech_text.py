"""What becomes of heard words: inventions left out, passages, turns with times, speakers, doubts."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.evidence.hearing import hearing
from extractors.reading import read_source
from extractors.segments import Segment, Source
from extractors.speech.heard import LeftOut, Passage, Transcript, Word
from extractors.speech.inventions import invented, leaks, repeats, squeezed
from extractors.speech.pairing import paired
from extractors.speech.pauses import passages_of
from extractors.speech.recording_source import as_vtt, recording_source
from extractors.speech.speakers import new_speaker, turn_at, with_speakers
from extractors.speech.voices import grouped

RATE = 16_000


def words(text: str, start: float = 0.0, step: float = 0.4, sure: float = 0.9) -> tuple[Word, ...]:
    parts = text.split()
    return tuple(Word(p, start + n * step, start + n * step + 0.3, sure) for n, p in enumerate(parts))


def passage(speaker: str | None, text: str, start: float, **more: float) -> Passage:
    return Passage(words=words(text, start, **more), speaker=speaker)


def transcript(*passages: Passage, **more: object) -> Transcript:
    told = {"audio": "call.mp3", "audio_sha256": "a" * 64, "seconds": 60.0, "engine": "ear", "model": "m"}
    return Transcript.model_validate({**told, "speakers_by": "voices", "passages": passages, **more})


CALL = transcript(
    passage("Speaker 1", "We go live in ten weeks, I promise you that.", 1.0),
    passage("Speaker 2", "Good, and we bring two people.", 6.0),
    passage("Speaker 1", "Fine.", 9.0),
)


@pytest.mark.parametrize(
    ("text", "no_speech", "logprob", "loud", "why"),
    [
        ("thank you thank you thank you thank you thank you", 0.1, -0.2, 0.1, "a loop"),
        ("you you you you you you you", 0.1, -0.2, 0.1, "a loop"),
        ("Thanks for watching.", 0.9, -1.4, 0.1, "words over what is hardly speech"),
        ("We are live in ten weeks.", 0.1, -0.2, 0.0, "words over silence"),
        ("No, no, no, we said the tenth of May, not the twentieth.", 0.1, -0.2, 0.1, None),
        ("It is fifteen dollars a user a month, and fifteen more for the export.", 0.9, -0.2, 0.1, None),
    ],
)
def test_what_nobody_said_is_told_from_what_was_said(
    text: str, no_speech: float, logprob: float, loud: float, why: str | None
) -> None:
    assert invented(words(text), no_speech, logprob, loud) == why


def test_a_text_that_repeats_itself_is_squeezed() -> None:
    assert squeezed("and we will see about that then " * 12) > 2.4
    assert squeezed("we will be live on the first of June with all eleven trucks on the road") < 2.4
    assert not repeats("that is that and this is this and so it goes on")
    assert invented(words("a b c d e f g h", step=0.05), 0.1, -0.1, 0.1) is not None


def test_hints_that_stand_one_after_the_other_were_not_said() -> None:
    hints = ("Fernhill Foods", "Cartwheel", "Ana Ruiz")
    assert leaks(words("so the plan Fernhill Foods, Cartwheel, Cartwheel,"), hints)
    assert not leaks(words("I told Ana Ruiz that Cartwheel is fine"), hints)
    assert not leaks(words("anything"), ())


def test_passages_end_where_the_sound_pauses_whatever_the_word_times_say() -> None:
    sound = np.random.default_rng(1).normal(0, 0.1, 4 * RATE).astype(np.float32)
    sound[round(1.4 * RATE) : round(2.2 * RATE)] = 0.0
    told = [Word("Ten", 0.2, 0.6, 1.0), Word("weeks.", 0.7, 1.9, 1.0), Word("Fine", 1.9, 3.0, 1.0)]
    first, second = passages_of(told, sound, 100.0, None)
    assert [p.text for p in (first, second)] == ["Ten weeks.", "Fine"]
    assert first.end == pytest.approx(101.4, abs=0.05)
    assert second.start == pytest.approx(102.2, abs=0.05)


def test_a_transcript_becomes_turns_whose_words_have_times() -> None:
    source = recording_source(CALL, "calls/2026-05-04-first.mp3", {"Speaker 2": "Ben Cole"})
    assert (source.kind, str(source.happened_on)) == ("recording", "2026-05-04")
    assert [(s.speaker, s.locator) for s in source.segments] == [
        ("Speaker 1", "00:00:01"), ("Ben Cole", "00:00:06"), ("Speaker 1", "00:00:09"),
    ]  # fmt: skip
    first = source.segments[0]
    assert [first.text[w.at :].split()[0] for w in first.heard] == first.text.split()
    assert "told apart by their voices" in source.warnings[0]
    assert source.heard_by is not None
    assert source.heard_by.transcript_sha256 == CALL.sha256


def test_another_name_makes_another_hash_and_the_same_the_same() -> None:
    one, two = recording_source(CALL, "a.mp3"), recording_source(CALL, "a.mp3", {"Speaker 1": "Ana"})
    assert one.sha256 != two.sha256
    assert one == recording_source(CALL, "a.mp3")


def test_turns_are_given_away_and_new_speakers_get_a_free_number() -> None:
    assert turn_at(CALL, 9.2) == [2]
    assert turn_at(CALL, 0.0) == [0]
    assert new_speaker(CALL) == "Speaker 3"
    moved = with_speakers(CALL, {"2": "Speaker 2"})
    assert [p.speaker for p in moved.passages] == ["Speaker 1", "Speaker 2", "Speaker 2"]


def test_the_transcript_is_written_as_webvtt_that_is_read_again() -> None:
    left = LeftOut(text="thank you", start=1, end=2, why="a loop")
    text = as_vtt(transcript(*CALL.passages, left_out=(left,)))
    [source] = read_source(text.encode(), "call.vtt")
    assert [s.speaker for s in source.segments] == ["Speaker 1", "Speaker 2", "Speaker 1"]


def test_numbers_dates_prices_and_negations_carry_how_surely_they_were_heard() -> None:
    said = "We will not charge $40 before March 3rd, that one is free."
    [segment] = recording_source(transcript(passage("Speaker 1", said, 1.0)), "a.mp3").segments
    heard = hearing(segment, 0, len(segment.text))
    assert heard is not None
    assert [(w.text, w.kind) for w in heard.words] == [
        ("not", "negation"), ("$40", "price"), ("March", "date"), ("3rd,", "number"),
    ]  # fmt: skip
    assert heard.start == 1.0


def test_a_doubtful_word_before_a_unit_may_be_a_number_that_was_lost() -> None:
    said = (*words("live in", 1.0), Word("then", 1.8, 2.1, 0.3), *words("weeks", 2.2))
    [segment] = recording_source(transcript(Passage(words=said, speaker="A")), "a.mp3").segments
    heard = hearing(segment, 0, len(segment.text))
    assert heard is not None
    assert [(w.text, w.kind, w.sure) for w in heard.words] == [("then", "number", 0.3)]


def test_two_words_hardly_heard_beside_a_number_or_one_not_heard_at_all_may_be_a_number() -> None:
    def kinds(first: float, second: float) -> list[tuple[str, str]]:
        said = (*words("seven percent", 1.0), Word("till", 1.8, 2.1, first), Word("then", 2.2, 2.4, second))
        [segment] = recording_source(transcript(Passage(words=said, speaker="A")), "a.mp3").segments
        heard = hearing(segment, 0, len(segment.text))
        assert heard is not None
        return [(w.text, w.kind) for w in heard.words if w.sure < 0.5]

    assert kinds(0.4, 0.4) == [("till", "number"), ("then", "number")]
    assert kinds(0.4, 0.9) == [("till", "word")]
    assert kinds(0.2, 0.9) == [("till", "number")]


def test_a_word_that_sounds_like_a_number_counts_as_one_where_one_is_expected() -> None:
    said = transcript(passage("A", "at about to it goes to them", 1.0))
    [segment] = recording_source(said, "a.mp3").segments
    heard = hearing(segment, 0, len(segment.text))
    assert heard is not None
    assert [(w.text, w.start) for w in heard.words] == [("to", 1.8)]


def test_what_was_written_has_no_hearing() -> None:
    segment = Segment(id="s0001", text="Ten weeks.", kind="turn", locator="turn 1")
    assert hearing(segment, 0, 10) is None


LONG = "Hello and welcome to this call about the plan for the new warehouse and its five docks"
MORE = "Yes we are glad that you all could make it and we have a few questions about dates and money"


def written(*rows: tuple[str, str]) -> Source:
    cues = [f"00:0{n}:00.000 --> 00:0{n}:30.000\n<v {who}>{said}" for n, (who, said) in enumerate(rows)]
    [source] = read_source("\n\n".join(["WEBVTT", *cues]).encode(), "call.vtt")
    return source


def test_a_transcript_of_the_recorded_call_keeps_its_names_and_gets_the_times() -> None:
    other_ear = LONG.replace("five", "nine")
    heard = transcript(passage("Speaker 1", other_ear, 2.0), passage("Speaker 2", f"{MORE} hmm", 40.0))
    recording = recording_source(heard, "call.mp3")
    call = written(("Ana Ruiz", LONG), ("Ben Cole", MORE))
    other = written(
        ("Ana Ruiz", "Something else entirely was said " * 8), ("Ben Cole", "On another day " * 8)
    )
    [one, two] = paired([call, recording, other.model_copy(update={"name": "b.vtt"})])
    assert [s.speaker for s in one.segments] == ["Ana Ruiz", "Ben Cole"]
    assert one.segments[1].heard[0].start == 40.0
    assert one.heard_by == recording.heard_by
    assert two.heard_by is None
    words = hearing(one.segments[0], 0, len(LONG))
    assert words is not None
    assert [(w.text, w.kind, w.again) for w in words.words] == [("five", "number", "nine")]


def test_a_recording_of_another_call_stays_beside_the_transcripts() -> None:
    recording = recording_source(CALL, "call.mp3")
    call = written(("Ana Ruiz", LONG), ("Ben Cole", MORE))
    assert [s.name for s in paired([call, recording])] == ["call.vtt", "call.mp3"]


def test_voices_that_sound_alike_get_one_number() -> None:
    random = np.random.default_rng(3)
    people = np.eye(3, 16, dtype=np.float32)
    order = [0, 1, 0, 2, 1, 1, 0, 2]

    def sample(person: int) -> np.ndarray:
        vector = people[person] + random.normal(0, 0.05, 16).astype(np.float32)
        return np.asarray(vector / np.linalg.norm(vector), np.float32)

    vectors = [sample(person) for person in order]
    assert grouped(vectors, [3.0] * 8) == order
    assert grouped([vectors[0], None, vectors[1]], [3.0, 0.2, 3.0]) == [0, 0, 1]
    assert set(grouped(vectors, [3.0] * 8, voices=2)) == {0, 1}
    assert grouped([None, None], [0.1, 0.1]) == [0, 0]
