"""A deal's files, or its documents, as one zip: how they travel between machines, always the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from assistant.errors import HandoffError

QUICK = 1
"""zlib's level: what travels is read once."""


def pack(files: Iterable[tuple[Path, str]]) -> bytes:
    """A zip of (path, name within the deal). Raises HandoffError for a file that cannot be read."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK) as bundle:
        for path, name in files:
            try:
                bundle.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED, QUICK)
            except OSError as error:
                raise HandoffError(f"Cannot read {path}: {error.strerror}. See its rights.") from None
    return body.getvalue()


def unpack(body: bytes, folder: Path) -> None:
    """Lay the zip's files out in the folder. Raises HandoffError for a name that leads out of it."""
    with zipfile.ZipFile(io.BytesIO(body)) as bundle:
        for entry in bundle.infolist():
            name = PurePosixPath(entry.filename)
            if name.is_absolute() or ".." in name.parts or not name.parts:
                raise HandoffError(f"'{entry.filename}' leads out of the deal's folder. Queue it again.")
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bundle.read(entry))
