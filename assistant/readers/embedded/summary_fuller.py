"""What else a path may hold: statements that mean it without the wordings that its patterns know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.readers.embedded.field_meaning import meanings_of
from assistant.readers.embedded.statements import Statement
from assistant.readers.embedded.summary_fields import FieldRow
from assistant.readers.embedded.weighing import is_blank, may_state, weigh

if TYPE_CHECKING:
    from assistant.readers.embedded.field_meaning import Meanings

LOOKED_AT = 8
"""Statements a path whose meaning is looked at: those that patterns and words speak for most."""
POINTS, WORDS = 0.5, 0.5
"""Worth of a point of the patterns and of a unit of the words' log-odds beside a unit of the meaning's."""
LEAST_ODDS, MOST_ODDS = -6.0, 3.0
FIRST, USUAL, RARE, FURTHER = -3.3, -3.0, 2.0, -4.5
"""Scores from which a statement is a path's only value, a `usual` or a `rare` one's, and a further value."""


@dataclass(frozen=True)
class Meant:
    """A statement by its place in the deal, with the score that its meaning, words and patterns give it."""

    at: int
    score: float


Near = Mapping[str, Sequence[tuple[int, float]]]
"""By path the statements, by their place in the deal, that patterns and words speak for, with their score."""


def promising(
    rows: Iterable[FieldRow],
    statements: Sequence[Statement],
    odds: Sequence[Mapping[str, float]],
    points: Mapping[str, Sequence[float]] | None = None,
) -> Near:
    """Of each learnt path the LOOKED_AT statements that patterns and words speak for most; see `choose`."""
    learnt = odds[0] if odds else {}
    wanted = [row for row in rows if row.path in learnt]
    weighed = points or {row.path: [weigh(row, s) for s in statements] for row in wanted}
    return {row.path: _promising(row, statements, odds, weighed[row.path]) for row in wanted}


def looked_at(near: Near) -> list[int]:
    """The places of the statements whose meaning is looked at, in order."""
    return sorted({at for found in near.values() for at, _ in found})


def meant_for(
    near: Near, statements: Sequence[Statement], means: Meanings | None = None
) -> dict[str, list[Meant]]:
    """By path what means it, the best first; nothing where there are no sentence embeddings."""
    places = looked_at(near)
    meanings = meanings_of([statements[at] for at in places], means)
    if meanings is None:
        return {}
    place = {at: i for i, at in enumerate(places)}
    return {
        path: sorted(
            (Meant(at, points + meanings[place[at]].get(path, 2 * LEAST_ODDS)) for at, points in found),
            key=lambda m: (-m.score, m.at),
        )
        for path, found in near.items()
    }


def _promising(
    row: FieldRow,
    statements: Sequence[Statement],
    odds: Sequence[Mapping[str, float]],
    points: Sequence[float],
) -> list[tuple[int, float]]:
    found = [
        (at, POINTS * points[at] + WORDS * max(LEAST_ODDS, min(MOST_ODDS, odds[at][row.path])))
        for at, s in enumerate(statements)
        if _allowed(row, s)
    ]
    found.sort(key=lambda f: (-f[1], f[0]))
    return found[:LOOKED_AT]


def _allowed(row: FieldRow, s: Statement) -> bool:
    if s.form or is_blank(s.text) or (s.contract and not row.clause):
        return False
    return may_state(row, s)


def least_score(row: FieldRow, known: int) -> float:
    """The score that one more value of a path needs which already holds so many."""
    if known:
        return FURTHER
    return FIRST if not row.rare else USUAL if row.usual else RARE
