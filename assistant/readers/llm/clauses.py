"""Clauses for a batch of promises, where no single call can see the whole contract.

By words: a clause counts for a promise as far as it has its rare words. With it come the clauses of the same
section (exceptions stand there), the definitions of what it names, and every amendment.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from assistant.readers.llm.context import estimate_tokens
from assistant.readers.llm.judging import Batch
from assistant.readers.llm.sources_text import UNSHOWN, Piece, Shown, show
from assistant.readers.llm.windows import PER_SEGMENT
from extractors.segments import Segment, Source

BEST = 6
"""Clauses taken for each promise before neighbours and definitions."""
STEM = 5
_DEFINES = re.compile(r"[\"“]([A-Z][^\"”]{2,40})[\"”]\s+(?:means|shall mean|is|has the meaning)")
Spot = tuple[int, int]


def select(batch: Batch, contracts: Sequence[Source], room: int) -> Shown:
    """What of the contracts is shown for a batch, in the contracts' own order, at most `room` tokens."""
    spots = [
        (i, j)
        for i, source in enumerate(contracts)
        for j, s in enumerate(source.segments)
        if s.kind not in UNSHOWN and s.kind != "heading"
    ]
    at = {spot: contracts[spot[0]].segments[spot[1]] for spot in spots}
    chosen: dict[Spot, None] = {}
    used = 0
    for spot in _wanted(batch, contracts, at):
        size = estimate_tokens(at[spot].text) + PER_SEGMENT
        if spot not in chosen and used + size <= room:
            chosen[spot] = None
            used += size
    return show(_pieces(contracts, chosen))


def _pieces(contracts: Sequence[Source], chosen: dict[Spot, None]) -> list[Piece]:
    pieces = []
    for i, source in enumerate(contracts):
        ids = frozenset(source.segments[j].id for k, j in chosen if k == i)
        if ids:
            pieces.append(Piece(source, only=ids))
    return pieces


def _wanted(batch: Batch, contracts: Sequence[Source], at: dict[Spot, Segment]) -> list[Spot]:
    """The spots in order of how much they are wanted: best clauses, amendments, neighbours, definitions."""
    words = {spot: stems(" ".join((*s.headings, s.text))) for spot, s in at.items()}
    weight = _rarity(list(words.values()))
    best: list[Spot] = []
    for wording in batch.wordings:
        said = stems(" ".join((wording.commitment.text, *(e.quote for e in wording.commitment.evidence))))
        score = {spot: sum(weight.get(w, 0.0) for w in said & found) for spot, found in words.items()}
        best += sorted((s for s in score if score[s] > 0), key=lambda s: (-score[s], s))[:BEST]
    amended = [spot for spot in at if contracts[spot[0]].kind == "amendment"]
    sections = {(spot[0], at[spot].section) for spot in best if at[spot].section}
    neighbours = [spot for spot, s in at.items() if (spot[0], s.section) in sections]
    named = " ".join(at[spot].text for spot in dict.fromkeys(best))
    defined = [spot for spot, s in at.items() if (m := _DEFINES.search(s.text)) and m[1] in named]
    return list(dict.fromkeys([*best, *amended, *neighbours, *defined]))


def stems(text: str) -> frozenset[str]:
    """The first letters of its longer words, and its numbers."""
    return frozenset(w[:STEM] for w in re.findall(r"[a-z]{4,}|\d+", text.lower()))


def _rarity(texts: Sequence[frozenset[str]]) -> dict[str, float]:
    counts = Counter(stem for found in texts for stem in found)
    return {stem: math.log((len(texts) + 1) / (count + 0.5)) for stem, count in counts.items()}
