"""The child that hears: one job in by JSON, a line of progress a piece, the transcript in a file."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from extractors.segments import UnreadableSource

PATIENT = 10
"""Niceness: whoever works at the desk goes first."""


def serve() -> None:
    """Read the job from standard input; write {"done", "total"} lines, then {"transcript"} or {"reason"}."""
    job = json.loads(sys.stdin.readline())
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not reach the parent's JSON
    with contextlib.suppress(OSError, AttributeError):
        os.nice(PATIENT)
    os.environ["HF_HUB_OFFLINE"] = "1"

    def say(**told: Any) -> None:
        answers.write(json.dumps(told) + "\n")
        answers.flush()

    try:
        say(transcript=_transcribed(job, say))
    except UnreadableSource as error:
        say(reason=" ".join(str(error).split()))
    except MemoryError:
        say(reason=f"Cannot read '{job['name']}': it needs more memory than there is: split it.")


def _transcribed(job: dict[str, Any], say: Any) -> str:
    from extractors.speech.transcribing import Engine, transcribe
    from extractors.speech.voices import Voices

    given = job["engine"]
    engine: Engine
    if given["kind"] == "service":
        from extractors.speech.hosted import Service

        engine = Service(given["url"], given["model"], given["key"], given["hotwords"])
    else:
        from extractors.speech.whisper import Whisper

        engine = Whisper(Path(given["folder"]), given["hotwords"])
    voices = Voices(Path(job["voices"])) if job["voices"] else None
    found = transcribe(
        Path(job["path"]), job["name"], engine, voices=voices, people=job["people"], kept=Path(job["kept"]),
        on_progress=lambda done, total: say(done=done, total=total),
    )  # fmt: skip
    out = Path(f"{job['kept']}.done")
    out.write_text(found.model_dump_json(), "utf-8")
    return str(out)
