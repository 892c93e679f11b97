"""The source beside the list: every segment with its place, and the quote marked where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.screens import texts
from assistant.screens.markup import empty, safe, tag, text
from extractors.segments import Segment


def source_view(
    name: str, segments: Iterable[Segment], segment_id: str | None = None, quote: str = ""
) -> str:
    """The whole source as HTML; the segment that is shown carries `data-shown`, the quote is a mark in it.

    The page scrolls to `data-shown`; text that is selected belongs to the `data-segment` around it.
    """
    rows = [_segment(s, quote if s.id == segment_id else "", s.id == segment_id) for s in segments]
    if not rows:
        return empty(texts.NOTHING_TO_SHOW, texts.CHOOSE_A_SOURCE_OR_CLICK)
    title = tag("h3", text(name.rsplit("/", 1)[-1]), class_="source-name")
    return safe(
        title
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


def _segment(segment: Segment, quote: str, shown: bool) -> str:
    heading = tag("div", text(" · ".join(segment.headings)), class_="headings") if segment.headings else ""
    who = f" {segment.speaker}" if segment.speaker else ""
    place = tag("span", text(f"{segment.locator}{who}"), class_="place")
    return tag(
        "div",
        heading + place + tag("p", marked(segment.text, quote)),
        class_=f"segment kind-{segment.kind}",
        data_segment=segment.id,
        data_shown="1" if shown else None,
        aria_current="true" if shown else None,
    )


def marked(words: str, quote: str) -> str:
    """The words as HTML with the quote marked; its white space may differ."""
    found = re.search(r"\s+".join(map(re.escape, quote.split())), words) if quote.strip() else None
    if found is None:
        return text(words)
    inside = tag("mark", text(found[0]), id="shown-quote", tabindex="-1")
    return f"{text(words[: found.start()])}{inside}{text(words[found.end() :])}"
