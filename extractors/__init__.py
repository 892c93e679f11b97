"""Files become sources: segments of calls, contracts, mails and notes, each with a place one can go to."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractors.folder import FolderRead, read_as, read_folder, start_reading
    from extractors.formats import EXTRACTORS
    from extractors.reading import read_source
    from extractors.sandbox import Limits
    from extractors.segments import Person, Segment, Source, UnreadableSource

__all__ = [
    "EXTRACTORS",
    "FolderRead",
    "Limits",
    "Person",
    "Segment",
    "Source",
    "UnreadableSource",
    "read_as",
    "read_folder",
    "read_source",
    "start_reading",
]
_HOMES = {
    "EXTRACTORS": "formats", "Limits": "sandbox", "read_source": "reading",
    "FolderRead": "folder", "read_as": "folder", "read_folder": "folder", "start_reading": "folder",
    "Person": "segments", "Segment": "segments", "Source": "segments", "UnreadableSource": "segments",
}  # fmt: skip
"""Name -> module. Loaded when first used, so that a reading process can be started before anything else."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'extractors' has no attribute '{name}'")
    return getattr(import_module(f"extractors.{_HOMES[name]}"), name)
