"""What meeting tools put around a transcript that somebody copied, brought into the layouts of lines.py.

Every line keeps its number: what is taken away leaves an empty line.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from extractors.decode import INVISIBLE
from extractors.talk.labels import looks_like_name, read_label

_TIME = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_BARE_TIME = re.compile(rf"^\s*[\[(]?\s*(?P<time>{_TIME})\s*[\])]?\s*$")
_TIME_AT_END = re.compile(rf"[\[(](?P<time>{_TIME})[\])]\s*$")
_LABELLED = re.compile(r"^\s*[^:\n\[\]]{1,60}:\s+\S")
_DASHED = re.compile(r"^\s*(?P<label>[^:\t\n<>–—]{2,50}?)\s+[–—]\s+(?P<text>\S.*)$")
_INITIALS = re.compile(r"^\s*[A-ZÀ-Þ]{1,3}\s*$")
_BY_THE_TOOL = re.compile(
    r"^\W*(?:transcribed (?:by|with|using) \S.{0,60}"
    r"|(?:this|the) (?:editable )?transcript(?:ion)? (?:was|is|has been) .{0,200}"
    r"|(?:meeting|recording|transcription|call) (?:ended|started|stopped|paused|resumed)"
    r"(?: (?:after|at) .{0,40})?"
    r"|[\w .'’-]{2,50} (?:started|stopped|ended) (?:the )?(?:transcription|recording)(?: .{0,30})?"
    r"|(?:page|seite) \d+(?: (?:of|von|/) \d+)?|\d+ ?/ ?\d+|(?:recording |meeting )?duration:? .{1,30}"
    r"|(?:strictly )?(?:private and )?confidential|(?:\d+ ?h ?)?(?:\d+ ?m(?:in)?s? ?)(?:\d+ ?s(?:ec)?)?"
    r"|view (?:original|recording|transcript)(?: .{0,60})?"
    r"|(?:powered|recorded|generated|created) (?:by|with|on) \S.{0,60})\W*$",
    re.IGNORECASE,
)
"""Lines that the tool wrote, and nobody said."""
LONGEST_NOTICE = 250
"""Characters of a line that a tool writes."""
LONGEST_TIME = 30
"""Characters at a line's end in which its time is looked for."""
FEWEST = 3
"""Turns that must be laid out in one way before it is taken for the file's layout."""


def tidied(text: str) -> str:
    """The text with marks of direction, tools' own lines and initials gone, and each name with its time."""
    lines = [INVISIBLE.sub("", line).strip() for line in text.split("\n")]
    return "\n".join(_names_before_dashes(_times_in_front(_beside_their_times(_without_notices(lines)))))


def _without_notices(lines: list[str]) -> list[str]:
    """Without the tool's lines, and what goes on from one in small letters."""
    out: list[str] = []
    dropped = False
    for line in lines:
        words = line.strip()
        notice = len(words) <= LONGEST_NOTICE and _BY_THE_TOOL.match(words)
        dropped = bool(notice) or (dropped and words[:1].islower())
        out.append("" if dropped else line)
    return out


def _beside_their_times(lines: list[str]) -> list[str]:
    """ "EH", "Ella Hart", "00:00:04" on lines of their own are "Ella Hart  00:00:04"."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    after = dict(pairwise(filled))
    timed = {i: t for i in filled if (t := after.get(i)) and _BARE_TIME.match(lines[t])}
    names = {i: t for i, t in timed.items() if _is_name(lines[i])}
    if len(names) < FEWEST or len({lines[i].strip() for i in names}) == len(names) > 4:
        return lines
    out = list(lines)
    before = {b: a for a, b in after.items()}
    for name, time in names.items():
        found = _BARE_TIME.match(lines[time])
        out[name], out[time] = f"{lines[name].strip()}  {found['time'] if found else ''}", ""
        above = before.get(name)
        if above is not None and _INITIALS.match(lines[above]) and _begins(lines[above], lines[name]):
            out[above] = ""
    return out


def _is_name(line: str) -> bool:
    return looks_like_name(line.strip()) and not _INITIALS.match(line) and line.strip()[-1] not in ".!?,;:"


def _begins(initials: str, name: str) -> bool:
    return set(initials.strip().lower()) <= {word[0].lower() for word in name.split()}


def _times_in_front(lines: list[str]) -> list[str]:
    """ "NORA: text [00:04]" is "[00:04] NORA: text", where most turns are written so."""
    labelled = [i for i, line in enumerate(lines) if _LABELLED.match(line)]
    ends = {i: max(0, len(lines[i]) - LONGEST_TIME) for i in labelled}
    found = {i: m for i, end in ends.items() if (m := _TIME_AT_END.search(lines[i], end))}
    if len(found) < FEWEST or 2 * len(found) < len(labelled):
        return lines
    moved = {i: f"[{m['time']}] {lines[i][: m.start()].strip()}" for i, m in found.items()}
    return [moved.get(i, line) for i, line in enumerate(lines)]


def _names_before_dashes(lines: list[str]) -> list[str]:
    """ "Ella Hart — text" is "Ella Hart: text", where most lines begin so and somebody does twice."""
    dashed = {i: m for i, line in enumerate(lines) if (m := _DASHED.match(line))}
    found = {i: m for i, m in dashed.items() if looks_like_name(m["label"])}
    filled = sum(1 for line in lines if line.strip())
    speakers = Counter(read_label(m["label"]).name for m in found.values())
    often = sum(n for n in speakers.values() if n > 1)
    if len(found) < FEWEST or 2 * len(found) < filled or 2 * often < len(found):
        return lines
    named = {i: f"{m['label']}: {m['text']}" for i, m in found.items()}
    return [named.get(i, line) for i, line in enumerate(lines)]
