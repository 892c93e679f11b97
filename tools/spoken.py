"""Speech made of text by Debian's flite: recordings whose every word is known, for tests and benches."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import wave
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.recordings.ears import ears_identity
from assistant.settings import read_settings

RATE = 16_000
VOICES = (("rms", 1.0), ("slt", 1.0), ("awb", 1.0), ("rms", 1.15), ("slt", 0.86), ("awb", 1.15))
"""Flite's voices of 16 kHz and how much higher they are made; speakers get them in order of appearance."""
PAUSE = 0.45
"""Seconds between turns."""
Samples = NDArray[np.int16]


@dataclass(frozen=True)
class Spoken:
    """What was said by whom and when (seconds)."""

    speaker: str
    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Recording:
    """Sound with the truth about it. `samples` has a row a channel."""

    samples: Samples
    turns: tuple[Spoken, ...]

    @property
    def seconds(self) -> float:
        return float(self.samples.shape[1] / RATE)

    def wav(self) -> bytes:
        """The sound as a .wav of 16 kHz, 16 bits."""
        return wav(self.samples)


def can_speak() -> bool:
    """Whether flite is on this machine."""
    return shutil.which("flite") is not None


def missing() -> str:
    """What measuring needs and this machine lacks, with its remedy; "" where nothing does."""
    if not can_speak():
        return "flite is not here (apt-get install flite)"
    return "" if ears_identity(read_settings()) else "there is no model to hear with (make sound)"


def speak(turns: Iterable[tuple[str, str]], *, stereo: bool = False, gap: float = PAUSE) -> Recording:
    """The (speaker, text) turns one after the other; `stereo`: the first speaker left, the others right."""
    spoken, pieces, at = list[Spoken](), list[tuple[int, Samples]](), 0.0
    voices: dict[str, tuple[str, float]] = {}
    for speaker, text in turns:
        voice = voices.setdefault(speaker, VOICES[len(voices) % len(VOICES)])
        samples = say(text, *voice)
        channel = int(stereo and list(voices).index(speaker) > 0)
        pieces.append((channel, samples))
        spoken.append(Spoken(speaker, text, at, at + len(samples) / RATE))
        at += len(samples) / RATE + gap
    return Recording(_laid_out(spoken, pieces, 2 if stereo else 1), tuple(spoken))


def _laid_out(spoken: Sequence[Spoken], pieces: Sequence[tuple[int, Samples]], channels: int) -> Samples:
    length = round((spoken[-1].end + PAUSE) * RATE)
    out = np.zeros((channels, length), np.int16)
    for turn, (channel, samples) in zip(spoken, pieces, strict=True):
        begin = round(turn.start * RATE)
        out[channel, begin : begin + len(samples)] = samples
    return out


@lru_cache(256)
def say(text: str, voice: str = "slt", pitch: float = 1.0) -> Samples:
    """One voice saying the text, 16 kHz; another pitch makes another person of it, of the same speed."""
    with tempfile.TemporaryDirectory(prefix="handoff-flite-") as folder:
        words, sound = Path(folder) / "words.txt", Path(folder) / "sound.wav"
        words.write_text(text, "utf-8")
        asked = ["flite", "-voice", voice, "--setf", f"duration_stretch={pitch}"]
        asked += ["-f", str(words), "-o", str(sound)]
        subprocess.run(asked, check=True, capture_output=True, timeout=120)
        with wave.open(str(sound)) as file:
            spoken = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    at = np.arange(0, len(spoken) - 1, pitch)
    return np.asarray(np.interp(at, np.arange(len(spoken)), spoken), np.int16)


def wav(samples: Samples, rate: int = RATE) -> bytes:
    """Rows of samples as a .wav file."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(samples.shape[0])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.ascontiguousarray(samples.T).tobytes())
    return kept.getvalue()
