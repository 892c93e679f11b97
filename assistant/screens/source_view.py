"""The source beside the list: every segment with its place, and the quote marked where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.screens import texts
from assistant.screens.markup import empty, safe, tag, text
from assistant.screens.recordings_view import player
from assistant.screens.texts.recordings import PLAY_AT
from extractors.segments import Segment


def source_view(
    name: str,
    segments: Iterable[Segment],
    segment_id: str | None = None,
    quote: str = "",
    sound: str | None = None,
) -> str:
    """The whole source as HTML; the segment that is shown carries `data-shown`, the quote is a mark in it.

    `sound` is the address of its recording: a player, which begins where the quote does, and a button a turn.

    The page scrolls to `data-shown`; text that is selected belongs to the `data-segment` around it.
    """
    listed = list(segments)
    rows = [_segment(s, quote if s.id == segment_id else "", s.id == segment_id, sound) for s in listed]
    if not rows:
        return empty(texts.NOTHING_TO_SHOW, texts.CHOOSE_A_SOURCE_OR_CLICK)
    title = tag("h3", text(name.rsplit("/", 1)[-1]), class_="source-name")
    return safe(
        title
        + (player(sound, _second(listed, segment_id, quote)) if sound else "")
        + tag(
            "div",
            rows,
            class_="source",
            data_source=name,
            tabindex="0",
            role="region",
            aria_label=texts.SOURCE_NAMED.format(name=name),
        )
    )


def _second(segments: Iterable[Segment], segment_id: str | None, quote: str) -> float | None:
    """When the quote's first word is said."""
    segment = next((s for s in segments if s.id == segment_id), None)
    if segment is None:
        return None
    found = _found(segment.text, quote)
    words = [w.start for w in segment.heard if found is not None and w.at >= found.start()]
    return words[0] if words else segment.start


def _play(segment: Segment, sound: str | None) -> str:
    if sound is None or segment.start is None:
        return ""
    told = PLAY_AT.format(at=segment.locator)
    at = f"{segment.heard[0].start if segment.heard else segment.start:.2f}"
    return tag("button", "▶", type="button", class_="play", data_play=at, data_sound=sound, aria_label=told)


def _segment(segment: Segment, quote: str, shown: bool, sound: str | None = None) -> str:
    heading = tag("div", text(" · ".join(segment.headings)), class_="headings") if segment.headings else ""
    who = f" {segment.speaker}" if segment.speaker else ""
    place = tag("span", text(f"{segment.locator}{who}"), class_="place")
    return tag(
        "div",
        heading + place + _play(segment, sound) + tag("p", marked(segment.text, quote)),
        class_=f"segment kind-{segment.kind}",
        data_segment=segment.id,
        data_shown="1" if shown else None,
        aria_current="true" if shown else None,
    )


def marked(words: str, quote: str) -> str:
    """The words as HTML with the quote marked; its white space may differ."""
    found = _found(words, quote)
    if found is None:
        return text(words)
    inside = tag("mark", text(found[0]), id="shown-quote", tabindex="-1")
    return f"{text(words[: found.start()])}{inside}{text(words[found.end() :])}"


def _found(words: str, quote: str) -> re.Match[str] | None:
    return re.search(r"\s+".join(map(re.escape, quote.split())), words) if quote.strip() else None
