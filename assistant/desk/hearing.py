"""Recordings are heard in the background, one after the other; a restart goes on where it was."""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
from pathlib import Path

from assistant.desk.files import folder_of
from assistant.desk.place import Desk
from assistant.errors import HandoffError
from assistant.recordings.ears import see_consent
from assistant.recordings.terms import terms_of
from assistant.store.deals import find_deal
from assistant.store.recordings import (
    RecordingRow,
    change_recording,
    claim_recording,
    find_recording,
    wake_recordings,
)
from assistant.store.sources import file_bytes, find_files, remove_file
from extractors import read_folder
from extractors.segments import UnreadableSource
from extractors.speech.heard import Transcript
from extractors.speech.worker import Stopped, hear

log = logging.getLogger("handoff.hearing")
PAUSE = 2.0
"""Seconds between two looks for work."""


class HearingRoom:
    """The thread that hears. One to a server; with several servers on one store, one of them hears."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hearing", daemon=True)

    def __enter__(self) -> HearingRoom:
        self.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def start(self) -> None:
        """Take up what a server that stopped has left, then whatever waits."""
        with self._desk.store.write() as connection:
            wake_recordings(connection, self._desk.stamp())
        self._thread.start()

    def close(self) -> None:
        """Stop soon; finished pieces are kept."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(10)

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                if not hear_next(self._desk, self._over):
                    self._over.wait(PAUSE)
            except Exception:  # the thread must outlive a store that is away for a moment
                log.exception("hearing failed")
                self._over.wait(10 * PAUSE)


def hear_next(desk: Desk, over: threading.Event | None = None) -> bool:
    """Hear the recording that waits longest; False where none waits. Ends early once `over` is set."""
    with desk.store.write() as connection:
        row = claim_recording(connection, desk.stamp())
    if row is None:
        return False
    stop = threading.Event()
    try:
        transcript = _hear(desk, row, stop, over or threading.Event())
    except Stopped:
        _mark(desk, row, state="waiting" if over and over.is_set() else "stopped")
    except (HandoffError, UnreadableSource) as error:
        _mark(desk, row, state="failed", problem=str(error))
    else:
        _finish(desk, row, transcript)
    return True


def _hear(desk: Desk, row: RecordingRow, stop: threading.Event, over: threading.Event) -> Transcript:
    with desk.store.read() as connection:
        known = find_deal(connection, row.deal).known
        data = file_bytes(connection, row.deal, row.name)
    see_consent(known, desk.policy, row.name)
    if desk.ears is None:
        raise HandoffError("This desk has nothing that hears.")
    ears = desk.ears(known).expecting(lambda: _terms(desk, row))
    kept = pieces_of(desk, row)
    watch = threading.Thread(target=_watch, args=(desk, row, stop, over), daemon=True)
    with tempfile.TemporaryDirectory(prefix="hearing-", dir=desk.scratch) as folder:
        path = Path(folder) / "sound"
        path.write_bytes(data)
        watch.start()
        try:
            return hear(
                path, row.name, ears, kept, people=row.people, stop=stop,
                on_progress=lambda done, total: _mark(desk, row, done=done, total=total),
            )  # fmt: skip
        finally:
            stop.set()
            watch.join(5)


def _terms(desk: Desk, row: RecordingRow) -> tuple[str, ...]:
    with folder_of(desk, row.deal) as papers:
        return terms_of(read_folder(papers)[0])


def _watch(desk: Desk, row: RecordingRow, stop: threading.Event, over: threading.Event) -> None:
    """Sets `stop` once a person stopped it, took the file away or the server ends."""
    while not stop.wait(0.5):
        if over.is_set():
            stop.set()
            return
        try:
            with desk.store.read() as connection:
                now = find_recording(connection, row.deal, row.name)
        except HandoffError:
            stop.set()
            return
        if now.state != "running" or now.sha256 != row.sha256:
            stop.set()


def pieces_of(desk: Desk, row: RecordingRow) -> Path:
    """Where the finished pieces of a recording lie until all are there."""
    place = (desk.scratch or Path(tempfile.gettempdir())) / "pieces"
    return place / f"{row.deal}-{row.sha256[:32]}.parts"


def _mark(desk: Desk, row: RecordingRow, **values: object) -> None:
    """Only while it is still the same recording that is being heard."""
    with desk.store.write() as connection:
        try:
            now = find_recording(connection, row.deal, row.name)
        except HandoffError:
            return
        if now.state == "running" and now.sha256 == row.sha256:
            change_recording(connection, row.deal, row.name, desk.stamp(), **values)


def _finish(desk: Desk, row: RecordingRow, transcript: Transcript) -> None:
    """Keep the transcript; drop the sound where the policy says so."""
    keep = desk.policy.recordings.keep_audio
    _mark(desk, row, state="done", transcript=transcript, done=transcript.seconds, total=transcript.seconds,
          sound=int(keep))  # fmt: skip
    if keep:
        return
    with desk.store.write() as connection:
        if any(f.name == row.name and f.sha256 == row.sha256 for f in find_files(connection, row.deal)):
            remove_file(connection, row.deal, row.name)
    shutil.rmtree((desk.scratch or Path(tempfile.gettempdir())) / "sound" / row.sha256, ignore_errors=True)
