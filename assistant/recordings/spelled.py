"""Names in what was heard, written as the deal's papers and mails write them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence, Set

from assistant.packet import Deal
from assistant.recordings.ears import hotwords_of
from assistant.recordings.terms import SPOKEN, is_known, names_in, words_of
from extractors.segments import Source
from extractors.speech.spelling import Names, put_right

_PERSON = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*){0,2}")


def spelled(deal: Deal, sources: Sequence[Source]) -> tuple[Source, ...]:
    """The sources, what was heard with its names put right; a recording that changes is another text."""
    if not any(source.kind == "recording" and source.heard_by for source in sources):
        return tuple(sources)
    papers = [source for source in sources if source.kind not in SPOKEN]
    small = words_of(papers)
    names = Names(tuple(_written(deal, papers, small)), lambda word: is_known(word) or word.lower() in small)
    return tuple(_spelled(s, names) if s.kind == "recording" and s.heard_by else s for s in sources)


def _spelled(source: Source, names: Names) -> Source:
    segments = tuple(put_right(segment, names) for segment in source.segments)
    if segments == source.segments:
        return source
    told = "\0".join((source.sha256, *(segment.text for segment in segments)))
    return source.model_copy(
        update={"segments": segments, "sha256": hashlib.sha256(told.encode("utf-8")).hexdigest()}
    )


def _written(deal: Deal, papers: Sequence[Source], small: Set[str]) -> Iterator[str]:
    """Companies, people, and their names one by one where no dictionary has them; terms of the papers."""
    people = (re.sub(r"\s*[(\"“][^)\"”]*[)\"”]", "", p.name) for s in papers for p in s.people)
    whole = dict.fromkeys([*hotwords_of(deal), *(name for name in people if _PERSON.fullmatch(name))])
    yield from whole
    yield from names_in(papers, small)
    yield from (word for name in whole for word in name.split() if not is_known(word))
