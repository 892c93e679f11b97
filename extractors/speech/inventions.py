"""Text that nobody said: models repeat themselves and write words over silence. It is left out, and told."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence

from extractors.speech.heard import Word

SQUEEZED = 2.4
"""Compression ratio above which a text repeats itself (Whisper's own bound)."""
NO_SPEECH = 0.6
"""No-speech probability above which words count only when the model is sure of them (Whisper's own bound)."""
UNSURE = -1.0
"""Mean log probability below which they do not."""
FASTEST = 9.0
"""Words a second beyond what people say."""
LEAST_SURE = 0.12
"""Mean probability of words below which nothing was understood."""


def invented(words: Sequence[Word], no_speech: float, logprob: float, loudness: float) -> str | None:
    """Why these words were not said, or None. `loudness` is the sound's root mean square under them."""
    if loudness < 5e-4:
        return "words over silence"
    if no_speech > NO_SPEECH and logprob < UNSURE:
        return "words over what is hardly speech"
    if loops(words):
        return "a loop"
    span = words[-1].end - words[0].start
    if len(words) > 6 and len(words) > FASTEST * max(span, 0.1):
        return "more words than fit into their time"
    if sum(word.sure for word in words) < LEAST_SURE * len(words):
        return "nothing was understood"
    return None


def loops(words: Sequence[Word]) -> bool:
    """Whether the words are said again and again."""
    text = " ".join(word.text for word in words)
    return squeezed(text) > SQUEEZED or repeats(text)


def leaks(words: Sequence[Word], hints: Sequence[str]) -> bool:
    """Whether names given as hints stand one after the other: the hints were written, not what was said."""
    text = " ".join(re.findall(r"[\w']+", " ".join(word.text for word in words).lower()))
    names = [" ".join(re.findall(r"[\w']+", hint.lower())) for hint in hints]
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    form = r"(?:(?:llc|inc|ltd|corp|gmbh) )?"
    return bool(either and re.search(rf"\b(?:{either})(?: {form}(?:{either})\b)+", text))


def squeezed(text: str) -> float:
    """How often the text fits into what zlib makes of it; short texts never do."""
    data = text.encode("utf-8")
    return len(data) / len(zlib.compress(data)) if len(data) > 40 else 0.0


def repeats(text: str) -> bool:
    """Whether one run of words makes up most of the text: "thank you thank you thank you thank you"."""
    words = re.findall(r"[\w']+", text.lower())
    for size in (1, 2, 3, 4, 6):
        grams = Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1))
        most = max(grams.values(), default=0)
        if most >= (6 if size == 1 else 4) and most * size > 0.6 * len(words):
            return True
    return False
