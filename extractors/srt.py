"""SubRip transcripts (.srt): the same cues as WebVTT with comma milliseconds."""

from __future__ import annotations

from extractors import vtt
from extractors.segments import Source


def extract(data: bytes, name: str) -> list[Source]:
    """One call: a segment a speaker's turn. UnreadableSource when there is not one cue with words."""
    return vtt.extract(data, name)
