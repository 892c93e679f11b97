"""A reviewed packet becomes a case: its answers, its files, and on request other names and numbers."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packets import packet_of
from typer.testing import CliRunner

from assistant.errors import HandoffError
from assistant.evidence.locate import locate
from assistant.packet import Packet
from assistant.packet.packet_file import to_json
from eval.case_files import write_case
from eval.drafting import reading_child
from eval.from_review import answers_of
from eval.gold import load_gold
from eval.masking import make_mask
from eval.spelled import in_words
from extractors import read_folder

CALL = """WEBVTT

00:00:01.000 --> 00:00:06.000
<v Ann Bell>We'll have the two Brookmill yards live by the first of May 2026 for $48,000.

00:00:08.000 --> 00:00:12.000
<v Carl Moss>And that includes the scanners?

00:00:13.000 --> 00:00:15.000
<v Ann Bell>Yes, forty-eight thousand in all, Carl.
"""
LIVE = "We'll have the two Brookmill yards live by the first of May 2026 for $48,000."
ANSWER = "Yes, forty-eight thousand in all, Carl."
ASKED = "And that includes the scanners?"


def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "deal"
    folder.mkdir()
    (folder / "kickoff with Brookmill.vtt").write_text(CALL)
    return folder


def evidence(folder: Path, quote: str) -> dict[str, Any]:
    found = locate(quote, read_folder(folder, sandbox=reading_child())[0][0])
    assert found
    return found.model_dump()


def reviewed(folder: Path, **more: Any) -> Packet:
    file = folder / "kickoff with Brookmill.vtt"
    live = {
        "id": "c-000001", "party": "vendor", "speaker": "Ann Bell", "category": "timeline", "text": LIVE,
        "verdict": "not_in_contract", "evidence": [evidence(folder, LIVE)], "confirmed_by": "Dana",
    }  # fmt: skip
    bundle = {
        **live, "id": "c-000002", "category": "pricing", "verdict": "vague", "confirmed_by": None,
        "evidence": [evidence(folder, ASKED), evidence(folder, ANSWER)],
    }  # fmt: skip
    correction = {
        "at": "2026-03-02T10:00:00Z", "by": "Dana", "action": "correct_verdict", "subject": "c-000002",
        "verdict": "vague", "reason": "Nobody said which scanners.",
    }  # fmt: skip
    fragment = {
        "deal": {"account": "Brookmill Farms", "vendor": "Fernway", "ae": "Ann Bell"},
        "sources": [
            {
                "id": "S1", "name": file.name, "kind": "call", "happened_on": "2026-02-11",
                "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            }
        ],
        "commitments": [live, bundle],
        "decisions": [correction],
        "stakeholders": [{"name": "Carl Moss", "side": "customer", "role": "champion"}],
        "summary": {
            "scope": {
                "timeline_promised": {
                    "status": "stated",
                    "values": [{"text": "first of May 2026", "evidence": [evidence(folder, LIVE)]}],
                },
                "training": {"status": "stated", "values": [{"text": "two days", "entered_by": "Dana"}]},
            }
        },
    }  # fmt: skip
    return packet_of({**fragment, **more})


def test_the_reviewers_verdicts_and_additions_are_the_answers(tmp_path: Path) -> None:
    gold = answers_of(reviewed(sources(tmp_path)), "brook")
    assert [(c["id"], c["verdict"], c["tags"]) for c in gold["commitments"]] == [
        ("p1", "not_in_contract", []),
        ("p2", "vague", ["corrected"]),
    ]
    assert gold["commitments"][1]["asked"].quote == ASKED


def test_what_a_person_entered_without_a_quote_is_in_no_source(tmp_path: Path) -> None:
    gold = answers_of(reviewed(sources(tmp_path)), "brook")
    assert list(gold["fields"]) == ["scope.timeline_promised"]
    assert "scope.training" in gold["absent_fields"]
    assert "scope.timeline_promised" not in gold["absent_fields"]


def test_promises_that_nobody_looked_at_are_no_answers(tmp_path: Path) -> None:
    folder = sources(tmp_path)
    packet = reviewed(folder, decisions=[])
    with pytest.raises(HandoffError, match="1 of 2 promises were not looked at"):
        answers_of(packet, "brook")
    accepted = packet.model_copy(update={"status": "accepted"})
    assert len(answers_of(accepted, "brook")["commitments"]) == 2


def test_history_becomes_wordings_of_one_promise(tmp_path: Path) -> None:
    folder = sources(tmp_path)
    packet = reviewed(folder)
    first = packet.commitments[0].model_dump()
    first["history"] = [{"text": "x", "changed": "May became June", "evidence": [evidence(folder, ANSWER)]}]
    gold = answers_of(reviewed(folder, commitments=[first]), "brook")
    assert gold["same_promise"] == [["p1", "p2"]]
    assert gold["commitments"][0]["superseded_by"] == "p2"


def test_a_dismissed_promise_is_a_trap(tmp_path: Path) -> None:
    folder = sources(tmp_path)
    packet = reviewed(folder)
    dismissed = packet.decisions[0].model_copy(
        update={"action": "dismiss_promise", "promises": packet.commitments[:1], "reason": "A joke."}
    )
    gold = answers_of(packet.model_copy(update={"decisions": (*packet.decisions, dismissed)}), "brook")
    assert [(t["quote"].quote, t["why"]) for t in gold["traps"]] == [(LIVE, "A joke.")]


def test_a_case_has_the_files_as_they_were_and_quotes_that_stand_in_them(tmp_path: Path) -> None:
    folder, out = sources(tmp_path), tmp_path / "brook"
    assert write_case(reviewed(folder), folder, out) == []
    assert (out / "sources" / "kickoff with Brookmill.vtt").read_text() == CALL
    gold = load_gold(out)
    assert [c.quote for c in gold.commitments] == [LIVE, ANSWER]
    assert yaml.safe_load((out / "deal.yaml").read_text())["customer"] == {"name": "Brookmill Farms"}


def test_a_private_case_tells_no_name_number_or_year_and_its_quotes_still_stand(tmp_path: Path) -> None:
    folder, out = sources(tmp_path), tmp_path / "brook"
    assert write_case(reviewed(folder), folder, out, private=True) == []
    texts = {f: f.read_text("utf-8") for f in out.rglob("*") if f.is_file()}
    everything = " ".join([*texts.values(), *(f.name for f in texts)]).lower()
    for word in (
        "brookmill",
        "fernway",
        "ann",
        "bell",
        "carl",
        "moss",
        "48,000",
        "forty-eight thousand",
        "2026",
    ):
        assert f" {word} " not in everything.replace(",", " ").replace(".", " "), word
    assert "$52,800" in everything and "fifty-two thousand eight hundred" in everything
    gold, [source] = load_gold(out), read_folder(out / "sources", sandbox=reading_child())[0]
    assert len(gold.commitments) == 2
    assert all(locate(c.quote, source) for c in gold.commitments)
    assert gold.commitments[0].speaker in {part.speaker for part in source.segments}
    assert str(gold.as_of) == "2054-03-10"


def test_files_that_changed_since_or_a_folder_that_exists_are_refused(tmp_path: Path) -> None:
    folder = sources(tmp_path)
    packet = reviewed(folder)
    with pytest.raises(HandoffError, match="exists"):
        write_case(packet, folder, folder)
    (folder / "kickoff with Brookmill.vtt").write_text(CALL + " ")
    with pytest.raises(HandoffError, match="as it was when the packet was drafted"):
        write_case(packet, folder, tmp_path / "brook")
    assert not (tmp_path / "brook").exists()


def test_the_command_writes_the_case(tmp_path: Path) -> None:
    from assistant.cli import app

    folder = sources(tmp_path)
    (folder / "packet.json").write_text(to_json(reviewed(folder)))
    file, out = str(folder / "packet.json"), tmp_path / "brook"
    done = CliRunner().invoke(app, ["case", file, "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert (out / "gold.yaml").is_file()


MASK = make_mask(["Ines Duarte", "Will Voll"], ["Fernhill Foods"], ["fernhill.com"])


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        ("Ines and INES DUARTE", "", "ines"),
        ("mail iduarte@fernhill.com", "@firm1.example", "duarte"),
        ("Will you call Voll?", "Will you call", "Voll"),
        ("99.9% for 40 users in 24 hours", "99.9% for 40 users in 24 hours", "x"),
        ("on 12 March 2026 and 2026-05-11", "12 March 2054 and 2054-05-11", "2026"),
        ("by twenty twenty-six", "twenty fifty-four", "twenty-six"),
        ("Fernhill Foods pays $1,299.50", "Foods pays $1,429.45", "fernhill"),
        ("order 4500012345", "order 4950013580", "4500012345"),
    ],
)
def test_names_addresses_years_and_large_numbers_are_replaced(text: str, kept: str, gone: str) -> None:
    masked = MASK.text(text)
    assert kept in masked
    assert gone.lower() not in masked.lower()


def test_a_quote_becomes_what_its_place_becomes() -> None:
    text = "Well, Ines, forty-eight thousand it is, by March 2026."
    for quote in ("Ines, forty-eight thousand it is", "by March 2026", text):
        cut = MASK.cut(text, quote)
        assert cut and cut in MASK.text(text)
    assert MASK.cut(text, "nobody said this") is None


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"), (19, "nineteen"), (40, "forty"), (99, "ninety-nine"), (100, "one hundred"),
        (52_800, "fifty-two thousand eight hundred"), (1_000_001, "one million one"),
        (13_750_000, "thirteen million seven hundred fifty thousand"),
    ],
)  # fmt: skip
def test_numbers_are_spelled(number: int, words: str) -> None:
    assert in_words(number) == words
