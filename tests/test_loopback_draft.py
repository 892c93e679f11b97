"""A draft over HTTP: the model's reader with its real client against a server on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from assistant.pipeline import ask
from assistant.readers import embedded
from assistant.readers.llm.opening import open_client
from assistant.readers.llm.reader import ChatReader
from assistant.settings import Settings
from tests.conversation import call, mail, record_of
from tests.loopback import Loopback, Request, Says, loopback
from tests.scripted_asker import MAIL, contract
from tests.scripted_model import answer, promise

CALL = """
    Carla: Hello, is everybody here?
    Nora: We are. Right, the dates.
    Nora: We'll have all nine sites ready by the summer.
    Tom: And who loads the item list?
    Nora: I'll bring somebody along who does that with you.
    Carla: Good, thank you.
"""
CLAUSES = tuple(
    f"{n}.1 The Supplier keeps record number {n} in good order for the Customer at all times."
    for n in range(1, 90)
)


def honest(request: Request) -> dict[str, Any]:
    return answer(request.text, request.schema_name or "")


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback(honest) as running:
        yield running


def reader_at(server: Loopback, **options: Any) -> ChatReader:
    settings = Settings(model="openai:test", base_url=server.url, api_key="none")
    return ChatReader(open_client(settings), embedded, context=options.pop("context", 128_000), **options)


def test_a_draft_comes_through_and_its_cost_is_told(server: Loopback) -> None:
    record = record_of(call(CALL), mail(MAIL), contract(*CLAUSES))
    packet = ask(record, reader_at(server), "llm", lambda step: None)
    assert packet.run.model == "openai:test"
    assert packet.run.calls == len(server.served) and packet.run.tokens > 0
    assert any(c.found_by == "reader" for c in packet.commitments)


def test_the_second_round_finds_the_contract_in_the_providers_cache(server: Loopback) -> None:
    record = record_of(call(CALL), contract(*CLAUSES))
    reader_at(server, plan="sources").find_commitments(record)
    judging = [s for s in server.served if "\nPromises:\n" in s.request.text]
    assert judging and all(s.cached_tokens > 1_000 for s in judging)


def test_a_model_that_lies_about_quotes_gets_nothing_into_the_packet() -> None:
    def liar(request: Request) -> dict[str, Any]:
        made = honest(request)
        if "promises" in made:
            made["promises"] = [promise(1, "a1", "Everything is free until the end of time.")]
        return made

    with loopback(liar) as server:
        packet = ask(record_of(call(CALL)), reader_at(server), "llm", lambda step: None)
    assert packet.run.quotes_rejected >= 1
    assert not [c for c in packet.commitments if c.found_by == "reader"]


def test_an_answer_that_is_cut_is_asked_for_in_halves() -> None:
    def short_of_breath(request: Request) -> Says | dict[str, Any]:
        long = request.text.count("\n[a") > 3 and "\nPromises:\n" not in request.text
        return Says('{"promises": [{"n": 1, "at": "a', finish="length") if long else honest(request)

    with loopback(short_of_breath) as server:
        found = reader_at(server).find_commitments(record_of(call(CALL)))
    assert [c for c in found if c.found_by == "reader"]


def test_garbled_answers_leave_the_source_told_and_the_packet_whole() -> None:
    with loopback(lambda request: Says("I would rather not.")) as server:
        packet = ask(record_of(call(CALL)), reader_at(server), "llm", lambda step: None)
    assert "no usable answer" in packet.sources[0].warnings[0]
