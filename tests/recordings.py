"""Recordings for tests, in every container: made of samples by PyAV, and broken on purpose."""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

NEEDS_AUDIO = pytest.mark.skipif(find_spec("av") is None, reason="the extra [audio] is not installed")

RATE = 16_000
CODECS = {
    "mp3": "libmp3lame", "m4a": "aac", "mp4": "aac", "ogg": "libopus", "webm": "libopus", "flac": "flac",
    "wav": "pcm_s16le",
}  # fmt: skip
FORMATS = {"m4a": "ipod", "ogg": "ogg"}


def tone(seconds: float = 2.0, channels: int = 1, pitch: float = 220.0) -> NDArray[np.int16]:
    """A quiet tone, a row a channel."""
    at = np.arange(round(seconds * RATE)) / RATE
    return np.tile((8000 * np.sin(2 * np.pi * pitch * at)).astype(np.int16), (channels, 1))


def encoded(samples: NDArray[np.int16], suffix: str, *, codec: str | None = None, rate: int = RATE) -> bytes:
    """The samples (a row a channel, 16 kHz) as a file of that kind."""
    import av

    kept = io.BytesIO()
    layout = "stereo" if len(samples) == 2 else "mono"
    with av.open(kept, "w", format=FORMATS.get(suffix, suffix)) as container:
        of_opus = suffix in ("ogg", "webm")
        out: Any = container.add_stream(codec or CODECS[suffix], rate=48_000 if of_opus else rate)
        out.layout = layout
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples.T.reshape(1, -1)), format="s16", layout=layout
        )
        frame.sample_rate = RATE
        resampler = av.AudioResampler(format=out.format.name, layout=layout, rate=out.rate,
                                      frame_size=out.codec_context.frame_size or 1024)  # fmt: skip
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(out.encode(piece))
        container.mux(out.encode(None))
    return kept.getvalue()


def silent_video(frames: int = 10) -> bytes:
    """A video without a sound track."""
    import av

    kept = io.BytesIO()
    with av.open(kept, "w", format="mp4") as container:
        stream: Any = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(frames):
            picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return kept.getvalue()


def protected() -> bytes:
    """An .m4a whose sample entry says that its sound is encrypted."""
    return encoded(tone(), "m4a").replace(b"mp4a", b"drms", 1)
