"""Rows of a form that somebody filled in: "Customer | Industry | Credit union" is a label and its value."""

from __future__ import annotations

import re
from functools import cache

from assistant.protocol.template import is_placeholder
from assistant.readers.embedded.summary_fields import field_rows

_SAYS_NOTHING = re.compile(
    r"(?:see|as (?:per|in|discussed|agreed|above|below|usual)|cf\.?|per|refer to|attached)(?: \S+){0,4}"
    r"|in (?:the )?(?:call|contract|recording|notes?|e-?mail|attachment)s?|std\.?|standard|normal|usual"
    r"|default|same|yes|no|y|n|x|ok|okay|done|open|pending|various|several|multiple|some",
    re.IGNORECASE,
)
"""What stands in a form and leaves the line open: "see call", "std"."""


def labelled_value(row: str) -> tuple[str, str] | None:
    """(labels in small letters, one a line, and the value verbatim); None for what is no row of a form."""
    cells = [c.strip() for c in row.split("|")]
    if not 2 <= len(cells) <= 4 or not all(cells[:2]):
        return None
    labels = _parts(cells[-2])
    if not any(is_label(label) for label in labels):
        return None
    return "\n".join(labels), cells[-1]


def is_open(value: str) -> bool:
    """Whether a form's value says nothing: empty, a placeholder, or a pointer to somewhere else."""
    return not value or is_placeholder(value) or _SAYS_NOTHING.fullmatch(value.strip(" .()")) is not None


@cache
def is_label(text: str) -> bool:
    """Whether it is what some path of the summary is called in forms and notes."""
    return any(row.label and row.label.search(text) for row in field_rows())


def _parts(cell: str) -> list[str]:
    whole = cell.lower().strip(" :*")
    return [whole, *(p.strip() for p in re.split(r"[/,&]| and ", whole) if p.strip() and p.strip() != whole)]
