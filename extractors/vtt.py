"""WebVTT transcripts (.vtt) as Zoom, Teams, Meet and others export them."""

from __future__ import annotations

from datetime import date

from extractors.decode import decode
from extractors.segments import Source, UnreadableSource
from extractors.talk import cues
from extractors.talk.calls import call_source


def extract(data: bytes, name: str) -> list[Source]:
    """One call: a segment a speaker's turn. UnreadableSource when there is not one cue with words."""
    decoded = decode(data, name)
    parsed = cues.parse(decoded.text)
    if not parsed.cues:
        raise UnreadableSource(f"Cannot read '{name}': it has no captions: export the transcript again.")
    title, day = _header(parsed.header)
    warnings = (*decoded.warnings, *_losses(name, parsed))
    return [call_source(parsed.cues, parsed.labels, data, name, warnings, title=title, happened_on=day)]


def _losses(name: str, parsed: cues.Parsed) -> tuple[str, ...]:
    """What is doubtful after reading."""
    if not parsed.faulty:
        return ()
    return (f"'{name}': {parsed.faulty} of {parsed.arrows} cues have a malformed time: their words are kept "
            "with the time before them.",)  # fmt: skip


def _header(header: str) -> tuple[str | None, date | None]:
    """Title after "WEBVTT - " and a date anywhere above the first cue."""
    from extractors.when import first_date

    first = header.strip().split("\n", 1)[0]
    title = first.removeprefix("WEBVTT").strip(" -–—:\t") if first.startswith("WEBVTT") else ""
    return title or None, first_date(header)
