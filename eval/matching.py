"""Whether a quote that a reader gave is the one that the answers mean, and which promise it is.

A promise is the answer's when it quotes the greater part of the same words in the same file: of the wording
that stands or of an earlier one, in its evidence or in its history. A bare "we do" proves nothing alone; it
needs its question. Each answer is used once, by the promise that fits it best.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.packet import Commitment, Evidence
from eval.gold import Gold, GoldCommitment, GoldQuote

SAME_WORDS = 0.6
"""Share of the shorter quote's words, in order, that both must have to be the same place."""
BARE = 4
"""Words below which an answer like "Yes, both" is only told apart by what was asked."""


@dataclass(frozen=True)
class Pair:
    """A promise found and the answer's wordings of it, the one that stands last."""

    found: Commitment
    chain: tuple[GoldCommitment, ...]

    @property
    def wanted(self) -> GoldCommitment:
        """The wording that stands."""
        return self.chain[-1]


@dataclass(frozen=True)
class Matched:
    """Each promise of the answers is in `pairs` or `missed`, each of the packet in `pairs` or `extra`."""

    pairs: tuple[Pair, ...]
    missed: tuple[tuple[GoldCommitment, ...], ...]
    extra: tuple[Commitment, ...]


def match_commitments(found: Sequence[Commitment], gold: Gold) -> Matched:
    """The best fitting pairs first; each promise and each answer is used once."""
    chains = [tuple(chain) for chain in gold.chains()]
    fits = [
        (fit, -i, -j)
        for i, commitment in enumerate(found)
        for j, chain in enumerate(chains)
        if (fit := _fit(commitment, chain)) > 0
    ]
    partner: dict[int, int] = {}
    for _, i, j in sorted(fits, reverse=True):
        if -i not in partner and -j not in partner.values():
            partner[-i] = -j
    return Matched(
        pairs=tuple(Pair(found[i], chains[j]) for i, j in sorted(partner.items())),
        missed=tuple(chain for j, chain in enumerate(chains) if j not in partner.values()),
        extra=tuple(c for i, c in enumerate(found) if i not in partner),
    )


def _fit(found: Commitment, chain: Sequence[GoldCommitment]) -> float:
    """0 where it is another promise; the wording that stands counts for more than an earlier one."""
    earlier = [e for wording in found.history for e in wording.evidence]
    now = max(_likeness(found.evidence, chain[-1]), 0.9 * _likeness(earlier, chain[-1]))
    before = max((_likeness([*found.evidence, *earlier], g) for g in chain[:-1]), default=0.0)
    return max(1 + now if now else 0.0, before)


def _likeness(evidence: Iterable[Evidence], gold: GoldCommitment) -> float:
    here = [e for e in evidence if same_file(e.source, gold.source)]
    if gold.asked and len(words(gold.quote)) < BARE:
        return _answered(here, gold.quote, gold.asked)
    return max((likeness(e.quote, gold.quote) for e in here), default=0.0)


def _answered(evidence: Sequence[Evidence], answer: str, asked: str) -> float:
    """Of a bare answer: it must be quoted whole, or what it answers must be."""
    alone = [e for e in evidence if words(e.quote) == words(answer)]
    question = max((likeness(e.quote, asked) for e in evidence), default=0.0)
    return max(question, 0.7 if alone else 0.0)


def same_file(a: str, b: str) -> bool:
    """Whether two paths end in the same file name."""
    return a.rsplit("/", 1)[-1] == b.rsplit("/", 1)[-1]


def same_words(a: str, b: str) -> bool:
    """Whether one quote is, for its greater part, a run of words of the other."""
    return likeness(a, b) > 0


def likeness(a: str, b: str) -> float:
    """0 where two quotes are not the same place, else the share of their words that they have in common."""
    left, right = words(a), words(b)
    if left == right:
        return 1.0 if left else 0.0
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    shared = [block.size for block in blocks if block.size >= 2]
    short = min(len(left), len(right))
    if short < 2 or sum(shared) / short < SAME_WORDS or max(shared) < min(4, short):
        return 0.0
    return 2 * sum(shared) / (len(left) + len(right))


def quotes_it(evidence: Iterable[Evidence], quote: GoldQuote) -> bool:
    """Whether one of the evidences is that place."""
    return any(same_file(e.source, quote.source) and same_words(e.quote, quote.quote) for e in evidence)


def words(text: str) -> list[str]:
    """Words and figures in small letters, apostrophes made alike."""
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
