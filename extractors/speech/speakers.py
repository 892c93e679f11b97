"""What a person says about the voices of a transcript: names, two that are one, a turn of somebody else's."""

from __future__ import annotations

from collections.abc import Mapping

from extractors.speech.heard import Transcript


def with_speakers(transcript: Transcript, moved: Mapping[str, str]) -> Transcript:
    """The transcript with passages given to other voices. `moved`: number of a passage -> "Speaker 3"."""
    if not moved:
        return transcript
    passages = tuple(
        p.model_copy(update={"speaker": moved[str(n)]}) if str(n) in moved else p
        for n, p in enumerate(transcript.passages)
    )
    return transcript.model_copy(update={"passages": passages})


def turn_at(transcript: Transcript, seconds: float) -> list[int]:
    """The passages of the turn that is spoken at that second, by their numbers; the last one before it."""
    before = [n for n, p in enumerate(transcript.passages) if p.start <= seconds + 0.01]
    at = before[-1] if before else 0
    speaker = transcript.passages[at].speaker if transcript.passages else None
    first = last = at
    while first > 0 and transcript.passages[first - 1].speaker == speaker:
        first -= 1
    while last + 1 < len(transcript.passages) and transcript.passages[last + 1].speaker == speaker:
        last += 1
    return list(range(first, last + 1)) if transcript.passages else []


def new_speaker(transcript: Transcript) -> str:
    """A number that no voice has yet."""
    taken = set(transcript.speakers)
    return next(f"Speaker {n}" for n in range(1, len(taken) + 2) if f"Speaker {n}" not in taken)
