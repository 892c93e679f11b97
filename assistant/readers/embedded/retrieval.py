"""Which lines of the contract are about the same thing as a promise."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, NamedTuple

from assistant.evidence.figures import larger_as_figures
from assistant.meanings.similarity import embed
from assistant.readers.embedded.concepts import subjects_in
from assistant.readers.embedded.contract_lines import Line, meanings_of
from assistant.readers.embedded.likely_lines import LIKENESSES, load_likely_lines
from assistant.readers.embedded.subjects import stems

if TYPE_CHECKING:
    from assistant.meanings.similarity import Vectors

MEANING, SUBJECT, WORDS = 1.0, 0.40, 0.40
"""Weights of cosine, shared concepts and shared words in the ranking: 1.8 at the very most."""
TITLE = 0.15
"""Share of the meaning that a line's titles have; its own words have the rest."""
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
    title: float = 0.0
    within: float = 0.0
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
    title: float = 0.0
    """Cosine of the promise and the line's titles."""
    within: float = 0.0
    """Cosine of the line and the promise with the words before it."""
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
        texts = list(meanings_of(self.lines))
        self._vectors = embed([larger_as_figures(text) for text in texts])
        titles = {title: at for at, title in enumerate(texts) if at >= len(self.lines)}
        self._title_at = [titles.get(line.title, at) for at, line in enumerate(self.lines)]
        self._placed = None
        if self._vectors is not None:
            own, above = self._vectors[: len(self.lines)], self._vectors[self._title_at]
            self._placed = load_likely_lines().placed(own, above)

    def rank(self, promise: str, context: str = "", extra: Iterable[str] = ()) -> list[Candidate]:
        """Every line, likeliest first; `context` is what was said before, `extra` are known concepts."""
        whole = f"{promise} {context}" if context else promise
        own, within = self._meanings(promise, whole)
        found = self._compared(promise, own, extra)
        if context:
            wider = self._compared(whole, within, extra)
            said = frozenset(stems(context))
            before = [len(said & own) / max(1, len(own)) for own in self._stems]
            found = [_mixed(*both) for both in zip(found, wider, before, strict=True)]
        likely = self._likely(own, within, found)
        found = [one._replace(likely=value) for one, value in zip(found, likely, strict=True)]
        pairs = zip(self.lines, found, strict=True)
        return _placed(sorted(pairs, key=lambda p: (-p[1].likely, p[0].segment.id, p[0].text)))

    def _meanings(self, promise: str, whole: str) -> tuple[Vectors, Vectors] | tuple[None, None]:
        """The vectors of both; none where the lines have none."""
        embedded = None if self._vectors is None else embed(list(map(larger_as_figures, (promise, whole))))
        return (None, None) if embedded is None else (embedded[0], embedded[1])

    def _likely(
        self, own: Vectors | None, within: Vectors | None, found: Sequence[_Likeness]
    ) -> list[float]:
        """How likely each line decides the promise that has these meanings, alone and in its context."""
        if own is None or within is None or self._placed is None:
            return [one.relevance for one in found]
        import numpy as np

        likenesses = np.array([[getattr(one, name) for name in LIKENESSES] for one in found], np.float32)
        return [float(v) for v in load_likely_lines().scores(own, within, self._placed, likenesses)]

    def _cosines(self, meaning: Vectors | None) -> list[tuple[float, float]] | None:
        """Of every line's own words and of its titles, or of its words again; None without a model."""
        if meaning is None or self._vectors is None:
            return None
        cosines = [float(c) for c in self._vectors @ meaning]
        return [(cosines[i], cosines[at]) for i, at in enumerate(self._title_at)]

    def _compared(self, promise: str, meaning: Vectors | None, extra: Iterable[str]) -> list[_Likeness]:
        """How like every line is to the promise, in the order of the lines."""
        cosines = self._cosines(meaning)
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
            cosine, title = cosines[i] if cosines else (None, 0.0)
            relevance = _relevance(cosine, title, subject, lexical)
            near, distinct = cosine or 0.0, _share(both, rare)
            likeness = _Likeness(relevance, shared, near, lexical, distinct, subject, telling)
            found.append(likeness._replace(title=title, within=near, same=len(same)))
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
    title: float = 0.0
    within: float = 0.0
    before: float = 0.0
    same: int = 0
    likely: float = 0.0


def _relevance(cosine: float | None, title: float, subject: float, lexical: float) -> float:
    if cosine is None:
        return NO_MODEL * (subject + lexical) / 2
    return MEANING * ((1 - TITLE) * cosine + TITLE * title) + SUBJECT * subject + WORDS * lexical


def _mixed(alone: _Likeness, within: _Likeness, before: float) -> _Likeness:
    relevance = (1 - CONTEXT) * alone.relevance + CONTEXT * within.relevance
    return alone._replace(relevance=relevance, within=within.cosine, before=before)


def _placed(ranked: Sequence[tuple[Line, _Likeness]]) -> list[Candidate]:
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
