"""How near two texts of one deal are: rare words that both have, and meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.meanings.similarity import embed, embed_ahead
from assistant.readers.embedded.subjects import overlap, rarity


class Nearness:
    """Word overlap, weighted by how rare words are in the deal, plus the cosine of sentence embeddings."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._rarity = rarity(texts)

    def learn(self, texts: Iterable[str]) -> None:
        """Begin to embed many texts at once, which is faster than one at a time."""
        embed_ahead(texts)

    def between(self, a: str, b: str) -> float:
        """0 (unrelated) to 2 (the same words); about 0.7 and more for two wordings of one thing."""
        words = overlap(a, b, self._rarity)
        vectors = embed((a, b))
        return words + (words if vectors is None else float(vectors[0] @ vectors[1]))
