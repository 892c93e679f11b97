"""Files become sources: segments of calls, contracts, mails and notes, each with a place one can go to."""

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
