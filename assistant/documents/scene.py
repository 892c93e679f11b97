"""Drawings as data: boxes, lines and words on a plane, and their SVG. Units are CSS pixels, y grows down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Literal

Ink = Literal["ink", "muted", "line", "paper", "fill", "bad", "warn", "good", "calm"]
PRINTED: dict[Ink, str] = {
    "ink": "#1b2430", "muted": "#5b6472", "line": "#8a97a8", "paper": "#ffffff", "fill": "#eef2f7",
    "bad": "#b3261e", "warn": "#8a5a00", "good": "#1b6e3c", "calm": "#1f3a5f",
}  # fmt: skip
"""Colours on paper; on a screen each is the custom property of its name, so that dark mode reaches them."""
FONT = "Lato, Carlito, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NARROW, _WIDE = frozenset("ijltfrI.,:;'|!()[] "), frozenset("mwMWQ@%—…")


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: Ink = "fill"
    stroke: Ink = "line"
    radius: float = 6
    dashed: bool = False


@dataclass(frozen=True)
class Stroke:
    """A line from one point to the next; an arrow head at its end where `arrow`."""

    points: tuple[tuple[float, float], ...]
    ink: Ink = "line"
    width: float = 1.2
    arrow: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Words:
    """One line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    size: float = 12
    ink: Ink = "ink"
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    radius: float
    ink: Ink = "calm"


Shape = Box | Stroke | Words | Dot


@dataclass(frozen=True)
class Scene:
    width: float
    height: float
    shapes: tuple[Shape, ...]


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide the text will be; rather too wide than too narrow, for fonts differ."""
    ems = sum(_em(letter) for letter in text)
    return ems * size * (1.05 if bold else 1.0)


def _em(letter: str) -> float:
    if ord(letter) >= 0x1100:
        return 1.0
    if letter in _NARROW:
        return 0.34
    return 0.9 if letter in _WIDE else 0.68 if letter.isupper() else 0.58


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than the room."""
    text = " ".join(text.split())
    if text_width(text, size, bold=bold) <= room:
        return text
    while text and text_width(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip(" ,;:.-") + "…"


def wrapped(text: str, room: float, size: float, most: int, *, bold: bool = False) -> list[str]:
    """The text in at most that many lines, cut between words where they fit, the last with an ellipsis."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        taken = 1
        while taken < len(words) and text_width(" ".join(words[: taken + 1]), size, bold=bold) <= room:
            taken += 1
        if len(lines) == most - 1:
            taken = len(words)
        lines.append(fitted(" ".join(words[:taken]), room, size, bold=bold))
        words = words[taken:]
    return lines


def to_svg(scene: Scene, alt: str, *, screen: bool = False) -> str:
    """The drawing as an SVG element; `screen` takes the colours from the page around it."""
    body = "".join(_shape(shape, screen) for shape in scene.shapes)
    size = f'viewBox="0 0 {_n(scene.width)} {_n(scene.height)}"'
    label = escape(NOT_XML.sub("\ufffd", alt))
    fixed = "" if screen else f' width="{_n(scene.width)}" height="{_n(scene.height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}{fixed} role="img" aria-label="{label}" '
        f'font-family="{escape(FONT)}">{body}</svg>'
    )


def _shape(shape: Shape, screen: bool) -> str:
    if isinstance(shape, Box):
        dash = ' stroke-dasharray="4 3"' if shape.dashed else ""
        place = f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
        paint = f'fill="{_ink(shape.fill, screen)}" stroke="{_ink(shape.stroke, screen)}"'
        return f'<rect {place} rx="{_n(shape.radius)}" {paint}{dash}/>'
    if isinstance(shape, Dot):
        place = f'cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"'
        return f'<circle {place} fill="{_ink(shape.ink, screen)}"/>'
    if isinstance(shape, Words):
        weight = ' font-weight="700"' if shape.bold else ""
        anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
        text = escape(NOT_XML.sub("\ufffd", shape.text), quote=False)
        place = f'x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{_n(shape.size)}"'
        return f'<text {place}{weight}{anchor} fill="{_ink(shape.ink, screen)}">{text}</text>'
    return _stroke(shape, screen)


def _stroke(shape: Stroke, screen: bool) -> str:
    path = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
    dash = ' stroke-dasharray="4 3"' if shape.dashed else ""
    colour = _ink(shape.ink, screen)
    line = f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{_n(shape.width)}"{dash}/>'
    return line + (_head(shape, colour) if shape.arrow else "")


def _head(shape: Stroke, colour: str) -> str:
    """A small triangle at the end, in the direction of the last part."""
    (ax, ay), (x, y) = shape.points[-2:]
    length = max(((x - ax) ** 2 + (y - ay) ** 2) ** 0.5, 0.001)
    ux, uy = (x - ax) / length, (y - ay) / length
    left = (x - 8 * ux - 4 * uy, y - 8 * uy + 4 * ux)
    right = (x - 8 * ux + 4 * uy, y - 8 * uy - 4 * ux)
    corners = " ".join(f"{_n(px)},{_n(py)}" for px, py in ((x, y), left, right))
    return f'<polygon points="{corners}" fill="{colour}"/>'


def _ink(ink: Ink, screen: bool) -> str:
    return f"var(--{ink})" if screen else PRINTED[ink]


def _n(number: float) -> str:
    """A number as short as it can be."""
    return f"{number:.1f}".removesuffix(".0")
