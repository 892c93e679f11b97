"""Any recording as 16 kHz samples, through PyAV: no system ffmpeg is needed, no file is held in memory."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.segments import UnreadableSource

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    """A row a channel, values from -1 to 1."""

RATE = 16_000
FRAME = 0.05
"""Seconds of one value of the envelope."""
SHORTEST = 0.3
"""Seconds below which there is nothing to hear."""
PROTECTED = frozenset(("drms", "drmi", "enca", "encv", "aavd"))
"""Sample types of files that play with a licence only."""
NO_AUDIO_EXTRA = "recordings need the extra audio: pip install 'handoff[audio]', or add the transcript"
QUIET = 1e-3
"""Loudness (root mean square) below which a frame counts as silence."""


@dataclass(frozen=True)
class Survey:
    """A recording at a glance. `envelope` is loudness, a row a channel, a column each FRAME seconds."""

    seconds: float
    told_seconds: float | None
    """What the file says of its length; None where it says nothing."""
    channels: int
    rate: int
    envelope: Samples

    @property
    def separate(self) -> bool:
        """Whether the two channels hold different people: mostly one of them is far louder, each in turn."""
        return self.channels == 2 and _take_turns(self.envelope)

    @property
    def silent(self) -> bool:
        return float(self.envelope.max(initial=0.0)) < QUIET


def survey(path: Path, name: str) -> Survey:
    """Decode all of it once, block by block. Raises UnreadableSource in one line where it cannot be heard."""
    import numpy as np

    envelope: list[Samples] = []
    samples = 0
    size = round(FRAME * RATE)
    with opened(path, name) as (container, stream):
        told, channels, rate = _length(container, stream), min(int(stream.channels), 2), int(stream.rate)
        rest = np.zeros((channels, 0), np.float32)
        for block in _decoded(container, stream, channels, name):
            samples += block.shape[1]
            rest = np.concatenate([rest, block], axis=1)
            whole = rest.shape[1] // size * size
            frames = rest[:, :whole].reshape(channels, -1, size)
            envelope.append(np.sqrt((frames**2).mean(axis=2)))
            rest = rest[:, whole:]
    if samples / RATE < SHORTEST:
        raise UnreadableSource(f"Cannot read '{name}': it holds no sound (0 seconds): export it again.")
    return Survey(samples / RATE, told, channels, rate, np.concatenate(envelope, axis=1))


def blocks(path: Path, name: str, channels: int, begin: float = 0.0) -> Iterator[Samples]:
    """The sound from `begin` seconds on, in blocks of about a second."""
    skip = round(begin * RATE)
    with opened(path, name) as (container, stream):
        for block in _decoded(container, stream, channels, name):
            if skip >= block.shape[1]:
                skip -= block.shape[1]
                continue
            yield block[:, skip:]
            skip = 0


@contextlib.contextmanager
def opened(path: Path, name: str) -> Iterator[tuple[Any, Any]]:
    """The container and its first audio stream."""
    try:
        import av
        from av.error import FFmpegError
    except ImportError:
        raise UnreadableSource(f"Cannot read '{name}': {NO_AUDIO_EXTRA}.") from None
    if path.stat().st_size == 0:
        raise UnreadableSource(f"Cannot read '{name}': the file is empty: export it again.")
    try:
        container = av.open(str(path), options={"protocol_whitelist": "file"})
    except (FFmpegError, ValueError) as error:
        raise UnreadableSource(f"Cannot read '{name}': {_unopened(path, error)}.") from None
    with container:
        yield container, _audio(container, name)


def _audio(container: Any, name: str) -> Any:
    if not container.streams.audio:
        what = "a video without sound" if container.streams.video else "a file without a sound track"
        raise UnreadableSource(f"Cannot read '{name}': it is {what}: export the recording with its sound.")
    stream = container.streams.audio[0]
    if _tag(stream) in PROTECTED:
        raise UnreadableSource(f"Cannot read '{name}': {_locked()}.")
    if stream.codec_context is None or not stream.rate or not stream.channels:
        raise UnreadableSource(f"Cannot read '{name}': its sound is of an unknown kind: save it as .mp3.")
    return stream


def _decoded(container: Any, stream: Any, channels: int, name: str) -> Iterator[Samples]:
    """Blocks of RATE samples; damage in the middle ends them, damage at the start is an error."""
    import av
    import numpy as np
    from av.error import FFmpegError

    layout = "stereo" if channels == 2 else "mono"
    resampler = av.AudioResampler(format="fltp", layout=layout, rate=RATE, frame_size=RATE)
    stream.thread_type = "AUTO"
    some = False
    try:
        for packet in container.demux(stream):
            for frame in _frames(packet):
                frame.pts = None  # gaps and jumps in a file's clock are not sound
                for out in resampler.resample(frame):
                    some = True
                    yield np.asarray(out.to_ndarray(), np.float32)
        for out in resampler.resample(None):
            some = True
            yield np.asarray(out.to_ndarray(), np.float32)
    except FFmpegError as error:
        if not some:
            raise UnreadableSource(f"Cannot read '{name}': {_undecoded(error)}.") from None


def _frames(packet: Any) -> list[Any]:
    """A packet's frames; a broken packet is passed over as players do."""
    from av.error import InvalidDataError

    try:
        return list(packet.decode())
    except InvalidDataError:
        return []


def _length(container: Any, stream: Any) -> float | None:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / 1e6 if container.duration else None


def _tag(stream: Any) -> str:
    return str(getattr(stream.codec_context, "codec_tag", "") or "").strip().lower()


def _locked() -> str:
    return "it is protected by DRM and plays with its licence only: export it from the meeting tool itself"


def _unopened(path: Path, error: Exception) -> str:
    with path.open("rb") as file:
        head = file.read(1 << 16)
    if head[4:8] == b"ftyp" and head[8:12] in (b"M4P ", b"aax ", b"aaxc"):
        return _locked()
    if head[4:8] == b"ftyp":
        return "the file is cut off (its index is missing): copy or export it again"
    if "moov" in str(error):
        return "the file is cut off: copy or export it again"
    return "it is no recording that can be decoded, or it is damaged: export it again as .mp3 or .wav"


def _undecoded(error: Exception) -> str:
    return f"its sound cannot be decoded ({type(error).__name__}): export it again as .mp3 or .wav"


def _take_turns(envelope: Samples) -> bool:
    left, right = envelope[0], envelope[1]
    loud = (left > 4 * QUIET) | (right > 4 * QUIET)
    total = max(int(loud.sum()), 1)
    only_left = int((loud & (left > 3 * right)).sum()) / total
    only_right = int((loud & (right > 3 * left)).sum()) / total
    return only_left + only_right > 0.6 and min(only_left, only_right) > 0.03
