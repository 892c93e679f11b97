"""Pairs of wordings that cannot both be true: "both directions" against "inbound only"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.packet import Relation

_NEGATED = re.compile(r"\bnot\b|n't\b|\bneither\b|\bexclud|\bother than\b|\boutside\b")
"""With one of these in the clause its agreeing words may well be what is denied."""


@dataclass(frozen=True)
class Contrast:
    """One pair; `agrees` are a clause's words that side with the promise and settle the pair."""

    name: str
    promise: re.Pattern[str]
    clause: re.Pattern[str]
    agrees: re.Pattern[str] | None
    relation: Relation
    plain: str
    needs: frozenset[str]
    """Subjects of which the clause must touch one; empty where any clause will do."""
    same: re.Pattern[str] | None = None
    """Words of the contrast itself: promise and clause must share something beside them."""


@cache
def contrasts() -> tuple[Contrast, ...]:
    """The pairs of data/contrasts.toml, in its order."""
    text = files("assistant.readers.embedded").joinpath("data", "contrasts.toml").read_text(encoding="utf-8")
    return tuple(
        Contrast(
            name,
            _pattern(row["promise"]),
            _pattern(row["clause"]),
            _pattern(row["agrees"]) if "agrees" in row else None,
            row["relation"],
            row["plain"],
            frozenset(row.get("needs", ())),
            _pattern(row["beside"]) if "beside" in row else None,
        )
        for name, row in tomllib.loads(text).items()
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w])")


def lowered(text: str) -> str:
    """The text as the patterns want it: lower case, straight apostrophes."""
    return text.lower().replace("’", "'").replace("‘", "'")


@cache  # a promise is held against many lines
def said(promise: str) -> tuple[Contrast, ...]:
    """The contrasts whose promising side a text states."""
    words = lowered(promise)
    return tuple(c for c in contrasts() if c.promise.search(words))


def against(contrast: Contrast, clause: str) -> str | None:
    """The words of the clause that stand against the promise, or None; agreeing words settle it."""
    words = lowered(clause)
    if sides_with(contrast, clause):
        return None
    found = contrast.clause.search(words)
    return found[0] if found else None


def sides_with(contrast: Contrast, clause: str) -> bool:
    """True when the clause has the wording that agrees with the promise."""
    words = lowered(clause)
    found = contrast.agrees.search(words) if contrast.agrees else None
    if found is None:
        return False
    if _NEGATED.search(found[0]):
        return True  # "does not vary with" is itself the agreement
    return not (_NEGATED.search(words) and contrast.clause.search(words))
