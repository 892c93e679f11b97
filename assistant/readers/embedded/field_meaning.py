"""How much a statement means a path, by weights over sentence embeddings that eval.train_fields learnt.

The words of field_likelihood know only wordings that were seen; meanings stand for others like them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.meanings.similarity import embed
from assistant.readers.embedded.statements import Statement

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Meanings = tuple[tuple[str, ...], Floats, Floats]

MEANING_FILE = Path(str(files("assistant.readers.embedded").joinpath("data", "field_meaning.json")))
SAID, ASKED, SIGN = 4.0, 2.8, 0.5
"""Size of the sentence's vector, of its question's, and of each sign beside them."""
STEPS = 100
"""The file's whole numbers are hundredths."""


def meanings_of(
    statements: Sequence[Statement], learnt: Meanings | None = None
) -> list[dict[str, float]] | None:
    """Log-odds by path of each statement, in the same order; None without sentence embeddings."""
    inputs = vectors_of(statements) if statements else None
    if inputs is None:
        return None
    paths, weights, bias = learnt or load_meanings()
    return [dict(zip(paths, row, strict=True)) for row in (inputs @ weights.T + bias).tolist()]


def texts_of(statements: Sequence[Statement]) -> list[str]:
    """The texts whose vectors the statements' meaning is made of, each once."""
    return list(dict.fromkeys([*(s.text for s in statements), *(s.asked for s in statements if s.asked)]))


def vectors_of(statements: Sequence[Statement]) -> Floats | None:
    """One row a statement: its meaning, its question's (zeros where none was asked), and what it is."""
    import numpy as np

    texts = texts_of(statements)
    found = embed(texts)
    if found is None:
        return None
    at = {text: i for i, text in enumerate(texts)}
    said = SAID * found[[at[s.text] for s in statements]]
    asked = np.zeros_like(said)
    for i, s in enumerate(statements):
        if s.asked:
            asked[i] = ASKED * found[at[s.asked]]
    signs = SIGN * np.array([_signs(s) for s in statements], dtype=np.float32)
    return np.concatenate([said, asked, signs], axis=1)


def _signs(s: Statement) -> tuple[bool, ...]:
    return (
        s.contract, s.side == "customer", s.side == "vendor", s.is_question, bool(s.systems), bool(s.title),
    )  # fmt: skip


@cache
def load_meanings(file: Path = MEANING_FILE) -> Meanings:
    """The learnt paths, a row of weights for each, and what each begins with."""
    import numpy as np

    table: Mapping[str, Mapping[str, list[int]]] = json.loads(file.read_text(encoding="utf-8"))
    paths = tuple(table)
    step = np.float32(1 / STEPS)
    weights = np.array([table[p]["weights"] for p in paths], dtype=np.float32) * step
    return paths, weights, np.array([table[p]["bias"] for p in paths], dtype=np.float32) * step
