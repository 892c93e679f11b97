"""Find a quote in its source: what is not found is no evidence.

A quote is matched after white space, quotation marks, dashes and letter case are folded; the evidence that
comes back carries the segment's own words. Where no segment holds the quote letter for letter, the nearest
run of words is taken (`match="near"`), unless a figure, a day, a unit of time or a negation differs: then it
says something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from assistant.evidence.hearing import hearing
from assistant.packet import Evidence
from extractors.segments import Segment, Source

NEAR_FLOOR = 88.0
"""Least similarity (0-100, rapidfuzz partial ratio) of a near match."""
GREATER_PART = 0.6
"""A quote across segment ends is located in the segment that holds at least this share of it."""
SHORTEST_NEAR = 12
"""Characters below which only an exact match counts."""

_FOLD = {ord(c): to for chars, to in (
    ("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'"),
    ("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    ("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    ("\u00a0\u2007\u202f\u2009", " "),
) for c in chars}  # fmt: skip
_NEGATIONS = frozenset("no not never none without cannot neither nor except excluding n't".split())
_TELLING = frozenset(
    "january february march april may june july august september october november december monday tuesday"
    " wednesday thursday friday saturday sunday weekday weekend one two three four five six seven eight nine"
    " ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty"
    " fifty sixty seventy eighty ninety hundred thousand million half quarter first second third fourth"
    " fifth minute minutes hour hours day days week weeks month months year years".split()
)
"""Words that turn a quote into another statement when they differ, as figures and negations do."""
_TOKEN = re.compile(r"\d[\d.,]*\d|\d|n't|[a-z]+")


def fold(text: str) -> str:
    """The text with every run of white space as one blank, none at the ends."""
    return " ".join(text.split())


def locate(
    quote: str, source: Source | Sequence[Segment], segment_id: str | None = None, name: str | None = None
) -> Evidence | None:
    """Where the quote stands, or None. With `segment_id` only that segment is searched.

    `source` may be bare segments; `name` is then the file name that the evidence gives.
    """
    segments = source.segments if isinstance(source, Source) else source
    name = source.name if isinstance(source, Source) else (name or "")
    wanted = [s for s in segments if segment_id in (None, s.id)]
    key = _key(fold(quote)).strip(" \"'")
    if not key:
        return None
    return (
        _exact(key, wanted, name)
        or (_across(key, wanted, name) if segment_id is None else None)
        or _near(key, wanted, name)
    )


def _key(text: str) -> str:
    """Same length as the text, so that offsets hold in both."""
    if text.isascii():
        return text.translate(_FOLD).lower()
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_FOLD))


def _evidence(segment: Segment, name: str, start: int, end: int, exact: bool) -> Evidence:
    return Evidence(
        source=name, segment_id=segment.id, quote=segment.text[start:end].strip(),
        locator=segment.locator, match="exact" if exact else "near",
        heard=hearing(segment, start, end) if segment.heard else None,
    )  # fmt: skip


def _exact(key: str, segments: Sequence[Segment], name: str) -> Evidence | None:
    for segment in segments:
        at = _key(segment.text).find(key)
        if at >= 0:
            return _evidence(segment, name, at, at + len(key), True)
    return None


def _across(key: str, segments: Sequence[Segment], name: str) -> Evidence | None:
    """A quote that runs over a segment's end: its greater part, where that is great enough."""
    for first, second in pairwise(segments):
        joined = _key(first.text) + " " + _key(second.text)
        at, border = joined.find(key), len(first.text)
        if at < 0 or not at < border < at + len(key):
            continue
        head, tail = border - at, at + len(key) - border - 1
        if max(head, tail) < GREATER_PART * len(key):
            return None
        if head >= tail:
            return _evidence(first, name, at, border, False)
        return _evidence(second, name, 0, tail, False)
    return None


def _near(key: str, segments: Sequence[Segment], name: str) -> Evidence | None:
    best: tuple[float, Segment, int, int] | None = None
    if len(key) < SHORTEST_NEAR:
        return None
    for segment in segments:
        text = _key(segment.text)
        if len(text) < GREATER_PART * len(key):
            continue
        floor = best[0] if best else NEAR_FLOOR
        found = fuzz.partial_ratio_alignment(key, text, score_cutoff=floor)
        if found is None or (best and found.score <= best[0]):
            continue
        start, end = _whole_words(text, found.dest_start, found.dest_end)
        if _says_the_same(key, text[start:end]):
            best = (found.score, segment, start, end)
    return _evidence(best[1], name, best[2], best[3], False) if best else None


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum() and start < len(text) and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def _says_the_same(quote: str, found: str) -> bool:
    """True when both hold the same figures, days, months, units of time and number of negations."""
    return _marks(quote) == _marks(found)


def _marks(text: str) -> list[str]:
    tokens = _TOKEN.findall(text.replace("can't", "can n't").replace("won't", "will n't"))
    told = (t for t in tokens if t[0].isdigit() or t in _NEGATIONS or t in _TELLING)
    return sorted("no" if t in _NEGATIONS else t for t in told)
