"""How near two texts of one deal are: rare words that both have, and meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.readers.embedded.similarity import embed
from assistant.readers.embedded.subjects import overlap, rarity


class Nearness:
    """Word overlap, weighted by how rare words are in the deal, plus the cosine of sentence embeddings."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._rarity = rarity(texts)
        self._vectors: dict[str, object] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """Embed many texts at once, which is faster than one at a time."""
        fresh = sorted({t for t in texts if t not in self._vectors})
        vectors = embed(fresh)
        if vectors is not None:
            self._vectors |= dict(zip(fresh, vectors, strict=True))

    def between(self, a: str, b: str) -> float:
        """0 (unrelated) to 2 (the same words); about 0.7 and more for two wordings of one thing."""
        self.learn([t for t in (a, b) if t not in self._vectors])
        left, right = self._vectors.get(a), self._vectors.get(b)
        words = overlap(a, b, self._rarity)
        return words + (float(left @ right) if left is not None and right is not None else words)  # type: ignore[operator]
