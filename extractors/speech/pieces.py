"""What finished pieces leave on the disk, so that work goes on after the last one."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractors.speech.heard import LeftOut, Passage


@dataclass
class Piece:
    """What was heard in one chunk: passages, a voice for each (or None), what was left out."""

    passages: list[Passage] = field(default_factory=list)
    voices: list[Any] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    language: str | None = None


def heading(sha256: str, fingerprint: str, pieces: int) -> str:
    """The first line: pieces of another recording, engine or plan do not fit."""
    return json.dumps({"audio": sha256, "engine": fingerprint, "pieces": pieces})


def resumed(kept: Path | None, first: str) -> list[Piece]:
    """The pieces that an earlier run finished; a line that was cut off by a crash is done again."""
    if kept is None:
        return []
    lines = kept.read_text("utf-8").split("\n") if kept.is_file() else []
    if not lines or lines[0] != first:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(first + "\n", "utf-8")
        return []
    whole = lines[1:-1]  # what follows the last line end was cut off
    kept.write_text("\n".join([first, *whole]) + "\n", "utf-8")
    return [_loaded(line) for line in whole]


def keep(kept: Path | None, piece: Piece) -> None:
    """Add a finished piece."""
    if kept is None:
        return
    row = {
        "passages": [p.model_dump(mode="json") for p in piece.passages],
        "voices": [None if v is None else _packed(v) for v in piece.voices],
        "left_out": [left.model_dump(mode="json") for left in piece.left_out],
        "language": piece.language,
    }
    with kept.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _loaded(line: str) -> Piece:
    row = json.loads(line)
    return Piece(
        [Passage.model_validate(p) for p in row["passages"]],
        [None if v is None else _unpacked(v) for v in row["voices"]],
        [LeftOut.model_validate(left) for left in row["left_out"]],
        row["language"],
    )


def _packed(vector: Any) -> str:
    import numpy as np

    return base64.b64encode(np.asarray(vector, np.float16).tobytes()).decode()


def _unpacked(text: str) -> Any:
    import numpy as np

    return np.frombuffer(base64.b64decode(text), np.float16).astype(np.float32)
