"""The client against a real language model in llama.cpp's server. Skipped where `make local` was never run.

Nothing here measures quality: a model of this size answers nonsense that fits the schema.
"""

from __future__ import annotations

import os
import queue
import socket
import subprocess
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from questions import client_for, question, settings_for

from assistant import pipeline
from assistant.evidence.locate import fold
from assistant.readers import get_reader
from assistant.readers.llm import open_reader

HERE = Path(__file__).resolve().parent
PYTHON = Path(os.environ.get("LOCAL_MODEL_PYTHON", HERE.parent / ".venv-local/bin/python"))
MAIL = """From: Ana Ruiz <ana@cartwheel.example>
To: Ben Cole <ben@brightwater.example>
Subject: Recap
Date: Mon, 02 Mar 2026 10:00:00 +0000

Ben, training is included, four sessions. We'll be live by June 1.
"""
START = 120
"""Seconds that the server may take to load."""

pytestmark = pytest.mark.skipif(not PYTHON.exists(), reason="no local model: `make local` installs one")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(PYTHON), str(HERE / "local_model.py"), str(port)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    said: queue.Queue[str] = queue.Queue()
    assert server.stdout
    threading.Thread(target=lambda: [said.put(line) for line in server.stdout or ()], daemon=True).start()
    try:
        while not said.get(timeout=START).startswith("READY"):
            pass
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait(10)


def test_a_real_model_fills_a_strict_schema(url: str) -> None:
    client = client_for(url, timeout=300.0)
    reply = client.ask([question("List at most two things that were said.", max_output=400)])[0]
    assert reply.value is not None or reply.truncated
    assert client.usage()["tokens"] > 0


def test_an_answer_that_a_real_model_had_to_cut_asks_for_halves(url: str) -> None:
    reply = client_for(url, timeout=300.0).ask([question("List twenty things.", max_output=8)])[0]
    assert reply.truncated


def test_a_question_over_a_real_models_context_asks_for_halves(url: str) -> None:
    reply = client_for(url, timeout=300.0).ask([question(prefix="All work and no play. " * 9000)])[0]
    assert reply.truncated


def test_an_answer_is_kept_and_not_asked_of_a_real_model_again(url: str) -> None:
    client = client_for(url, timeout=300.0)
    asked = question("Name one thing.", max_output=200)
    assert client.ask([asked]) == client.ask([asked])
    assert client.usage()["calls_reused"] >= 1


@pytest.mark.skipif("LOCAL_MODEL_DRAFT" not in os.environ, reason="takes many minutes: LOCAL_MODEL_DRAFT=1")
def test_whatever_a_real_model_says_a_packet_quotes_its_sources(url: str, tmp_path: Path) -> None:
    (tmp_path / "recap.eml").write_text(MAIL, "utf-8")
    settings = settings_for(url, timeout=600.0, context=8000)
    reader = open_reader(settings, get_reader("embedded"))
    packet = pipeline.draft(tmp_path, as_of=date(2026, 3, 3), reader=reader)
    assert packet.run.reader == "llm" and packet.run.calls > 0
    quotes = [e.quote for commitment in packet.commitments for e in commitment.evidence]
    assert all(fold(quote) in fold(MAIL) for quote in quotes)
