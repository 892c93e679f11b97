"""A chat model asked from a process of its own replies as it does from here, and its end loses nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from gone import is_gone
from loopback import Answer, Fails, Garbage, HangsUp, Loopback, Request, Says, loopback
from questions import GOOD, KEY, Listed, question, settings_for

from assistant.errors import HandoffError
from assistant.readers.llm import chat_aside
from assistant.readers.llm.chat import ChatModel
from assistant.readers.llm.chat_aside import ChatAside
from assistant.readers.llm.failures import Failed, explain, retry_after
from assistant.readers.llm.opening import open_client
from assistant.readers.llm.schemas import wire_schema
from assistant.readers.llm.wire import Manner, Raw, make_call

ROOT = Path(__file__).resolve().parent.parent
CALL = make_call(question("Ünïcode “quoted”\nand lines"), wire_schema(Listed))


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    with loopback(lambda request: GOOD) as running:
        yield running


@pytest.fixture(scope="module")
def aside(server: Loopback) -> Iterator[ChatAside]:
    process = chat_aside.start(settings_for(server, model_options={"seed": 7}))
    assert process is not None
    yield process
    process.stop()


def test_the_same_goes_over_the_wire_and_the_same_comes_back(server: Loopback, aside: ChatAside) -> None:
    server.script = lambda request: GOOD
    for manner in (Manner(), Manner("prompt", temperature=False, old_output_name=True)):
        here = ChatModel(aside.settings).send(CALL, manner)
        assert aside.send(CALL, manner) == here
        one, two = server.requests[-2:]
        assert one.body == two.body and one.body["seed"] == 7
        assert one.headers["authorization"] == two.headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("answer", [Says('{"items": [', finish="length"), Says("", finish="content_filter")])
def test_a_cut_or_refused_answer_is_the_same_reply(
    server: Loopback, aside: ChatAside, answer: Answer
) -> None:
    server.script = lambda request: answer
    assert aside.send(CALL, Manner()) == ChatModel(aside.settings).send(CALL, Manner())


@pytest.mark.parametrize(
    "failure",
    [
        Fails(401, f"bad key {KEY}"), Fails(404, "no such model"), HangsUp(), Garbage(), Fails(503, "later"),
        Fails(429, "slow", headers={"Retry-After": "3"}),
        Fails(429, "out of credit", code="insufficient_quota"), Fails(400, "maximum context length is 9"),
        Fails(400, "response_format json_schema is not supported"),
    ],
    ids=lambda failure: f"{type(failure).__name__}-{getattr(failure, 'status', '')}",
)  # fmt: skip
def test_a_failure_means_the_same_and_is_told_in_the_same_line(
    server: Loopback, aside: ChatAside, failure: Answer
) -> None:
    server.script = lambda request: failure
    with pytest.raises(Failed) as there:
        aside.send(CALL, Manner())
    with pytest.raises(Exception) as here:
        ChatModel(aside.settings).send(CALL, Manner())
    assert vars(there.value) == vars(Failed.of(here.value))
    assert str(explain(there.value, "m", "host")) == str(explain(here.value, "m", "host"))
    assert KEY not in str(explain(there.value, "m", "host"))
    assert retry_after(there.value) == retry_after(here.value)


def test_a_client_asks_the_process_that_was_started_with_its_settings(
    server: Loopback, aside: ChatAside
) -> None:
    assert chat_aside.start(aside.settings) is chat_aside.started(aside.settings) is aside
    assert chat_aside.started(settings_for(server)) is None

    def numbered(request: Request) -> Answer:
        number = request.text.rpartition(" ")[2]
        return {"items": [{"quote": number, "kind": "said", "note": None}]}

    server.script, server.seconds = numbered, 0.3
    client = open_client(aside.settings)
    client.load()
    aside.load()
    replies = client.ask([question(f"Question {n}") for n in range(20)])
    server.seconds = 0.0
    assert max(server.at_once()) > 4  # in turn it is one
    assert [reply.value.items[0].quote for reply in replies if reply.value] == [str(n) for n in range(20)]


def test_the_key_is_no_argument_of_the_process(aside: ChatAside) -> None:
    told = Path(f"/proc/{aside._child.pid}/cmdline")
    if not told.exists():
        pytest.skip("this system does not tell")
    assert KEY.encode() not in told.read_bytes() and b"chat_aside" in told.read_bytes()


def test_a_process_that_is_killed_leaves_its_calls_to_be_asked_from_here(server: Loopback) -> None:
    process = ChatAside(settings_for(server))
    server.script = lambda request: GOOD
    process._child.kill()  # before it is ready, so the call is under way
    under_way = process.send(CALL, Manner())
    process._child.wait()
    process.load()
    assert isinstance(under_way, Raw) and process.send(CALL, Manner()).text == under_way.text


def test_a_missing_key_is_one_line_at_loading_and_at_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    process = ChatAside(settings_for("unused", base_url=None, api_key=None))
    for ask in (process.load, lambda: process.send(CALL, Manner())):
        with pytest.raises(HandoffError, match="HANDOFF_API_KEY"):
            ask()
    process.stop()


def test_the_process_ends_without_a_word_when_its_parent_is_killed() -> None:
    code = (
        "from assistant.readers.llm.chat_aside import ChatAside; from assistant.settings import Settings\n"
        "print(ChatAside(Settings(model='openai:m', api_key='none'))._child.pid, flush=True); input()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    assert parent.communicate(timeout=30)[1] == b""  # which the process has, too, until its end
    assert is_gone(pid)
