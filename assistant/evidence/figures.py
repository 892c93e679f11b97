"""Numbers written alike, whoever wrote them: "ten weeks" and "10 weeks", "three ten" and "310"."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.evidence.number_words import ORDINALS, SMALL, TENS, read_numbers

_FIRST = "|".join(word for word, value in SMALL.items() if value)
_TENS = "|".join(TENS)
_PAIR = re.compile(rf"\b({_FIRST})[- ]({_TENS})(?:[- ]({_FIRST}))?\b", re.I)
_NTH = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b", re.I)
_TENTH = re.compile(rf"\b({_TENS})[- ]({'|'.join(list(ORDINALS)[:9])})\b", re.I)
_ORDINAL = re.compile(rf"\b({'|'.join(ORDINALS)})s?\b(?!\s+(?:\d|hundred|thousand|million))", re.I)


STAY = 12
"""Numbers up to this stay in words where meanings are compared: they are as near to each other in words, and
"one" is often none."""
_TWICE = re.compile(r"\b(\d[\d,.]*) \((\1)\)")


def as_figures(text: str) -> str:
    """Every number as figures: "ten weeks" and "10 weeks" are the same, so are "the eighth" and "the 8th"."""
    text = _PAIR.sub(_paired, _NTH.sub(r"\1", text))
    text = _TENTH.sub(lambda m: str(TENS[m[1].lower()] + ORDINALS[m[2].lower()]), text)
    text = _ORDINAL.sub(lambda m: m[0] if m[0].lower() == "seconds" else str(ORDINALS[m[1].lower()]), text)
    out, at = "", 0
    for number in read_numbers(text):
        as_it_is = text[number.start : number.end].replace(",", "")
        figure = as_it_is if re.fullmatch(r"[\d.]+", as_it_is) else f"{number.value:.10g}"
        tail = "" if number.tail is None else f"{number.tail} "
        out += f"{text[at : number.start]} {figure} {tail}"
        at = number.end
    return out + text[at:]


def digits(text: str) -> str:
    """The digits of all its numbers, one after the other: "three ten", "310" and "$3.10" are the same."""
    return re.sub(r"\D", "", re.sub(r"(?<=\d)\s+oh\s+(?=\d)", "0", as_figures(text)))


def _paired(found: re.Match[str]) -> str:
    """ "four-fifty" as 450, as prices and hours are said."""
    first, tens, ones = (word.lower() if word else "" for word in found.groups())
    return f"{SMALL[first]}{TENS[tens] + SMALL.get(ones, 0)}"


@lru_cache(maxsize=20_000)
def larger_as_figures(text: str) -> str:
    """The text for models that compare meanings, to which "ninety-nine point nine five" is far from 99.95%.

    Its larger numbers stand in figures, all else as it was; "ninety (90) days" are "90 days".
    """
    told, at = [], 0
    for number in read_numbers(text):
        if number.spoken and number.value > STAY and number.start >= at:
            told += [text[at : number.start], f"{round(number.value, 4):,}".removesuffix(".0")]
            at = number.end
    return _TWICE.sub(r"\1", "".join([*told, text[at:]])) if told else text
