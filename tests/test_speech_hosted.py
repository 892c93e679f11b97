"""A speech service is asked over real HTTP, piece by piece; speakers keep their numbers."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from loopback_ears import Asked, diarized, speech_service
from recordings import NEEDS_AUDIO, encoded, tone

from extractors.segments import UnreadableSource
from extractors.speech.hosted import Service, read_answer
from extractors.speech.transcribing import transcribe
from extractors.speech.worker import Ears, Stopped, hear

pytestmark = NEEDS_AUDIO
CALL = diarized(
    ("A", 0.5, 3.0, "We will be live in ten weeks."), ("B", 3.2, 5.0, "Fine, we need the export too.")
)


def no_wait(seconds: float) -> None:
    """Tests do not wait between tries."""


def wav(folder: Path, seconds: float = 6.0) -> Path:
    path = folder / "call.wav"
    path.write_bytes(encoded(tone(seconds), "wav"))
    return path


def test_a_call_comes_back_with_numbered_speakers_and_the_sound_goes_out_small(tmp_path: Path) -> None:
    with speech_service(lambda asked, n: (200, CALL)) as service:
        engine = Service(service.url, "any-diarize", "sk-test", wait=no_wait)
        found = transcribe(wav(tmp_path), "call.wav", engine)
    assert [(p.speaker, p.text) for p in found.passages] == [
        ("Speaker 1", "We will be live in ten weeks."), ("Speaker 2", "Fine, we need the export too."),
    ]  # fmt: skip
    assert found.speakers_by == "service"
    assert found.model_sha256 is None
    [asked] = service.asked
    assert asked.key == "Bearer sk-test"
    assert asked.form["response_format"] == ["diarized_json"]
    assert asked.form["chunking_strategy"] == ["auto"]
    assert len(asked.sound) < 40_000
    assert asked.sound[:2] in (b"ID", b"\xff\xfb", b"\xff\xf3")


@pytest.mark.sound
def test_speakers_are_carried_across_pieces_by_what_two_pieces_share(tmp_path: Path) -> None:
    def answers(asked: Asked, number: int) -> tuple[int, Any]:
        if number == 0:
            return 200, diarized(("A", 1, 30, "I am the first."), ("B", 42, 49.5, "And I the second one."))
        # The second piece begins five seconds before its own part; it knows one voice by its sample.
        return 200, diarized(
            ("A", 0.5, 4.5, "I the second one."), ("Speaker 1", 8, 12, "The first again."),
            ("C", 14, 18, "And a third."), ("A", 19, 22, "The second again."),
        )  # fmt: skip

    with speech_service(answers) as service:
        engine = Service(service.url, "any-diarize", None, wait=no_wait)
        engine.longest, engine.least, engine.overlap = 50.0, 45.0, 5.0
        found = transcribe(wav(tmp_path, 75.0), "call.wav", engine)
    said = [(p.speaker, p.text) for p in found.passages]
    assert said[:2] == [("Speaker 1", "I am the first."), ("Speaker 2", "And I the second one.")]
    assert ("Speaker 2", "I the second one.") not in said  # heard once
    assert said[2:] == [
        ("Speaker 1", "The first again."), ("Speaker 3", "And a third."), ("Speaker 2", "The second again."),
    ]  # fmt: skip
    assert service.asked[1].form["known_speaker_names[]"] == ["Speaker 1", "Speaker 2"]
    assert all(
        r.startswith("data:audio/mpeg;base64,") for r in service.asked[1].form["known_speaker_references[]"]
    )


def test_a_model_that_only_writes_gives_words_with_times(tmp_path: Path) -> None:
    answer = {
        "text": "Ten weeks, I promise.", "language": "en",
        "segments": [{"start": 0.0, "end": 2.0, "text": " Ten weeks, I promise.", "avg_logprob": -0.2,
                      "no_speech_prob": 0.01}],
        "words": [{"word": w, "start": n / 2, "end": n / 2 + 0.4}
                  for n, w in enumerate(("Ten", "weeks", "I", "promise"))],
    }  # fmt: skip
    with speech_service(lambda asked, n: (200, answer)) as service:
        engine = Service(service.url, "whisper-1", None, ["Fernhill"], wait=no_wait)
        found = transcribe(wav(tmp_path), "call.wav", engine)
    [passage] = found.passages
    assert [w.text for w in passage.words] == ["Ten", "weeks,", "I", "promise."]
    assert passage.words[1].start == 0.5
    assert passage.words[0].sure == pytest.approx(0.819, abs=0.001)
    assert service.asked[0].form["prompt"] == ["Fernhill"]


def test_plain_text_is_spread_over_the_time() -> None:
    [piece] = read_answer({"text": "one two three"}, 9.0)
    assert piece.words[0].start == 0.0
    assert piece.words[-1].end == pytest.approx(9.0)
    assert read_answer({"text": " "}, 9.0) == []


@pytest.mark.parametrize(
    ("status", "told", "times"),
    [(401, "HANDOFF_SPEECH_KEY", 1), (404, "HANDOFF_SPEECH_MODEL", 1), (503, "Try again later", 4)],
)
def test_a_refusal_is_told_with_its_remedy(tmp_path: Path, status: int, told: str, times: int) -> None:
    with speech_service(lambda asked, n: (status, {"error": "no"})) as service:
        engine = Service(service.url, "any-diarize", "k", wait=no_wait)
        with pytest.raises(UnreadableSource, match=told):
            transcribe(wav(tmp_path), "call.wav", engine)
    assert len(service.asked) == times


def test_an_answer_that_is_no_transcript_is_told(tmp_path: Path) -> None:
    with speech_service(lambda asked, n: (200, b"<html>")) as service:
        engine = Service(service.url, "any-diarize", None, wait=no_wait)
        with pytest.raises(UnreadableSource, match="no transcript"):
            transcribe(wav(tmp_path), "call.wav", engine)


def test_a_service_that_is_away_for_a_moment_is_asked_again(tmp_path: Path) -> None:
    with speech_service(lambda asked, n: (503, {}) if n == 0 else (200, CALL)) as service:
        engine = Service(service.url, "any-diarize", None, wait=no_wait)
        assert len(transcribe(wav(tmp_path), "call.wav", engine).passages) == 2


@pytest.mark.sound
def test_finished_pieces_survive_a_crash_and_are_not_asked_again(tmp_path: Path) -> None:
    kept, path = tmp_path / "kept.parts", wav(tmp_path, 145.0)

    def answers(asked: Asked, number: int) -> tuple[int, Any]:
        return (400, {}) if number == 2 else (200, diarized(("A", 6, 9, f"Piece {number}.")))

    with speech_service(answers) as service:
        engine = Service(service.url, "any-diarize", None, wait=no_wait)
        engine.longest, engine.least, engine.overlap = 50.0, 45.0, 5.0
        with pytest.raises(UnreadableSource):
            transcribe(path, "call.wav", engine, kept=kept)
        kept.write_text(kept.read_text("utf-8") + '{"passages": [{"wor', "utf-8")  # the crash cut a line
        progress: list[float] = []
        found = transcribe(path, "call.wav", engine, kept=kept, on_progress=lambda d, t: progress.append(d))
    assert [p.text for p in found.passages] == ["Piece 0.", "Piece 1.", "Piece 3.", "Piece 4."][
        : len(found.passages)
    ]
    assert len(service.asked) == len(found.passages) + 1
    assert progress[0] > 40


@pytest.mark.sound
def test_hearing_in_a_process_of_its_own_tells_progress_and_can_be_stopped(tmp_path: Path) -> None:
    told: list[float] = []
    with speech_service(lambda asked, n: (200, CALL)) as service:
        ears = Ears(url=service.url, model="any-diarize", key="k")
        found = hear(wav(tmp_path), "call.wav", ears, tmp_path / "work" / "a.parts",
                     on_progress=lambda done, total: told.append(done))  # fmt: skip
        assert len(found.passages) == 2
        assert told[0] == 0.0
        assert told[-1] == pytest.approx(6.0, abs=0.1)
        assert list((tmp_path / "work").iterdir()) == []
        stop = Event()
        stop.set()
        with pytest.raises(Stopped):
            hear(wav(tmp_path), "call.wav", ears, tmp_path / "work" / "b.parts", stop=stop)


def test_a_key_is_never_shown() -> None:
    assert "sk-secret" not in repr(Ears(url="http://x/v1", key="sk-secret"))
