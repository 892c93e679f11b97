"""Vectors computed in a process of their own: a second core works, and its libraries load beside all else.

A door starts it (`start`); where nobody does, a thread computes (see similarity.py). Vectors are the same.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import select
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from queue import LifoQueue
from threading import Lock, Thread

CHILD = "import sys; sys.path.insert(0, sys.argv[1])\nfrom assistant.meanings.aside import serve; serve()"
PATIENCE = 60.0
"""Seconds without an answer after which the process counts as broken."""
BYTES = 384 * 4
_NUMBER = struct.Struct("<I")
_PIPE = 1 << 20
"""Bytes of answers that may wait to be read, where the system allows it: hundreds of vectors."""


class Aside:
    """The process; it computes what was asked for last first, for that is needed soonest."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parent.parent.parent)
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-c", CHILD, root],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._asking, self._reading = Lock(), Lock()
        self._asked = 0
        self._answers: dict[int, bytes] = {}
        _widen(self._child.stdout.fileno() if self._child.stdout else -1)

    def ask(self, texts: Sequence[str]) -> list[int]:
        """The numbers under which the vectors of these texts will be there; returns at once."""
        with self._asking:
            numbers = list(range(self._asked, self._asked + len(texts)))
            self._asked += len(texts)
            line = json.dumps(list(zip(numbers, texts, strict=True))).encode() + b"\n"
            with contextlib.suppress(OSError, ValueError):  # a process that is gone gives no answer either
                assert self._child.stdin is not None
                self._child.stdin.write(line)
                self._child.stdin.flush()
            return numbers

    def answer(self, number: int) -> bytes | None:
        """The vector, little-endian float32; None when the process broke."""
        with self._reading:
            while number not in self._answers:
                record = self._read(_NUMBER.size + BYTES)
                if record is None:
                    self.stop()
                    return None
                self._answers[_NUMBER.unpack_from(record)[0]] = record[_NUMBER.size :]
            return self._answers.pop(number)

    def _read(self, size: int) -> bytes | None:
        assert self._child.stdout is not None
        if self._child.stdout.closed:
            return None
        pipe = self._child.stdout.fileno()
        until = time.monotonic() + PATIENCE
        data = b""
        while len(data) < size:
            ready, _, _ = select.select([pipe], [], [], max(until - time.monotonic(), 0))
            chunk = os.read(pipe, size - len(data)) if ready else b""
            if not chunk:
                return None
            data += chunk
        return data

    def stop(self) -> None:
        """End the process; what was asked for and is not there yet will not come."""
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()


_started: list[Aside] = []


def start() -> None:
    """Begin to load the model in another process, which ends with this one; once is enough."""
    if not _started and hasattr(select, "select") and os.name == "posix":
        _started.append(Aside())
        atexit.register(_started[0].stop)


def started() -> Aside | None:
    """The process that was started, if one was."""
    return _started[0] if _started else None


def serve() -> None:
    """The process's side: lines [[number, text], ...] come in, numbers with vectors go out, until the end."""
    gc.disable()  # what is made here is kept, or gone at once
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    wanted: LifoQueue[tuple[int, str]] = LifoQueue()
    Thread(target=_take, args=(wanted,), daemon=True).start()
    from assistant.meanings.similarity import compute

    while True:
        number, text = wanted.get()
        vector = compute(text)
        if vector is None:
            os._exit(1)
        answers.write(_NUMBER.pack(number) + vector.astype("<f4").tobytes())
        answers.flush()


def _take(wanted: LifoQueue[tuple[int, str]]) -> None:
    for line in sys.stdin.buffer:
        for number, text in reversed(json.loads(line)):
            wanted.put((number, text))
    os._exit(0)


def _widen(pipe: int) -> None:
    with contextlib.suppress(ImportError, AttributeError, OSError):  # Linux only
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
