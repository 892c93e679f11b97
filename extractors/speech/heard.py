"""The nouns of hearing: a transcript with its words' times and certainties, as it is stored."""

from __future__ import annotations

import hashlib
from typing import Literal, NamedTuple

from extractors.segments import Noun

SpeakersBy = Literal["channels", "voices", "service", "nobody"]
"""What told speakers apart: separate channels, the sound of the voices, the service asked, or nothing."""


class Word(NamedTuple):
    """A word with its punctuation, its seconds from the start of the recording, and its probability (0-1).

    Heard a second time, this word and the following ones, `instead` in all, were `again`; None: the same.
    `others` are (words, of how many of these words) that the first hearing held nearly as likely.
    """

    text: str
    start: float
    end: float
    sure: float
    again: str | None = None
    instead: int = 0
    others: tuple[tuple[str, int], ...] = ()


class Passage(Noun):
    """Words that one voice says without a longer pause."""

    words: tuple[Word, ...]
    speaker: str | None = None
    """"Speaker 1"; never a guessed name."""
    channel: int | None = None

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def start(self) -> float:
        return self.words[0].start

    @property
    def end(self) -> float:
        return self.words[-1].end


class LeftOut(Noun):
    """What the engine wrote and nobody said: a loop, or words over silence."""

    text: str
    start: float
    end: float
    why: str


class Transcript(Noun):
    """What was heard in one recording, by which engine."""

    version: Literal[1] = 1
    audio: str
    """The recording's name."""
    audio_sha256: str
    seconds: float
    engine: str
    model: str
    model_sha256: str | None = None
    language: str | None = None
    speakers_by: SpeakersBy = "nobody"
    passages: tuple[Passage, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """Of the transcript itself: another run, another hash."""
        return hashlib.sha256(self.model_dump_json().encode("utf-8")).hexdigest()

    @property
    def speakers(self) -> tuple[str, ...]:
        """The voices in order of appearance."""
        return tuple(dict.fromkeys(p.speaker for p in self.passages if p.speaker))
