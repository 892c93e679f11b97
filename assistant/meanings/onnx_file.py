"""ONNX files in and out, as far as one model needs it: protobuf fields, arrays, nodes.

The format is protobuf: numbered fields, each a number or a run of bytes (https://protobuf.dev/programming-guides/
encoding, field numbers from onnx.proto3).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
_TYPES: Mapping[int, type[np.generic]] = {1: np.float32, 2: np.uint8, 3: np.int8, 7: np.int64}
_GRAPH, _INITIALIZER, _DIMS, _TYPE, _NAME, _RAW = 7, 5, 1, 2, 8, 9
IR_VERSION, OPSET = 9, 18
MICROSOFT = "com.microsoft"
NOTHING = ""
"""Stands for an input that a node can do without."""


def read_arrays(data: memoryview) -> dict[str, Array]:
    """The weights of a model by name, as views of `data`; those of other types than _TYPES are left out."""
    graphs = (value for number, value in _fields(data) if number == _GRAPH)
    tensors = [v for graph in graphs for number, v in _fields(graph) if number == _INITIALIZER]
    return dict(found for tensor in tensors if (found := _array(tensor)))


def _array(tensor: memoryview) -> tuple[str, Array] | None:
    dims: list[int] = []
    kind, name, raw = 0, "", memoryview(b"")
    for number, value in _fields(tensor):
        if number == _DIMS:
            dims += [value] if isinstance(value, int) else _numbers(value)
        elif number == _TYPE:
            kind = value
        elif number == _NAME:
            name = bytes(value).decode()
        elif number == _RAW:
            raw = value
    return (name, np.frombuffer(raw, _TYPES[kind]).reshape(dims)) if kind in _TYPES else None


def _fields(data: memoryview) -> Iterator[tuple[int, Any]]:
    """Number and value of each field: an int, or the bytes of a text, an array or a message."""
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        if key & 7 == 0:
            value, at = _number(data, at)
            yield key >> 3, value
            continue
        size, at = _number(data, at) if key & 7 == 2 else ({1: 8, 5: 4}[key & 7], at)
        yield key >> 3, data[at : at + size]
        at += size


def _numbers(data: memoryview) -> list[int]:
    found, at = [], 0
    while at < len(data):
        value, at = _number(data, at)
        found.append(value)
    return found


def _number(data: memoryview, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, least first, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


class Graph:
    """A model under construction: `constant` and `node` give the name of what they make."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._made = 0

    def constant(self, array: Array) -> str:
        """An array that belongs to the model."""
        kind = next(k for k, t in _TYPES.items() if t == array.dtype)
        dims = b"".join(_field(_DIMS, size) for size in array.shape)
        name = self._name()
        raw = np.ascontiguousarray(array).tobytes()
        self._parts.append(
            _field(_INITIALIZER, dims + _field(_TYPE, kind) + _field(_NAME, name) + _field(_RAW, raw))
        )
        return name

    def node(self, operator: str, *inputs: str, domain: str = "", **attributes: float) -> str:
        """One step of the computation, with one result."""
        return self.nodes(operator, inputs, 1, domain, **attributes)[0]

    def nodes(
        self, operator: str, inputs: Sequence[str], results: int, domain: str = "", **attributes: float
    ) -> list[str]:
        """One step with several results. An attribute is written as what it is: a whole number or not."""
        names = [self._name() for _ in range(results)]
        body = [_field(1, name) for name in inputs] + [_field(2, name) for name in names]
        body += [_field(4, operator), _field(7, domain)]
        body += [_field(5, _attribute(name, value)) for name, value in sorted(attributes.items())]
        self._parts.append(_field(1, b"".join(body)))
        return names

    def model(self, given: Mapping[str, Sequence[int | str]], result: str) -> bytes:
        """The file's bytes; `given` are the inputs, all of float32, by name with their sizes."""
        inputs = b"".join(_field(11, _value(name, shape)) for name, shape in given.items())
        graph = _field(2, "graph") + b"".join(self._parts) + inputs + _field(12, _value(result, ()))
        opsets = _field(8, _field(2, OPSET)) + _field(8, _field(1, MICROSOFT) + _field(2, 1))
        return _field(1, IR_VERSION) + _field(_GRAPH, graph) + opsets

    def _name(self) -> str:
        self._made += 1
        return f"n{self._made}"


def _attribute(name: str, value: float) -> bytes:
    whole = isinstance(value, int)
    body = _field(3, value) if isinstance(value, int) else _varint(2 << 3 | 5) + struct.pack("<f", value)
    return _field(1, name) + body + _field(20, 2 if whole else 1)


def _value(name: str, shape: Sequence[int | str]) -> bytes:
    sizes = [_field(1, _field(1 if isinstance(size, int) else 2, size)) for size in shape]
    tensor = _field(1, 1) + (_field(2, b"".join(sizes)) if shape else b"")
    return _field(1, name) + _field(2, _field(1, tensor))


def _field(number: int, value: int | str | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    data = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
