"""A recording and the transcript that the meeting tool made of the same call become one source.

The transcript wins: its names are known and its text was made for people. The recording gives each of its
words a second, so that it can be played, and says where its ear heard something else. Two files are of one
call where most of their words are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.segments import HeardWord, Segment, Source
from extractors.speech.again import differences

SAME_CALL = 0.5
"""Part of the transcript's words that the recording must have, in order."""
HINT = 0.08
"""Part of its runs of three words that must be shared before anything is aligned."""
LEAST = 30
"""Words below which nothing is said about being of one call."""
AGREED, DIFFERS = 0.99, 0.75
"""How sure a word is that both have, and one that the recording's ear heard otherwise."""
SPEECH_RATE = 0.35
"""Seconds of a word whose neighbours are not in the recording."""


class _Word(NamedTuple):
    key: str
    text: str
    segment: int
    at: int


def paired(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources; a transcript of a recorded call gets the recording's times and stands for it."""
    out = list(sources)
    for recording in [s for s in out if s.kind == "recording" and s.heard_by]:
        calls = [s for s in out if s.kind == "call" and s.heard_by is None and _names(s)]
        best = max(((aligned(c, recording), c.name) for c in calls), key=lambda p: p[0][0], default=None)
        if best is None or best[0][0] < SAME_CALL:
            continue
        (_, timed), name = best
        out = [timed if s.name == name else s for s in out if s.name != recording.name]
    return tuple(out)


def aligned(call: Source, recording: Source) -> tuple[float, Source]:
    """The part of the transcript's words that the recording has, and the transcript with its times."""
    said, heard = _words(call.segments), _words(recording.segments)
    times = [w for s in recording.segments for w in s.heard]
    if len(said) < LEAST or len(heard) != len(times) or not _alike(said, heard):
        return 0.0, call
    pairs = _pairs([w.key for w in said], [w.key for w in heard])
    known = {n: HeardWord(said[n].at, times[m].start, times[m].end, AGREED) for n, m in pairs}
    share = len(pairs) / len(said)
    if share < SAME_CALL:
        return share, call
    return share, _with_times(call, recording, said, known, _otherwise(said, heard))


def _otherwise(said: Sequence[_Word], heard: Sequence[_Word]) -> dict[int, tuple[str, int]]:
    """What the ear made of the words, by the first of them, where it is not what the transcript has."""
    runs = differences([w.text for w in said], [w.text for w in heard])
    return {
        first: (" ".join(w.text for w in heard[begin:end]), last - first)
        for kind, (first, last), (begin, end) in runs
        if kind == "other" and said[first].segment == said[last - 1].segment
    }


def _with_times(
    call: Source,
    recording: Source,
    said: Sequence[_Word],
    known: dict[int, HeardWord],
    otherwise: dict[int, tuple[str, int]],
) -> Source:
    by_segment: dict[int, list[HeardWord]] = {}
    before = 0.0
    for n, word in enumerate(said):
        heard = known.get(n) or HeardWord(word.at, before, before + SPEECH_RATE, DIFFERS)
        before = heard.end
        if n in otherwise:
            heard = heard._replace(again=otherwise[n][0], instead=otherwise[n][1])
        by_segment.setdefault(word.segment, []).append(heard)
    segments = tuple(
        s.model_copy(update={"heard": tuple(by_segment[n])}) if n in by_segment else s
        for n, s in enumerate(call.segments)
    )
    return call.model_copy(update={"segments": segments, "heard_by": recording.heard_by})


def _pairs(said: list[str], heard: list[str]) -> list[tuple[int, int]]:
    """Which word of the one is which of the other."""
    from rapidfuzz.distance import Levenshtein

    return [
        (a, b)
        for op in Levenshtein.opcodes(said, heard)
        if op.tag == "equal"
        for a, b in zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True)
    ]


def _words(segments: Sequence[Segment]) -> list[_Word]:
    return [
        _Word(re.sub(r"[^\w']", "", found[0]).lower(), found[0], number, found.start())
        for number, segment in enumerate(segments)
        for found in re.finditer(r"\S+", segment.text)
    ]


def _alike(said: Sequence[_Word], heard: Sequence[_Word]) -> bool:
    grams = [
        {tuple(w.key for w in words[n : n + 3]) for n in range(len(words) - 2)} for words in (said, heard)
    ]
    return len(grams[0] & grams[1]) >= HINT * min(len(grams[0]), len(grams[1]))


def _names(source: Source) -> bool:
    return any(segment.speaker for segment in source.segments)
