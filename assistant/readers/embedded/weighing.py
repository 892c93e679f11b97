"""What speaks for a statement stating a path, by the patterns of data/fields.toml, and what forbids it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.readers.embedded.patterns import read_patterns
from assistant.readers.embedded.statements import Statement
from assistant.readers.embedded.summary_fields import (
    AGAIN,
    ASKED,
    CLAUSE,
    LABEL,
    MOST_WEAK,
    STRONG,
    TITLED,
    WEAK,
    FieldRow,
)  # fmt: skip

SHORTEST, LONGEST = 3, 90
"""Words of a sentence that can state a fact."""
LEAST_ANSWER = 3
"""Words from which the answer to a path's own question states it."""
_BLANK = re.compile(r"_{3,}|\.{6,}|\[(?:[^\]]{0,40})\]|<[A-Za-z][^>]{1,40}>|\b[xX]{3,}\b")
"""A place in a form that nobody has filled in yet."""


_BESIDE_THE_POINT = re.compile(
    r"^(?:\W*\(?[a-z0-9]{1,4}[.)])?\s*(?:if|except|notwithstanding|however|whereas|unless|where"
    r"|for the avoidance|in (?:this|that|such) case|in (?:the )?event|nothing in|neither party|each party"
    r"|either party|without prejudice|before submitting|to the extent|for purposes of|subject to"
    r"|upon termination|on termination"
    r"|\W?[\w /-]{2,40}\W? (?:means|shall mean|has the meaning|refers to)"
    r"(?! (?:\d|[a-z]+day|from|between)))\b"
)
"""Clauses that rule on a case or define a word, and do not say what this deal holds."""


MOST_KNOWN = 20_000
"""Texts of which is kept what does not depend on a path, for each is asked of some forty."""


@lru_cache(maxsize=MOST_KNOWN)
def is_blank(text: str) -> bool:
    """Whether it holds a place in a form that nobody has filled in yet."""
    return bool(_BLANK.search(text))


def may_state(row: FieldRow, s: Statement) -> bool:
    """Nothing in the row forbids it: the right side, no question, none of the wordings that rule it out."""
    if not SHORTEST <= s.words <= LONGEST or (row.must and not _names(row.must, row, s)):
        return False
    if s.contract:
        aside = not row.conditional and _is_beside_the_point(s.plain)
        return not (aside or (row.unclause and row.unclause.search(s.plain)))
    if (s.is_question and not row.questions) or (s.side and row.by != "any" and s.side != row.by):
        return False
    if s.elsewhere and not row.others:
        return False
    if _shows("unknown", s.plain) or _shows("declines", s.plain):
        return False
    return not (row.never and row.never.search(s.plain))


def _names(must: re.Pattern[str], row: FieldRow, s: Statement) -> bool:
    asked = bool(row.asked and row.asked.search(s.asked))
    return bool(must.search(s.plain)) or asked or bool(row.titled and row.titled.search(s.title))


def is_long_enough(s: Statement) -> bool:
    """Whether it can state a fact by its length; a form's entry and a bare name in answer always can."""
    return s.form or SHORTEST <= s.words <= LONGEST or bool(s.words < SHORTEST and s.asked and s.systems)


def weigh(row: FieldRow, s: Statement) -> float:
    """How much speaks for the statement stating this path; 0 when nothing does or something forbids it."""
    if not is_long_enough(s):
        return 0.0
    return _weigh_clause(row, s) if s.contract else _weigh_said(row, s)


def _weigh_clause(row: FieldRow, s: Statement) -> float:
    titled = bool(row.titled and row.titled.search(s.title))
    in_text = bool(row.clause and row.clause.search(s.plain)) or (row.exclusive and titled)
    if not in_text or (row.unclause and row.unclause.search(s.plain)):
        return 0.0
    if not row.conditional and _is_beside_the_point(s.plain):
        return 0.0
    return CLAUSE + TITLED * titled + _weak(row, s.plain)


def _weigh_said(row: FieldRow, s: Statement) -> float:
    if s.form:
        return LABEL if row.label and any(row.label.search(t) for t in _titles(s)) else 0.0
    if (s.is_question and not row.questions) or (s.side and row.by != "any" and s.side != row.by):
        return 0.0
    if s.elsewhere and not row.others:
        return 0.0
    signs = _times(row.strong, s.plain)
    label = LABEL if row.label and any(row.label.search(t) for t in _titles(s)) else 0.0
    asked = ASKED if s.asked and row.asked and row.asked.search(s.asked) else 0.0
    if not (signs or label or asked) or (row.never and row.never.search(s.plain)):
        return 0.0
    if s.side is None and not row.unwritten and _shows("unknown", s.plain):
        return 0.0  # notes also list what nobody knows
    if not signs and not label and (not row.answers or _shows("declines", s.plain)):
        return 0.0  # an answer alone tells something only where the question leaves no doubt
    strong = STRONG + AGAIN * (signs - 1) if signs else 0.0
    near = 1.0 if asked and s.index <= 2 and (signs or _answers(row, s)) else 0.0
    named = row.systems if s.systems else 0.0
    return strong + label + asked + near + named + _weak(row, s.plain)


def _answers(row: FieldRow, s: Statement) -> bool:
    return row.answers and (s.words >= LEAST_ANSWER or bool(s.systems)) and s.side != "vendor"


def _times(pattern: re.Pattern[str] | None, text: str) -> int:
    return min(3, len(pattern.findall(text))) if pattern else 0


def _titles(s: Statement) -> Sequence[str]:
    return _parted(s.title) if s.title else ()


@lru_cache(maxsize=MOST_KNOWN)
def _parted(title: str) -> tuple[str, ...]:
    return tuple(t.strip() for t in re.split(r"[|\n]", title))


def _weak(row: FieldRow, text: str) -> float:
    return WEAK * min(MOST_WEAK, sum(bool(p.search(text)) for p in row.weak))


@lru_cache(maxsize=MOST_KNOWN)
def _shows(attitude: str, text: str) -> bool:
    return bool(read_patterns("attitudes.toml")[attitude].search(text))


@lru_cache(maxsize=MOST_KNOWN)
def _is_beside_the_point(text: str) -> bool:
    return bool(_BESIDE_THE_POINT.search(text))
