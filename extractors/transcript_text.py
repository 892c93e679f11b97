"""Transcripts as plain text or Markdown: times, names and words in the layouts that meeting tools write."""

from __future__ import annotations

from datetime import date

from extractors.decode import decode, fold
from extractors.segments import Segment, Source, UnreadableSource
from extractors.talk.calls import call_source
from extractors.talk.lines import Line, read_lines
from extractors.talk.pasted import tidied
from extractors.talk.preamble import read_preamble
from extractors.talk.turns import Cue


def extract(data: bytes, name: str) -> list[Source]:
    """One call. UnreadableSource when the file holds no words."""
    decoded = decode(data, name)
    if not fold(decoded.text):
        raise UnreadableSource(f"Cannot read '{name}': it holds no text: export the transcript again.")
    return [source_from_text(decoded.text, data, name, decoded.warnings)]


def looks_like_transcript(text: str) -> bool:
    """Whether speakers take turns in it: at least three turns, and most words are said by someone."""
    lines, heads = read_lines(tidied(text)), 0
    said = unsaid = 0
    for line in lines:
        heads += line.opens
        words = len(line.text.split())
        said, unsaid = (said + words, unsaid) if heads else (said, unsaid + words)
    timed = sum(1 for line in lines if line.opens and (line.start is not None or line.clock))
    speakers = {line.label.name for line in lines if line.label}
    if heads < (2 if timed > 1 else 3) or said < unsaid / 2:
        return False
    return bool(speakers) or timed > 2 if timed > 1 else _dense(lines, heads)


def source_from_text(
    text: str,
    data: bytes,
    name: str,
    warnings: tuple[str, ...] = (),
    title: str | None = None,
    happened_on: date | None = None,
) -> Source:
    """A call out of text whose lines are those of the file (or paragraphs of a .docx, one a line)."""
    head = read_preamble(text)
    text = tidied(text)
    lines = read_lines(text, known=[p.name for p in head.people])
    first = next((i for i, line in enumerate(lines) if line.opens), 0)
    above, spoken = lines[:first], lines[first:]
    labels = [line.label for line in spoken if line.label]
    return call_source(
        _cues(spoken), labels, data, name, warnings,
        title=title or head.title, happened_on=happened_on or head.day, people=head.people,
        preamble=_preamble(above),
    )  # fmt: skip


def _dense(lines: list[Line], heads: int) -> bool:
    """Without times: names open at least a quarter of the paragraphs, and someone speaks twice.

    A list whose items begin with a name ("- Ann: wants SSO") is notes, unless it is nearly all there is.
    """
    paragraphs = sum(1 for line in lines if line.text or line.opens)
    names = [line.label.name for line in lines if line.label]
    items = sum(line.opens and line.raw.lstrip().startswith(("- ", "* ", "• ")) for line in lines)
    if 2 * items > heads and (heads < 10 or 5 * heads < 4 * paragraphs):
        return False
    return 4 * heads >= paragraphs and len(set(names)) >= 2 and len(names) > len(set(names))


def _cues(lines: list[Line]) -> list[Cue]:
    """Lines under a name are that speaker's until the next name or a heading.

    A time on a line of its own keeps the speaker, and is the time of the turns under it that have none.
    """
    cues: list[Cue] = []
    speaker: str | None = None
    time: tuple[float | None, str | None] = (None, None)
    section = time
    for line in lines:
        if line.opens and line.label:
            speaker = line.label.name
            time = section if line.start is None else (line.start, line.clock)
        elif line.opens:
            time = section = (line.start, line.clock)
        elif line.heading:
            speaker, time = None, section
        if line.text:
            cues.append(Cue(line.text, speaker, time[0], None, time[1]))
    return cues


def _preamble(lines: list[Line]) -> tuple[Segment, ...]:
    texts = [(line.number, fold(line.raw)) for line in lines if fold(line.raw).strip("-=_*# ")]
    return tuple(
        Segment(id=f"s{n:04d}", text=text, kind="paragraph", locator=f"line {number}")
        for n, (number, text) in enumerate(texts, 1)
    )
