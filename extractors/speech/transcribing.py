"""A recording becomes a transcript, piece by piece; what is finished survives a crash."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from extractors.segments import UnreadableSource
from extractors.speech import chunks
from extractors.speech.heard import LeftOut, Passage, SpeakersBy, Transcript
from extractors.speech.pieces import Piece, heading, keep, resumed
from extractors.speech.sound import RATE, Survey, survey
from extractors.speech.stops import with_stops
from extractors.speech.voices import Voices, grouped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from extractors.speech.whisper import Heard

Progress = Callable[[float, float], None]
"""(seconds that are done, seconds in all)"""


class Engine(Protocol):
    """What hears: a model on this machine or a service."""

    name: str
    model: str
    model_sha256: str | None
    longest: float
    least: float
    overlap: float
    tells_speakers: bool
    language: str | None

    @property
    def fingerprint(self) -> str: ...

    def hear(
        self,
        samples: NDArray[np.float32],
        begin: float,
        channel: int | None,
        before: Sequence[Passage] = (),
        fresh: float = 0.0,
    ) -> Heard: ...


class Cancelled(Exception):  # noqa: N818 - reads as what it is
    """Somebody stopped it; what is finished is kept."""


def transcribe(
    path: Path,
    name: str,
    engine: Engine,
    *,
    voices: Voices | None = None,
    people: int | None = None,
    kept: Path | None = None,
    on_progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Transcript:
    """What is said in the recording. Raises UnreadableSource in one line, or Cancelled.

    `kept` is a file into which each finished piece is written; given again, work goes on after the last one.
    `people`: how many speak, where somebody knows. Memory holds one piece of sound at a time.
    """
    seen = survey(path, name)
    sha256 = _sha256(path)
    plan = chunks.plan(seen, engine.longest, engine.least)
    done = resumed(kept, heading(sha256, engine.fingerprint, len(plan)))
    engine.language = next((p.language for p in done if p.language), engine.language)
    split = seen.separate and not engine.tells_speakers
    report = on_progress or (lambda done, total: None)
    report(plan[len(done)].begin if len(done) < len(plan) else seen.seconds, seen.seconds)
    for chunk, samples in chunks.sounds(path, name, 1 + split, plan[len(done) :], engine.overlap):
        if cancelled():
            raise Cancelled
        before = [p for piece in done for p in piece.passages]
        done.append(_heard(engine, samples, chunk, split, voices, before))
        keep(kept, done[-1])
        report(chunk.end, seen.seconds)
    return _whole(done, seen, name, sha256, engine, split, voices is not None, people)


def _heard(
    engine: Engine,
    samples: Any,
    chunk: chunks.Chunk,
    split: bool,
    voices: Voices | None,
    before: Sequence[Passage],
) -> Piece:
    piece = Piece()
    fresh = max(samples.shape[1] / RATE - (chunk.end - chunk.begin), 0.0) if engine.overlap else 0.0
    for channel, row in enumerate(samples):
        heard = engine.hear(row, chunk.begin - fresh, channel if split else None, before, fresh)
        piece.passages += heard.passages
        piece.left_out += heard.left_out
        piece.language = piece.language or heard.language
    piece.passages.sort(key=lambda passage: passage.start)
    if voices is not None and not split and not engine.tells_speakers:
        for passage in piece.passages:
            first, last = (round((at - chunk.begin) * RATE) for at in (passage.start, passage.end))
            piece.voices.append(voices.vector(samples[0, max(first, 0) : last]))
    return piece


def _whole(
    done: list[Piece], seen: Survey, name: str, sha256: str, engine: Engine, split: bool, voiced: bool,
    people: int | None,
) -> Transcript:  # fmt: skip
    passages = [passage for piece in done for passage in piece.passages]
    left_out = tuple(left for piece in done for left in piece.left_out)
    if not passages:
        raise UnreadableSource(
            f"Cannot read '{name}': nothing that is said was heard in its {seen.seconds:.0f} seconds: "
            "see that it is the right file."
        )
    labels, by = _speakers(done, passages, engine, split, voiced, people)
    labelled = [p.model_copy(update={"speaker": s}) for p, s in zip(passages, labels, strict=True)]
    if not engine.tells_speakers:  # who does has its own sentences
        labelled = with_stops(labelled)
    return Transcript(
        audio=name, audio_sha256=sha256, seconds=round(seen.seconds, 2), engine=engine.name,
        model=engine.model, model_sha256=engine.model_sha256,
        language=next((piece.language for piece in done if piece.language), None), speakers_by=by,
        passages=tuple(labelled), left_out=left_out, warnings=tuple(_warnings(name, engine, seen, left_out)),
    )  # fmt: skip


def _speakers(
    done: list[Piece], passages: list[Passage], engine: Engine, split: bool, voiced: bool, people: int | None
) -> tuple[list[str | None], SpeakersBy]:
    if engine.tells_speakers:
        return [p.speaker for p in passages], "service"
    if split:
        order = list(dict.fromkeys(p.channel for p in passages))
        return [f"Speaker {order.index(p.channel) + 1}" for p in passages], "channels"
    if not voiced:
        return [None for _ in passages], "nobody"
    vectors = [vector for piece in done for vector in piece.voices]
    numbers = grouped(vectors, [p.end - p.start for p in passages], people)
    return [f"Speaker {number + 1}" for number in numbers], "voices"


def _warnings(name: str, engine: Engine, seen: Survey, left_out: tuple[LeftOut, ...]) -> list[str]:
    told = []
    if seen.told_seconds and seen.seconds < 0.95 * seen.told_seconds - 1:
        told.append(
            f"'{name}' is cut off: {_minutes(seen.seconds)} of {_minutes(seen.told_seconds)} minutes could "
            "be heard; export it again."
        )
    if engine.model_sha256 is None:
        told.append(f"'{name}': {engine.name} tells no certainty of words: listen to numbers in promises.")
    if left_out:
        first = left_out[0]
        told.append(
            f"'{name}': {len(left_out)} passage{'s' * (len(left_out) > 1)} left out that nobody seems to say "
            f'({first.why} at {_minutes(first.start)}: "{first.text[:60]}").'
        )
    return told


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
