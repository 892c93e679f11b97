"""What was answered once is not asked again; what it rests on is its key."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from loopback import Fails, Says, loopback
from questions import GOOD, Listed, client_for, question, settings_for

from assistant.errors import HandoffError
from assistant.packet import Run
from assistant.readers.llm.answers import MemoryAnswers, answer_key
from assistant.readers.llm.opening import rehearse
from assistant.readers.llm.rehearsal import estimate
from assistant.readers.llm.schemas import wire_schema
from assistant.settings import Settings
from assistant.terminal import read_by


def test_a_second_client_asks_nothing_again() -> None:
    answers = MemoryAnswers()
    with loopback(lambda request: GOOD) as server:
        first = client_for(server, answers).ask([question("One"), question("Two")])
        client = client_for(server, answers)
        assert client.ask([question("One"), question("Two")]) == first
        assert len(server.served) == 2
    assert (client.usage()["calls"], client.usage()["calls_reused"]) == (2, 2)


def test_the_same_question_twice_in_a_round_is_asked_once() -> None:
    with loopback(lambda request: GOOD) as server:
        replies = client_for(server).ask([question(), question(), question("Other")])
    assert len(server.served) == 2 and replies[0] == replies[1]


def test_an_answer_that_needed_repair_is_not_paid_again() -> None:
    answers = MemoryAnswers()
    script = iter([{"wrong": 1}, GOOD])
    with loopback(lambda request: next(script)) as server:
        first = client_for(server, answers).ask([question()])
        assert client_for(server, answers).ask([question()]) == first
    assert len(answers.kept) == 2


@pytest.mark.parametrize("bad", [Says('{"items": [', finish="length"), Says("", finish="content_filter")])
def test_a_cut_or_refused_answer_was_paid_and_is_not_asked_again(bad: Says) -> None:
    answers = MemoryAnswers()
    with loopback(lambda request: bad) as server:
        first = client_for(server, answers).ask([question()])
        assert client_for(server, answers).ask([question()]) == first
        assert len(server.served) == 1


CHANGES: list[dict[str, Any]] = [
    {"text": "Other."}, {"prefix": "Other."}, {"system": "Other."}, {"fingerprint": "e" * 64},
    {"max_output": 501},
]  # fmt: skip


def key(parameters: dict[str, Any] | None = None, **changed: Any) -> str:
    schema = wire_schema(Listed)
    return answer_key(question(**changed), schema, parameters or {"model": "m", "temperature": 0})


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_whatever_the_answer_rests_on_changes_its_key(change: dict[str, Any]) -> None:
    assert key(**change) != key()


def test_another_model_or_parameter_is_another_key() -> None:
    assert len({key(), key({"model": "n", "temperature": 0}), key({"model": "m", "temperature": 1})}) == 3


def test_what_a_question_does_not_read_does_not_change_its_key() -> None:
    assert key(prefix="Contract. Mails.", reads="Contract.") == key(
        prefix="Contract. More mails.", reads="Contract."
    )
    assert key(reads="Contract.") != key(reads="Amendment.")


def test_cost_is_counted_with_cached_tokens_at_their_price() -> None:
    long = "The same sources. " * 600
    prices = {"price_input": 10.0, "price_cached": 1.0, "price_output": 100.0}
    with loopback(lambda request: GOOD) as server:
        client = client_for(server, **prices)
        client.ask([question("One", prefix=long)])
        client.ask([question("Two", prefix=long)])
        one, two = server.served
    assert two.cached_tokens > 2000
    fresh = one.input_tokens + two.input_tokens - two.cached_tokens
    dollars = (fresh * 10 + two.cached_tokens + (one.output_tokens + two.output_tokens) * 100) / 1e6
    assert client.usage()["cost"] == pytest.approx(dollars, abs=1e-6)


def test_a_ceiling_stops_before_it_is_passed_and_keeps_what_was_answered() -> None:
    answers = MemoryAnswers()
    prices = {"price_input": 0.0, "price_output": 1000.0, "max_cost": 1.2}  # 500 tokens out: 0.50 at most
    long = {"items": [{"quote": "q" * 250, "kind": "said", "note": None}] * 5}  # some 380 tokens
    asked = [question(f"Question {n}") for n in range(5)]
    with loopback(lambda request: long) as server:
        client = client_for(server, answers, concurrency=1, **prices)
        with pytest.raises(HandoffError, match="HANDOFF_MAX_COST"):
            client.ask(asked)
        assert len(server.served) == len(answers.kept) == 2 and 0.7 < client.usage()["cost"] <= 1.2
        client_for(server, answers, concurrency=1, **{**prices, "max_cost": 10.0}).ask(asked)
        assert len(server.served) == len(answers.kept) == 5


def test_a_ceiling_needs_a_known_price() -> None:
    with pytest.raises(HandoffError, match="HANDOFF_PRICE_INPUT"):
        client_for("http://127.0.0.1:9/v1", model="openai:nobody-knows-it", max_cost=1.0)


def test_no_model_is_one_line_that_says_what_to_set() -> None:
    with pytest.raises(HandoffError, match="HANDOFF_MODEL=openai:NAME"):
        rehearse(Settings(_env_file=None))


def test_a_missing_key_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    client = client_for("unused", base_url=None, api_key=None)
    with pytest.raises(HandoffError, match="HANDOFF_API_KEY"):
        client.ask([question()])


def test_an_unknown_provider_is_one_line() -> None:
    with pytest.raises(HandoffError, match="HANDOFF_MODEL=nobody:model"):
        client_for("http://127.0.0.1:9/v1", model="nobody:model").ask([question()])


def test_a_dry_run_writes_down_exactly_what_is_sent_and_sends_nothing() -> None:
    asked = [question("One"), question("Two", prefix="")]
    with loopback(lambda request: GOOD) as server:
        client, rehearsal = rehearse(settings_for(server))
        assert [reply.value for reply in client.ask(asked)] == [Listed(items=[])] * 2
        assert server.served == []
        client_for(server, concurrency=1).ask(asked)
        sent = [request.body for request in server.requests]
    assert rehearsal.bodies() == sorted(sent, key=lambda body: str(body["messages"]))


def test_a_dry_run_counts_only_what_is_not_kept_and_keeps_nothing() -> None:
    answers = MemoryAnswers()
    with loopback(lambda request: GOOD) as server:
        client_for(server, answers).ask([question("One")])
        client, rehearsal = rehearse(settings_for(server), answers)
        client.ask([question("One"), question("Two")])
    assert len(rehearsal.calls) == 1 and len(answers.kept) == 1


def test_a_wrong_key_never_stands_in_what_is_kept() -> None:
    answers = MemoryAnswers()
    with loopback(lambda request: Fails(401, "no")) as server, pytest.raises(HandoffError):
        client_for(server, answers).ask([question()])
    assert answers.kept == {}


def test_a_dry_run_tells_dollars_only_where_it_knows_the_price() -> None:
    known, unknown = (
        settings_for("http://127.0.0.1:9/v1", model=m) for m in ("openai:gpt-4o", "openai:house")
    )
    for settings, says in ((known, "$"), (unknown, "price of house is not known")):
        client, rehearsal = rehearse(settings)
        client.ask([question()])
        told = estimate(rehearsal, settings)
        assert says in " ".join(told["lines"]) and (told["dollars_at_most"] is None) == (settings is unknown)


def test_who_read_is_told_in_one_line() -> None:
    embedded = Run(reader="embedded", version="1", as_of=date(2026, 5, 12))
    model = embedded.model_copy(
        update={
            "reader": "llm",
            "model": "openai:m",
            "calls": 3,
            "calls_reused": 2,
            "tokens": 1200,
            "cost": 0.5,
        }
    )
    assert read_by(embedded) == "embedded: nothing left this machine (HANDOFF_MODEL would name a chat model)"
    assert read_by(model) == "openai:m: 3 answers, 2 of them kept from before, 1,200 tokens, $0.50"
    assert "price not known" in read_by(model.model_copy(update={"cost": 0.0}))
