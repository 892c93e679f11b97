"""`handoff draft` with a chat model, `--dry-run` and `cache` as a person runs them, against a real server."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from loopback import Answer, Fails, Loopback, Request, loopback
from scripted_model import answer
from shells import ASKING, shell

from assistant.packet.packet_file import read_packet

ROOT = Path(__file__).resolve().parent.parent
DAY = ("--as-of", "2026-05-12")
KEY = "sk-live-abcdef0123456789"
CALL = """WEBVTT

00:00:01.000 --> 00:00:20.000
<v Ana Ruiz>We'll have the dairy live by June 1, and training for twelve people is included.</v>

00:00:21.000 --> 00:00:40.000
<v Ben Cole>Good. The mess today is that orders are typed by hand.</v>
"""
DEAL = "customer: Brightwater\nvendor: Cartwheel\naccount_executive: Ana Ruiz\n"
AGREEMENT = """SERVICES AGREEMENT

This Agreement is made between Cartwheel ("Supplier") and Brightwater ("Customer").

1. Training. The Supplier trains twelve people at no charge.

2. Payment. The Customer pays each invoice within 30 days of receipt.
"""


def scripted(request: Request) -> Answer:
    return answer(request.text, request.schema_name or "")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def deal(home: Path) -> Path:
    folder = home / "brightwater"
    folder.mkdir()
    for name, text in {"deal.yaml": DEAL, "call.vtt": CALL, "agreement.txt": AGREEMENT}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    with loopback(scripted) as running:
        yield running


def handoff(
    *words: str | Path, home: Path, url: str | None, **settings: str
) -> subprocess.CompletedProcess[str]:
    """The program with a model configured; without a url none is."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("HANDOFF_")}
    model = (
        {"HANDOFF_MODEL": "openai:gpt-4o-mini", "HANDOFF_BASE_URL": url, "HANDOFF_API_KEY": KEY}
        if url
        else {}
    )
    environment = {**bare, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "110", **model}
    environment |= {"HANDOFF_DATA_DIR": str(home / "data"), **settings}
    return shell(*ASKING).run(*words, cwd=home, env=environment)


class First(NamedTuple):
    done: subprocess.CompletedProcess[str]
    sent: list[Request]


@pytest.fixture(scope="module")
def first(deal: Path, home: Path, server: Loopback) -> First:
    """A draft for which the model was asked everything."""
    before = len(server.requests)
    done = handoff("draft", deal, *DAY, "--out", home / "one", home=home, url=server.url)
    return First(done, server.requests[before:])


def drafted(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stderr + done.stdout


def test_a_draft_asks_the_model_once_and_tells_what_it_took(
    deal: Path, home: Path, server: Loopback, first: First
) -> None:
    drafted(first.done)
    packet = read_packet(home / "one" / "packet.json")
    asked = len(first.sent)
    assert packet.run.reader == "llm" and packet.run.model == "openai:gpt-4o-mini"
    assert packet.run.calls == asked > 0 and packet.run.calls_reused == 0
    assert packet.run.tokens > 0 and packet.run.cost > 0 and packet.run.prompt_fingerprints
    assert packet.commitments and all(c.evidence for c in packet.commitments)
    assert "openai:gpt-4o-mini" in first.done.stdout and KEY not in first.done.stdout + first.done.stderr

    before = len(server.requests)
    drafted(handoff("draft", deal, *DAY, "--out", home / "two", home=home, url=server.url))
    second = read_packet(home / "two" / "packet.json")
    assert len(server.requests) == before and second.run.calls_reused == asked
    took = {"seconds": None, "calls_reused": 0}
    assert second.model_copy(update={"run": second.run.model_copy(update=took)}) == packet.model_copy(
        update={"run": packet.run.model_copy(update=took)}
    )

    listed = json.loads(handoff("cache", "--json", home=home, url=None).stdout)
    assert [(one["deal"], one["answers"]) for one in listed] == [(str(deal), asked)]
    assert "Deleted" in handoff("cache", "--clear", deal, home=home, url=None).stdout
    assert "No answers" in handoff("cache", home=home, url=None).stdout


def test_a_dry_run_sends_nothing_and_writes_what_would_be_sent(
    deal: Path, tmp_path: Path, server: Loopback, first: First
) -> None:
    before = len(server.requests)
    out = tmp_path / "out"
    done = handoff("draft", deal, *DAY, "--dry-run", "--json", "--out", out, home=tmp_path, url=server.url)
    drafted(done)
    told: dict[str, Any] = json.loads(done.stdout)
    assert len(server.requests) == before and told["calls"] > 0 and told["dollars_at_most"] > 0
    bodies = [
        json.loads(line) for line in (out / "dry-run" / "requests.jsonl").read_text("utf-8").splitlines()
    ]
    assert len(bodies) == told["calls"] and not (out / "packet.json").exists()

    sent = [request.body for request in first.sent]
    first_round = [body for body in bodies if "\nPromises:\n" not in body["messages"][-1]["content"]]
    whole = [body for body in first_round if body["response_format"]["json_schema"]["name"] != "Look"]
    assert len(whole) == 1 and whole[0] in sent


@pytest.mark.parametrize("words", [("--reader", "llm"), ("--dry-run",)])
def test_asking_for_a_model_that_is_not_configured_is_one_line(
    deal: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = handoff("draft", deal, *words, home=tmp_path, url=None)
    assert (
        done.returncode == 2 and done.stderr.count("\n") == 1 and "HANDOFF_MODEL=openai:NAME" in done.stderr
    )


def test_a_refused_key_is_one_line_without_the_key(deal: Path, tmp_path: Path) -> None:
    with loopback(lambda request: Fails(401, f"Incorrect API key provided: {KEY}.")) as refusing:
        done = handoff("draft", deal, home=tmp_path, url=refusing.url)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert "HANDOFF_API_KEY" in done.stderr and KEY not in done.stderr + done.stdout


def test_a_setting_that_cannot_be_used_is_one_line(deal: Path, tmp_path: Path) -> None:
    done = handoff("draft", deal, home=tmp_path, url="http://127.0.0.1:9/v1", HANDOFF_CONCURRENCY="many")
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "HANDOFF_CONCURRENCY" in done.stderr
