"""Lines of a text transcript: which ones open a turn, with whose name and at what time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from extractors.decode import fold
from extractors.talk.labels import GENERIC, INLINE, Label, accepted, looks_like_name, may_be_label, read_label

TIME = r"(?:\d{1,3}:\d{1,2}:\d{1,2}|\d{1,3}:\d{2})(?:[.,]\d{1,3})?(?![\d:])(?:\s?[AaPp]\.?[Mm]\b\.?)?"
STAMP = rf"[\[(<@]?\s*(?:at\s+)?(?P<time>{TIME})(?:\s*(?:-{{1,2}}>|–|—|-|to)\s*{TIME})?\s*[\])>]?"
NAME = r"(?P<label>[^\t\n:<>\[\]]{1,60}?)"
LEAD = r"^\s*(?:[-•]\s+|>+\s*|#{1,6}\s+)?"
HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chat", re.compile(rf"^\s*{STAMP}\s+From\s+{NAME}\s+to\s+[^:\n]{{1,60}}:\s*(?P<text>.*)$", re.I)),
    ("tabs, time first", re.compile(rf"^\s*{STAMP}\t+\s*(?:From\s+)?{NAME}:?\t+(?P<text>.*)$")),
    ("tabs, name first", re.compile(rf"^\s*{NAME}\t+\s*{STAMP}(?:\t+(?P<text>.*))?$")),
    ("[time] Name: text", re.compile(rf"{LEAD}{STAMP}\s*[-–—|]?\s*{NAME}\s*[:：](?=\s|$)\s*(?P<text>.*)$")),
    ("[Name] time text",
     re.compile(rf"{LEAD}\[(?P<label>[^\]\d:][^\]:]{{0,60}})\]\s*{STAMP}\s*[:：-]?\s*(?P<text>.*)$")),
    ("Name [time]: text",
     re.compile(rf"{LEAD}{NAME}\s*[,|–—-]?\s*[\[(]{STAMP}[\])]?\s*[:：-]?\s*(?P<text>.*)$")),
    ("Name: [time] text", re.compile(rf"{LEAD}{NAME}\s*[:：]\s*[\[(]{STAMP}\s*(?P<text>.*)$")),
    ("Name  time",
     re.compile(rf"{LEAD}{NAME}(?:\s{{2,}}|\s*[|,·•–—-]\s*|\s+){STAMP}\s*[:：]?\s*(?P<text>)$")),
    ("time  Name", re.compile(rf"{LEAD}{STAMP}\s*[-–—|·]?\s*{NAME}(?P<text>)$")),
    ("time text",
     re.compile(rf"^\s*[\[(<]?\s*(?P<time>{TIME})(?:\s*-{{1,2}}>\s*{TIME})?"
                rf"\s*[\])>]?\s*[-–—|]?\s*(?P<text>.*)$")),
)  # fmt: skip
"""Layouts with a time, the most telling first. The last has no name: "[00:03:12] text" or a bare time."""


@dataclass(frozen=True)
class Line:
    """A line of the file. `text` is what is said in it, without name and time."""

    number: int
    raw: str
    text: str
    opens: bool = False
    label: Label | None = None
    start: float | None = None
    clock: str | None = None
    heading: bool = False


@dataclass(frozen=True)
class _Head:
    label: str | None
    time: str | None
    text: str


def read_lines(text: str, known: Iterable[str] = ()) -> list[Line]:
    """Every line that is not blank, with what it opens. Labels count only when they may be a speaker's."""
    raws = text.split("\n")
    heads = [_timed(_plain(raw)) or _labelled(_plain(raw)) for raw in raws]
    heads = _believed(raws, heads, [*known])
    heads = _alone(raws, heads)
    lines = [
        _line(n, raw, head) for n, (raw, head) in enumerate(zip(raws, heads, strict=True), 1) if raw.strip()
    ]
    return _with_times(lines)


def _plain(raw: str) -> str:
    """Markdown emphasis around names and times removed; tabs are kept, they mean something."""
    return re.sub(r"\*{1,3}|__|(?<![\w])_|_(?![\w])|`|\\(?=[\[\]()*_#.-])", "", raw).rstrip()


def _timed(line: str) -> _Head | None:
    for layout, pattern in HEADS:
        found = pattern.match(line) if re.search(r"\d:\d", line) else None
        if not found:
            continue
        if layout == "time text":
            return _Head(None, found["time"], found["text"] or "")
        label = found["label"].strip()
        if label and may_be_label(label) and not re.search(r"\d:\d|[.!?,;]$", label):
            return _Head(label, found["time"], found["text"] or "")
    return None


def _labelled(line: str) -> _Head | None:
    found = INLINE.match(line.lstrip("#> "))
    return _Head(found["label"].strip(), None, found["text"]) if found else None


def _believed(raws: list[str], heads: list[_Head | None], known: list[str]) -> list[_Head | None]:
    """Drop what only looks like a head: labels nobody bears, times that merely open a sentence."""
    plain = [h.label for h in heads if h and h.label and not h.time]
    timed = Counter(h.label for h in heads if h and h.label and h.time)
    free = [raw for raw, h in zip(raws, heads, strict=True) if raw.strip() and not (h and h.time)]
    filled = sum(not raw.lstrip().startswith("#") for raw in free)
    bearers = [*known, *(read_label(n).name for n in timed)]
    names = accepted(plain, bearers, filled)
    if (
        sum(timed.values()) > 2
    ):  # turns have their time here: a label without one only counts when it is known
        names = {n for n in names if read_label(n).name in bearers}
    bare = sum(1 for h in heads if h and h.time and not h.label)
    out: list[_Head | None] = []
    for head in heads:
        if head and head.label and not head.time:
            head = head if head.label in names else None
        elif head and head.label and timed[head.label] < 2:
            head = head if looks_like_name(head.label) or len(timed) > 2 else None
        elif head and not head.label and bare < 3 and head.text:
            head = None
        out.append(head)
    return out


def _alone(raws: list[str], heads: list[_Head | None]) -> list[_Head | None]:
    """Names on a line of their own: after a blank line or a time, before words, and seen at least twice."""
    filled = [i for i, raw in enumerate(raws) if raw.strip()]
    names: dict[int, str] = {}
    for before, i in zip([-1, *filled], filled[:-1], strict=False):
        opens_here = i == 0 or before < i - 1 or _bare(heads[before])
        name = _plain(raws[i]).strip().lstrip("#> ").strip()
        if heads[i] is None and opens_here and looks_like_name(name) and name[-1] not in ".!?,;:":
            names[i] = name
    previous = dict(zip(filled, [-1, *filled], strict=False))
    timed = {i for i in names if previous[i] >= 0 and _bare(heads[previous[i]])}
    return _named(heads, names, timed, previous, dense=5 * len(names) >= len(filled))


def _named(
    heads: list[_Head | None], names: dict[int, str], timed: set[int], previous: dict[int, int], dense: bool
) -> list[_Head | None]:
    counts = Counter(names.values())
    regular = max(counts.values(), default=0) > 1
    out = list(heads)
    for i, name in names.items():
        known = counts[name] > 1 or (regular and (len(name.split()) > 1 or GENERIC.match(name)))
        time = heads[previous[i]] if i in timed else None
        if time or (dense and known):
            out[i] = _Head(name, time.time if time else None, "")
    return out


def _bare(head: _Head | None) -> bool:
    return head is not None and head.label is None and not head.text


def _line(number: int, raw: str, head: _Head | None) -> Line:
    heading = bool(re.match(r"^\s*#{1,6}\s", raw)) and head is None
    if head is None:
        return Line(number, raw, fold(_plain(raw).lstrip("#> ")), heading=heading)
    label = read_label(head.label) if head.label else None
    return Line(number, raw, fold(head.text), True, label, clock=head.time)


def _with_times(lines: list[Line]) -> list[Line]:
    """Printed times as seconds from the start; a time of day keeps its print as the locator."""
    stamps = [line.clock for line in lines if line.clock]
    if not stamps:
        return lines
    of_day = any(re.search(r"[AaPp]\.?[Mm]", s) for s in stamps)
    minutes_first = not of_day and _two_parts_are_hours(lines)
    values = {s: _seconds(s, minutes_first or of_day) for s in stamps}
    origin = values[stamps[0]] if of_day or values[stamps[0]] >= 5 * 3600 else 0.0
    keep = of_day or origin > 0
    return [_timed_line(line, values, origin, keep) for line in lines]


def _timed_line(line: Line, values: dict[str, float], origin: float, keep: bool) -> Line:
    if not line.clock:
        return line
    start = values[line.clock] - origin
    start = start + 86400 if start < -43200 else start  # the call ran past midnight
    return replace(line, start=start if start >= 0 else None, clock=fold(line.clock) if keep else None)


def _two_parts_are_hours(lines: list[Line]) -> bool:
    """ "10:42" is ten minutes unless nobody could have said so much in that time."""
    stamps = [line.clock for line in lines if line.clock]
    if any(s.count(":") != 1 for s in stamps):
        return False
    as_minutes = _seconds(stamps[-1], False) - _seconds(stamps[0], False)
    words = sum(len(line.text.split()) for line in lines)
    return len(stamps) > 3 and words > 5 * max(as_minutes, 1)


def _seconds(stamp: str, two_are_hours: bool) -> float:
    digits = [float(p) for p in re.findall(r"\d+(?:[.,]\d{1,3})?(?=:|\D*$)", stamp.replace(",", "."))]
    while len(digits) < 3:
        digits = [*digits, 0.0] if two_are_hours else [0.0, *digits]
    hours, minutes, seconds = digits[:3]
    if re.search(r"[Pp]\.?[Mm]", stamp) and hours < 12:
        hours += 12
    elif re.search(r"[Aa]\.?[Mm]", stamp) and hours == 12:
        hours = 0
    return hours * 3600 + minutes * 60 + seconds
