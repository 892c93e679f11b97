"""A transcript held against what was really said: words, numbers, voices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from assistant.evidence.figures import as_figures, digits
from assistant.evidence.hearing import is_negation
from assistant.evidence.number_words import read_numbers
from assistant.packet import Evidence
from extractors.speech.heard import Transcript
from tools.spoken import Spoken

STEP = 0.01
COLLAR = 0.25
"""Seconds around a turn's ends that are not scored."""
_MONEY = re.compile(r"(\d+)\s+dollars?\s+and\s+(\d+)\s+cents?")
FEW = 3
"""Words by which what was said may be longer than the quote and still be taken as a whole."""
SLACK = 2.0
"""Seconds around a quote in which its words are looked for."""


class Wrong(NamedTuple):
    """How many of how many."""

    wrong: float
    of: float


def words(text: str) -> list[str]:
    """Lower case, numbers as figures, no punctuation: style is no error."""
    text = re.sub(r"\bevery one\b", "everyone", text, flags=re.I)  # no number
    plain = _MONEY.sub(r"\1.\2", as_figures(text).lower().replace("’", "'").replace("%", " percent"))
    return re.findall(r"\d[\d.]*\d|\d|[^\W\d_]+(?:'[a-z]+)?", plain)


def numbers(text: str) -> Counter[float]:
    """The numbers in the text, however they are written."""
    return Counter(float(n.value) for n in read_numbers(as_figures(text)))


def word_errors(heard: Transcript, turns: Sequence[Spoken]) -> Wrong:
    """Words to insert, delete or replace, of the words that were said."""
    said = words(" ".join(turn.text for turn in turns))
    got = words(" ".join(passage.text for passage in heard.passages))
    return Wrong(Levenshtein.distance(said, got), len(said))


def wrong_numbers(heard: Transcript, turns: Sequence[Spoken]) -> Wrong:
    """Numbers that were said and not heard, or heard and not said, whichever are more, of those said."""
    said, got = Counter[float](), Counter[float]()
    for turn in turns:
        said += numbers(turn.text)
    for passage in heard.passages:
        got += numbers(passage.text)
    return Wrong(max((said - got).total(), (got - said).total()), said.total())


def named(heard: Transcript, turns: Sequence[Spoken]) -> dict[str, str]:
    """The name a person would give each voice: whoever speaks most of its seconds."""
    shared: dict[str, Counter[str]] = {}
    for passage in heard.passages:
        for turn in turns:
            both = min(passage.end, turn.end) - max(passage.start, turn.start)
            if passage.speaker and both > 0:
                shared.setdefault(passage.speaker, Counter())[turn.speaker] += round(100 * both)
    return {speaker: counts.most_common(1)[0][0] for speaker, counts in shared.items()}


def diarization_error(heard: Transcript, turns: Sequence[Spoken]) -> Wrong:
    """Seconds given to the wrong voice, of the seconds spoken; voices paired as a person would."""
    names = named(heard, turns)
    wrong = total = 0
    for turn in turns:
        for n in range(round((turn.start + COLLAR) / STEP), round((turn.end - COLLAR) / STEP)):
            at = n * STEP
            total += 1
            who = next((p.speaker for p in heard.passages if p.start <= at < p.end), None)
            wrong += who is not None and names.get(who) != turn.speaker
    return Wrong(wrong * STEP, total * STEP)


def number_errors(evidence: Evidence, turns: Sequence[Spoken]) -> bool:
    """Whether a number of the quote was not said, or one that was said in its seconds is missing."""
    return any(is_number(said) or is_number(got) for said, got in differences(evidence, turns))


def negation_errors(evidence: Evidence, turns: Sequence[Spoken]) -> bool:
    """Whether a "not" of the quote was not said, or one that was said is missing."""
    found = differences(evidence, turns)
    return any(sum(map(is_negation, said)) != sum(map(is_negation, got)) for said, got in found)


def differences(evidence: Evidence, turns: Sequence[Spoken]) -> list[tuple[list[str], list[str]]]:
    """What was said and what was heard instead, for each place of the quote where they differ.

    Where figures are the same digits ("two point six", "2.6"; "three ten", "310") they do not.
    """
    if evidence.heard is None:
        return []
    window = words(_said(turns, evidence.heard.start - SLACK, evidence.heard.end + SLACK))
    got = words(evidence.quote)
    said = _nearest(window, got)
    out = list[tuple[int, int, list[str]]]()
    for same, ops in groupby(Levenshtein.opcodes(said, got), lambda op: op.tag == "equal"):
        if not same:
            run = list(ops)
            out.append((run[0].src_start, run[-1].src_end, got[run[0].dest_start : run[-1].dest_end]))
    begin = out[0][1] if out and out[0][0] == 0 and not out[0][2] else 0
    end = out[-1][0] if out and out[-1][1] == len(said) and not out[-1][2] else len(said)
    inner = [
        (said[first:last], b)
        for n, (first, last, b) in enumerate(out)
        if b or (0 < n < len(out) - 1 and not _twice(said[begin:end], first - begin, last - begin))
    ]
    return [(a, b) for a, b in inner if not _digits(a) or _digits(a) != _digits(b)]


def _twice(said: Sequence[str], first: int, last: int) -> bool:
    """Whether words that were not heard may as well lie before or after all that was: "April 27?" said
    before "April 27, yes", of which a quote has one."""
    many = last - first
    before = all(said[n] == said[n + many] for n in range(first))
    return before or all(said[n] == said[n - many] for n in range(last, len(said)))


def is_number(parts: Sequence[str]) -> bool:
    return any(re.search(r"\d", part) or part == "half" for part in parts)


def _nearest(window: list[str], got: list[str]) -> list[str]:
    """The run of words in the window that is most like the quote, with a few around it."""
    text = " ".join(window)
    if len(window) - len(got) <= FEW:
        return window
    best = fuzz.partial_ratio_alignment(" ".join(got), text)
    if best is None:
        return window
    first = text[: best.dest_start].count(" ")
    last = text[: max(best.dest_end - 1, 0)].count(" ")
    return window[max(first - FEW, 0) : last + 1 + FEW]  # alike in length, it may have lost an end


def _digits(parts: Sequence[str]) -> str:
    return digits(" ".join(parts))


def _said(turns: Sequence[Spoken], begin: float, end: float) -> str:
    """The words said in these seconds, by their share of the turn's letters."""
    out = []
    for turn in turns:
        if turn.end <= begin or turn.start >= end:
            continue
        scale = len(turn.text) / (turn.end - turn.start)
        first, last = round((begin - turn.start) * scale), round((end - turn.start) * scale)
        text = turn.text
        first = text.rfind(" ", 0, max(first, 0)) + 1 if first > 0 else 0
        stop = text.find(" ", max(last, 0)) if last < len(text) else -1
        out.append(text[first : stop if stop >= 0 else len(text)])
    return " ".join(out)
