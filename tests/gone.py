"""Whether a process is gone: it is no more, or only its exit code is left."""

from __future__ import annotations

import os
import time
from pathlib import Path


def is_gone(pid: int, within: float = 30) -> bool:
    """Waits until it is gone, at most so many seconds."""
    until = time.monotonic() + within
    while not _gone(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return _gone(pid)


def _gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z"
