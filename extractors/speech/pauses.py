"""Words to passages: cut where the sound pauses, whatever the engine's word times say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.speech.heard import Passage, Word
from extractors.speech.sound import RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FRAME = 0.02
PAUSE = 0.24
"""Seconds of quiet after which somebody else may speak."""
BREATH = 0.12
"""The same after a finished sentence."""
QUIET = 0.06
"""Part of the loudness of speech below which a frame is quiet."""
FINISHED = re.compile(r"[.!?…][\"'”’)\]]*$")


def passages_of(
    words: Sequence[Word], samples: NDArray[np.float32], begin: float, channel: int | None
) -> list[Passage]:
    """Passages with times from the start of the recording; a pause's silence belongs to no word."""
    quiet = _quiet(samples)
    timed = _settled(words, quiet)
    runs: list[list[Word]] = [[]]
    for number, word in enumerate(timed):
        if runs[-1] and _pauses(timed[number - 1], word):
            runs.append([])
        runs[-1].append(word)
    return [Passage(words=tuple(_moved(run, begin)), channel=channel) for run in runs if run]


def _pauses(before: Word, word: Word) -> bool:
    gap = word.start - before.end
    return gap >= PAUSE or (gap >= BREATH and bool(FINISHED.search(before.text)))


def _moved(words: Sequence[Word], begin: float) -> Iterator[Word]:
    for word in words:
        yield word._replace(start=round(word.start + begin, 2), end=round(word.end + begin, 2))


def _quiet(samples: NDArray[np.float32]) -> NDArray[np.bool_]:
    """For each FRAME whether it is quiet, measured by the loud parts of the same piece."""
    import numpy as np

    size = round(FRAME * RATE)
    whole = len(samples) // size * size
    if not whole:
        return np.zeros(0, np.bool_)
    loud = np.sqrt((samples[:whole].reshape(-1, size) ** 2).mean(axis=1))
    return np.asarray(loud < QUIET * max(float(np.percentile(loud, 90)), 1e-3))


def _settled(words: Sequence[Word], quiet: NDArray[np.bool_]) -> list[Word]:
    """The words with the longest quiet between each two given to neither."""
    timed = list(words)
    for n in range(len(timed) - 1):
        before, after = timed[n], timed[n + 1]
        first = int((before.start + before.end) / 2 / FRAME)
        last = int((after.start + after.end) / 2 / FRAME)
        start, length = _longest(quiet[first:last])
        if length * FRAME >= BREATH:
            gap = ((first + start) * FRAME, (first + start + length) * FRAME)
            timed[n] = before._replace(end=max(gap[0], before.start))
            timed[n + 1] = after._replace(start=min(gap[1], after.end))
    return timed


def _longest(quiet: NDArray[np.bool_]) -> tuple[int, int]:
    """Start and length of the longest run of True."""
    best, start = (0, 0), None
    for at, silent in enumerate([*quiet.tolist(), False]):
        if silent and start is None:
            start = at
        elif not silent and start is not None:
            best = max(best, (at - start, start))
            start = None
    return best[1], best[0]
