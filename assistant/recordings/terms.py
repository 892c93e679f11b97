"""Names and terms that a deal's papers and mails spell, for an ear that would not know how to."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from functools import cache
from importlib import resources

from extractors.segments import SPEECH, Segment, Source, SourceKind

SPOKEN: tuple[SourceKind, ...] = (*SPEECH, "handoff_meeting")
"""What is said, and spells nothing."""
MOST = 40
"""Terms that are given: more of them help each less."""
SHORTEST, LONGEST_SHOUT = 3, 6
"""Letters: shorter words are no hint, longer ones all in capitals are a paper's way to be heard."""
_CAPITAL = re.compile(r"(?<![\w'’-])[A-Z][\w&'’-]*[\w]")
_SMALL = re.compile(r"(?<![\w@./-])[a-z]{3,}(?![\w@])")
_CLAUSE = re.compile(r"[A-Z]{1,3}-?\d+")
"""A clause's or a form's number: "B-2", "OF-3"."""
_BEGINS = re.compile(r"(?:^|[.!?:;•|“\"(–—-])\s*$")
"""What stands before a word that bears a capital only for beginning something."""
_ENDINGS = "s es ies ed d er ers or ors ing ings ly al als able ables ment ments ion ions ation".split()
_FRONTS = ("non", "un", "pre", "sub", "re", "off", "over", "head", "work")


def terms_of(sources: Iterable[Source]) -> tuple[str, ...]:
    """Words with a capital that no dictionary has, the most frequent first: people, companies, products,
    systems, abbreviations. What is said on calls is none of it."""
    met: Counter[str] = Counter()
    for source in sources:
        if source.kind not in SPOKEN:
            for segment in source.segments:
                met.update(_names_in(segment))
    return tuple(name for name, _ in met.most_common(MOST))


def names_in(papers: Iterable[Source], small: Set[str]) -> tuple[str, ...]:
    """All such words, and those that begin a sentence or a cell where the papers never write them small:
    too many to be listened for, and enough to put right what was written as it sounds."""
    segments = (segment for paper in papers for segment in paper.segments)
    found = (re.sub(r"['’]s$", "", word) for seg in segments for word in _CAPITAL.findall(seg.text))
    names = (w for w in found if not re.search(r"['’]", w) and not _CLAUSE.fullmatch(w) and _is_term(w))
    return tuple(name for name in dict.fromkeys(names) if name.lower() not in small)


def words_of(papers: Iterable[Source]) -> frozenset[str]:
    """The words that they write small."""
    return frozenset(w for paper in papers for seg in paper.segments for w in _SMALL.findall(seg.text))


def _names_in(segment: Segment) -> Iterator[str]:
    if segment.kind == "heading":
        return
    for found in _CAPITAL.finditer(segment.text):
        word = re.sub(r"['’]s$", "", found[0])
        begins = _BEGINS.search(segment.text[max(found.start() - 3, 0) : found.start()])
        if not begins and "'" not in word and "’" not in word and _is_term(word):
            yield word


def _is_term(word: str) -> bool:
    if len(word) < SHORTEST or re.search(r"\d{3}|_", word) or (word.isupper() and len(word) > LONGEST_SHOUT):
        return False
    return not all(_is_known(part) for part in word.lower().split("-"))


def is_known(word: str) -> bool:
    """Whether a dictionary has it, or what it is made of; short words and contractions are known."""
    bare = word.lower().replace("’", "'").split("'")[0]
    return len(bare) < SHORTEST or _is_known(bare)


def _is_known(word: str) -> bool:
    known = _dictionary()
    if word in known or any(word[len(f) :] in known for f in _FRONTS if word.startswith(f)):
        return True
    stems = (word[: -len(end)] for end in _ENDINGS if word.endswith(end))
    return any(stem in known or f"{stem}e" in known or f"{stem}y" in known for stem in stems if len(stem) > 2)


@cache
def _dictionary() -> frozenset[str]:
    """The whole words of MiniLM's vocabulary: 20,000 that are common in English."""
    file = resources.files("assistant.meanings") / "data" / "minilm" / "tokenizer.json"
    words = json.loads(file.read_text("utf-8"))["model"]["vocab"]
    return frozenset(word for word in words if word.isalpha() and len(word) > 2)
