"""Promises as a recording's ear might have written them: words that sound alike, stops and words lost.

A model that has only read what was typed wavers where one word was misheard. How words sound is asked of
flite (`apt-get install flite`), which need not be there to use what was learnt.
"""

from __future__ import annotations

import math
import random
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.evidence.hearing import is_negation

FEWEST, LONG = 5, 3
"""Texts in which a word must stand; and sounds from which a word with one other sound is alike."""
TAKEN, LOST, UNSTOPPED = 0.07, 0.03, 0.5
"""Of the words so many are taken for others, so many lost, and of stops, commas and question marks."""
AT_ONCE = 500
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_STOP = re.compile(r"[.,;:?!](?=\s|$)")

Alike = Mapping[str, Sequence[str]]
"""Word -> words that sound the same or nearly so; those that are said often stand in it often: ears expect
what is usual."""


def alike_words(texts: Iterable[str]) -> Alike:
    """Of the words of these texts, those that sound alike."""
    many = Counter(word for text in texts for word in set(_WORD.findall(text.lower())))
    known = sorted(word for word, count in many.items() if count >= FEWEST)
    by_sound = defaultdict[tuple[str, ...], list[str]](list)
    sounds = dict(zip(known, _sounds_of(known), strict=True))
    for word in known:
        for key in _near(sounds[word]):
            by_sound[key].append(word)
    near = {
        word: sorted({o for key in _near(sounds[word]) for o in by_sound[key]} - {word}) for word in known
    }
    return {word: [o for o in near[word] for _ in range(math.isqrt(many[o]))] for word in known}


def misheard(text: str, alike: Alike, chance: random.Random) -> str:
    """The text with some words as others that sound alike, and some words and stops lost; never a "not"."""
    heard = (_heard(word, alike, chance) for word in text.split())
    return " ".join(word for word in heard if word)


def _heard(said: str, alike: Alike, chance: random.Random) -> str:
    word = _WORD.search(said.lower())
    if word and not is_negation(word[0]):
        if chance.random() < LOST:
            return ""
        if chance.random() < TAKEN and (others := alike.get(word[0])):
            said = said[: word.start()] + chance.choice(others) + said[word.end() :]
    return _STOP.sub("", said) if chance.random() < UNSTOPPED else said


def _near(sounds: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The sounds, and in turn all but one of them, which any other or none may take the place of."""
    yield sounds
    if len(sounds) >= LONG:
        for place in range(len(sounds)):
            yield (*sounds[:place], "?", *sounds[place + 1 :])


def _sounds_of(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """What flite says of each word."""
    for start in range(0, len(words), AT_ONCE):
        some = words[start : start + AT_ONCE]
        asked = ["flite", "-ps", "-t", ". ".join(some) + ".", "none"]
        told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        spoken = [tuple(part.split()) for part in told.split("pau") if part.strip()]
        if len(spoken) != len(some):
            spoken = [next(_sounds_of([word])) for word in some] if len(some) > 1 else [tuple(told.split())]
        yield from spoken
