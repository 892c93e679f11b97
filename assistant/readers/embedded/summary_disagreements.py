"""Fields in which two sources name different days, amounts or terms."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.record import DealRecord
from assistant.readers.embedded.statements import Statement
from assistant.readers.embedded.summary_needs import dates_in
from assistant.readers.embedded.summary_text import payment_words

GRACE_DAYS = 3
"""Days named in two sources that lie nearer than this are the same."""


def disagreeing(path: str, chosen: Sequence[Statement], record: DealRecord) -> bool:
    """Whether the chosen statements of different sources exclude each other."""
    if path == "implementation_plan.go_live_target":
        return _dates_differ(chosen)
    if path == "commercial_terms.payment_terms":
        named = {(s.source.name, t) for s in chosen if (t := payment_words(s.text))}
        return len({t for _, t in named}) > 1 and len({n for n, _ in named}) > 1
    return False


def _dates_differ(chosen: Sequence[Statement]) -> bool:
    days = [(s.source.name, max(d)) for s in chosen if (d := dates_in(s))]
    return any(
        a[0] != b[0] and abs((a[1] - b[1]).days) > GRACE_DAYS
        for i, a in enumerate(days)
        for b in days[i + 1 :]
    )
