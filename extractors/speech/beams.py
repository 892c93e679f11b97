"""What else the first hearing held nearly as likely: the other hypotheses of its beam."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from extractors.speech.again import differences
from extractors.speech.heard import Word

CLOSE = 0.02
"""Mean log probability by which another hypothesis may lie behind the best one and still be told."""


class Hypothesis(NamedTuple):
    """The tokens of one reading of a window, and their mean log probability."""

    tokens: list[int]
    score: float


class Beams:
    """A ctranslate2 model of Whisper that keeps what else its beams held; its caller takes the best."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.found: list[list[Hypothesis]] = []
        """One list a window since it was last emptied, the best first."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def generate(self, *given: Any, **how: Any) -> Any:
        """As the model does it, with as many hypotheses as the beam is wide."""
        results = self._model.generate(*given, **{**how, "num_hypotheses": how.get("beam_size", 1)})
        for result in results:
            rows = zip(result.sequences_ids, result.scores, strict=True)
            self.found.append([Hypothesis(list(tokens), float(score)) for tokens, score in rows])
        return results


def with_others(words: Sequence[Word], readings: Sequence[tuple[Sequence[str], float]]) -> list[Word]:
    """The words, each with what close readings of the same window had in its place.

    `readings` are (words, score), the best first: what the words say.
    """
    out = list(words)
    said = [word.text for word in words]
    for theirs, score in readings[1:]:
        if readings[0][1] - score > CLOSE:
            continue
        for kind, (first, last), (begin, end) in differences(said, theirs):
            other = (" ".join(theirs[begin:end]), last - first)
            if kind == "other" and other not in out[first].others:
                out[first] = out[first]._replace(others=(*out[first].others, other))
    return out
