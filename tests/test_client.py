"""The client against a server on this machine that speaks the OpenAI protocol over real HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from loopback import Answer, Fails, Garbage, HangsUp, Loopback, Request, Says, loopback
from questions import GOOD, KEY, client_for, question

from assistant.errors import HandoffError
from assistant.readers.llm.answers import MemoryAnswers

BUSY = Fails(429, "slow down", headers={"Retry-After": "0.2"})


class Then:
    """A script that gives the answers in turn and stays with the last."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)

    def __call__(self, request: Request) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback(lambda request: GOOD) as running:
        yield running


def test_an_answer_comes_back_as_its_class(server: Loopback) -> None:
    reply = client_for(server).ask([question()])[0]
    assert reply.value is not None and reply.value.model_dump() == GOOD


def test_a_strict_schema_and_the_sources_first_go_over_the_wire(server: Loopback) -> None:
    client_for(server).ask([question(prefix="All sources.", text="What was promised?")])
    body = server.requests[0].body
    assert [m["content"] for m in body["messages"]] == ["Rules.", "All sources.\n\nWhat was promised?"]
    assert body["response_format"]["json_schema"]["strict"] is True
    assert "maxLength" not in str(body["response_format"])
    assert body["max_completion_tokens"] == 500


def test_replies_keep_the_order_of_the_questions() -> None:
    def echo(request: Request) -> Says:
        number = int(request.text[-1])
        return Says(
            {"items": [{"quote": str(number), "kind": "said", "note": None}]}, after=0.05 * (3 - number)
        )

    with loopback(echo) as server:
        replies = client_for(server).ask([question(f"Question {n}") for n in range(4)])
    assert [reply.value.items[0].quote for reply in replies] == ["0", "1", "2", "3"]


def test_questions_of_one_round_are_asked_side_by_side() -> None:
    with loopback(lambda request: GOOD, seconds=0.3) as server:
        client = client_for(server)
        client.load()
        client.ask([question(f"Question {n}") for n in range(12)])
    assert max(server.at_once()) > 4  # in turn it is one


def test_no_more_calls_are_under_way_than_allowed() -> None:
    with loopback(lambda request: GOOD, seconds=0.1) as server:
        client_for(server, concurrency=2).ask([question(f"Question {n}") for n in range(6)])
    assert max(server.at_once()) <= 3  # itself, another, and one that began as it ended


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"items": []}\n```',
        'Here it is:\n```\n{"items": []}\n```\nAnything else?',
        'Sure! {"items": []} Hope that helps.',
        '<think>They want {a list}.</think>\n{"items": []}',
    ],
)
def test_json_in_a_fence_or_in_chatter_is_found(text: str) -> None:
    with loopback(lambda request: text) as server:
        reply = client_for(server).ask([question()])[0]
    assert reply.value is not None and reply.value.items == [] and len(server.served) == 1


def test_keys_that_nobody_asked_for_are_left_out_without_paying_again() -> None:
    chatty = {"items": [{**GOOD["items"][0], "mood": "fine"}], "thoughts": "none"}
    with loopback(lambda request: chatty) as server:
        reply = client_for(server).ask([question()])[0]
    assert reply.value is not None and reply.value.model_dump() == GOOD and len(server.served) == 1


def test_an_answer_that_does_not_fit_is_repaired_once_with_the_reason() -> None:
    with loopback(Then({"items": [{"quote": "x", "kind": "sung", "note": None}]}, GOOD)) as server:
        reply = client_for(server).ask([question()])[0]
    assert reply.value is not None and reply.value.model_dump() == GOOD
    roles = [m["role"] for m in server.requests[1].body["messages"]]
    assert roles == ["system", "user", "assistant", "user"]
    assert "items.0.kind" in server.requests[1].body["messages"][-1]["content"]


def test_an_answer_that_never_fits_is_a_problem_after_one_repair() -> None:
    with loopback(lambda request: {"things": []}) as server:
        reply = client_for(server).ask([question()])[0]
    assert reply.value is None and not reply.truncated and "items" in (reply.problem or "")
    assert len(server.served) == 2


def test_truncated_json_with_finish_stop_is_repaired_and_not_half_believed() -> None:
    with loopback(Then('{"items": [{"quote": "four ho', GOOD)) as server:
        reply = client_for(server).ask([question()])[0]
    assert reply.value is not None and reply.value.items[0].quote == "four hours"


def test_a_cut_answer_asks_for_halves_and_is_not_repaired() -> None:
    with loopback(lambda request: Says('{"items": [{"quo', finish="length")) as server:
        reply = client_for(server).ask([question()])[0]
    assert reply.value is None and reply.truncated and len(server.served) == 1


def test_a_question_over_the_context_asks_for_halves() -> None:
    full = Fails(400, "the request exceeds the available context size", "exceed_context_size_error")
    with loopback(lambda request: full) as server:
        assert client_for(server).ask([question()])[0].truncated


def test_a_filtered_answer_is_a_problem_and_not_asked_again() -> None:
    with loopback(lambda request: Says("", finish="content_filter")) as server:
        reply = client_for(server).ask([question()])[0]
    assert "refused" in (reply.problem or "") and len(server.served) == 1


def test_a_busy_provider_is_given_the_time_it_asks_for() -> None:
    with loopback(Then(BUSY, GOOD)) as server:
        client = client_for(server)
        client.load()
        begun = time.monotonic()
        assert client.ask([question()])[0].value is not None
        assert time.monotonic() - begun >= 0.2


@pytest.mark.parametrize("first", [HangsUp(), HangsUp(midway=True), Fails(503, "overloaded"), Garbage()])
def test_what_passes_is_tried_again(first: Answer) -> None:
    with loopback(Then(first, GOOD)) as server:
        assert client_for(server).ask([question()])[0].value is not None
    assert len(server.served) == 2


def test_a_slow_answer_times_out_and_is_asked_again() -> None:
    with loopback(Then(Says(GOOD, after=1.5), GOOD)) as server:
        assert client_for(server, timeout=0.4).ask([question()])[0].value is not None


@pytest.mark.parametrize(
    ("refused", "taken"),
    [({"json_schema"}, "json_object"), ({"json_schema", "json_object"}, "prompt")],
)
def test_an_endpoint_without_strict_schemas_is_asked_another_way_and_remembered(
    refused: set[str], taken: str
) -> None:
    def script(request: Request) -> Answer:
        if request.structured in refused:
            return Fails(400, f"response_format type '{request.structured}' is not supported")
        return GOOD

    with loopback(script) as server:
        client = client_for(server)
        assert client.ask([question("One")])[0].value is not None
        assert client.ask([question("Two")])[0].value is not None
    assert [request.structured for request in server.requests[-2:]] == [taken, taken]
    assert '"additionalProperties": false' in server.requests[-1].text
    assert len(server.served) == len(refused) + 2


def test_parallel_questions_learn_the_dialect_together() -> None:
    def script(request: Request) -> Answer:
        if "temperature" in request.body:
            return Fails(400, "Unsupported value: 'temperature' does not support 0 with this model.")
        if "max_completion_tokens" in request.body:
            return Fails(400, "Unrecognized request argument supplied: max_completion_tokens")
        return GOOD if request.structured == "json_object" else Fails(422, "json_schema is unknown")

    with loopback(script) as server:
        replies = client_for(server).ask([question(f"Question {n}") for n in range(6)])
    assert all(reply.value is not None for reply in replies)
    assert server.answered[0].request.body["max_tokens"] == 500


def test_a_manner_that_a_person_fixed_is_not_left(server: Loopback) -> None:
    client_for(server, structured="json_object").ask([question()])
    assert server.requests[0].structured == "json_object"


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        (Fails(401, f"Incorrect API key provided: {KEY}", "invalid_api_key"), "HANDOFF_API_KEY"),
        (Fails(404, "The model `gpt-4o-mini` does not exist", "model_not_found"), "HANDOFF_MODEL"),
        (Fails(429, "You exceeded your current quota", "insufficient_quota"), "no credit"),
        (Fails(429, "slow down", headers={"Retry-After": "3600"}), "HANDOFF_REQUESTS_PER_MINUTE"),
        (Fails(400, f"Something is off with {KEY}"), "does not take the request"),
        (Fails(500, "boom", headers={"Retry-After": "0"}), "Cannot reach"),
        (Garbage('{"object": "list"}'), "HANDOFF_BASE_URL"),
    ],
)
def test_a_providers_failure_is_one_clear_line_without_the_key(failure: Answer, says: str) -> None:
    with loopback(lambda request: failure) as server, pytest.raises(HandoffError) as told:
        client_for(server, retries=1).ask([question()])
    line = str(told.value)
    assert says in line and "\n" not in line and KEY not in line and "0123456789" not in line


def test_an_endpoint_that_is_down_is_one_clear_line() -> None:
    with loopback(lambda request: GOOD) as server:
        url = server.url
    with pytest.raises(HandoffError, match="Cannot reach"):
        client_for(url, retries=1).ask([question()])


def test_what_was_answered_before_a_failure_is_kept() -> None:
    def script(request: Request) -> Answer:
        return (
            Says(Fails(401, "no").message) if False else (GOOD if "0" in request.text else Fails(401, "no"))
        )

    answers = MemoryAnswers()
    with loopback(script) as server:
        client = client_for(server, answers, concurrency=1)
        with pytest.raises(HandoffError):
            client.ask([question("Question 0"), question("Question 1"), question("Question 2")])
        assert len(answers.kept) == 1 and len(server.served) == 2


def test_tracing_stays_off_whatever_the_environment_says(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true"}.items():
        monkeypatch.setenv(name, value)
    seen: list[Any] = []
    with loopback(lambda request: seen.append(request) or GOOD) as spy:
        monkeypatch.setenv("LANGSMITH_ENDPOINT", spy.url)
        monkeypatch.setenv("LANGSMITH_API_KEY", "x")
        client_for(server).ask([question()])
        time.sleep(0.5)
    assert seen == []
