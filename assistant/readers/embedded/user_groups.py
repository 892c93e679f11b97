"""Who will use it: groups of the customer's people, by what they are called and what is said of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from assistant.readers.embedded.statements import Statement

LEAST = 2.0
"""Points from which a group counts as users."""
MOST = 2


def find_user_groups(statements: Sequence[Statement]) -> list[tuple[str, list[Statement]]]:
    """(name, statements about it) of the groups that will use what was bought, the best supported first."""
    pattern, use = _patterns()
    found: dict[str, list[tuple[float, Statement]]] = {}
    for s in statements:
        if s.contract:
            continue
        for m in pattern.finditer(s.plain):
            points = 0.4 + 0.8 * sum(bool(p.search(s.plain)) for p in use) + 0.5 * (s.side == "customer")
            found.setdefault(_stem(m[0]), []).append((points, s))
    ranked = sorted(found.items(), key=lambda item: (-sum(p for p, _ in item[1]), item[0]))
    kept = [(name, said) for name, said in ranked if sum(p for p, _ in said) >= LEAST][:MOST]
    return [(_name(name), [s for _, s in sorted(said, key=lambda t: -t[0])]) for name, said in kept]


def _stem(words: str) -> str:
    return re.sub(r"^techs$", "technicians", words if words.endswith("s") else words + "s")


def _name(group: str) -> str:
    return group


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    text = files("assistant.readers.embedded").joinpath("data", "roles.toml").read_text(encoding="utf-8")
    row = tomllib.loads(text)["end_users"]
    groups = "|".join(sorted(row["groups"], key=len, reverse=True))
    return re.compile(rf"\b(?:{groups})\b"), tuple(re.compile(p) for p in row["use"])
