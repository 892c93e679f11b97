"""Which lines of the contract are about the same thing as a promise."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.readers.embedded.concepts import subjects_in
from assistant.readers.embedded.contract_lines import Line
from assistant.readers.embedded.similarity import Vectors, embed
from assistant.readers.embedded.subjects import stems

MEANING, SUBJECT, WORDS = 1.0, 0.40, 0.40
"""Weights of cosine, shared concepts and shared words: 1.8 at the very most."""
CONTEXT = 0.4
"""Share of the ranking that the promise with the words before it has; the promise alone has the rest."""
MOST_SUBJECTS, MOST_WORDS = 2, 12
"""A long promise need not be answered in all of its subjects and words by one line."""
NO_MODEL = 0.9
"""Without embeddings the other two are scaled by this, so that the thresholds stay roughly where they are."""


@dataclass(frozen=True)
class Candidate:
    """A line with how much it is about the promise's subject, and the concepts both touch."""

    line: Line
    relevance: float
    shared: frozenset[str]
    cosine: float
    peak: float = 0.0
    """The higher relevance of the promise alone and in context: by it numbers are let in."""


class ClauseIndex:
    """The lines of a contract, ready to be searched."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(lines)
        self._concepts = [subjects_in(line.setting) for line in self.lines]
        self._stems = [frozenset(stems(line.setting)) for line in self.lines]
        self._concept_weight = _rarity(self._concepts)
        self._stem_weight = _rarity(self._stems)
        self._vectors = embed([line.setting for line in self.lines])

    def rank(self, promise: str, extra: Iterable[str] = (), vector: Vectors | None = None) -> list[Candidate]:
        """Every line, most relevant first; `extra` are known concepts, `vector` is the promise's."""
        wanted = subjects_in(promise) | frozenset(extra)
        words = frozenset(stems(promise))
        if vector is None and self._vectors is not None:
            embedded = embed([promise])
            vector = embedded[0] if embedded is not None else None
        candidates = [self._candidate(i, wanted, words, vector) for i in range(len(self.lines))]
        return sorted(candidates, key=lambda c: (-c.relevance, c.line.segment.id, c.line.text))

    def rank_in_context(
        self, promise: str, context: str, extra: Iterable[str], vectors: tuple[Vectors | None, Vectors | None]
    ) -> list[Candidate]:
        """As `rank`, with part of the weight on the promise together with the words before it."""
        alone = self.rank(promise, extra, vectors[0])
        if not context:
            return alone
        within = {id(c.line): c for c in self.rank(f"{promise} {context}", extra, vectors[1])}
        mixed = [_mixed(c, within[id(c.line)]) for c in alone]
        return sorted(mixed, key=lambda c: (-c.relevance, c.line.segment.id, c.line.text))

    def _candidate(
        self, i: int, wanted: frozenset[str], words: frozenset[str], vector: Vectors | None
    ) -> Candidate:
        shared = wanted & self._concepts[i]
        subject = _share(shared, wanted, self._concept_weight, MOST_SUBJECTS)
        lexical = _share(words & self._stems[i], words, self._stem_weight, MOST_WORDS)
        if vector is None or self._vectors is None:
            return Candidate(self.lines[i], NO_MODEL * (subject + lexical) / 2, shared, 0.0)
        cosine = float(self._vectors[i] @ vector)
        return Candidate(
            self.lines[i], MEANING * cosine + SUBJECT * subject + WORDS * lexical, shared, cosine
        )


def _mixed(alone: Candidate, within: Candidate) -> Candidate:
    relevance = (1 - CONTEXT) * alone.relevance + CONTEXT * within.relevance
    peak = max(alone.relevance, within.relevance)
    return Candidate(alone.line, relevance, alone.shared, alone.cosine, peak)


def _rarity(sets: Sequence[frozenset[str]]) -> dict[str, float]:
    """How much a word or concept tells: 1 in one line of many, near 0 in every line."""
    counts = Counter(item for items in sets for item in sorted(items))
    total = math.log(len(sets) + 1) or 1.0
    return {item: math.log((len(sets) + 1) / (count + 0.5)) / total for item, count in counts.items()}


def _share(shared: frozenset[str], wanted: frozenset[str], weight: dict[str, float], most: int) -> float:
    """Weight of what is shared against that of what was wanted (its `most` rarest), 0 to 1."""
    whole = sum(sorted((weight.get(item, 1.0) for item in wanted), reverse=True)[:most])
    return min(1.0, sum(weight.get(item, 1.0) for item in sorted(shared)) / whole) if whole else 0.0
