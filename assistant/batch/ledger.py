"""The ledger of a batch: a line for every deal that is done, so that a second run goes on where one ended."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from assistant.batch.jobs import Job
from assistant.batch.rows import Row, from_plain, to_plain
from assistant.documents import DRAFTED
from assistant.errors import HandoffError

FILE_NAME = "batch.jsonl"


class Ledger:
    """The file OUT/batch.jsonl. Lines are only added; the last one of a deal counts."""

    def __init__(self, out: Path) -> None:
        self.file = out / FILE_NAME
        self.rows = {row.deal: row for row in self._read()}
        """Deal -> its last row, as it was when the ledger was opened."""

    def done(self, job: Job, key: str) -> Row | None:
        """The deal's row, when this very draft was made and its documents are still there."""
        row = self.rows.get(job.name)
        if row is None or row.key != key or not all((job.out / name).is_file() for name in DRAFTED):
            return None
        return row

    def add(self, row: Row) -> None:
        """Note that the deal is done: safe on disk when this returns. An error is no end: it is not noted."""
        if row.error:
            return
        line = json.dumps(to_plain(row), ensure_ascii=False).encode() + b"\n"
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.file, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
            try:
                _end_line(handle)
                os.write(handle, line)
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise HandoffError(
                f"Cannot write {self.file}: {error.strerror}. Make room or choose another --out, "
                "then run it again: finished deals are kept."
            ) from None

    def _read(self) -> Iterator[Row]:
        """The rows; a line that a crash has cut is passed over."""
        with contextlib.suppress(FileNotFoundError), self.file.open("rb") as lines:
            for line in lines:
                with contextlib.suppress(ValueError, TypeError):
                    yield from_plain(json.loads(line))


def _end_line(handle: int) -> None:
    """After a line that a crash has cut, begin a new one."""
    size = os.fstat(handle).st_size
    if size and os.pread(handle, 1, size - 1) != b"\n":
        os.write(handle, b"\n")
