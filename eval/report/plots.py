"""Plots as inline SVG: they take the page's colours, so that they fit its light and its dark face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

LABEL, SCALE, FIGURES = 210, 430, 190
"""Widths of a row: its name, the axis from 0 to 1, the figures behind it."""
WIDTH = LABEL + SCALE + FIGURES
ROW, TOP = 26, 26


@dataclass(frozen=True)
class Dot:
    """A score on the axis with its interval."""

    value: float
    low: float | None
    high: float | None
    text: str
    series: int = 0
    """Which colour: the number of the reader."""


@dataclass(frozen=True)
class Row:
    """One line of a plot: dots over each other, a bar's tick and a goal's diamond."""

    label: str
    dots: Sequence[Dot]
    bar: float | None = None
    goal: float | None = None
    missed: bool = False
    """Below its bar or goal: shown in red."""


def scores(rows: Sequence[Row], title: str) -> str:
    """Scores from 0 to 1, a row each, with intervals, bars and goals."""
    tallest = [max(1, len(row.dots)) for row in rows]
    height = TOP + sum(ROW + 14 * (n - 1) for n in tallest) + 6
    parts, y = [_axis(height)], TOP
    for row, n in zip(rows, tallest, strict=True):
        deep = ROW + 14 * (n - 1)
        parts.append(_row(row, y, deep))
        y += deep
    return _svg(WIDTH, height, title, parts)


def _axis(height: int) -> str:
    lines = []
    for tenth in range(0, 11, 2):
        x = at(tenth / 10)
        lines.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{height - 4}"/>')
        lines.append(
            f'<text class="tick" x="{x}" y="{TOP - 12}" text-anchor="middle">{tenth / 10:.1f}</text>'
        )
    return "".join(lines)


def _row(row: Row, y: int, deep: int) -> str:
    middle = y + deep / 2
    parts = [f'<text class="label" x="0" y="{middle + 4:.1f}">{escape(row.label)}</text>']
    if row.bar is not None:
        parts.append(
            f'<line class="bar" x1="{at(row.bar)}" x2="{at(row.bar)}" y1="{y + 4}" y2="{y + deep - 4}">'
            f"<title>bar {row.bar:.2f}</title></line>"
        )
    if row.goal is not None:
        x = at(row.goal)
        points = f"{x - 5},{middle:.1f} {x},{middle - 5:.1f} {x + 5},{middle:.1f} {x},{middle + 5:.1f}"
        parts.append(f'<polygon class="goal" points="{points}"><title>goal {row.goal:.2f}</title></polygon>')
    for number, dot in enumerate(row.dots):
        parts.append(_dot(dot, middle + 14 * (number - (len(row.dots) - 1) / 2), row.missed))
    return "".join(parts)


def _dot(dot: Dot, y: float, missed: bool) -> str:
    parts = []
    if dot.low is not None and dot.high is not None:
        ends = f'x1="{at(dot.low)}" x2="{at(dot.high)}" y1="{y:.1f}" y2="{y:.1f}"'
        parts.append(f'<line class="interval s{dot.series}" {ends}/>')
    colour = " missed" if missed else ""
    tip = f"<title>{escape(dot.text)}</title>"
    parts.append(f'<circle class="dot s{dot.series}" cx="{at(dot.value)}" cy="{y:.1f}" r="5">{tip}</circle>')
    x = LABEL + SCALE + 16
    parts.append(f'<text class="value{colour}" x="{x}" y="{y + 4:.1f}">{escape(dot.text)}</text>')
    return "".join(parts)


def at(value: float) -> float:
    """Where a score between 0 and 1 stands."""
    return round(LABEL + SCALE * min(1.0, max(0.0, value)), 1)


def confusion(counts: dict[tuple[str, str], int], names: Sequence[str], title: str) -> str:
    """Wanted verdicts down, given ones across; the shade is the share of the row."""
    cell_x, cell_y, left, top = 104, 34, 140, 48
    parts = [
        f'<text class="tick" x="{left}" y="14">given</text>',
        f'<text class="tick" x="0" y="{top - 8}">wanted</text>',
    ]
    for j, name in enumerate(names):
        x = left + j * cell_x + cell_x / 2
        parts.append(f'<text class="tick" x="{x}" y="{top - 8}" text-anchor="middle">{_said(name)}</text>')
    for i, wanted in enumerate(names):
        total = sum(counts.get((wanted, given), 0) for given in names)
        y = top + i * cell_y
        parts.append(f'<text class="label" x="0" y="{y + 22}">{_said(wanted)}</text>')
        for j, given in enumerate(names):
            n = counts.get((wanted, given), 0)
            x, strength = left + j * cell_x, 0.06 + (0.85 * n / total if total else 0)
            box = f'x="{x}" y="{y}" width="{cell_x - 3}" height="{cell_y - 3}" rx="3"'
            kind = "hit" if i == j else "miss"
            parts.append(f'<rect class="{kind}" {box} fill-opacity="{strength:.2f}"/>')
            parts.append(f'<text x="{x + cell_x / 2 - 1}" y="{y + 21}" text-anchor="middle">{n or ""}</text>')
    return _svg(left + cell_x * len(names), top + cell_y * len(names) + 4, title, parts)


def _said(name: str) -> str:
    return name.replace("_", " ")


def _svg(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )
