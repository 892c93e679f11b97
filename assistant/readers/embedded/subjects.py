"""What a promise is about, whatever words it uses, and how alike two texts are."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from assistant.readers.embedded.sentences import plain

_SUFFIX = re.compile(r"(?:ations?|ments?|ingly|edly|ings?|ions?|ers?|ies|ied|ed|es|s|ly|e)$")
_WORD = re.compile(r"[a-z][a-z'-]+|\d+(?:\.\d+)?")
STOP_WORDS = frozenset(
    files("assistant.readers.embedded").joinpath("data", "stop_words.txt").read_text("utf-8").split()
)


@cache
def _subjects() -> Mapping[str, Mapping[str, tuple[re.Pattern[str], ...]]]:
    text = files("assistant.readers.embedded").joinpath("data", "subjects.toml").read_text(encoding="utf-8")
    return {
        group: {name: tuple(re.compile(p) for p in patterns) for name, patterns in rows.items()}
        for group, rows in tomllib.loads(text).items()
    }


@cache
def subjects_of(text: str) -> frozenset[str]:
    """Canonical subjects that a text touches: {"go_live", "training"}."""
    return _found("subjects", text)


@cache
def distinctions_of(text: str) -> frozenset[str]:
    """Which of several like things it is about: {"p1"}, {"phase_two"}."""
    return _found("distinct", text)


def _found(group: str, text: str) -> frozenset[str]:
    words = plain(text)
    rows = _subjects()[group].items()
    return frozenset(name for name, patterns in rows if any(p.search(words) for p in patterns))


@cache
def stems(text: str) -> tuple[str, ...]:
    """Content words of a text without their endings, in order."""
    words = (w.strip("'-") for w in _WORD.findall(plain(text)))
    return tuple(_stem(w) for w in words if w not in STOP_WORDS and len(w) > 1)


def _stem(word: str) -> str:
    cut = _SUFFIX.sub("", word)
    return cut if len(cut) >= 3 else word


def rarity(texts: Iterable[str]) -> dict[str, float]:
    """Inverse document frequency of each stem over texts; a stem in every text weighs near 0."""
    documents = [set(stems(t)) for t in texts]
    counts = Counter(s for d in documents for s in d)
    return {s: math.log(1 + len(documents) / n) for s, n in counts.items()}


def overlap(a: str, b: str, idf: Mapping[str, float]) -> float:
    """Likeness, 0 to 1, of the content words of two texts; rarer words count more."""
    left, right = set(stems(a)), set(stems(b))
    if not left or not right:
        return 0.0
    default = max(idf.values(), default=1.0)

    def weigh(words: set[str]) -> float:
        return sum((idf.get(w, default) for w in words), 0.0)

    return weigh(left & right) / math.sqrt(weigh(left) * weigh(right))
