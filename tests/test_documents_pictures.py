"""The pictures: whoever is on the map and whatever is dated is drawn, inside the frame, and told in words."""

from __future__ import annotations

import io
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from packets import packet_of
from PIL import Image
from sample_packet import HOSTILE, sample_packet

from assistant.documents.dates_picture import MOST, dates_picture, plan_dates
from assistant.documents.markdown import to_markdown
from assistant.documents.people_map import people_map
from assistant.documents.risks import risk_matrix, risks
from assistant.documents.scene import Box, Dot, Scene, Stroke, Words, fitted, text_width, to_svg, wrapped
from assistant.documents.typeset import to_png
from assistant.packet import Packet

LONG = "Maximiliana Konstantinopoulou-Featherstonehaugh von und zu Hohenzollern-Sigmaringen"
PROOF = [{"source": "call.vtt", "segment_id": "s1", "quote": "q", "locator": "00:01:00"}]


def people(*names: str, **more: Any) -> Packet:
    return packet_of({"stakeholders": [{"name": n, "side": "customer", **more} for n in names]})


def plan(**fields: tuple[str, ...]) -> Packet:
    stated = {k: {"status": "stated", "values": [{"text": t} for t in v]} for k, v in fields.items()}
    return packet_of({"summary": {"implementation_plan": stated}})


def corners(scene: Scene) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for shape in scene.shapes:
        if isinstance(shape, Box):
            found += [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
        elif isinstance(shape, Stroke):
            found += shape.points
        elif isinstance(shape, Dot):
            found += [(shape.x - shape.radius, shape.y), (shape.x + shape.radius, shape.y + shape.radius)]
        elif isinstance(shape, Words):
            wide = text_width(shape.text, shape.size, bold=shape.bold) * 0.9
            left = shape.x - {"start": 0, "middle": wide / 2, "end": wide}[shape.anchor]
            found += [(left, shape.y - shape.size), (left + wide, shape.y)]
    return found


@pytest.mark.parametrize(
    "scene",
    [
        people_map(people()).scene,
        people_map(people("Ann")).scene,
        people_map(people(*(f"Person {n}" for n in range(12)), title=LONG, influence="high")).scene,
        people_map(people(LONG, "東京" * 40, organization=LONG)).scene,
        dates_picture(plan()).scene,
        dates_picture(plan(milestones=("when the data is clean", LONG * 4))).scene,
        dates_picture(plan(milestones=tuple(f"{n} May 2026: {LONG}" for n in range(1, 31)))).scene,
        risk_matrix([]).scene,
        risk_matrix(risks(sample_packet()) * 30).scene,
    ],
)
def test_nothing_is_drawn_outside_of_the_picture(scene: Scene) -> None:
    outside = [
        (x, y) for x, y in corners(scene) if not (-1 <= x <= scene.width + 1 and -1 <= y <= scene.height + 1)
    ]
    assert outside == []


def test_the_map_names_everybody_with_role_stance_and_influence() -> None:
    packet = people("Ann Lee", role="champion", stance="champion", influence="high", title="COO")
    drawn = [shape.text for shape in people_map(packet).scene.shapes if isinstance(shape, Words)]
    assert drawn == ["High influence", "Ann Lee", "COO", "Champion", "stance: champion"]
    assert people_map(packet).alt == "Stakeholder map. High influence: Ann Lee, COO, champion, champion."


def test_who_defers_to_whom_is_an_arrow_where_both_are_on_the_map() -> None:
    packet = packet_of(
        {
            "stakeholders": [
                {"name": "Ann", "side": "customer", "defers_to": [{"text": "bo", "evidence": PROOF}]},
                {"name": "Bo", "side": "customer", "influence": "high"},
                {"name": "Cy", "side": "customer", "defers_to": [{"text": "Nobody", "evidence": PROOF}]},
            ]
        }
    )
    picture = people_map(packet)
    assert sum(isinstance(shape, Stroke) for shape in picture.scene.shapes) == 1
    assert "Ann defers to Bo" in picture.alt
    assert "n1 -->|defers to| n2" in picture.mermaid


def test_dates_come_in_order_and_what_has_none_is_named() -> None:
    packet = plan(
        go_live_target=("1 September 2026",),
        start_date=("2026-04-06",),
        milestones=("pilot by 1 June 2026", "later"),
    )
    marks, undated = plan_dates(packet)
    assert [(m.what, m.first.isoformat()) for m in marks] == [
        ("Start", "2026-04-06"),
        ("Milestone", "2026-06-01"),
        ("Go-live", "2026-09-01"),
    ]
    assert undated == ["Milestone: later"]


def test_a_year_long_past_is_no_date_of_the_plan() -> None:
    assert plan_dates(plan(go_live_target=("since 3 May 1987",)))[0] == []


def test_where_room_is_short_start_and_go_live_stay() -> None:
    many = tuple(f"step {n} on 2026-04-{n:02d}" for n in range(1, 31))
    scene = dates_picture(plan(milestones=many, go_live_target=("1 December 2026",))).scene
    words = [shape.text for shape in scene.shapes if isinstance(shape, Words)]
    assert sum(isinstance(shape, Dot) for shape in scene.shapes) == MOST
    assert (
        any(text.startswith("Go-live") for text in words) and f"{31 - MOST} more dates in the tables" in words
    )


def test_a_promise_against_the_contract_is_likelier_than_a_vague_one() -> None:
    found = {risk.promise: (risk.likelihood, risk.impact) for risk in risks(sample_packet())}
    assert found["P1"] == ("high", "high")


@pytest.mark.parametrize("picture", [people_map(sample_packet()), dates_picture(sample_packet())])
def test_a_picture_is_well_formed_svg_and_the_same_every_time(picture: Any) -> None:
    svg = to_svg(picture.scene, picture.alt)
    assert ElementTree.fromstring(svg).get("role") == "img"
    assert to_png(picture.scene, picture.alt) == to_png(picture.scene, picture.alt)


def test_the_png_has_the_shape_of_the_scene_and_ink_on_it() -> None:
    picture = people_map(people("Ann Lee"))
    with Image.open(io.BytesIO(to_png(picture.scene, picture.alt))) as drawn:
        ratio = drawn.width / drawn.height
        assert ratio == pytest.approx(picture.scene.width / picture.scene.height, rel=0.1)
        assert len(set(drawn.convert("L").get_flattened_data())) > 5


def test_hostile_words_are_neither_markup_of_the_picture_nor_of_mermaid() -> None:
    packet = people(
        HOSTILE + '"]; click n1 href "javascript:x" %%{init}%%\n graph', title="a --> b; </svg><script>"
    )
    picture = people_map(packet)
    assert "<script" not in to_svg(picture.scene, picture.alt).replace("&lt;script", "")
    lines = [line for line in picture.mermaid.splitlines() if "n1[" in line]
    assert len(lines) == 1 and re.fullmatch(r'    n1\["[\w .,&\'()/+…-]+"\]', lines[0])
    assert "<script" not in to_markdown([picture])


@pytest.mark.parametrize(("room", "shown"), [(400.0, "a long name"), (40.0, "a lo…")])
def test_text_that_is_too_wide_ends_in_an_ellipsis(room: float, shown: str) -> None:
    assert fitted("a  long name", room, 13) == shown


def test_text_is_wrapped_between_words_and_cut_at_the_last_line() -> None:
    assert wrapped("one two three four five", 60, 12, 2) == ["one two", "three fo…"]
    assert wrapped("", 60, 12, 2) == []
