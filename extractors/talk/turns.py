"""Cues to speaker's turns: a cue cuts sentences, a turn does not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extractors.decode import fold
from extractors.segments import Segment

LONG_TURN = 1200
"""Characters after which a monologue is split at a sentence's end."""
FULL_PARAGRAPH = 500
"""Without speakers: a paragraph this long ends at the next sentence's end."""
PAUSE = 2.0
"""Without speakers: seconds of silence after a finished sentence that start a new paragraph."""
SAME_BREATH = 0.3
"""Seconds within which a cue that names nobody is still the same speaker's."""
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9À-Þ])|(?<=[。！？])")
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|vs|etc|e\.g|i\.e|approx|No|Inc|Ltd|Co)|\b[A-Z])\.$"
)


@dataclass(frozen=True)
class Cue:
    """A piece of speech as the file has it. Times in seconds from the start of the call."""

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    clock: str | None = None
    """The time as printed where it is a time of day ("12:04 PM"): what a person would look for."""


def turns(cues: Iterable[Cue]) -> tuple[Segment, ...]:
    """One segment a speaker's turn, long ones split at sentence ends; every word of every cue is kept."""
    folded = [replace(c, text=fold(c.text)) for c in cues]
    spoken = _continued([c for c in folded if c.text])
    pieces = [piece for run in _runs(spoken) for piece in _split(run)]
    return tuple(_segment(number, *piece) for number, piece in enumerate(pieces, 1))


def _continued(cues: list[Cue]) -> list[Cue]:
    """A timed cue without a label goes on with what the one before it says, unless a pause lies between."""
    out: list[Cue] = []
    for cue in cues:
        before = out[-1] if out else None
        if before and before.speaker and cue.speaker is None and _goes_on(before, cue):
            cue = replace(cue, speaker=before.speaker)
        out.append(cue)
    return out


def _goes_on(before: Cue, cue: Cue) -> bool:
    if cue.start is None or before.end is None:
        return False
    unfinished = not re.search(r"[.!?…][\"'”’)\]]*$", before.text)
    return (unfinished and cue.text[0].islower()) or cue.start - before.end <= SAME_BREATH


def locator(start: float | None, clock: str | None, number: int) -> str:
    """ "00:14:32", the printed time of day, or "turn 12" where there is no time."""
    if clock:
        return clock
    return f"turn {number}" if start is None else hms(start)


def hms(seconds: float) -> str:
    """Seconds as "HH:MM:SS"."""
    whole = max(int(seconds), 0)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def sentence_ends(text: str) -> list[int]:
    """Where sentences begin after the first: offsets at which the text may be cut."""
    ends = ((m.start(), m.end()) for m in SENTENCE_END.finditer(text))
    return [end for start, end in ends if not ABBREVIATION.search(text[max(start - 12, 0) : start])]


def _segment(number: int, cue: Cue, text: str) -> Segment:
    return Segment(
        id=f"s{number:04d}", text=text, kind="turn", locator=locator(cue.start, cue.clock, number),
        speaker=cue.speaker, start=cue.start,
    )  # fmt: skip


def _runs(cues: list[Cue]) -> Iterator[list[Cue]]:
    """Consecutive cues of one speaker; cues without a speaker by pauses and length."""
    for speaker, group in groupby(cues, key=lambda c: c.speaker):
        run = list(group)
        if speaker is None:
            yield from _paragraphs(run)
        else:
            yield run


def _paragraphs(cues: list[Cue]) -> Iterator[list[Cue]]:
    run: list[Cue] = []
    for cue in cues:
        if run and _ends_here(run, cue):
            yield run
            run = []
        run.append(cue)
    if run:
        yield run


def _ends_here(run: list[Cue], following: Cue) -> bool:
    if not re.search(r"[.!?…][\"'”’)\]]*$", run[-1].text):
        return False
    if following.start is None:
        return True  # plain text: its paragraphs are the author's own
    last = run[-1].end if run[-1].end is not None else run[-1].start
    pause = following.start - last if last is not None else 0.0
    return pause >= PAUSE or sum(len(c.text) for c in run) >= FULL_PARAGRAPH


def _split(run: list[Cue]) -> Iterator[tuple[Cue, str]]:
    """Pieces of one turn, each with the cue in which it begins."""
    offsets, text = _joined(run)
    begin = 0
    for end in [*_cuts(text, offsets), len(text)]:
        cue = bisect_right(offsets, begin) - 1
        yield run[cue], text[begin:end].strip()
        begin = end


def _joined(run: list[Cue]) -> tuple[list[int], str]:
    offsets, length = [], 0
    for cue in run:
        offsets.append(length)
        length += len(cue.text) + 1
    return offsets, " ".join(cue.text for cue in run)


def _cuts(text: str, offsets: list[int]) -> list[int]:
    """Cut a long text into nearly equal pieces, always at the end of a sentence."""
    if len(text) <= LONG_TURN:
        return []
    target = len(text) / -(-len(text) // LONG_TURN)
    cuts: list[int] = []
    last = 0
    for this, after in pairwise([*_ends(text, offsets), len(text)]):
        if after - last > LONG_TURN or this - last >= target:
            cuts.append(this)
            last = this
    return cuts


def _ends(text: str, offsets: list[int]) -> list[int]:
    """Sentence ends; where a speaker goes on for pages without one, the beginnings of cues."""
    closed = [o for o in offsets[1:] if text[o - 2] in ".!?…"]
    strong = sorted({*sentence_ends(text), *closed})
    weak: list[int] = []
    for before, after in pairwise([0, *strong, len(text)]):
        if after - before > 3 * LONG_TURN:
            weak += offsets[bisect_right(offsets, before) : bisect_right(offsets, after - 1)]
    return sorted({*strong, *weak})
