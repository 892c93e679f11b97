"""A line plot as SVG: it takes the page's colours, and a table beside it says the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import nh3

from assistant.screens.markup import tag, text

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 220, 40, 16, 16, 30
TAGS = {"svg", "g", "line", "polyline", "circle", "text", "title"}
ATTRIBUTES = {
    "*": {"class", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "points", "text-anchor"},
    "svg": {"viewBox", "role", "aria-label"},
}
MOST_LABELS = 12


class Series(NamedTuple):
    """A line from 0 to 100; None: no value there."""

    label: str
    values: Sequence[float | None]
    tone: str
    """Its class in the style sheet; the marks differ too: "one" has circles, "two" has dots."""


def line_plot(labels: Sequence[str], series: Sequence[Series], title: str) -> str:
    """Lines over the labels in order; points carry their value as a title."""
    parts = [_grid(), *(_tick(n, label, len(labels)) for n, label in enumerate(labels))]
    parts += [_series(one, len(labels)) for one in series]
    drawn = tag("svg", parts, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=title, class_="plot")
    return str(nh3.clean(drawn, tags=TAGS, attributes=ATTRIBUTES, link_rel=None))


def _grid() -> str:
    lines = []
    for value in range(0, 101, 25):
        y = _y(value)
        lines.append(tag("line", class_="grid", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y))
        lines.append(tag("text", str(value), class_="tick", x=LEFT - 6, y=y + 4, text_anchor="end"))
    return "".join(lines)


def _tick(number: int, label: str, many: int) -> str:
    every = -(-many // MOST_LABELS)
    if number % every:
        return ""
    return tag("text", text(label), class_="tick", x=_x(number, many), y=HEIGHT - 8, text_anchor="middle")


def _series(one: Series, many: int) -> str:
    """Runs of known values are joined; a gap stays a gap."""
    runs: list[list[tuple[float, float, float]]] = [[]]
    for number, value in enumerate(one.values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((_x(number, many), _y(value), value))
    lines = [
        tag("polyline", points=" ".join(f"{x},{y}" for x, y, _ in run)) for run in runs if len(run) > 1
    ]
    marks = [_mark(one, *point) for run in runs for point in run]
    return tag("g", [*lines, *marks], class_=f"series {one.tone}")


def _mark(one: Series, x: float, y: float, value: float) -> str:
    said = tag("title", text(f"{one.label}: {value:g}"))
    return tag("circle", said, cx=x, cy=y, r=4 if one.tone == "one" else 3)


def _x(number: int, many: int) -> float:
    room = WIDTH - LEFT - RIGHT - 20
    return round(LEFT + 10 + (room * number / (many - 1) if many > 1 else room / 2), 1)


def _y(value: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / 100), 1)
