"""Timed cues of .vtt and .srt files, read leniently: what a strict parser drops is kept and counted."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.talk.labels import INLINE, Label, accepted, looks_like_name, may_be_label, read_label
from extractors.talk.turns import Cue

ARROW = re.compile(r"^(?P<start>.{0,40}?)\s*-{1,2}(?:&gt;|>)\s*(?P<end>.*)$")
STAMP = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,6}))?(?![\w:])")
VOICE = re.compile(r"<v(?:\.[^\s<>]{1,99})?(?:\s+([^<>]{0,200}))?>|(</v\s*>)", re.I)
TAG = re.compile(r"</?(?:[bicu]|ruby|rt|lang|font|span|i|em|strong)(?:[.\s][^>]*)?>|<\d[\d:.]*>", re.I)
BLOCK = re.compile(r"^(?:NOTE|STYLE|REGION)(?:\s|$)")
OVERRIDE = re.compile(r"\{\\[^}]*\}")


@dataclass
class Block:
    """A timing line and the lines under it."""

    start: float | None
    end: float | None
    lines: list[str] = field(default_factory=list)
    faulty: bool = False


@dataclass(frozen=True)
class Parsed:
    """Cues with voices told apart, the people named, and how many timing lines were faulty or empty."""

    cues: list[Cue]
    labels: list[Label]
    header: str
    arrows: int
    faulty: int


def parse(text: str) -> Parsed:
    """Reads WebVTT and SubRip alike; text of malformed cues is kept, with the last good time."""
    header, blocks = _blocks(text)
    spans = [(b, span) for b in blocks for span in _voices(b)]
    candidates = [m["label"] for _, (voice, body) in spans if not voice for m in [_inline(body)] if m]
    names = accepted(candidates, (v for _, (v, _) in spans if v), sum(not v for _, (v, _) in spans))
    own_line = _own_line_names(spans, names)
    labels: dict[str, Label] = {}
    cues = [cue for b, (voice, body) in spans for cue in _cues(b, voice, body, names, own_line, labels)]
    voiced = any(voice for _, (voice, _) in spans)
    return Parsed(
        _carried(cues, voiced), list(labels.values()), header, len(blocks), sum(b.faulty for b in blocks)
    )


def seconds(stamp: str) -> float | None:
    """ "00:01:02.500", "01:02,5" as seconds; None for anything else."""
    found = STAMP.match(stamp.strip())
    if not found:
        return None
    hours, minutes, secs, fraction = found.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(secs) + float(f"0.{fraction or 0}")


def _blocks(text: str) -> tuple[str, list[Block]]:
    """Header text, then one block a timing line. A blank line does not end a cue: the next timing does."""
    lines = text.split("\n")
    header: list[str] = []
    blocks: list[Block] = []
    skipping = False
    for number, line in enumerate(lines):
        timing = _timing(line)
        if timing:
            _drop_identifier(blocks[-1].lines if blocks else header)
            blocks.append(timing)
            skipping = False
        elif BLOCK.match(line) and (number == 0 or not lines[number - 1].strip() or skipping):
            skipping = True
        elif skipping:
            skipping = bool(line.strip())
        else:
            (blocks[-1].lines if blocks else header).append(line)
    return "\n".join(header), blocks


def _timing(line: str) -> Block | None:
    if re.fullmatch(r"\s*(?:\d+:)?\d\d:\d\d[.,]\d{3}\s*", line):
        return Block(seconds(line), None, faulty=True)  # the arrow and the end are missing
    if "--" not in line:
        return None
    found = ARROW.match(line.strip())
    if not found or not re.search(r"\d\s*:\s*\d|^\s*\d[\d.,]*\s*$", found["start"] or found["end"]):
        return None
    start, end = seconds(found["start"]), seconds(found["end"])
    return Block(start, end, faulty=start is None or end is None)


def _drop_identifier(lines: list[str]) -> None:
    """The line straight above a timing line, after a blank one, names the next cue: a number or a GUID."""
    if not lines or not lines[-1].strip():
        return
    first = len(lines) == 1 or not lines[-2].strip()
    last = lines[-1].strip()
    identifier = re.fullmatch(r"\d+|[\w{}.-]*[0-9a-f]{4,}-[\w{}/.-]+|[\w.-]*\d[\w./-]*", last)
    if identifier and (first or re.fullmatch(r"\d+|[0-9a-f-]{36}(?:/\S+)?", last)):
        lines.pop()


def _voices(block: Block) -> Iterator[tuple[str | None, str]]:
    """Split a cue at its voice tags; text outside of tags has no voice."""
    body = "\n".join(line for line in block.lines if line.strip())
    voice: str | None = None
    last = 0
    for tag in VOICE.finditer(body):
        yield from _span(voice, body[last : tag.start()])
        voice = None if tag[2] else html.unescape(tag[1] or "").strip() or None
        last = tag.end()
    yield from _span(voice, body[last:])


def _span(voice: str | None, text: str) -> Iterator[tuple[str | None, str]]:
    clean = html.unescape(OVERRIDE.sub("", TAG.sub("", text))).strip()
    if clean:
        yield voice, clean


def _inline(body: str) -> re.Match[str] | None:
    return INLINE.match(re.sub(r"^\s*(?:>>+|[-–—])\s*", "", body))


def _own_line_names(spans: list[tuple[Block, tuple[str | None, str]]], names: set[str]) -> set[str]:
    """Names that stand alone on a cue's first line, in at least a third of the cues."""
    unvoiced = [body.split("\n") for _, (voice, body) in spans if not voice]
    first = [lines[0].strip() for lines in unvoiced if len(lines) > 1]
    likely = [f for f in first if (looks_like_name(f) or f in names) and f[-1] not in ".!?,;:…"]
    times = {f: likely.count(f) for f in likely} if len(likely) < 3000 else dict.fromkeys(likely, 2)
    regular = 3 * len(likely) >= len(unvoiced)
    return {f for f in likely if regular and (times[f] > 1 or len(f.split()) > 1) and may_be_label(f)}


def _cues(
    block: Block, voice: str | None, body: str, names: set[str], own_line: set[str], labels: dict[str, Label]
) -> Iterator[Cue]:
    """One cue a speaker: "Name: text" on any line starts the next one once the name is known."""
    speaker = voice
    lines: list[str] = []
    for number, line in enumerate(body.split("\n")):
        found = None if voice else _inline(line)
        alone = not voice and number == 0 and line.strip() in own_line
        if alone or (found and found["label"] in names):
            yield from _cue(block, speaker, lines, labels)
            speaker = line.strip() if alone or not found else found["label"]
            lines = [] if alone or not found else [found["text"]]
        else:
            lines.append(line)
    yield from _cue(block, speaker, lines, labels)


def _cue(block: Block, speaker: str | None, lines: list[str], labels: dict[str, Label]) -> Iterator[Cue]:
    text = " ".join(lines).strip()
    if not text:
        return
    label = labels.setdefault(speaker, read_label(speaker)) if speaker else None
    yield Cue(text, label.name if label else None, block.start, block.end)


def _carried(cues: list[Cue], voiced: bool) -> list[Cue]:
    """Times that were faulty take the last good one; "Name:" said only at changes holds until the next."""
    named = sum(c.speaker is not None for c in cues)
    carry = not voiced and 0 < named < 0.7 * len(cues)
    speaker: str | None = None
    start: float | None = None
    out = []
    for cue in cues:
        start = cue.start if cue.start is not None else start
        speaker = cue.speaker or (speaker if carry else None)
        out.append(Cue(cue.text, speaker, start, cue.end))
    return out
