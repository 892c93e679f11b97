"""The child's side of the sandbox: one JSON line in a file, one JSON line out."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from pathlib import Path

from extractors.segments import SourceKind, UnreadableSource

MEGABYTE = 1024 * 1024


def serve(arguments: list[str]) -> None:
    """Answer questions {"path", "name", "kind"} with {"sources": [...]} or {"reason": ...}."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which may end its deal first
    memory, seconds = int(arguments[0]), float(arguments[1])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints must not reach the parent's JSON
    _limit_memory(memory)
    _say(answers, "{}")
    for line in sys.stdin.buffer:
        question = json.loads(line)
        _limit_cpu(seconds)
        try:
            _say(answers, _answer(question["path"], question["name"], question["kind"]))
        except MemoryError:
            reason = (
                f"Cannot read '{question['name']}': it needs more than {memory} MB of memory: split the file."
            )
            _say(answers, json.dumps({"reason": reason, "over": True}))
            return  # the heap may be in pieces: a new child goes on


def _answer(path: str, name: str, kind: SourceKind | None) -> str:
    from extractors.reading import read_source

    try:
        sources = read_source(Path(path).read_bytes(), name, kind)
    except UnreadableSource as error:
        return json.dumps({"reason": " ".join(str(error).split())})
    except OSError as error:
        return json.dumps(
            {"reason": f"Cannot read '{name}': {error.strerror or error}: check the file's rights."}
        )
    return f'{{"sources": [{",".join(s.model_dump_json() for s in sources)}]}}'


def _say(answers: object, text: str) -> None:
    write, flush = getattr(answers, "write"), getattr(answers, "flush")  # noqa: B009
    write(text.encode() + b"\n")
    flush()


def _limit_memory(megabytes: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system has such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: float) -> None:
    """CPU time is counted over the child's life, so the limit moves on with every file."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))
