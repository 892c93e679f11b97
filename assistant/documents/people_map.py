"""The stakeholder map as a picture: influence, role, stance, and who defers to whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.documents.blocks import Picture
from assistant.documents.mermaid import label, node
from assistant.documents.scene import Box, Ink, Scene, Shape, Stroke, Words, fitted, wrapped
from assistant.documents.words import ROLES
from assistant.packet import Packet, Stakeholder

WIDTH, CARD, GAP = 702.0, 222.0, 17.0
HIGH, OURS = 76.0, 50.0
"""How high a card of the customer's is, and one of ours."""
A_ROW = 3
LANES = {
    "high": "High influence", "medium": "Medium influence", "low": "Low influence",
    None: "Influence not stated",
}  # fmt: skip
STANCES: dict[str | None, tuple[str, Ink]] = {
    "champion": ("champion", "good"), "supporter": ("supporter", "good"), "neutral": ("neutral", "muted"),
    "sceptic": ("sceptic", "bad"), None: ("not stated", "line"),
}  # fmt: skip

Person = tuple[str, Stakeholder]
"""A short id for the picture, and the person."""


def people_map(packet: Packet) -> Picture:
    """The customer's people in lanes of influence, ours below; an arrow leads to whom somebody defers to."""
    people = [(f"n{i}", person) for i, person in enumerate(packet.stakeholders, start=1)]
    lanes = _lanes(people)
    shapes: list[Shape] = []
    places: dict[str, tuple[float, float]] = {}
    y = 4.0
    for title, members in lanes:
        shapes.append(Words(0, y + 11, title, 11, "muted", bold=True))
        y += 18
        high = _high(members[0][1])
        for number, (key, person) in enumerate(members):
            x = 1 + (number % A_ROW) * (CARD + GAP)
            if number and not number % A_ROW:
                y += high + GAP / 2
            places[key] = (x, y)
            shapes += _card(person, x, y)
        y += high + GAP
    if not lanes:
        shapes.append(Words(0, 16, "No source names a stakeholder.", 12, "muted"))
        y = 26
    edges = deferrals(people)
    # Below the cards: where an arrow passes others, it passes behind them.
    shapes = [*(_arrow(places[a], places[b]) for a, b in edges), *shapes]
    return Picture(Scene(WIDTH, y, tuple(shapes)), _in_words(lanes, people, edges), _mermaid(lanes, edges))


def _lanes(people: Sequence[Person]) -> list[tuple[str, list[Person]]]:
    """Title and people of each lane that has any; within a lane by role."""
    order = list(ROLES)
    ranked = sorted(people, key=lambda p: order.index(p[1].role) if p[1].role else len(order))
    lanes = [
        (title, [p for p in ranked if p[1].side == "customer" and p[1].influence == influence])
        for influence, title in LANES.items()
    ]
    lanes.append(("On the vendor's side", [p for p in ranked if p[1].side == "vendor"]))
    return [(title, members) for title, members in lanes if members]


def _high(person: Stakeholder) -> float:
    return OURS if person.side == "vendor" else HIGH


def _card(person: Stakeholder, x: float, y: float) -> Iterable[Shape]:
    stance, ink = STANCES[person.stance]
    ours = person.side == "vendor"
    yield Box(x, y, CARD, _high(person), fill="fill", stroke="line", dashed=not (person.role or ours))
    yield Box(x, y, 5, _high(person), fill="calm" if ours else ink, stroke="calm" if ours else ink, radius=2)
    room = CARD - 24
    yield Words(x + 14, y + 17, fitted(person.name, room, 13, bold=True), 13, "ink", bold=True)
    detail = ", ".join(filter(None, (person.title, person.organization if ours else None)))
    for number, line in enumerate(
        wrapped(detail or ("title not stated" if person.role != "end_users" else "a group"), room, 10.5, 2)
    ):
        yield Words(x + 14, y + 30 + 12 * number, line, 10.5, "muted")
    if ours:
        return
    role = ROLES[person.role] if person.role else "no role stated"
    yield Words(x + 14, y + 56, fitted(role, room, 10.5, bold=True), 10.5, "calm", bold=True)
    yield Words(x + 14, y + 70, f"stance: {stance}", 10.5, "muted" if ink == "line" else ink)


def deferrals(people: Sequence[Person]) -> list[tuple[str, str]]:
    """Who defers to whom, where a source says so and both are on the map."""
    ids = {person.name.casefold(): key for key, person in people}
    pairs = ((key, ids.get(v.text.casefold())) for key, person in people for v in person.defers_to)
    return [(key, other) for key, other in pairs if other and other != key]


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> Stroke:
    """From the edge of one card to the edge of the other that faces it."""
    (ax, ay), (bx, by) = start, end
    if ay == by:  # side by side: an arc below both, so that it crosses no card
        low = ay + HIGH + GAP / 2
        points = (
            (ax + CARD / 2, ay + HIGH),
            (ax + CARD / 2, low),
            (bx + CARD / 2, low),
            (bx + CARD / 2, by + HIGH),
        )
        return Stroke(points, "calm", 1.6, arrow=True)
    down = by > ay
    leave, reach = (ay + HIGH, by) if down else (ay, by + HIGH)
    return Stroke(((ax + CARD - 20, leave), (bx + CARD - 20, reach)), "calm", 1.6, arrow=True)


def _in_words(
    lanes: Iterable[tuple[str, list[Person]]], people: Iterable[Person], edges: Iterable[tuple[str, str]]
) -> str:
    """The same for those who do not see it."""
    told = [f"{title}: " + "; ".join(_told(person) for _, person in members) for title, members in lanes]
    names = {key: person.name for key, person in people}
    told += [f"{names[a]} defers to {names[b]}" for a, b in edges]
    return "Stakeholder map. " + (". ".join(told) or "No source names a stakeholder") + "."


def _told(person: Stakeholder) -> str:
    role = ROLES[person.role].lower() if person.role else ""
    return ", ".join(filter(None, (person.name, person.title, role, person.stance)))


def _mermaid(lanes: Sequence[tuple[str, list[Person]]], edges: Iterable[tuple[str, str]]) -> str:
    lines = ["flowchart TB"]
    for number, (title, members) in enumerate(lanes):
        lines.append(f"  subgraph lane{number} [{label(title)}]")
        lines += [f"    {node(key, _told(person))}" for key, person in members]
        lines.append("  end")
    lines += [f"  lane{n} ~~~ lane{n + 1}" for n in range(len(lanes) - 1)]
    lines += [f"  {a} -->|defers to| {b}" for a, b in edges]
    return "\n".join(lines if lanes else [*lines, f"  {node('n0', 'No source names a stakeholder')}"])
