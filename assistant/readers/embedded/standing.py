"""Whether a sentence tells something to who reads it alone, and which one it points at where it does not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.readers.embedded.statements import Statement
from assistant.readers.embedded.subjects import stems

LEAST_CONTENT = 2
"""Content words from which a sentence tells something by itself."""
_EMPTY = frozenset(
    "aren isn wasn weren hadn hasn haven doesn didn won wouldn couldn lik people peopl try tri guess mean"
    " talk tell told ask happen sorry fine great ok exact true thank work back what's who's one's there's"
    " here's how's whole whatever anything everything nothing anybody everybody nobody anyone everyone want"
    " wanted call start problem question point issue reason case matter stuff deal idea kind bit lot".split()
)
"""Stems of words that leave open what is spoken of."""
_NAME = re.compile(r"(?<=[a-z,;] )(?!I\b|I['’])[A-Z][\w-]+|\d")
_POINTS = re.compile(
    r"^(?:(?:and|but|so|because|now|that said),? )*(?:that|this|which|it|those|these|they)"
    r"(?: is| are| was| were)? (?:really |exactly |just |also |still )*"
    r"(?:(?:the|my|our|his|her|their) (?:(?:big|bigg?est|main|real|only|first|one) )?"
    r"(?:one|ones|bit|part|piece|thing|reason|risk|worry|fear|concern|problem|point)\b"
    r"|(?:what|why|where|how|when) (?:i|we|they|he|she|it|the|my|our|you|makes?|keeps?|kill\w*|worr\w+"
    r"|scare\w*|bother\w*|hurt\w*|cost\w*)\b)"
)
"""A sentence about the one before it: "that's what I lose sleep over"."""


def informs(s: Statement) -> bool:
    """Enough words of content, or a name or number with one; "I'll be on it" has none."""
    content = {w for w in stems(s.text) if w not in _EMPTY and not w.isdigit()}
    return len(content) + bool(s.systems or _NAME.search(s.text)) >= LEAST_CONTENT


def points_back(s: Statement) -> bool:
    """Whether the sentence tells of the one before it and says no more."""
    return bool(_POINTS.search(s.plain)) and len({w for w in stems(s.text) if w not in _EMPTY}) <= 3


def meant_by(statements: Sequence[Statement], at: int, *, answers: bool = False) -> Statement | None:
    """The statement that a candidate stands for: itself, the one it points at, or none that says anything.

    `answers`: a bare answer to the question before it counts as well.
    """
    s = statements[at]
    if s.contract or s.form:
        return s
    if points_back(s):
        before = statements[at - 1] if at else None
        same = before is not None and before.segment is s.segment
        return before if before and same and informs(before) and not before.is_question else None
    return s if (answers and s.asked) or informs(s) else None
