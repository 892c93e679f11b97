"""Which lines of a contract may decide a promise, by what was learnt from answered ones.

How near promise and line lie (assistant/meanings, PLACES_FILE) tells most; what both share is weighed beside
it. `python -m eval.train_lines` learns what each counts (figures in docs/models.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

WEIGHTS_FILE = Path(str(files("assistant.readers.embedded").joinpath("data", "likely_lines.json")))
LIKENESSES = ("cosine", "lexical", "distinct", "subject", "before")
"""What is weighed, by name in Candidate."""


def likely(found: object) -> float:
    """How likely a line that has these likenesses decides, as a logit (up to what all lines share)."""
    return sum(weight * float(getattr(found, name)) for name, weight in load_weights().items())


@cache
def load_weights() -> Mapping[str, float]:
    """What each likeness counts."""
    loaded: dict[str, float] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return loaded
