"""Notices text that a PDF shows to a program and not to a person: hidden, or white on white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

HIDDEN_MODES = (3, 7)
SHOWS = (b"Tj", b"TJ", b"'", b'"')
FILLS = (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")
COLOURS = {b"g": "gray", b"rg": "rgb", b"k": "cmyk", b"sc": "any", b"scn": "any"}
LETTERS = 8
"""Fewer hidden letters than this are layout, not text."""


@dataclass
class Paint:
    """Follows a page's operators: fill colour, text mode, filled areas."""

    mode: int = 0
    white: bool = False
    saved: list[tuple[int, bool]] = field(default_factory=list)
    path: list[tuple[float, float, float, float]] = field(default_factory=list)
    areas: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Rectangles filled with a colour: white text on them is meant to be read."""
    letters: int = 0
    white_at: list[tuple[float, float]] = field(default_factory=list)
    """Where white text on white begins. (Text in a hidden mode may be what a scan was recognised to say.)"""

    @property
    def unseen(self) -> bool:
        """Some text of the page cannot be seen."""
        return self.letters >= LETTERS

    def before(self, operator: bytes, operands: Any, cm: Sequence[float], tm: Sequence[float]) -> None:
        """Called by pypdf for each operator of the page."""
        if operator == b"q":
            self.saved.append((self.mode, self.white))
        elif operator == b"Q" and self.saved:
            self.mode, self.white = self.saved.pop()
        elif operator == b"Tr" and operands:
            self.mode = int(operands[0])
        elif operator in COLOURS:
            self.white = _is_white(operands, operator)
        elif operator == b"re" and len(operands) == 4:
            self.path.append(_placed([float(v) for v in operands], cm))
        elif operator in FILLS:
            self.areas += [] if self.white else self.path
            self.path = []
        elif operator in (b"n", b"S", b"s"):
            self.path = []
        elif operator in SHOWS:
            self._shown(operands, cm, tm)

    def _shown(self, operands: Any, cm: Sequence[float], tm: Sequence[float]) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        on_colour = any(a - 2 <= x <= c + 2 and b - 2 <= y <= d + 2 for a, b, c, d in self.areas)
        if self.mode in HIDDEN_MODES or (self.white and not on_colour):
            self.letters += sum(len(str(part).strip()) for part in _strings(operands))
            self.white_at += [] if self.mode in HIDDEN_MODES else [(x, y)]


def _strings(operands: Any) -> list[Any]:
    last = operands[-1] if operands else ""
    parts = last if isinstance(last, list) else [last]
    return [part for part in parts if isinstance(part, str | bytes)]


def _is_white(operands: Any, operator: bytes) -> bool:
    try:
        values = [float(value) for value in operands]
    except (TypeError, ValueError):
        return False
    blank = 0.0 if operator == b"k" or len(values) == 4 else 1.0
    return bool(values) and all(abs(value - blank) < 0.02 for value in values)


def _placed(box: Sequence[float], cm: Sequence[float]) -> tuple[float, float, float, float]:
    x, y, width, height = box
    corners = [
        (px * cm[0] + py * cm[2] + cm[4], px * cm[1] + py * cm[3] + cm[5])
        for px, py in ((x, y), (x + width, y + height))
    ]
    xs, ys = sorted(c[0] for c in corners), sorted(c[1] for c in corners)
    return xs[0], ys[0], xs[1], ys[1]
