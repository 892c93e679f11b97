"""Hearing in a process of its own: it can be stopped at once, and its memory goes with it."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any

from extractors.segments import UnreadableSource
from extractors.speech.heard import Transcript

RECIPE = 3
"""Raised whenever the same model would hear otherwise: what was kept from before is then heard anew."""
CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from extractors.speech.child import serve; serve()"


@dataclass(frozen=True)
class Ears:
    """What is to hear: a model's folder on this machine, or a service."""

    folder: Path | None = None
    url: str | None = None
    model: str = ""
    key: str | None = field(default=None, repr=False)
    hotwords: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """More words to expect, out of the deal's papers; only a model on this machine is told."""
    voices: Path | None = None
    """The speaker model, where there is one."""

    @property
    def leaves(self) -> str | None:
        """Where sound is sent to; None where it stays on this machine."""
        return self.url

    def expecting(self, terms: Callable[[], tuple[str, ...]]) -> Ears:
        """With words of the deal's papers to expect; they are not looked for where sound is sent away."""
        return self if self.leaves else replace(self, terms=terms())

    def engine(self) -> dict[str, Any]:
        told: dict[str, Any]
        if self.url:
            told = {"kind": "service", "url": self.url, "model": self.model, "key": self.key}
            return {**told, "hotwords": list(self.hotwords)}
        told = {"kind": "whisper", "folder": str(self.folder), "recipe": RECIPE}
        known = {part.lower() for word in self.hotwords for part in word.split()}
        return {**told, "hotwords": [*self.hotwords, *(t for t in self.terms if t.lower() not in known)]}


class Stopped(Exception):  # noqa: N818 - reads as what it is
    """Somebody stopped it; what is finished is kept for the next time."""


def hear(
    path: Path,
    name: str,
    ears: Ears,
    kept: Path,
    *,
    people: int | None = None,
    on_progress: Callable[[float, float], None] | None = None,
    stop: Event | None = None,
) -> Transcript:
    """The transcript of the recording. Finished pieces lie in `kept` and are gone once all is done.

    Raises UnreadableSource in one line, or Stopped soon after `stop` is set.
    """
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    job = {
        "path": str(path), "name": name, "engine": ears.engine(), "kept": str(kept), "people": people,
        "voices": str(ears.voices) if ears.voices else None,
    }  # fmt: skip
    root = str(Path(__file__).resolve().parent.parent.parent)
    child = subprocess.Popen(
        [sys.executable, "-P", "-c", CHILD, root], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, bufsize=0,
    )  # fmt: skip
    try:
        return _followed(child, job, name, on_progress, stop or Event())
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _followed(
    child: subprocess.Popen[bytes],
    job: dict[str, Any],
    name: str,
    on_progress: Callable[[float, float], None] | None,
    stop: Event,
) -> Transcript:
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(json.dumps(job).encode() + b"\n")
        child.stdin.flush()
    except OSError:
        raise UnreadableSource(f"Cannot read '{name}': no process could be started to hear it.") from None
    for line in _lines(child, stop):
        told = json.loads(line)
        if "transcript" in told:
            return _taken(Path(told["transcript"]), Path(job["kept"]))
        if "reason" in told:
            raise UnreadableSource(told["reason"])
        if on_progress:
            on_progress(told["done"], told["total"])
    raise UnreadableSource(
        f"Cannot read '{name}': it broke the program that hears it (perhaps too little memory): what is "
        "finished is kept; try again."
    )


def _lines(child: subprocess.Popen[bytes], stop: Event) -> Iterator[str]:
    """The child's lines, looked for every half second, so that it can be stopped between two."""
    assert child.stdout is not None
    while True:
        if stop.is_set():
            raise Stopped
        ready, _, _ = select.select([child.stdout], [], [], 0.5)
        if ready:
            line = child.stdout.readline()  # not buffered, so that what waits is always seen above
            if not line:
                return
            yield line.decode("utf-8")


def _taken(made: Path, kept: Path) -> Transcript:
    transcript = Transcript.model_validate_json(made.read_text("utf-8"))
    for left in (made, kept):
        left.unlink(missing_ok=True)
    return transcript
