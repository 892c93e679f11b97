"""Who speaks when, by the sound of the voices: passages that sound alike get one number. Never a name.

The embeddings come from a small speaker model (d-vectors: 40 mel bands, windows of 0.8 s); its recipe is read
out of the file. On real calls this is right for most turns at best, so whatever comes of it says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.speech.sound import RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

WINDOW, STEP = 80, 40
"""Frames of 10 ms of a window, and from one window to the next."""
LENGTH, HOP, FFT, BANDS = 400, 160, 512, 40
SHORTEST = 0.5
"""Seconds of speech below which a voice is not recognised."""
ALIKE = 0.62
"""Cosine of two groups' mean vectors above which they are one voice."""
MOST = 8
"""Voices that are told apart at most, where nobody says how many there are."""
MICRO = 240
"""Passages are first put into at most so many small groups, so that long calls stay cheap."""


class Voices:
    """The speaker model in an .onnx file."""

    def __init__(self, model: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(str(model), options)

    def vector(self, samples: NDArray[np.float32]) -> Vectors | None:
        """The voice in the samples as a unit vector, or None where there is too little of it."""
        import numpy as np

        if len(samples) < SHORTEST * RATE:
            return None
        bands = _bands(samples)
        if len(bands) < WINDOW:
            bands = np.pad(bands, ((0, WINDOW - len(bands)), (0, 0)), mode="wrap")
        windows = np.stack([bands[i : i + WINDOW] for i in range(0, len(bands) - WINDOW + 1, STEP)])
        found = self._session.run(None, {"mel_window": windows.astype(np.float32)})[0]
        return _unit(_unit(found).mean(axis=0))


def grouped(
    vectors: Sequence[Vectors | None], seconds: Sequence[float], voices: int | None = None
) -> list[int]:
    """A number for each passage, counted from 0 in order of appearance.

    `voices`: how many people speak, where somebody knows. Passages without a vector go with the one before.
    """
    import numpy as np

    known = [n for n, vector in enumerate(vectors) if vector is not None]
    if not known:
        return [0] * len(vectors)
    matrix = np.stack([vectors[n] for n in known])  # type: ignore[misc]
    weights = np.array([seconds[n] for n in known], np.float32)
    found = dict(zip(known, _clusters(matrix, weights, voices), strict=True))
    out: list[int] = []
    first = found[known[0]]
    for n in range(len(vectors)):
        out.append(found.get(n, out[-1] if out else first))
    order = {label: number for number, label in enumerate(dict.fromkeys(out))}
    return [order[label] for label in out]


def _clusters(matrix: Vectors, weights: Vectors, voices: int | None) -> list[int]:
    """Agglomerative, by the cosine of weighted means; then every passage to the nearest voice."""
    import numpy as np

    members = _micro(matrix, weights)
    sums = np.stack([(matrix[m] * weights[m, None]).sum(axis=0) for m in members])
    sizes = np.array([weights[m].sum() for m in members])
    groups = [[n] for n in range(len(members))]
    while len(groups) > (voices or 1):
        means = _unit(sums)
        alike = means @ means.T
        np.fill_diagonal(alike, -1)
        a, b = divmod(int(alike.argmax()), len(groups))
        if voices is None and alike[a, b] < ALIKE and len(groups) <= MOST:
            break
        a, b = min(a, b), max(a, b)
        sums[a] += sums[b]
        sizes[a] += sizes[b]
        sums, sizes = np.delete(sums, b, 0), np.delete(sizes, b)
        groups[a] += groups.pop(b)
    means = _unit(_big(sums, sizes, voices))
    return [int(n) for n in (matrix @ means.T).argmax(axis=1)]


def _big(sums: Vectors, sizes: Vectors, voices: int | None) -> Vectors:
    """Without the groups that are too small to be a person, where nobody said how many there are."""
    import numpy as np

    if voices is not None:
        return sums
    kept = sizes >= max(0.02 * float(sizes.sum()), 1.5)
    return np.asarray(sums[kept] if kept.any() else sums)


def _micro(matrix: Vectors, weights: Vectors) -> list[list[int]]:
    """Small groups: the longest passages lead, each other one joins the most alike once there are enough."""
    import numpy as np

    order = [int(n) for n in np.argsort(-weights, kind="stable")]
    groups = [[n] for n in order[:MICRO]]
    leaders = matrix[order[:MICRO]]
    for n in order[MICRO:]:
        groups[int((leaders @ matrix[n]).argmax())].append(n)
    return groups


def _unit(vectors: Vectors) -> Vectors:
    import numpy as np

    return np.asarray(vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-12), np.float32)


def _bands(samples: NDArray[np.float32]) -> Vectors:
    """Log mel energies, a row each 10 ms."""
    import numpy as np

    count = 1 + max(len(samples) - FFT, 0) // HOP
    padded = np.pad(samples, (0, max(FFT - len(samples), 0)))
    frames = np.lib.stride_tricks.sliding_window_view(padded, FFT)[::HOP][:count]
    window = np.zeros(FFT, np.float32)
    edge = (FFT - LENGTH) // 2
    at = np.arange(LENGTH) / LENGTH
    window[edge : edge + LENGTH] = 0.54 - 0.46 * np.cos(2 * np.pi * at)
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    return np.asarray(np.log10(power @ _filters().T + 1e-10), np.float32)


def _filters() -> Vectors:
    """Triangles on the Slaney mel scale, each of the same area."""
    import numpy as np

    def to_hertz(mel: Any) -> Any:
        return np.where(mel < 15, mel * 200 / 3, 1000 * np.exp(np.log(6.4) / 27 * (mel - 15)))

    top = 15 + np.log(RATE / 2 / 1000) / (np.log(6.4) / 27)
    edges = to_hertz(np.linspace(0, top, BANDS + 2))
    bins = np.fft.rfftfreq(FFT, 1 / RATE)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    triangles = np.maximum(0, np.minimum(rising, falling))
    return np.asarray(triangles * (2 / (edges[2:] - edges[:-2]))[:, None], np.float32)
