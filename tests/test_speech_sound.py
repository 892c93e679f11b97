"""Recordings are decoded whatever their container, and what cannot be heard is told in one line."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from recordings import CODECS, NEEDS_AUDIO, RATE, encoded, protected, silent_video, tone

from extractors import read_folder, read_source
from extractors.segments import UnreadableSource
from extractors.speech.chunks import plan, sounds
from extractors.speech.sound import Survey, survey

pytestmark = NEEDS_AUDIO


def kept(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("suffix", CODECS)
def test_every_container_is_decoded(tmp_path: Path, suffix: str) -> None:
    seen = survey(kept(tmp_path, f"call.{suffix}", encoded(tone(3.0), suffix)), "call")
    assert seen.seconds == pytest.approx(3.0, abs=0.2)
    assert seen.channels == 1
    assert not seen.silent


def test_telephone_sound_of_8_khz_mu_law_is_decoded(tmp_path: Path) -> None:
    path = kept(tmp_path, "phone.wav", encoded(tone(3.0), "wav", codec="pcm_mulaw", rate=8000))
    assert survey(path, "phone.wav").rate == 8000


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("screen.mp4", silent_video, "a video without sound"),
        ("bought.m4a", protected, "protected by DRM"),
        ("cut.mp4", lambda: encoded(tone(20), "mp4")[:60_000], "cut off"),
        ("none.wav", lambda: encoded(tone(0.01), "wav"), "0 seconds"),
        ("empty.mp3", bytes, "the file is empty"),
        ("noise.mp3", lambda: b"\x00\x01\x02\xfe" * 4000, "no recording that can be decoded"),
    ],
)
def test_what_cannot_be_heard_is_told_in_one_line(
    tmp_path: Path, name: str, data: Callable[[], bytes], told: str
) -> None:
    with pytest.raises(UnreadableSource) as caught:
        survey(kept(tmp_path, name, data()), name)
    message = str(caught.value)
    assert told in message
    assert message.startswith(f"Cannot read '{name}': ")
    assert "\n" not in message


def test_a_text_named_mp3_is_told_to_be_a_text() -> None:
    with pytest.raises(UnreadableSource, match=r"'call.mp3': it is plain text, not a recording: rename it"):
        read_source(b"Ana: we will be live in ten weeks.\nBen: fine.\n" * 20, "call.mp3")


def test_a_recording_that_ends_early_is_heard_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = encoded(tone(20), "mp3")
    seen = survey(kept(tmp_path, "cut.mp3", whole[: len(whole) // 2]), "cut.mp3")
    assert seen.seconds < 11 < 19 < (seen.told_seconds or 0)


def test_without_ears_a_recording_is_unread_with_both_remedies_and_the_rest_is_read(tmp_path: Path) -> None:
    kept(tmp_path, "call.mp3", encoded(tone(), "mp3"))
    kept(tmp_path, "call.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Ten weeks.\n")
    sources, unread = read_folder(tmp_path)
    assert [source.name for source in sources] == ["call.vtt"]
    [(name, why)] = unread
    assert name == "call.mp3"
    assert "handoff audio setup" in why
    assert "HANDOFF_SPEECH_URL" in why


def test_a_recording_is_cut_where_it_is_quiet(tmp_path: Path) -> None:
    loud, quiet = tone(50.0), np.zeros((1, RATE), np.int16)
    sound = np.concatenate([loud, quiet, loud, quiet, loud], axis=1)
    path = kept(tmp_path, "long.wav", encoded(sound, "wav"))
    seen = survey(path, "long.wav")
    pieces = plan(seen)
    assert [piece.begin for piece in pieces] == pytest.approx([0, 50.5, 101.5], abs=0.6)
    assert pieces[-1].end == seen.seconds


def test_every_sample_is_heard_once_and_taking_up_again_gives_the_same_pieces(tmp_path: Path) -> None:
    path = kept(tmp_path, "long.wav", encoded(tone(130.0), "wav"))
    pieces = plan(survey(path, "long.wav"))
    whole = list(sounds(path, "long.wav", 1, pieces))
    assert sum(samples.shape[1] for _, samples in whole) == 130 * RATE
    again = list(sounds(path, "long.wav", 1, pieces[1:]))
    assert [chunk for chunk, _ in again] == pieces[1:]
    assert all(np.array_equal(a[1], b[1]) for a, b in zip(whole[1:], again, strict=True))


def test_pieces_overlap_where_that_is_asked_for(tmp_path: Path) -> None:
    path = kept(tmp_path, "long.wav", encoded(tone(130.0), "wav"))
    pieces = plan(survey(path, "long.wav"))
    shared = [samples.shape[1] / RATE - (c.end - c.begin) for c, samples in sounds(path, "x", 1, pieces, 5.0)]
    assert shared == pytest.approx([0.0, *[5.0] * (len(pieces) - 1)], abs=0.01)


def test_channels_count_as_separate_where_people_take_turns() -> None:
    left = np.array([0.2] * 400 + [0.001] * 400, np.float32)
    turns, same = np.stack([left, left[::-1]]), np.stack([left, left * 0.9])
    assert Survey(40, 40, 2, RATE, turns).separate
    assert not Survey(40, 40, 2, RATE, same).separate


@pytest.mark.sound
def test_a_long_recording_is_surveyed_in_little_memory(tmp_path: Path) -> None:
    import resource

    minute = encoded(tone(60.0), "mp3")
    path = kept(tmp_path, "long.mp3", minute * 30)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seen = survey(path, "long.mp3")
    assert seen.seconds > 1_790
    assert len(plan(seen)) > 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


def test_noise_of_any_kind_never_breaks_the_reading(tmp_path: Path) -> None:
    for head in (b"ID3\x04", b"RIFF\x00\x00\x00\x00WAVE", b"OggS", b"fLaC", b"\x1aE\xdf\xa3"):
        path = kept(tmp_path, "noise.mp3", head + os.urandom(4000))
        with pytest.raises(UnreadableSource):
            survey(path, "noise.mp3")
