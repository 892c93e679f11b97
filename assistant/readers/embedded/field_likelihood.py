"""How much a statement sounds like stating a path, by weights that `python -m eval.train_fields` learnt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from assistant.readers.embedded.features import tokens_of
from assistant.readers.embedded.patterns import Pattern, joined, read_table
from assistant.readers.embedded.statements import Statement
from assistant.readers.embedded.subjects import STOP_WORDS, stems

WEIGHTS_FILE = Path(str(files("assistant.readers.embedded").joinpath("data", "field_weights.json")))
Weights = Mapping[str, Mapping[str, float]]
"""Feature -> path -> log-odds; "bias" holds every path."""
CLASSES = ("industry", "people", "sites", "system", "worry", "joy", "early")
"""Fragments of data/fields.toml whose occurrence is a feature: one written sentence stands for a trade."""
_LENGTHS = (3, 6, 12, 24)


def odds_of(statement: Statement, learnt: Weights | None = None) -> dict[str, float]:
    """Log-odds of each learnt path that the statement states it; about 0 and more speaks for it."""
    weights = learnt or load_weights()
    odds = dict(weights["bias"])
    for feature in sorted(features_of(statement) & weights.keys()):  # most were never learnt
        for path, weight in weights[feature].items():
            odds[path] += weight
    return odds


def features_of(s: Statement) -> frozenset[str]:
    """Names of a statement's features; those of contracts are marked "k", for they have their own style."""
    mark = "k" if s.contract else ""
    return frozenset([mark + f for f in _features(s)])


def _features(s: Statement) -> list[str]:
    tokens = tokens_of(s.plain)
    found = [f"w:{t}" for t in tokens if t in STOP_WORDS or not t.islower()]
    found += [f"r:{r}" for r in stems(s.plain) if not r[0].isdigit()]
    found += [f"b:{a}_{b}" for a, b in pairwise(tokens)]
    found += [f"t:{a}_{b}_{c}" for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False)]
    found += [f"s:{'_'.join(tokens[:n])}" for n in (1, 2, 3) if len(tokens) >= n]
    found += [f"c:{name}" for name, pattern in classes().items() if pattern.search(s.plain)]
    found += [f"q:{r}" for r in stems(s.asked)]
    found += [f"h:{r}" for r in stems(s.title)]
    found += [f"len:{sum(len(tokens) > n for n in _LENGTHS)}", f"side:{s.side}"]
    found += ["question"] if s.is_question else []
    return found + (["named"] if s.systems else [])


@cache
def classes() -> Mapping[str, Pattern]:
    """The patterns of CLASSES by name."""
    words = read_table("fields.toml")["words"]
    return {name: joined([rf"\b<{name}>\b"], words) for name in CLASSES}


@cache
def load_weights(file: Path = WEIGHTS_FILE) -> dict[str, dict[str, float]]:
    """Feature -> path -> log-odds; "bias" holds every path."""
    table = json.loads(file.read_text(encoding="utf-8"))
    paths: list[str] = table["paths"]
    return {
        feature: {paths[int(i)]: weight for i, weight in row.items()}
        for feature, row in table["weights"].items()
    }
