"""Where people speak, and the stretches that are decoded at once: cut at pauses, never over a long one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from extractors.speech.sound import RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SILENCE_MS = 200
"""Quiet after which a stretch of speech ends."""
PAD_MS = 200
"""Kept around a stretch, so that no sound of a word is lost."""
APART = 1.0
"""Seconds of quiet that no window reaches over."""


class Span(NamedTuple):
    """Seconds from the start of the samples."""

    start: float
    end: float


def speech(samples: NDArray[np.float32], longest: float) -> list[Span]:
    """The stretches in which somebody speaks, none longer than `longest` seconds."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(
        max_speech_duration_s=longest, min_silence_duration_ms=SILENCE_MS, speech_pad_ms=PAD_MS
    )
    found = get_speech_timestamps(samples, options)
    return [Span(row["start"] / RATE, row["end"] / RATE) for row in found]


def windows(spans: Sequence[Span], longest: float) -> list[Span]:
    """Neighbouring stretches joined while they stay within `longest` seconds and no long pause parts them."""
    out: list[Span] = []
    for span in spans:
        if out and span.end - out[-1].start <= longest and span.start - out[-1].end <= APART:
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return out
