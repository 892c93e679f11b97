"""Which lines of a contract may decide a promise, by what was learnt from answered ones.

What a thing is called in talk lies apart from what contracts call it ("it stays six fifty", "fixed for the
Initial Term"). Four matrices bring both together, and eight likenesses are weighed beside them; `python -m
eval.train_lines` learns both (figures in docs/models.md).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]

WEIGHTS_FILE = Path(str(files("assistant.readers.embedded").joinpath("data", "likely_lines.npz")))
LIKENESSES = ("relevance", "cosine", "lexical", "distinct", "subject", "title", "within", "before")
"""What is weighed beside the meanings, by name in Candidate."""


class LikelyLines(NamedTuple):
    """What was learnt: a matrix for each kind of text, and a weight a likeness."""

    promise: Vectors
    context: Vectors
    line: Vectors
    title: Vectors
    likenesses: Vectors

    def placed(self, lines: Vectors, titles: Vectors) -> Vectors:
        """Where the lines lie, by their meanings and those of their titles, a row a line."""
        found: Vectors = lines @ self.line + titles @ self.title
        return found

    def scores(self, promise: Vectors, context: Vectors, placed: Vectors, likenesses: Vectors) -> Vectors:
        """How likely each line decides, as logits: `likenesses` (lines, LIKENESSES); meanings are vectors."""
        said = promise @ self.promise + context @ self.context
        found: Vectors = placed @ said + likenesses @ self.likenesses
        return found


@cache
def load_likely_lines() -> LikelyLines:
    """The weights that ship."""
    import numpy as np

    with np.load(WEIGHTS_FILE) as file:
        return LikelyLines(*(file[name].astype(np.float32) for name in LikelyLines._fields))
