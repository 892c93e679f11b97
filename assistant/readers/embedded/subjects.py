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

_SUFFIX = re.compile(r"(?:ations?|ations?|ments?|ingly|edly|ings?|ions?|ers?|ies|ied|ed|es|s|ly|e)$")
_WORD = re.compile(r"[a-z][a-z'-]+|\d+(?:\.\d+)?")
STOP_WORDS = frozenset(
    """a about after again all also am an and any are as at be because been before being both but by can come could
    did do does doing done down each even every for from get gets getting give go goes going good got had has have
    he her here him his how i if in into is it its just know let like ll look made make many may me mean might more
    most much my need never new no not now of off okay on once one only or other our out over own part put really
    right said same say see she should so some something sort still such sure take than that the their them then
    there these they thing things think this those through time to too two under until up us use very want was way
    we well were what when where which while who why will with would year years yes yet you your yours day days week
    weeks month months three four five six seven eight nine ten no yeah yep able per cent percent""".split()
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
    return frozenset(n for n, patterns in _subjects()[group].items() if any(p.search(words) for p in patterns))


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
    weigh = lambda words: sum(idf.get(w, default) for w in words)  # noqa: E731
    return weigh(left & right) / math.sqrt(weigh(left) * weigh(right))
