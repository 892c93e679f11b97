"""Recordings of calls and meetings: what is said in them, with speakers and times (extra `[audio]`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from extractors.segments import Source, UnreadableSource

Hear = Callable[[Path, str], list[Source]]
"""Reads the recording at a path, named as in the deal's folder. Raises UnreadableSource with the remedy."""
SUFFIXES = frozenset(
    (".mp3", ".m4a", ".wav", ".mp4", ".webm", ".ogg", ".opus", ".flac", ".aac", ".mov", ".mkv", ".wma")
)
REMEDY = (
    "a recording needs ears: run `handoff audio setup` for a model on this machine, or name a service with "
    "HANDOFF_SPEECH_URL and HANDOFF_SPEECH_KEY; or add the transcript your meeting tool exports"
)


def extract(data: bytes, name: str) -> list[Source]:
    """Nobody hears here: whoever reads a folder with recordings in it gives `read_folder` its `hear`."""
    raise UnreadableSource(f"Cannot read '{name}': {REMEDY}.")


def is_sound(name: str) -> bool:
    """Whether a file of that name is meant to be a recording."""
    return name.lower().endswith(tuple(SUFFIXES))


def is_recording(path: Path) -> bool:
    """Whether the file is sound, by its first bytes; by its name where they say nothing."""
    from extractors.true_type import true_type

    with path.open("rb") as file:
        head = file.read(4096)
    true = true_type(head) if head else "binary"
    return true == "recording" or (true == "binary" and path.suffix.lower() in SUFFIXES)
