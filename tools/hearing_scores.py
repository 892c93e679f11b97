"""A transcript held against what was really said: words, numbers, voices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from assistant.evidence.number_words import ORDINALS, SMALL, TENS, read_numbers
from assistant.packet import Evidence
from extractors.speech.heard import Transcript
from tools.spoken import Spoken

STEP = 0.01
_FIRST = "|".join(word for word, value in SMALL.items() if value)
_TENS = "|".join(TENS)
_PAIR = re.compile(rf"\b({_FIRST})[- ]({_TENS})(?:[- ]({_FIRST}))?\b", re.I)
_NTH = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b", re.I)
_ORDINAL = re.compile(rf"\b(?:{'|'.join(ORDINALS)})\b", re.I)
COLLAR = 0.25
"""Seconds around a turn's ends that are not scored."""


class Wrong(NamedTuple):
    """How many of how many."""

    wrong: float
    of: float


def words(text: str) -> list[str]:
    """Lower case, numbers as figures, no punctuation: style is no error."""
    return re.findall(r"\d[\d.]*\d|\d|[^\W\d_]+(?:'[a-z]+)?", as_figures(text).lower().replace("’", "'"))


def as_figures(text: str) -> str:
    """Every number as figures: "ten weeks" and "10 weeks" are the same, so are "the eighth" and "the 8th"."""
    text = _PAIR.sub(_paired, _NTH.sub(r"\1", text))
    text = _ORDINAL.sub(lambda m: str(ORDINALS[m[0].lower()]), text)
    out, at = "", 0
    for number in read_numbers(text):
        out += f"{text[at : number.start]} {number.value:g} "
        at = number.end
    return out + text[at:]


def _paired(found: re.Match[str]) -> str:
    """ "four-fifty" as 450, as prices and hours are said."""
    first, tens, ones = (word.lower() if word else "" for word in found.groups())
    return f"{SMALL[first]}{TENS[tens] + SMALL.get(ones, 0)}"


def numbers(text: str) -> Counter[float]:
    """The numbers in the text, however they are written."""
    return Counter(float(n.value) for n in read_numbers(as_figures(text)))


def word_errors(heard: Transcript, turns: Sequence[Spoken]) -> Wrong:
    """Words to insert, delete or replace, of the words that were said."""
    said = words(" ".join(turn.text for turn in turns))
    got = words(" ".join(passage.text for passage in heard.passages))
    return Wrong(Levenshtein.distance(said, got), len(said))


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
    """Whether the quote's numbers are not those that were said in its seconds."""
    if evidence.heard is None:
        return False
    begin, end = evidence.heard.start, evidence.heard.end
    got = numbers(evidence.quote)
    near = numbers(_said(turns, begin - 1.5, end + 1.5))
    inside = numbers(_said(turns, begin + 0.4, end - 0.4))
    return bool(got - near) or bool(inside - got)


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
