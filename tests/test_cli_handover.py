"""`handoff readiness` and `handoff meeting` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from packets import packet_of
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.packet.packet_file import read_packet, to_json
from assistant.protocol.events import happened

MEETINGS = Path(__file__).parent / "data" / "meetings"


def handoff(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def packet_file(tmp_path: Path) -> Path:
    file = tmp_path / "packet.json"
    file.write_text(to_json(packet_of({}, "complete")), "utf-8")
    return file


def test_readiness_lists_every_item_and_ends_well_when_nothing_is_red(packet_file: Path) -> None:
    done = handoff("readiness", packet_file)
    assert done.exit_code == 0
    assert "contract\tContract fully executed\tproven\tthe contract shows every signature" in done.stdout
    assert "systems\tSupport: entitlement\topen\task ops" in done.stdout


def test_readiness_ends_with_1_when_the_record_denies_something(tmp_path: Path) -> None:
    file = tmp_path / "packet.json"
    file.write_text(to_json(packet_of({"readiness": {"payment_terms": "net 60"}}, "complete")), "utf-8")
    done = handoff("readiness", file, "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [item["id"] for item in told["items"] if item["is_red"]] == ["payment-standard"]
    assert [start["done"] for start in told["starts"]] == [True, False]


def test_meeting_prints_what_it_found_and_changes_nothing(packet_file: Path) -> None:
    before = packet_file.read_bytes()
    done = handoff("meeting", packet_file, MEETINGS / "spoken.vtt")
    assert done.exit_code == 0, done.output
    assert "There\tInes Marchetti" in done.stdout
    assert "What have you not told me that might surprise me?" in done.stdout
    assert packet_file.read_bytes() == before


def test_meeting_is_noted_in_the_name_of_a_person(packet_file: Path) -> None:
    done = handoff("meeting", packet_file, MEETINGS / "spoken.vtt", "--by", "Beth Akande", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["people"] == ["Ines Marchetti", "Beth Akande", "Owen Tran"]
    packet = read_packet(packet_file)
    held = happened(packet, "meeting_held")
    assert held is not None and held.by == "Beth Akande"
    assert {source.kind for source in packet.sources if source.name == "spoken.vtt"} == {"handoff_meeting"}


def test_a_transcript_that_is_not_there_is_named(packet_file: Path) -> None:
    done = handoff("meeting", packet_file, packet_file.parent / "no.vtt")
    assert done.exit_code != 0
    assert "Cannot read" in str(done.exception)
