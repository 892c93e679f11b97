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
from queue import PriorityQueue
from threading import Lock, Thread
from typing import Any

from assistant.meanings.asked import Asked, from_json

CHILD = "import sys; sys.path.insert(0, sys.argv[1])\nfrom assistant.meanings.aside import serve; serve()"
PATIENCE = 60.0
"""Seconds without an answer after which the process counts as broken."""
_HEAD = struct.Struct("<II")
"""Before each answer: its number, and how many bytes it has."""
FIRST, NOW = -1, 0
"""How late an answer is needed: those needed latest are computed last, of others what was asked for last."""
_PIPE = 1 << 20
"""Bytes of answers that may wait to be read, where the system allows it: hundreds of vectors."""


class Aside:
    """The process; it computes first what is needed soonest, and that is mostly what was asked for last."""

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

    def ask(self, wanted: Sequence[Asked], late: int = NOW) -> list[int]:
        """The numbers under which the answers to these will be there; returns at once."""
        with self._asking:
            numbers = list(range(self._asked, self._asked + len(wanted)))
            self._asked += len(wanted)
            self._tell(late, list(zip(numbers, wanted, strict=True)))
            return numbers

    def hurry(self, wanted: Sequence[tuple[int, Asked]], late: int = NOW) -> None:
        """What was asked for under these numbers is needed sooner than it was said to be."""
        with self._asking:
            self._tell(late, wanted)

    def _tell(self, late: int | None, wanted: Sequence[Any]) -> None:
        with contextlib.suppress(OSError, ValueError):  # a process that is gone gives no answer either
            assert self._child.stdin is not None
            self._child.stdin.write(json.dumps([late, wanted]).encode() + b"\n")
            self._child.stdin.flush()

    def answer(self, number: int) -> bytes | None:
        """The numbers asked for, little-endian float32; None when the process broke."""
        with self._reading:
            while number not in self._answers:
                if not self._take_answer():
                    return None
            return self._answers.pop(number)

    def ready(self, number: int) -> bytes | None:
        """The same if it is there by now. If not it will be computed by who asks, and here no more."""
        with self._reading:
            while number not in self._answers and self._has_more():
                if not self._take_answer():
                    return None
            found = self._answers.pop(number, None)
        if found is None:
            with self._asking:
                self._tell(None, [number])
        return found

    def _has_more(self) -> bool:
        assert self._child.stdout is not None
        pipe = self._child.stdout
        return not pipe.closed and bool(select.select([pipe.fileno()], [], [], 0)[0])

    def _take_answer(self) -> bool:
        """Whether the process gave one more; if it broke it is stopped."""
        head = self._read(_HEAD.size)
        given, size = _HEAD.unpack(head) if head else (0, 0)
        answer = self._read(size) if head else None
        if answer is None:
            self.stop()
            return False
        self._answers[given] = answer
        return True

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
    """The process's side: lines [late, [[number, asked], ...]] come in, answers go out, to the end.

    A number may come twice, when it is needed sooner; it is answered once. In a line [null, [number, ...]]
    stand those that need no answer any more.
    """
    gc.disable()  # what is made here is kept, or gone at once
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    wanted: PriorityQueue[tuple[int, int, int, Asked]] = PriorityQueue()
    answered: set[int] = set()
    Thread(target=_take, args=(wanted, answered), daemon=True).start()
    from assistant.meanings.similarity import compute, load

    while True:
        if wanted.empty():
            load()
        *_, number, asked = wanted.get()
        if number in answered:
            continue
        answered.add(number)
        found = compute(asked)
        if found is None:
            os._exit(1)
        answer = found.astype("<f4").tobytes()
        answers.write(_HEAD.pack(number, len(answer)) + answer)
        answers.flush()


def _take(wanted: PriorityQueue[tuple[int, int, int, Asked]], answered: set[int]) -> None:
    for at, line in enumerate(sys.stdin.buffer):
        late, all_asked = json.loads(line)
        if late is None:
            answered.update(all_asked)
            continue
        for number, asked in all_asked:
            wanted.put((late, -at, number, from_json(asked)))
    os._exit(0)


def _widen(pipe: int) -> None:
    with contextlib.suppress(ImportError, AttributeError, OSError):  # Linux only
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
