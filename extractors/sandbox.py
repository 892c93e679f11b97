"""Files from strangers are parsed in a child process with limits on memory, CPU and time."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.segments import Source, SourceKind

MEGABYTE = 1024 * 1024
START_SECONDS = 60.0
CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1])\n"
    "from extractors.sandbox_child import serve; serve(sys.argv[2:])"
)


@dataclass(frozen=True)
class Limits:
    """What one file may cost: wall and CPU seconds, megabytes of the child and of the file."""

    seconds: float = 10.0
    memory: int = 1536
    file_size: int = 100


@dataclass
class Sandbox:
    """One child that reads file after file; when it dies or overruns, a new one takes the next file.

    Use as a context manager. Nothing a file does can raise here: the answer is sources or a reason.
    """

    limits: Limits = field(default_factory=Limits)
    _child: subprocess.Popen[bytes] | None = None
    _rest: bytes = b""
    _greeted: bool = False

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._stop()

    def renew(self) -> None:
        """Let a new child take the next file."""
        self._stop()

    def read(self, path: Path, name: str, kind: SourceKind | None = None) -> tuple[list[Source], str | None]:
        """The sources of the file at `path`, or the one line that says why there are none.

        With `kind` it is read as that kind, whatever it looks like.
        """
        size = path.stat().st_size
        if size > self.limits.file_size * MEGABYTE:
            return [], (f"Cannot read '{name}': it has {size / MEGABYTE:.0f} MB, the limit is "
                        f"{self.limits.file_size} MB: split it, or export the text only.")  # fmt: skip
        child = self._running()
        if child is None:
            return [], f"Cannot read '{name}': no reading process could be started: see that Python can run."
        answer = self._ask(child, {"path": str(path), "name": name, "kind": kind})
        if answer is None:
            return [], self._failure(child, name)
        reply = json.loads(answer)
        if reply.get("over"):
            self._stop()
        if "reason" in reply:
            return [], str(reply["reason"])
        from extractors.segments import Source  # its library loads while the child starts

        return [Source.model_validate_json(json.dumps(s)) for s in reply["sources"]], None

    def _running(self) -> subprocess.Popen[bytes] | None:
        if self._child is None or self._child.poll() is not None:
            self.start()
        assert self._child is not None
        self._greeted = self._greeted or self._line(self._child, START_SECONDS) is not None
        return self._child if self._greeted else None

    def start(self) -> None:
        """Begin to start a child; the first file waits until it is there."""
        self._stop()
        root = str(Path(__file__).resolve().parent.parent)
        arguments = [str(self.limits.memory), str(self.limits.seconds)]
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-c", CHILD, root, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, close_fds=True,
        )  # fmt: skip

    def _ask(self, child: subprocess.Popen[bytes], question: dict[str, str | None]) -> bytes | None:
        assert child.stdin is not None
        try:
            child.stdin.write(json.dumps(question).encode() + b"\n")
            child.stdin.flush()
        except OSError:
            return None
        return self._line(child, self.limits.seconds)

    def _line(self, child: subprocess.Popen[bytes], seconds: float) -> bytes | None:
        """The child's next line; None when it died or the time is over."""
        assert child.stdout is not None
        pipe = child.stdout.fileno()
        until = time.monotonic() + seconds
        parts: list[bytes] = [self._rest]
        while b"\n" not in parts[-1]:
            ready, _, _ = select.select([pipe], [], [], max(until - time.monotonic(), 0))
            chunk = os.read(pipe, 1 << 20) if ready else b""
            if not chunk:
                return None
            parts.append(chunk)
        line, _, self._rest = b"".join(parts).partition(b"\n")
        return line

    def _failure(self, child: subprocess.Popen[bytes], name: str) -> str:
        """Why the child gave no answer."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(0.2)  # a child that broke is gone by then, one that overran is not
        died = child.poll()
        self._stop()
        if died is None or died == -24:  # SIGXCPU
            return (f"Cannot read '{name}': reading took more than {self.limits.seconds:g} s: "
                    "split the file, or save it in a simpler format.")  # fmt: skip
        return (
            f"Cannot read '{name}': it broke the program that reads it: save it again, or in another format."
        )

    def _stop(self) -> None:
        child, self._child, self._rest, self._greeted = self._child, None, b"", False
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
