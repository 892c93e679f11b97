"""Names of products and systems that a deal speaks of, told from other names by how they are used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.evidence.record import DealRecord
from assistant.readers.embedded.patterns import read_patterns, stop_words

LEAST = 2
"""Points from which a name is taken for a system's."""
WORTH = {"used": 1, "sort": 2, "offer": 2, "offer_of": 2}
"""Points of each way of speaking of it."""


def system_names(record: DealRecord, texts: Iterable[str]) -> tuple[str, ...]:
    """The names, longest first; people's and the two companies' are left out."""
    taken = _taken(record)
    points: Counter[str] = Counter()
    spoken, stop = read_patterns("systems.toml"), stop_words("systems.toml")
    for text in texts:
        for sign, worth in WORTH.items():
            for m in spoken[sign].finditer(text):
                points[m["name"]] += worth
    kept = [n for n, p in points.items() if p >= LEAST and not _words(n) & taken and not _words(n) <= stop]
    return tuple(sorted((n for n in kept if n.split()[0].lower() not in stop), key=lambda n: (-len(n), n)))


def names_in(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """Which of the names stand in the text."""
    return tuple(n for n in names if n in text and re.search(rf"\b{re.escape(n)}\b", text))


def _taken(record: DealRecord) -> set[str]:
    companies = [
        record.roster.vendor or "",
        record.roster.account or "",
        *(p.alias or "" for p in record.roster.parties),
    ]
    people = [n for p in record.roster.people for n in (p.name, *p.aliases)]
    return {w for n in [*companies, *people] for w in _words(n)}


def _words(name: str) -> set[str]:
    return {w.lower() for w in re.findall(r"\w+", name)}
