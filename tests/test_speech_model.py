"""The speech model: set up from pinned wheels, checked by hash; and heard with, where it is there."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from recordings import NEEDS_AUDIO
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import HandoffError
from assistant.packet import Deal, Participant
from assistant.recordings import ears_of, hotwords_of, terms_of
from assistant.recordings.listening import _place, terms_beside
from assistant.settings import Settings
from extractors.segments import Segment, Source, UnreadableSource
from extractors.speech import model
from extractors.speech.heard import Word
from extractors.speech.sound import RATE
from extractors.speech.whisper import ANEW, FILES, Said, Way, Whisper, checked_folder
from extractors.speech.worker import Ears
from tools.spoken import can_speak, speak

MODELS = Path(os.environ.get("HANDOFF_DATA_DIR", "~/.local/share/handoff")).expanduser() / "models"
TURNS = (
    ("Ana", "We will be live in ten weeks, and the training for forty users is included."),
    ("Ben", "Fine. We do not pay more than nine thousand dollars a year."),
    ("Ana", "You will get the export by the third of June."),
)


def settings(folder: Path, **more: object) -> Settings:
    return Settings.model_validate({"data_dir": folder, **more})


def test_setup_says_size_and_licences_and_fetches_nothing_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOFF_DATA_DIR", str(tmp_path))
    done = CliRunner().invoke(app, ["audio", "setup"])
    assert isinstance(done.exception, HandoffError)
    assert "149 MB" in done.output
    assert "MIT" in done.output
    assert "Apache-2.0" in done.output
    assert not (tmp_path / "models").exists()


def test_every_wheel_is_pinned_by_version_and_hash() -> None:
    assert all(len(wheel.sha256) == 64 and wheel.version for wheel in model.WHEELS)
    assert all(len(part.sha256) == 64 for part in model.PARTS)


def test_a_file_that_is_not_what_it_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "a").write_bytes(b"something else")
    part = model.Part("model.bin", ("a",), "0" * 64)
    with pytest.raises(UnreadableSource, match="nothing was kept"):
        model._join(tmp_path / "wheels", part, tmp_path / "made")


def test_without_model_and_service_both_remedies_are_named(tmp_path: Path) -> None:
    with pytest.raises(HandoffError, match=r"handoff audio setup.*HANDOFF_SPEECH_URL.*transcript"):
        ears_of(settings(tmp_path))


def test_a_service_is_used_only_where_one_is_named(tmp_path: Path) -> None:
    ears = ears_of(settings(tmp_path, speech_url="http://127.0.0.1:9/v1", speech_key="k"))
    assert ears.leaves == "http://127.0.0.1:9/v1"
    (tmp_path / "models" / "mine").mkdir(parents=True)
    mine = ears_of(settings(tmp_path, whisper_model="mine"))
    assert mine.leaves is None
    assert mine.folder == tmp_path / "models" / "mine"
    with pytest.raises(UnreadableSource, match=r"model.bin is missing.*HANDOFF_WHISPER_MODEL"):
        checked_folder(tmp_path / "models" / "mine")


def test_names_to_listen_for_are_those_of_the_deal() -> None:
    deal = Deal(account="Fernhill Foods, Inc.", vendor="Cartwheel GmbH", ae="Ana Ruiz",
                participants=(Participant(name="Ben Cole"), Participant(name="Ana Ruiz")))  # fmt: skip
    assert hotwords_of(deal) == ("Fernhill Foods", "Cartwheel", "Ana Ruiz", "Ben Cole")


def test_terms_to_listen_for_are_what_papers_spell_and_no_dictionary_has() -> None:
    told = (
        "The Supplier shall connect Wayfathom to CargoWise by SAML. Wayfathom stays with the Customer.",
        "Invoicing and Non-Payment follow Section 4; INDEMNIFICATION, too, for Anneke's team.",
        "Brillwick is where this sentence begins, and that's Kx-9281.",
    )
    segments = tuple(Segment(id=str(n), text=t, kind="clause", locator="") for n, t in enumerate(told))
    paper = Source(name="a.pdf", kind="contract", sha256="0", segments=segments)
    call = paper.model_copy(update={"kind": "call", "name": "b.vtt"})
    assert terms_of([paper]) == ("Wayfathom", "CargoWise", "SAML", "Anneke")
    assert terms_of([call]) == ()


def test_terms_are_told_to_a_model_on_this_machine_only_and_are_none_of_what_is_kept(tmp_path: Path) -> None:
    mine = Ears(folder=tmp_path, hotwords=("Ana Ruiz",), terms=("SAML", "Ruiz"))
    assert mine.engine()["hotwords"] == ["Ana Ruiz", "SAML"]
    away = Ears(url="http://127.0.0.1:9/v1", hotwords=("Ana Ruiz",), terms=("SAML",))
    assert away.engine()["hotwords"] == ["Ana Ruiz"]
    sound = tmp_path / "call.wav"
    sound.write_bytes(b"RIFF")
    without = replace(mine, terms=())
    assert _place(settings(tmp_path), mine, sound, None) == _place(settings(tmp_path), without, sound, None)


def test_the_papers_beside_a_recording_are_asked_for_their_terms(tmp_path: Path) -> None:
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "one.mp3").write_bytes(b"no sound")
    mail = "From: a@b.example\nTo: c@d.example\nSubject: Kick-off\n\nPlease connect it to CargoWise.\n"
    (tmp_path / "mail.eml").write_text(mail)
    assert terms_beside(tmp_path / "calls" / "one.mp3", "calls/one.mp3") == ("CargoWise",)


def test_a_window_that_fell_into_a_loop_is_heard_anew_in_shorter_ones(tmp_path: Path) -> None:
    asked = list[tuple[int, float]]()

    class Ear(Whisper):
        def _decoded(self, samples: Any, way: Way, language: str | None = None) -> tuple[list[Said], None]:
            asked.append((len(samples), way.longest))
            return [Said([Word("We'll", 0.5, 0.9, 0.9), Word("be", 1.0, 1.2, 0.9)], 0.0, -0.1)], None

    for name in FILES:
        (tmp_path / name).write_bytes(b"")
    sound = np.zeros(30 * RATE, np.float32)
    loop = [Word(word, 2.0 + n, 2.9 + n, 0.9) for n, word in enumerate(["he", "is", "going"] * 8)]
    [anew] = Ear(tmp_path)._without_loop(Said(loop, 0.0, -0.1), sound, "en")
    assert [(w.text, w.start) for w in anew.words] == [("We'll", 2.5), ("be", 3.0)]
    assert asked == [(round((loop[-1].end - 2.0) * RATE), ANEW.longest)]
    once = Said(loop[:5], 0.0, -0.1)
    assert Ear(tmp_path)._without_loop(once, sound, "en") == [once]


@NEEDS_AUDIO
@pytest.mark.sound
@pytest.mark.skipif(not can_speak(), reason="no flite: apt-get install flite")
@pytest.mark.skipif(model.speech_folder(MODELS) is None, reason="no model: handoff audio setup")
@pytest.mark.parametrize("stereo", [False, True])
def test_spoken_promises_are_heard_with_their_numbers_and_speakers(tmp_path: Path, stereo: bool) -> None:
    from extractors.speech.transcribing import transcribe
    from extractors.speech.voices import Voices

    path = tmp_path / "call.wav"
    path.write_bytes(speak(TURNS, stereo=stereo).wav())
    found = transcribe(path, "call.wav", Whisper(MODELS / model.SPEECH), voices=Voices(MODELS / model.VOICES))
    text = " ".join(p.text for p in found.passages).lower()
    assert any(number in text for number in ("ten weeks", "10 weeks"))
    assert any(number in text for number in ("forty users", "40 users"))
    assert found.speakers_by == ("channels" if stereo else "voices")
    assert found.speakers == ("Speaker 1", "Speaker 2")
    assert found.passages[-1].speaker == "Speaker 1"
    assert found.model_sha256 == model.PARTS[0].sha256
