"""Who will use it: groups of the customer's people, by what they are called and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.readers.embedded.patterns import Pattern, read_patterns, read_table
from assistant.readers.embedded.statements import Statement

LEAST = 2.0
"""Points from which a group counts as users."""
MOST = 2


IN_CONTRACT = 0.5
"""Points of a group's mention in a contract."""


def _word(m: re.Match[str]) -> str:
    return m["group"] if m.lastgroup == "group" else m[0]


def find_user_groups(statements: Sequence[Statement]) -> list[tuple[str, list[Statement]]]:
    """(name, statements about it) of the groups that will use what was bought, the best supported first."""
    pattern, use = _patterns()
    said = read_patterns("roles.toml", "group_patterns")
    found: dict[str, list[tuple[float, Statement]]] = {}
    for s in statements:
        for m in [
            *pattern.finditer(s.plain),
            *(said["ours"].finditer(s.plain) if s.side == "customer" else ()),
        ]:
            if m.lastgroup == "group" and said["no_group"].fullmatch(m["group"]):
                continue
            if re.search(rf"(?<=\w )\b{_word(m).title()}\b", s.text):
                continue  # "the Crew plan" is a name
            uses = 0.8 * sum(bool(p.search(s.plain)) for p in use)
            points = IN_CONTRACT if s.contract else 0.4 + uses + 0.5 * (s.side == "customer")
            found.setdefault(_stem(_word(m)), []).append((points, s))
    ranked = sorted(found.items(), key=lambda item: (-sum(p for p, _ in item[1]), item[0]))
    kept = [(name, told) for name, told in ranked if sum(p for p, _ in told) >= LEAST][:MOST]
    return [(name, [s for _, s in sorted(told, key=lambda t: -t[0])]) for name, told in kept]


def _stem(words: str) -> str:
    return re.sub(r"^techs$", "technicians", words if words.endswith("s") else words + "s")


@cache
def _patterns() -> tuple[Pattern, tuple[Pattern, ...]]:
    row = read_table("roles.toml")["end_users"]
    groups = "|".join(sorted(row["groups"], key=len, reverse=True))
    return re.compile(rf"\b(?:{groups})\b"), tuple(re.compile(p) for p in row["use"])
