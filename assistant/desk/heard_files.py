"""What was heard in a deal's recordings, for whoever reads the deal's files."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from assistant.desk.place import Desk
from assistant.errors import HandoffError
from assistant.recordings.ears import NO_EARS
from assistant.store.recordings import RecordingRow, find_recordings, find_transcript
from extractors import FolderRead, read_folder
from extractors.sandbox import Sandbox
from extractors.segments import Source, UnreadableSource
from extractors.speech.recording_source import recording_source
from extractors.speech.speakers import with_speakers


def start_reading_files(
    desk: Desk, deal: str, folder: Path, sandbox: Sandbox | None = None
) -> Future[FolderRead]:
    """Begin `read_files`; returns at once."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="read-files")
    reading = thread.submit(read_files, desk, deal, folder, sandbox)
    thread.shutdown(wait=False)
    return reading


def read_files(desk: Desk, deal: str, folder: Path, sandbox: Sandbox | None = None) -> FolderRead:
    """The files in the folder, each recording as it was heard; also those whose sound was dropped.

    Whoever reads deal after deal gives a `sandbox` of its own, whose child is started once.
    """
    with desk.store.read() as connection:
        rows = {row.name: row for row in find_recordings(connection, deal)}
    sources, unread = read_folder(
        folder, hear=lambda path, name: [_heard(desk, deal, rows.get(name), name)], sandbox=sandbox
    )
    dropped = [row for row in rows.values() if not row.sound and row.state == "done"]
    told = {source.name for source in sources}
    more = [_heard(desk, deal, row, row.name) for row in dropped if row.name not in told]
    return sorted([*sources, *more], key=lambda source: source.name), unread


def _heard(desk: Desk, deal: str, row: RecordingRow | None, name: str) -> Source:
    """The recording as a source, or UnreadableSource that says how far it is."""
    if row is None or row.state != "done":
        raise UnreadableSource(f"Cannot read '{name}': {_why(desk, row)}")
    with desk.store.read() as connection:
        transcript = find_transcript(connection, deal, name)
    if transcript is None:
        raise HandoffError(f"Nothing was heard in '{name}': have it heard again.")
    return recording_source(with_speakers(transcript, row.moved), name, row.names)


def _why(desk: Desk, row: RecordingRow | None) -> str:
    if row is None:
        return NO_EARS if desk.ears is None else "it was not heard yet: see Recordings."
    if row.state == "failed":
        return row.problem or "it could not be heard."
    if row.state == "stopped":
        return "its hearing was stopped: see Recordings."
    so_far = (
        f"{row.done / 60:.0f} of {row.total / 60:.0f} minutes so far" if row.total else "it waits its turn"
    )
    return f"it is being heard ({so_far}): draft again when it is done."
