"""Text in a source that is addressed to a program: it is left out of what readers see, and told to people."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from assistant.evidence.locate import fold
from extractors.segments import Segment, Source

_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?![\s\"')\]]|$)[^.!?]*)*(?:[.!?]+[\"')\]]*|$)")
_STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d\u00a0", "''\"\" ")
_UNSEEN = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\U000e0000-\U000e007f]")
_HINT = re.compile(
    r"instruct|prompt|\bai\b|a\.i\.|llm|model|assistant|\bbots?\b|pars|system|program|software|tool|verdict"
    r"|status|covered|json|summari|extract|process|ignore|disregard|forget|override|bypass|<\W*\w|\[|output|empty"
    r"|finding|contradict|injection|approved|accepted|automat|jailbreak|withdrawn|fully|complete|resolved"
)
"""One of these words stands in everything that the patterns find, in lower case."""
LONGEST_SHOWN = 120


def find_instructions(text: str) -> list[tuple[int, int]]:
    """Spans of the text that instruct a program, in order, not overlapping."""
    found: list[tuple[int, int]] = []
    for sentence in _SENTENCE.finditer(text):
        start, stop = sentence.span()
        how = _kind(sentence[0])
        if how == "strong":
            return [*found, (start, len(text))]
        if how:
            found.append((start, stop))
    return found


def without_instructions(source: Source) -> Source:
    """The source as readers see it: what instructs a program is cut out, and a warning says so."""
    kept, cut = [], []
    for segment in source.segments:
        spans = find_instructions(segment.text) if _suspicious(segment.text) else []
        cut += [(segment, segment.text[a:b]) for a, b in spans]
        kept.append(segment.model_copy(update={"text": _cut(segment.text, spans)}) if spans else segment)
    named = bool(find_instructions(_spoken(source.name)) or find_instructions(_spoken(source.title or "")))
    if not cut and not named:
        return source
    warnings = (*source.warnings, *_warnings(cut, named))
    return source.model_copy(update={"segments": tuple(kept), "warnings": warnings})


def _spoken(name: str) -> str:
    """A file name as words: "ignore-previous_instructions.txt"."""
    return re.sub(r"[_\-+./\\]+", " ", name)


def _warnings(cut: list[tuple[Segment, str]], named: bool) -> Iterator[str]:
    if cut:
        segment, words = cut[0]
        more = f" and {len(cut) - 1} more" if len(cut) > 1 else ""
        shown = fold(words)[:LONGEST_SHOWN].rstrip()
        told = "holds an instruction to a program, which was not followed"
        yield f'{told}: "{shown}" ({segment.locator}){more}'
    if named:
        yield "its name or title is an instruction to a program, which was not followed"


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    for start, stop in reversed(spans):
        text = text[:start] + " " + text[stop:]
    return fold(text)


def _suspicious(text: str) -> bool:
    """Whether it is worth looking sentence by sentence: most text is not."""
    return bool(_HINT.search(_plain(text)))


def _kind(sentence: str) -> str | None:
    """ "strong", "order" or "planted"; None for what is said to people."""
    plain = _plain(sentence)
    rows = _patterns()
    if any(p.search(plain) for p in rows["strong"]):
        return "strong"
    if any(p.search(plain) for p in rows["planted"]):
        return "planted"
    both = any(p.search(plain) for p in rows["addressed"]) and any(p.search(plain) for p in rows["order"])
    return "order" if both else None


def _plain(text: str) -> str:
    return _UNSEEN.sub("", text.translate(_STRAIGHT)).lower()


@cache
def _patterns() -> dict[str, list[re.Pattern[str]]]:
    rows = tomllib.loads((files("assistant.evidence") / "instructions.toml").read_text("utf-8"))
    return {name: [re.compile(pattern) for pattern in patterns] for name, patterns in rows.items()}
