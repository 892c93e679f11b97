"""What every call has in common, whatever file it came in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from extractors.segments import Person, Segment, Source
from extractors.talk.labels import Label, merged, person_of
from extractors.talk.turns import Cue, turns
from extractors.when import date_in_name


def call_source(
    cues: Iterable[Cue],
    labels: Iterable[Label],
    data: bytes,
    name: str,
    warnings: tuple[str, ...] = (),
    *,
    title: str | None = None,
    happened_on: date | None = None,
    people: Iterable[Person] = (),
    preamble: tuple[Segment, ...] = (),
) -> Source:
    """A call out of its cues. `labels` are the speakers as the file names them, `people` who else it lists.

    `preamble` are the segments above the first turn; turns are numbered after them.
    """
    spoken = turns(cues)
    segments = [*preamble, *spoken]
    numbered = tuple(s.model_copy(update={"id": f"s{n:04d}"}) for n, s in enumerate(segments, 1))
    if spoken and all(s.speaker is None for s in spoken):
        warnings = (
            *warnings,
            f"'{name}' does not say who speaks: add names, or nobody can be held to a promise.",
        )
    return Source(
        name=name,
        kind="call",
        sha256=hashlib.sha256(data).hexdigest(),
        happened_on=happened_on or date_in_name(name),
        title=title,
        segments=numbered,
        people=merged([*people, *(person_of(label) for label in labels)]),
        warnings=warnings,
    )
