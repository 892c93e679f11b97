"""The source beside the list: every segment with its place, and the quote marked where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.evidence.hearing import unsure
from assistant.packet import HeardAs
from assistant.screens import texts
from assistant.screens.markup import empty, safe, tag, text
from assistant.screens.recordings_view import player
from assistant.screens.texts.recordings import AGAIN, LOST, LOST_MAYBE, MAYBE, PLAY_AT, SURE
from extractors.segments import Segment

LEAST = 0.7
"""How surely a number must have been heard where no policy is at hand."""


def source_view(
    name: str,
    segments: Iterable[Segment],
    segment_id: str | None = None,
    quote: str = "",
    sound: str | None = None,
    least: float = LEAST,
) -> str:
    """The whole source as HTML; the segment that is shown carries `data-shown`, the quote is a mark in it.

    Words of a recording that may be misheard are underlined and say how surely they were heard; a number
    heard less surely than `least` is one of them.

    `sound` is the address of its recording: a player, which begins where the quote does, and a button a turn.

    The page scrolls to `data-shown`; text that is selected belongs to the `data-segment` around it.
    """
    listed = list(segments)
    quotes = [quote if s.id == segment_id else "" for s in listed]
    rows = [
        _segment(s, q, s.id == segment_id, sound, least) for s, q in zip(listed, quotes, strict=True)
    ]
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


def _segment(segment: Segment, quote: str, shown: bool, sound: str | None, least: float) -> str:
    heading = tag("div", text(" · ".join(segment.headings)), class_="headings") if segment.headings else ""
    who = f" {segment.speaker}" if segment.speaker else ""
    doubts = [(at, word.text, _doubt(word)) for at, word in unsure(segment, least)]
    place = tag("span", text(f"{segment.locator}{who}"), class_="place")
    return tag(
        "div",
        heading + place + _play(segment, sound) + tag("p", marked(segment.text, quote, doubts)),
        class_=f"segment kind-{segment.kind}",
        data_segment=segment.id,
        data_shown="1" if shown else None,
        aria_current="true" if shown else None,
    )


def _doubt(word: HeardAs) -> str:
    told = [SURE.format(sure=word.sure)]
    if word.again is not None:
        told.append(AGAIN.format(again=word.again) if word.again else LOST)
    if word.maybe is not None:
        told.append(MAYBE.format(maybe=word.maybe) if word.maybe else LOST_MAYBE)
    return ", ".join(told)


def marked(words: str, quote: str, doubts: Sequence[tuple[int, str, str]] = ()) -> str:
    """The words as HTML with the quote marked; its white space may differ.

    `doubts`: (offset, words, what is told of them), in order.
    """
    found = _found(words, quote)
    first, last = found.span() if found else (len(words), len(words))
    inside = tag("mark", _with_doubts(words, first, last, doubts), id="shown-quote", tabindex="-1")
    before, after = (_with_doubts(words, a, b, doubts) for a, b in ((0, first), (last, len(words))))
    return f"{before}{inside}{after}" if found else before


def _with_doubts(words: str, first: int, last: int, doubts: Sequence[tuple[int, str, str]]) -> str:
    out, at = "", first
    for start, word, told in doubts:
        if at <= start and start + len(word) <= last:
            out += text(words[at:start]) + tag("span", text(word), class_="unsure", title=told)
            at = start + len(word)
    return out + text(words[at:last])


def _found(words: str, quote: str) -> re.Match[str] | None:
    return re.search(r"\s+".join(map(re.escape, quote.split())), words) if quote.strip() else None
