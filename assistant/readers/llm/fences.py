"""Fences around sources: a word that no source can hold, and look-alikes made harmless."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

_LOOK_ALIKES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<(?=[<|/!])"), "< "),
    (re.compile(r"(?<=[|>])>"), " >"),
    (re.compile(r"`{3,}|~{3,}|={4,}|-{4,}|#{2,}"), " "),
    (re.compile(r"\[(/?)(?=(?:[a-z]{1,2}\d+|INST|SYS|SYSTEM|USER|ASSISTANT)\])", re.IGNORECASE), r"[ \1"),
    (re.compile(r"<(?=/?(?:source|system|user|assistant|instruction|document|prompt)s?\b)", re.I), "< "),
)
"""What looks like a fence, an id or a change of roles, and what stands in its place. Only blanks are added or
marks taken away, so that quotes of the words around are still found."""


def fence_word(texts: Iterable[str]) -> str:
    """A word derived from all that will be fenced: the same for the same texts, and in none of them.

    Whoever writes a source cannot know it: writing it into the source changes it.
    """
    stamp = hashlib.sha256("\x00".join(texts).encode("utf-8")).hexdigest()
    return f"k{stamp[:10]}"


def harmless(text: str) -> str:
    """The text on one line, without anything that could pass for a fence, an id or a speaker's role."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    text = " ".join(text.split())
    for pattern, instead in _LOOK_ALIKES:
        text = pattern.sub(instead, text)
    return text
