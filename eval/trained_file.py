"""What is learnt from and what was learnt, as files.

Weights have MiniLM's names; matrices are int8, with what one is worth in each column.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from torch import Tensor, nn

from assistant.meanings.minilm import EMBEDDINGS, LAYER
from assistant.meanings.onnx_file import Array
from eval.trained_net import SHARED, BiEncoder, Body, Net, linears

WHOLE = 127


def kept(path: Path, made: Iterable[Any]) -> list[Any]:
    """What the file has, as JSON; made and written there where there is none, for that takes long."""
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(list(made)), encoding="utf-8")
    found: list[Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def write(reader: Net, path: Path) -> None:
    """All layers, and what answers."""
    arrays: dict[str, Array] = {"sides": _array(reader.all_parts), **_norm_arrays(reader.norm, EMBEDDINGS)}
    arrays |= _layer_arrays(reader, 0)
    for name, part in (("wide", reader.wide), ("last", reader.last)):
        arrays |= {name: _array(part.weight).T.copy(), f"{name} bias": _array(part.bias)}
    kept: Any = {**arrays, "wide": arrays["wide"].astype(np.float16)}
    np.savez(path, **kept)


def write_upper(encoder: BiEncoder, path: Path) -> None:
    """The layers that were trained; those below are the package's."""
    kept: Any = _layer_arrays(encoder, SHARED)
    np.savez(path, **kept)


def _layer_arrays(net: Body, first: int) -> dict[str, Array]:
    """The layers from that number on."""
    arrays: dict[str, Array] = {}
    for number, layer in enumerate(net.layers[first:], first):
        of = f"{LAYER}{number}."
        for part, bias in linears(layer, of):
            weight = _array(part.weight).T
            scale = np.abs(weight).max(axis=0) / WHOLE
            name = bias.removesuffix(".bias")
            arrays |= {f"{name}_q": np.round(weight / scale).astype(np.int8), f"{name}_scale": scale}
            arrays[bias] = _array(part.bias)
        arrays |= _norm_arrays(layer.seen_norm, of + "attention.output.")
        arrays |= _norm_arrays(layer.norm, of + "output.")
    return arrays


def _norm_arrays(norm: nn.LayerNorm, of: str) -> dict[str, Array]:
    return {f"{of}LayerNorm.{part}": _array(getattr(norm, part)) for part in ("weight", "bias")}


def _array(tensor: Tensor) -> npt.NDArray[np.float32]:
    array: npt.NDArray[np.float32] = tensor.detach().numpy().astype(np.float32)
    return array
