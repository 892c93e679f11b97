"""Which lines of the contract are about the same thing as a promise."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import NamedTuple

from assistant.meanings.similarity import place
from assistant.readers.embedded.concepts import subjects_in
from assistant.readers.embedded.contract_lines import Line, placed
from assistant.readers.embedded.likely_lines import likely
from assistant.readers.embedded.promise_view import PromiseView
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


class Best(NamedTuple):
    """The highest values of any line of a contract; see Candidate."""

    cosine: float = 0.0
    lexical: float = 0.0
    distinct: float = 0.0
    subject: float = 0.0
    before: float = 0.0
    same: int = 0


NOTHING = Best()


@dataclass(frozen=True)
class Candidate:
    """A line with how much it is about the promise's subject, and the concepts both touch."""

    line: Line
    relevance: float
    shared: frozenset[str]
    cosine: float
    """How near both lie, of what was learnt of promises and the lines that decide them."""
    lexical: float = 0.0
    """Share of the promise's words that the line has, rare ones counting more."""
    distinct: float = 0.0
    """The same of the promise's rarest words."""
    subject: float = 0.0
    telling: frozenset[str] = frozenset()
    """Stems of both that are rare in the contract."""
    likely: float = 0.0
    """How likely it decides the promise, as a logit; see likely_lines.py. Without a model the relevance."""
    above: float = 0.0
    """How far that stands out of what is usual in the contract, in standard deviations."""
    behind: float = 0.0
    """How far it stays behind the likeliest line."""
    rank: int = 0
    before: float = 0.0
    """Share of the line's words that were said just before the promise."""
    same: int = 0
    """Number of words that the line has of the promise."""
    best: Best = NOTHING
    """What the best of all lines has of the same, each by itself."""


class ClauseIndex:
    """The lines of a contract, ready to be searched."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(lines)
        self._concepts = [subjects_in(line.setting) for line in self.lines]
        self._stems = [frozenset(stems(line.setting)) for line in self.lines]
        self._concept_weight = _rarity(self._concepts)
        self._stem_weight = _rarity(self._stems)
        self._vectors = place(list(placed(self.lines)))

    def rank(self, promise: PromiseView) -> list[Candidate]:
        """Every line, likeliest first."""
        cosines = self._cosines(promise)
        found = self._compared(promise.whole, cosines, promise.extra_subjects)
        if promise.context:
            wider = self._compared(f"{promise.whole} {promise.context}", cosines, promise.extra_subjects)
            said = frozenset(stems(promise.context))
            before = [len(said & own) / max(1, len(own)) for own in self._stems]
            found = [_mixed(*both) for both in zip(found, wider, before, strict=True)]
        found = [one._replace(likely=likely(one) if cosines else one.relevance) for one in found]
        pairs = zip(self.lines, found, strict=True)
        return _ordered(sorted(pairs, key=lambda p: (-p[1].likely, p[0].segment.id, p[0].text)))

    def _cosines(self, promise: PromiseView) -> list[float] | None:
        """Of every line with the promise; None without a model."""
        mine = None if self._vectors is None else place([promise.placed])
        return None if self._vectors is None or mine is None else (self._vectors @ mine[0]).tolist()

    def _compared(self, words: str, cosines: Sequence[float] | None, extra: Iterable[str]) -> list[_Likeness]:
        """How like every line is to these words, in the order of the lines."""
        wanted = subjects_in(words) | frozenset(extra)
        said = frozenset(stems(words))
        # What a line could share at most is the same for every line, so it is weighed once.
        subjects = _whole(wanted, self._concept_weight, MOST_SUBJECTS)
        most = _whole(said, self._stem_weight, MOST_WORDS)
        rare = _whole(said, self._stem_weight, RARE_WORDS)
        found = []
        for i in range(len(self.lines)):
            shared = wanted & self._concepts[i]
            same = said & self._stems[i]
            both = _weight(same, self._stem_weight)
            telling = frozenset(w for w in same if self._stem_weight[w] >= TELLING)
            subject = _share(_weight(shared, self._concept_weight), subjects)
            lexical, distinct = _share(both, most), _share(both, rare)
            cosine = cosines[i] if cosines else None
            relevance = _relevance(cosine, subject, lexical)
            like = _Likeness(relevance, shared, cosine or 0.0, lexical, distinct, subject, telling)
            found.append(like._replace(same=len(same)))
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
    before: float = 0.0
    same: int = 0
    likely: float = 0.0


def _relevance(cosine: float | None, subject: float, lexical: float) -> float:
    if cosine is None:
        return NO_MODEL * (subject + lexical) / 2
    return MEANING * cosine + SUBJECT * subject + WORDS * lexical


def _mixed(alone: _Likeness, within: _Likeness, before: float) -> _Likeness:
    relevance = (1 - CONTEXT) * alone.relevance + CONTEXT * within.relevance
    return alone._replace(relevance=relevance, before=before)


def _ordered(ranked: Sequence[tuple[Line, _Likeness]]) -> list[Candidate]:
    """With rank, and with how each stands to the others."""
    if not ranked:
        return []
    values = [found.likely for _, found in ranked]
    usual = fmean(values)
    spread = pstdev(values) or 1.0
    best = Best(**{name: max(getattr(found, name) for _, found in ranked) for name in Best._fields})
    return [
        Candidate(line, **found._asdict(), above=(found.likely - usual) / spread,
                  behind=values[0] - found.likely, rank=i, best=best)
        for i, (line, found) in enumerate(ranked)
    ]  # fmt: skip


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
