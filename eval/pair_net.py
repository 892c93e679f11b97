"""A network that reads two texts together, for torch: MiniLM's first layers and three answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.meanings.minilm import EMBEDDINGS, HEADS, LAYER, WIDTH
from assistant.meanings.onnx_file import Array
from assistant.meanings.pairs import LAYERS

BENT = 256
"""Numbers between what is seen of a pair and the three answers."""
DROPPED = 0.1
WHOLE = 127


class Layer(nn.Module):
    """One of MiniLM's."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out, self.wide = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.seen_norm, self.norm = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        many, longest, _ = x.shape
        heads = (many, longest, HEADS, WIDTH // HEADS)
        q, k, v = (part(x).view(heads).transpose(1, 2) for part in (self.query, self.key, self.value))
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=there[:, None, None, :])
        x = self.seen_norm(x + self.drop(self.out(seen.transpose(1, 2).reshape(many, longest, WIDTH))))
        x = self.norm(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))
        return x


class Reader(nn.Module):
    """Does the second text decide what the first says, and on which side: three logits a pair."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        super().__init__()
        self.words, self.places = (
            nn.Embedding.from_pretrained(_floats(arrays, f"{EMBEDDINGS}{name}_embeddings.weight"))
            for name in ("word", "position")
        )
        kinds = torch.tensor(arrays[EMBEDDINGS + "token_type_embeddings.weight"])
        self.kind, self.sides = kinds[0], nn.Parameter(kinds - kinds[0])
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop, self.wide, self.last = nn.Dropout(DROPPED), nn.Linear(3 * WIDTH, BENT), nn.Linear(BENT, 3)
        _begin(self, arrays)

    def forward(self, tokens: Tensor, second: Tensor, there: Tensor) -> Tensor:
        """Logits a pair; `second` marks the tokens of the second text, `there` those that are no filling."""
        x = self.words(tokens) + self.places.weight[: tokens.shape[1]] + self.kind
        x = self.norm(x + torch.where(second[..., None], self.sides[1], self.sides[0]))
        for layer in self.layers:
            x = layer(x, there)
        means = [_mean(x, there & ~second), _mean(x, there & second)]
        seen = self.drop(torch.cat([x[:, 0], *means], dim=-1))
        logits: Tensor = self.last(self.drop(functional.gelu(self.wide(seen))))
        return logits


def _mean(x: Tensor, of: Tensor) -> Tensor:
    return (x * of[..., None]).sum(1) / of.sum(1, keepdim=True)


def _floats(arrays: dict[str, Array], name: str) -> Tensor:
    """Of a table of int8: whole numbers times what one of them is worth in each row."""
    return torch.tensor(arrays[name + "_q"].astype(np.float32) * arrays[name + "_scale"])


def _begin(reader: Reader, arrays: dict[str, Array]) -> None:
    """The packaged weights; the file has a layer's six matrices in the order in which they are used."""
    matrices = [name for name in arrays if name.endswith("_q") and not name.startswith(EMBEDDINGS)]
    _normalise(reader.norm, arrays, EMBEDDINGS + "LayerNorm")
    for number, layer in enumerate(reader.layers):
        of = f"{LAYER}{number}."
        own = matrices[6 * number : 6 * number + 6]
        for (part, bias), name in zip(_linears(layer, of), own, strict=True):
            scale = arrays[name.removesuffix("_q") + "_scale"].reshape(-1)
            part.weight.data = torch.tensor(arrays[name].astype(np.float32) * scale).T.contiguous()
            part.bias.data = torch.tensor(arrays[bias])
        _normalise(layer.seen_norm, arrays, of + "attention.output.LayerNorm")
        _normalise(layer.norm, arrays, of + "output.LayerNorm")


def _linears(layer: nn.Module, of: str) -> list[tuple[nn.Linear, str]]:
    """A layer's matrices in order, each with the name of its bias."""
    parts = (layer.query, layer.key, layer.value, layer.out, layer.wide, layer.narrow)
    names = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
             "intermediate.dense", "output.dense")  # fmt: skip
    return [(part, f"{of}{name}.bias") for part, name in zip(parts, names, strict=True)]


def _normalise(norm: nn.LayerNorm, arrays: dict[str, Array], name: str) -> None:
    norm.weight.data, norm.bias.data = (torch.tensor(arrays[f"{name}.{part}"]) for part in ("weight", "bias"))


def write(reader: Reader, path: Path) -> None:
    """The trained weights by MiniLM's names: matrices as int8 with what one is worth in each column."""
    arrays: dict[str, Array] = {"sides": _array(reader.sides), **_norm_arrays(reader.norm, EMBEDDINGS)}
    for number, layer in enumerate(reader.layers):
        of = f"{LAYER}{number}."
        for part, bias in _linears(layer, of):
            weight = _array(part.weight).T
            scale = np.abs(weight).max(axis=0) / WHOLE
            name = bias.removesuffix(".bias")
            arrays |= {f"{name}_q": np.round(weight / scale).astype(np.int8), f"{name}_scale": scale}
            arrays[bias] = _array(part.bias)
        arrays |= _norm_arrays(layer.seen_norm, of + "attention.output.")
        arrays |= _norm_arrays(layer.norm, of + "output.")
    for name, part in (("wide", reader.wide), ("last", reader.last)):
        arrays |= {name: _array(part.weight).T.copy(), f"{name} bias": _array(part.bias)}
    kept: Any = {**arrays, "wide": arrays["wide"].astype(np.float16)}
    np.savez(path, **kept)


def _norm_arrays(norm: nn.LayerNorm, of: str) -> dict[str, Array]:
    return {f"{of}LayerNorm.{part}": _array(getattr(norm, part)) for part in ("weight", "bias")}


def _array(tensor: Tensor) -> npt.NDArray[np.float32]:
    array: npt.NDArray[np.float32] = tensor.detach().numpy().astype(np.float32)
    return array
