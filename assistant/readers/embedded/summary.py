"""The deal summary: every path stated with evidence, conflicting with both sides, or not stated."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.evidence.record import DealRecord
from assistant.meanings.similarity import SUMMARY, embed_ahead
from assistant.packet import Field, Summary, Value
from assistant.readers.embedded.company import company_name
from assistant.readers.embedded.field_likelihood import odds_of
from assistant.readers.embedded.field_meaning import texts_of
from assistant.readers.embedded.field_sure import Signs, sureness
from assistant.readers.embedded.standing import meant_by
from assistant.readers.embedded.statements import Statement, read_statements
from assistant.readers.embedded.subjects import stems
from assistant.readers.embedded.summary_disagreements import disagreeing
from assistant.readers.embedded.summary_fields import STRONG, WEAK, FieldRow, field_rows
from assistant.readers.embedded.summary_fuller import Meant, least_score, looked_at, meant_for, promising
from assistant.readers.embedded.summary_needs import carries, lies_behind
from assistant.readers.embedded.summary_text import shown
from assistant.readers.embedded.weighing import is_blank, is_long_enough, may_state, weigh

SAME = 0.75
"""Share of the shorter sentence's content words from which two values say the same."""
LIKELY, CLEAR = 0.8, 1.5
"""Learnt log-odds from which a statement without any pattern states a path, and one that is rarely stated."""
UNLIKELY = {"rare": -2.0, "said": -4.0, "clause": -5.0}
"""Log-odds below which one sign is not enough: for a rarely stated path, in speech, in a contract."""
NEXT_TO_WORDS = -1.0
"""How much lower they may be where a weak sign stands beside the strong one."""
UNKNOWN_SIDE = -3.0
"""Log-odds that a path which one side must have told needs from somebody whose side is not known."""
MORE, MORE_CLAUSE = -4.0, -5.0
"""Log-odds below which it is no further value beside a better one, unless several signs speak for it."""
SURE = 0.79
"""Likelihood that the best value of a path needs (field_sure); below, the path is not stated."""
FEW, SURE_OF_FEW = 20, 0.5
"""Where so few statements are all there is, hardly one resembles what another states: this is enough."""
LEAST_ROOM = 2
"""Values for which every path has room."""
LEARNT = 0.5
"""Points for one unit of learnt log-odds between the two limits."""
LEAST_ODDS, MOST_ODDS = -4.0, 3.0


@dataclass(frozen=True)
class Candidate:
    """A statement that may fill a path, with how much speaks for it."""

    statement: Statement
    score: float
    plain: bool = True
    """Enough speaks for it to stand as a further value beside a better one."""


def fill_summary(record: DealRecord) -> Summary:
    """The deal summary; a path that no source states stays `not_stated`."""
    return begin_summary(record)()


def begin_summary(record: DealRecord) -> Callable[[], Summary]:
    """What patterns and words find, while the meanings that are needed are computed; the rest when called."""
    statements = [s for s in read_statements(record) if is_long_enough(s)]
    odds = [odds_of(s) for s in statements]
    rows = [row for row in field_rows() if row.is_asked_of(record.deal.trigger)]
    points = {row.path: [weigh(row, s) for s in statements] for row in rows}
    near = promising(rows, statements, odds, points)
    embed_ahead(texts_of([statements[at] for at in looked_at(near)]), SUMMARY)
    chosen = {row.path: choose(row, statements, odds, points[row.path]) for row in rows}

    def fill() -> Summary:
        meant = meant_for(near, statements)
        found = {
            row.path: _fill(row, chosen[row.path], statements, odds, meant.get(row.path, ()), record)
            for row in rows
        }
        found["customer_overview.company_name"] = company_name(record)
        return build_summary(found)

    return fill


def build_summary(found: dict[str, Field]) -> Summary:
    """The summary with these fields by path ("scope.training")."""
    summary = Summary()
    sections = {}
    for name, section in summary:
        fields = {k: found[f"{name}.{k}"] for k in type(section).model_fields if f"{name}.{k}" in found}
        sections[name] = section.model_copy(update=fields)
    return summary.model_copy(update=sections)


def _fill(
    row: FieldRow,
    found: Sequence[Candidate],
    statements: Sequence[Statement],
    odds: Sequence[Mapping[str, float]],
    meant: Sequence[Meant],
    record: DealRecord,
) -> Field:
    chosen = _fuller(row, found, statements, meant)
    if row.ahead:
        first = min((s.happened_on for s in record.conversations if s.happened_on), default=None)
        chosen = [c for c in chosen if not lies_behind(c.statement, first)]
    if not chosen or not _is_sure(row, chosen, statements, odds, meant):
        return Field()
    values = tuple(Value(text=shown(row, c.statement), evidence=(c.statement.evidence,)) for c in chosen)
    status = "conflicting" if disagreeing(row.path, [c.statement for c in chosen], record) else "stated"
    return Field(status=status, values=values)


def values_of(
    row: FieldRow,
    statements: Sequence[Statement],
    odds: Sequence[Mapping[str, float]],
    meant: Sequence[Meant],
) -> list[Candidate]:
    """The best values of a path, however likely: what its patterns find, then what means it."""
    return _fuller(row, choose(row, statements, odds), statements, meant)


def signs_of(
    row: FieldRow,
    chosen: Sequence[Candidate],
    statements: Sequence[Statement],
    odds: Sequence[Mapping[str, float]],
    meant: Sequence[Meant],
) -> Signs | None:
    """What speaks for the best of the values; None for what stands in a form, and for paths never learnt."""
    best = chosen[0].statement
    at = _telling(row, best, statements)
    words = odds[at].get(row.path)
    if best.form or words is None:
        return None
    meaning = next((m.score for m in meant if m.at == at), None)
    talk = sum(s.words for s in statements if not s.contract)
    points = weigh(row, statements[at])
    return Signs(words, meaning, points, best.contract, bool(best.asked), len(chosen), talk)


def _telling(row: FieldRow, best: Statement, statements: Sequence[Statement]) -> int:
    """The place of what tells that this is the path's value: its own, or that of "that's my worry" behind."""
    at = next(i for i, s in enumerate(statements) if s.order == best.order)
    behind = at + 1
    if behind == len(statements) or meant_by(statements, behind) is not best:
        return at
    return behind if weigh(row, statements[behind]) > weigh(row, best) else at


def _is_sure(
    row: FieldRow,
    chosen: Sequence[Candidate],
    statements: Sequence[Statement],
    odds: Sequence[Mapping[str, float]],
    meant: Sequence[Meant],
) -> bool:
    signs = signs_of(row, chosen, statements, odds, meant)
    least = SURE if len(statements) > FEW else SURE_OF_FEW
    return signs is None or sureness(row.path, signs) >= least


def choose(
    row: FieldRow,
    statements: Sequence[Statement],
    odds: Sequence[Mapping[str, float]] | None = None,
    points: Sequence[float] | None = None,
) -> list[Candidate]:
    """The best statements for a path, those of the preferred kind first, each fact once.

    `odds` holds the learnt log-odds by path of each statement, in the same order; None: patterns alone.
    `points` holds what the patterns say, where the caller has weighed them already.
    """
    points = points or [weigh(row, s) for s in statements]
    judged = enumerate(zip(statements, points, odds or [{}] * len(statements), strict=True))
    heard = [(i, c) for i, (s, p, o) in judged if (c := _candidate(row, s, p, o.get(row.path)))]
    meant = [replace(c, statement=s) for i, c in heard if (s := meant_by(statements, i, answers=row.answers))]
    scored = [c for c in meant if carries(row.needs, c.statement)]
    prefer_contract = row.first == "contract"
    scored.sort(key=lambda c: (-_rank(c, row), c.statement.contract != prefer_contract, c.statement.order))
    return _distinct(scored, row)


def _fuller(
    row: FieldRow, chosen: Sequence[Candidate], statements: Sequence[Statement], meant: Sequence[Meant]
) -> list[Candidate]:
    """The values with those beside them that mean the path without its wordings, as far as there is room."""
    kept = list(chosen)
    for m in meant:
        if len(kept) >= max(row.limit, LEAST_ROOM) or m.score < least_score(row, len(kept)):
            break
        s = meant_by(statements, m.at, answers=row.answers)
        known = s is None or any(_alike(s.text, k.statement.text) for k in kept)
        if s is not None and not known and carries(row.needs, s):
            kept.append(Candidate(s, m.score))
    return kept


def _candidate(row: FieldRow, s: Statement, points: float, odds: float | None) -> Candidate | None:
    """A statement that a pattern of the path finds, or that sounds enough like one without a pattern."""
    heard = LEAST_ODDS if odds is None else odds
    learnt = LEARNT * max(LEAST_ODDS, min(MOST_ODDS, heard))
    unlikely = odds is not None and not s.form and odds < _least_odds(row, s, points)
    if odds is not None and odds < UNKNOWN_SIDE and row.by != "any" and _by_nobody_known(s):
        return None
    if unlikely or is_blank(s.text):
        return None
    if points >= row.floor:
        least = -math.inf if s.form or points > STRONG + WEAK else MORE_CLAUSE if s.contract else MORE
        return Candidate(s, points + learnt, odds is None or odds >= least)
    if not s.form and heard >= (CLEAR if row.rare else LIKELY) and may_state(row, s):
        return Candidate(s, row.floor + learnt)
    return None


def _by_nobody_known(s: Statement) -> bool:
    return s.side is None and not (s.contract or s.reported or s.form)


def _least_odds(row: FieldRow, s: Statement, points: float) -> float:
    """Log-odds that a statement with so many points needs; none from two strong signs on."""
    if points > STRONG + WEAK:
        return -math.inf
    kind = "clause" if s.contract else "rare" if row.rare else "said"
    if points <= STRONG:
        return UNLIKELY[kind]
    return -math.inf if kind == "rare" else UNLIKELY[kind] + NEXT_TO_WORDS


def _rank(c: Candidate, row: FieldRow) -> float:
    late = c.statement.order / 100_000 if row.latest else 0.0
    return c.score + (0.5 if c.statement.contract == (row.first == "contract") else 0.0) + late


def _distinct(candidates: Iterable[Candidate], row: FieldRow) -> list[Candidate]:
    """Best first, without repetitions; contract and conversation each get a place where both speak."""
    kept: list[Candidate] = []
    pool = list(candidates)
    for candidate in pool:
        if len(kept) >= row.limit:
            break
        known = any(_alike(candidate.statement.text, k.statement.text) for k in kept)
        if not known and (candidate.plain or not kept):
            kept.append(candidate)
    kinds = {c.statement.contract for c in kept}
    if len(kinds) == 1 and len(kept) == row.limit and row.limit > 1:
        other = next((c for c in pool if c.plain and c.statement.contract not in kinds), None)
        kept = [*kept[:-1], other] if other else kept
    return kept


def _alike(a: str, b: str) -> bool:
    left, right = set(stems(a)), set(stems(b))
    return bool(left and right) and len(left & right) / min(len(left), len(right)) >= SAME
