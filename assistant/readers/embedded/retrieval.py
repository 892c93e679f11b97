"""Which lines of the contract are about the same thing as a promise."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import NamedTuple

from assistant.meanings.similarity import embed
from assistant.readers.embedded.concepts import subjects_in
from assistant.readers.embedded.contract_lines import Line
from assistant.readers.embedded.subjects import stems

MEANING, SUBJECT, WORDS = 1.0, 0.40, 0.40
"""Weights of cosine, shared concepts and shared words in the ranking: 1.8 at the very most."""
CONTEXT = 0.4
"""Share of the ranking that the promise with the words before it has; the promise alone has the rest."""
MOST_SUBJECTS, MOST_WORDS = 2, 12
"""A long promise need not be answered in all of its subjects and words by one line."""
RARE_WORDS = 3
"""The rarest words of a promise, its names of things and places, are what tells it from others."""
TELLING = 0.35
"""Rarity from which a word tells lines apart: "system" in every other line of a contract tells nothing."""
NO_MODEL = 0.9
"""Without embeddings the other two are scaled by this, so that the figures stay roughly where they are."""


@dataclass(frozen=True)
class Candidate:
    """A line with how much it is about the promise's subject, and the concepts both touch."""

    line: Line
    relevance: float
    shared: frozenset[str]
    cosine: float
    lexical: float = 0.0
    """Share of the promise's words that the line has, rare ones counting more."""
    distinct: float = 0.0
    """The same of the promise's rarest words."""
    subject: float = 0.0
    telling: frozenset[str] = frozenset()
    """Stems of both that are rare in the contract."""
    above: float = 0.0
    """How far the relevance stands out of the contract's usual one, in standard deviations."""
    behind: float = 0.0
    """How far it stays behind the most relevant line."""
    rank: int = 0


class ClauseIndex:
    """The lines of a contract, ready to be searched."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(lines)
        self._concepts = [subjects_in(line.setting) for line in self.lines]
        self._stems = [frozenset(stems(line.setting)) for line in self.lines]
        self._concept_weight = _rarity(self._concepts)
        self._stem_weight = _rarity(self._stems)
        self._vectors = embed([line.setting for line in self.lines])

    def rank(self, promise: str, context: str = "", extra: Iterable[str] = ()) -> list[Candidate]:
        """Every line, most relevant first; `context` is what was said before, `extra` are known concepts."""
        found = self._compared(promise, extra)
        if context:
            within = self._compared(f"{promise} {context}", extra)
            found = [_mixed(a, b) for a, b in zip(found, within, strict=True)]
        pairs = zip(self.lines, found, strict=True)
        return _placed(sorted(pairs, key=lambda p: (-p[1].relevance, p[0].segment.id, p[0].text)))

    def _cosines(self, promise: str) -> list[float] | None:
        """Of every line; None without a model."""
        embedded = embed([promise]) if self._vectors is not None else None
        if embedded is None or self._vectors is None:
            return None
        return [float(c) for c in self._vectors @ embedded[0]]

    def _compared(self, promise: str, extra: Iterable[str]) -> list[_Likeness]:
        """How like every line is to the promise, in the order of the lines."""
        cosines = self._cosines(promise)
        wanted = subjects_in(promise) | frozenset(extra)
        words = frozenset(stems(promise))
        # What a line could share at most is the same for every line, so it is weighed once.
        subjects = _whole(wanted, self._concept_weight, MOST_SUBJECTS)
        most = _whole(words, self._stem_weight, MOST_WORDS)
        rare = _whole(words, self._stem_weight, RARE_WORDS)
        found = []
        for i in range(len(self.lines)):
            shared = wanted & self._concepts[i]
            same = words & self._stems[i]
            both = _weight(same, self._stem_weight)
            telling = frozenset(w for w in same if self._stem_weight[w] >= TELLING)
            subject = _share(_weight(shared, self._concept_weight), subjects)
            lexical = _share(both, most)
            cosine = cosines[i] if cosines else None
            relevance = _relevance(cosine, subject, lexical)
            distinct = _share(both, rare)
            found.append(_Likeness(relevance, shared, cosine or 0.0, lexical, distinct, subject, telling))
        return found


class _Likeness(NamedTuple):
    """What is known of a line before the lines are ranked; see Candidate."""

    relevance: float
    shared: frozenset[str]
    cosine: float
    lexical: float
    distinct: float
    subject: float
    telling: frozenset[str]


def _relevance(cosine: float | None, subject: float, lexical: float) -> float:
    if cosine is None:
        return NO_MODEL * (subject + lexical) / 2
    return MEANING * cosine + SUBJECT * subject + WORDS * lexical


def _mixed(alone: _Likeness, within: _Likeness) -> _Likeness:
    return alone._replace(relevance=(1 - CONTEXT) * alone.relevance + CONTEXT * within.relevance)


def _placed(ranked: Sequence[tuple[Line, _Likeness]]) -> list[Candidate]:
    """With rank, and with how each stands to the others."""
    if not ranked:
        return []
    values = [found.relevance for _, found in ranked]
    usual = fmean(values)
    spread = pstdev(values) or 1.0
    return [
        Candidate(line, *found, (found.relevance - usual) / spread, values[0] - found.relevance, i)
        for i, (line, found) in enumerate(ranked)
    ]


def _rarity(sets: Sequence[frozenset[str]]) -> dict[str, float]:
    """How much a word or concept tells: 1 in one line of many, near 0 in every line."""
    counts = Counter(item for items in sets for item in sorted(items))
    total = math.log(len(sets) + 1) or 1.0
    return {item: math.log((len(sets) + 1) / (count + 0.5)) / total for item, count in counts.items()}


def _whole(wanted: frozenset[str], weight: dict[str, float], most: int) -> float:
    """The weight of what was wanted, of its `most` rarest."""
    return sum(sorted((weight.get(item, 1.0) for item in wanted), reverse=True)[:most])


def _weight(shared: frozenset[str], weight: dict[str, float]) -> float:
    return sum([weight.get(item, 1.0) for item in sorted(shared)]) if shared else 0.0


def _share(weight: float, whole: float) -> float:
    """Weight of what is shared against that of what was wanted, 0 to 1."""
    return min(1.0, weight / whole) if whole else 0.0
