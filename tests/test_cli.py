"""The command line: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from sample_packet import sample_packet
from shells import DRAFTING, shell

from assistant.packet import Packet
from assistant.packet.packet_file import packet_schema, to_json

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "110", "NO_COLOR": "1"}
MAIL = """From: Ana Ruiz <ana@cartwheel.example>
To: Ben Cole <ben@brightwater.example>
Subject: Recap
Date: Mon, 02 Mar 2026 10:00:00 +0000

Ben, training is included, four sessions.
"""


def handoff(*words: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, as a person runs it in a pipe."""
    return shell(*DRAFTING).run(*words, cwd=cwd, env=ENVIRONMENT)


@pytest.fixture
def packet_file(tmp_path: Path) -> Path:
    file = tmp_path / "packet.json"
    file.write_text(to_json(sample_packet()), "utf-8")
    return file


@pytest.fixture
def deal_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Brightwater & Söhne"
    folder.mkdir()
    (folder / "recap mail.eml").write_text(MAIL, "utf-8")
    return folder


@pytest.mark.parametrize(
    "command",
    [(), ("draft",), ("check",), ("rules",), ("formats",), ("schema",), ("policy",), ("policy", "check")],
)
def test_every_help_is_there_and_shows_an_example(command: tuple[str, ...]) -> None:
    done = handoff(*command, "--help")
    assert done.returncode == 0
    assert "Usage:" in done.stdout
    assert "Example:" in done.stdout or command == ("policy",)


def test_the_module_is_the_program() -> None:
    command = [sys.executable, "-m", "assistant.cli", "formats"]
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, handoff("formats").stdout)


def test_a_draft_writes_four_files_and_says_where(deal_folder: Path, tmp_path: Path) -> None:
    done = handoff("draft", deal_folder, "--as-of", "2026-05-18", cwd=tmp_path)
    out = tmp_path / "out" / deal_folder.name
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(file.name for file in out.iterdir()) == [
        "commitment-log.csv", "deal-summary.docx", "deal-summary.md", "packet.json",
    ]  # fmt: skip
    assert "packet.json" in done.stdout and "Promises" in done.stdout
    jsonschema.validate(json.loads((out / "packet.json").read_text("utf-8")), packet_schema())


def test_a_draft_with_an_unread_file_ends_with_three_and_names_it(deal_folder: Path, tmp_path: Path) -> None:
    (deal_folder / "odd.key").write_bytes(b"\x00\x01\x02")
    done = handoff("draft", deal_folder, "--out", tmp_path / "o", "--as-of", "2026-05-18")
    assert done.returncode == 3
    assert "odd.key" in done.stdout


def test_json_is_for_machines_and_quiet_is_silent(deal_folder: Path, tmp_path: Path) -> None:
    arguments = ("draft", deal_folder, "--out", tmp_path / "o", "--as-of", "2026-05-18")
    told = json.loads(handoff(*arguments, "--json").stdout)
    assert told["as_of"] == "2026-05-18"
    assert len(told["files"]) == 4
    silent = handoff(*arguments, "--quiet")
    assert (silent.stdout, silent.stderr) == ("", "")


def test_drafting_twice_gives_the_same_bytes(deal_folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        handoff("draft", deal_folder, "--out", tmp_path / name, "--as-of", "2026-05-18", "--quiet")
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_checking_a_packet_with_blockers_ends_with_one(packet_file: Path) -> None:
    done = handoff("check", packet_file)
    assert done.returncode == 1
    assert "promise-contradicted" in done.stdout
    assert handoff("check", packet_file, "--json").stdout.startswith("{")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is no handoff packet"),
        (b"{}", "is no handoff packet"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b'{"deal": {"colour": "red"}}', "is no handoff packet"),
    ],
)
def test_a_file_that_is_no_packet_ends_with_two_in_one_line(
    tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "bad.json").write_bytes(content)
    done = handoff("check", tmp_path / "bad.json")
    assert done.returncode == 2
    assert words in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("draft", "no such folder"), "is not a folder"),
        (("draft", "tests/data/emails", "--as-of", "tomorrow"), "Write it as 2026-05-18"),
        (("draft", "tests/data/emails", "--reader", "crystal"), "There is no reader 'crystal'"),
        (("draft", "tests/data/emails", "--deal", "none.yaml"), "Give --deal a file that exists"),
        (("draft", "tests/data/emails", "--policy", "none.toml"), "none.toml"),
        (("check", "none.json"), "Give a packet.json"),
        (("rules", "no-such-rule"), "`handoff rules` lists them"),
        (("policy", "check", "none.toml"), "none.toml"),
    ],
)
def test_what_a_person_got_wrong_is_one_line_with_a_remedy(words: tuple[str, ...], said: str) -> None:
    done = handoff(*words)
    assert done.returncode == 2
    assert said in done.stderr and len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("handoff: ")


def test_the_schema_is_json_and_a_packet_fits_it() -> None:
    schema = json.loads(handoff("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(sample_packet().model_dump(mode="json"), schema)
    assert set(schema["properties"]) == set(Packet.model_fields)


def test_rules_and_formats_are_listed_a_line_each_when_piped() -> None:
    rules = handoff("rules").stdout.splitlines()
    assert rules[0] == "Rule\tFamily\tSeverity\tWhat it finds"
    assert len(rules) == 1 + len(json.loads(handoff("rules", "--json").stdout))
    assert ".docx\t" in handoff("formats").stdout


def test_a_rules_page_says_why_and_whom_to_ask() -> None:
    page = handoff("rules", "promise-contradicted").stdout
    assert [heading for heading in ("What", "Why", "Ask") if heading not in page.splitlines()] == []


def test_a_policy_that_names_an_unknown_rule_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text('[rules]\noff = ["no-such-rule"]\n', "utf-8")
    done = handoff("policy", "check", tmp_path / "p.toml")
    assert done.returncode == 2 and "no-such-rule" in done.stderr
    assert handoff("policy", "check").returncode == 0
