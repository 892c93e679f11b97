"""Hours of the day between which something is given: "07:00 to 23:00", "eight to six", "9 till 5"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.evidence.number_words import SMALL

_WORD = "|".join(w for w, n in SMALL.items() if 1 <= n <= 12)
_CLOCK = (
    rf"(?P<{{0}}h>\d{{{{1,2}}}}|{_WORD}|noon|midnight)(?:[:.](?P<{{0}}m>[0-5]\d))?(?:\s*o'clock)?"
    r"\s*(?P<{0}half>a\.?m\b\.?|p\.?m\b\.?|in the morning|in the afternoon|in the evening|at night)?"
)
_ZONE = r"(?:\s+(?:[A-Z]{2,4}|Eastern|Central|Mountain|Pacific|GMT|UTC|local)(?:\s+time)?)?"
_RANGE = re.compile(
    rf"\b{_CLOCK.format('a')}{_ZONE}\s*(?:-|–|—|to|till|til|until|through|and)\s*{_CLOCK.format('b')}(?![\w%$-])",
    re.I,
)


@dataclass(frozen=True)
class Hours:
    """From and to as hours after midnight (7.5 = 07:30), with the offsets of the words."""

    start: float
    end: float
    at: int
    upto: int
    text: str

    @property
    def length(self) -> float:
        """How many hours it is."""
        return (self.end - self.start) % 24 or 24.0


def read_hours(text: str) -> list[Hours]:
    """Every range of clock times. Bare numbers ("six to eight") count only where something marks a clock:
    minutes, a.m./p.m., or a span that fits opening hours and is followed by no counted noun.
    """
    found = []
    for m in _RANGE.finditer(text):
        if not _is_clock(m, text):
            continue
        start, end = _hour(m["ah"], m["am"], m["ahalf"]), _hour(m["bh"], m["bm"], m["bhalf"])
        if start > 24 or end > 24:
            continue
        if not m["bhalf"] and end <= start and end <= 12 and not m["bm"]:
            end += 12
        if not m["ahalf"] and m["bhalf"] and m["bhalf"][0].lower() == "p" and end <= 12 and start < end:
            start += 12
        found.append(Hours(start % 24, end % 24 if end != 24 else 24.0, m.start(), m.end(), m[0]))
    return found


def _is_clock(m: re.Match[str], text: str) -> bool:
    if m["am"] or m["bm"] or m["ahalf"] or m["bhalf"] or m["ah"].lower() in ("noon", "midnight"):
        return True
    after = text[m.end() : m.end() + 12].lstrip().lower()
    same_style = m["ah"].isdigit() == m["bh"].isdigit()
    counted = re.match(r"(?:\w+s\b|%|percent|business|working|more|of\b)", after)
    opening = _hour(m["ah"], None, None) in (6, 7, 8, 9) and _hour(m["bh"], None, None) in (
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
    )
    falls = _hour(m["bh"], None, None) <= _hour(m["ah"], None, None)
    return bool(same_style and opening and falls and not counted)


def _hour(word: str, minutes: str | None, half: str | None) -> float:
    word = word.lower()
    if word in ("noon", "midnight"):
        return 12.0 if word == "noon" else 24.0
    value = float(SMALL[word] if word in SMALL else int(word)) + int(minutes or 0) / 60
    late = (half is not None and not half.lower().startswith(("a", "in the morning"))) or (
        half or ""
    ).lower() == "at night"
    if late and value < 12:
        value += 12
    elif half and half.lower().startswith("a") and not half.lower().startswith("at") and 12 <= value < 13:
        value -= 12
    return value
