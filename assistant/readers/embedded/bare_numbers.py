"""Numbers that leave their unit to the talk: "all eighteen", "twelve of them", "it's ten"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.evidence.number_words import read_numbers
from assistant.evidence.quantities import ReadQuantity
from assistant.packet import Quantity

ANY = "any"
"""The unit of a number that counts what the talk is about."""
LEAST = 2
YEARS = range(1990, 2100)
_NAMES_ONE_OF_MANY = re.compile(
    r"(?:\b(?:p|sev\w*|prio\w*|phases?|waves?|steps?|cat\w*|class|grade|levels?|tiers?|types?|years?|days?|weeks?"
    r"|months?|quarter|page|section|clause|article|schedule|exhibit|annex|number|no|version|round|stage|part|item"
    r"|option|plan|shift|line|room|gate|bay|dock|division|div|question|point|at|by|around|till|until|from|before"
    r"|after|half past|quarter to|to)\.?\s*|[#\d:.,/§-])$",
    re.I,
)
"""What stands before the number of a thing, or before an hour of the day, rather than a count."""
_AFTER = re.compile(r"\s*(?:%|per ?cent|a\.?m|p\.?m|o'?clock|[:/\d])", re.I)
_WHOLE = re.compile(
    r"\b(?:a|one|the) (?:full|whole|solid|entire) (?P<unit>day|week|month|quarter|year)\b", re.I
)


def bare_numbers(text: str, taken: Sequence[tuple[int, int]]) -> tuple[ReadQuantity, ...]:
    """Numbers from two on, broken ones from one on, outside the places taken: they leave open of what."""
    return tuple(
        ReadQuantity(Quantity(value=n.value, unit=ANY, text=text[n.start : n.end]), n.start, n.end)
        for n in read_numbers(text)
        if n.value >= (LEAST if n.value == int(n.value) else 1)
        and int(n.value) not in YEARS
        and not any(a < n.end and n.start < b for a, b in taken)
        and not _NAMES_ONE_OF_MANY.search(text[: n.start])
        and not _AFTER.match(text, n.end)
    )


def whole_times(text: str) -> Iterator[ReadQuantity]:
    """ "A full year" is one year."""
    for m in _WHOLE.finditer(text):
        quantity = Quantity(value=1, unit=m["unit"].lower(), text=m[0])
        yield ReadQuantity(quantity, m.start(), m.end())
