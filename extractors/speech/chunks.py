"""A recording cut into pieces of about a minute, always where it is quietest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractors.speech.sound import FRAME, RATE, Survey, blocks

if TYPE_CHECKING:
    from extractors.speech.sound import Samples

LONGEST = 58.0
"""Seconds of a piece: two windows of the model."""
LEAST = 40.0
SMOOTH = 0.3
"""Seconds over which quiet is looked for, so that a stop within a word is no pause."""


class Chunk(NamedTuple):
    """A piece from `begin` to `end` seconds."""

    number: int
    begin: float
    end: float


def plan(seen: Survey, longest: float = LONGEST, least: float = LEAST) -> list[Chunk]:
    """Where to cut. Depends on the sound alone, so that work can be taken up again at any piece."""
    import numpy as np

    width = round(SMOOTH / FRAME)
    loud = np.convolve(seen.envelope.max(axis=0), np.ones(width) / width, "same")
    cuts = [0.0]
    while seen.seconds - cuts[-1] > longest:
        first, last = (round((cuts[-1] + at) / FRAME) for at in (least, longest))
        window = loud[first:last]
        quietest = int(len(window) - 1 - np.argmin(window[::-1])) if len(window) else 0
        cuts.append((first + quietest) * FRAME + FRAME / 2)
    return [Chunk(n, a, b) for n, (a, b) in enumerate(zip(cuts, [*cuts[1:], seen.seconds], strict=True))]


def sounds(
    path: Path, name: str, channels: int, chunks: list[Chunk], overlap: float = 0.0
) -> Iterator[tuple[Chunk, Samples]]:
    """Each of the chunks with its samples; the file is read once, from the first of them on.

    With `overlap` the samples begin so many seconds before the chunk does, except at the very start.
    """
    import numpy as np

    if not chunks:
        return
    kept: list[Samples] = []
    first = max(chunks[0].begin - overlap, 0.0)
    held, at = 0, round(first * RATE)
    waiting = list(chunks)
    for block in blocks(path, name, channels, first):
        kept.append(block)
        held += block.shape[1]
        while waiting and at + held >= round(waiting[0].end * RATE):
            chunk = waiting.pop(0)
            whole, size = np.concatenate(kept, axis=1), round(chunk.end * RATE) - at
            yield chunk, whole[:, :size]
            shared = min(round(overlap * RATE), size)
            kept, held, at = [whole[:, size - shared :]], whole.shape[1] - size + shared, at + size - shared
    if waiting and held:
        yield waiting[0], np.concatenate(kept, axis=1)
