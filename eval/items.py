"""Items: one thing a draft got right or wrong. Every score is made of them, so each can be looked into."""

from __future__ import annotations

from assistant.packet import Noun


class Item(Noun):
    """One decision of one scorer about one deal."""

    score: str
    """The scorer: "recall", "verdicts" ..."""
    id: str
    """Of what in the answers (or, for what was found beside them, in the packet): "p14", "scope.training"."""
    right: bool
    tags: tuple[str, ...] = ()
    """Slices, sorted."""
    gold: str | None = None
    got: str | None = None
    """Labels, where a score is more than right out of all (verdicts)."""
    note: str = ""
    """What went wrong, in words of the deal; never kept of a test case."""
    count: int = 1
    """Decisions of which nothing else is told (all quotes that were right)."""


class Usage(Noun):
    """What drafting took."""

    seconds: float = 0.0
    """By the clock on the wall."""
    cpu_seconds: float = 0.0
    """Of the processor; a busy machine changes little about them."""
    calls: int = 0
    tokens: int = 0
    cost: float = 0.0
    """US dollars."""
    quotes_rejected: int = 0

    def __add__(self, other: Usage) -> Usage:
        mine, theirs = self.model_dump(), other.model_dump()
        return Usage(**{key: round(mine[key] + theirs[key], 6) for key in mine})


class CaseResult(Noun):
    """One deal, drafted once and scored."""

    case: str
    split: str
    attempt: int = 1
    """1 ... N where each deal is drafted N times."""
    tags: tuple[str, ...] = ()
    fingerprint: str = ""
    """Of sources and answers: two runs are only compared on what did not change in between."""
    usage: Usage = Usage()
    items: tuple[Item, ...] = ()

    def without_texts(self) -> CaseResult:
        """The same, telling nothing of what the deal says."""
        bare = tuple(item.model_copy(update={"note": ""}) for item in self.items)
        return self.model_copy(update={"items": bare})
