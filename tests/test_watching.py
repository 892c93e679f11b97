"""Watching it: probes, metrics for those who may, and traces that hold no word of a deal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from databases import ready_settings
from desks import ANA, FILES, KNOWN, MIA, NOON, PEOPLE, Clock, QuickReader, drafted, make_desk
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from assistant import desk as verbs
from assistant import pipeline
from assistant.desk import Desk
from assistant.server import make_server
from assistant.settings import Settings
from assistant.store import open_store, queued
from assistant.tracing import set_up_traces, traced_draft

TOKEN = "m" * 32
SENT = {"authorization": f"Bearer {TOKEN}"}


class Everybody:
    """People that a proxy has signed in."""

    def find(self, login: str) -> object:
        return next((user for user in PEOPLE.values() if user.login == login), None)

    def check(self, login: str, password: str) -> None:
        return None

    def all(self) -> list[object]:
        return list(PEOPLE.values())


def no_screens(api: FastAPI, *rest: object, **more: object) -> FastAPI:
    return api


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = {"metrics_token": SecretStr(TOKEN), "proxy_secret": SecretStr("p" * 20)}
    return ready_settings(tmp_path).model_copy(update=given)


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return make_desk(open_store(settings), Clock())


@pytest.fixture
def client(settings: Settings, desk: Desk) -> TestClient:
    return TestClient(make_server(settings, desk, Everybody(), mount=no_screens))  # type: ignore[arg-type]


def as_person(login: str) -> dict[str, str]:
    return {"x-handoff-proxy-secret": "p" * 20, "x-forwarded-user": login}


def samples(text: str) -> dict[str, float]:
    """ "name{label}" -> value, by the library's own reading of the format."""
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            label = ",".join(sample.labels.values())
            found[f"{sample.name}{{{label}}}" if label else sample.name] = sample.value
    return found


def test_probes_answer_strangers_and_say_whether_the_store_does(client: TestClient, desk: Desk) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/readyz").json() == {"status": "ok"}
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_metrics_are_for_ops_administrators_and_the_token(client: TestClient) -> None:
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/metrics", headers=SENT).status_code == 200
    allowed = {user.role for user in PEOPLE.values() if may_see(client, user.login)}
    assert allowed == {"ops", "admin"}


def may_see(client: TestClient, login: str) -> bool:
    return client.get("/metrics", headers=as_person(login)).status_code == 200


def test_without_a_token_in_the_settings_no_token_opens_the_metrics(settings: Settings, desk: Desk) -> None:
    closed = settings.model_copy(update={"metrics_token": None})
    client = TestClient(make_server(closed, desk, Everybody(), mount=no_screens))  # type: ignore[arg-type]
    for sent in ("Bearer ", "Bearer None", ""):
        assert client.get("/metrics", headers={"authorization": sent}).status_code == 401


def test_metrics_count_drafts_the_queue_and_clocks_that_ran_out(client: TestClient, desk: Desk) -> None:
    drafted(desk)
    waiting = {"key": "k", "name": "n", "how": {}, "files": b""}
    with desk.store.write() as connection:
        queued.add(connection, [waiting], (NOON - timedelta(minutes=5)).isoformat())
    found = samples(client.get("/metrics", headers=SENT).text)
    assert found["handoff_drafts_total"] == 1
    assert found["handoff_queue_deals{queued}"] == 1
    assert found["handoff_queue_oldest_seconds"] == 300
    assert found["handoff_deals{draft}"] == 1
    assert {"handoff_model_calls_total", "handoff_tokens_total", "handoff_cost_total"} <= set(found)
    assert {"handoff_quotes_rejected_total", "handoff_drafts_failed_total"} <= set(found)


def test_a_clock_that_ran_out_is_counted(client: TestClient, desk: Desk) -> None:
    seen = drafted(desk)
    seen = verbs.submit(desk, ANA, seen.deal.id, seen.version)
    verbs.request_revision(desk, MIA, seen.deal.id, seen.version, note="the dates are missing")
    desk.now.pass_hours(24 * 30)  # type: ignore[attr-defined]
    found = samples(client.get("/metrics", headers=SENT).text)
    assert sum(value for name, value in found.items() if name.startswith("handoff_clocks_breached")) >= 1


def test_metrics_name_no_deal(client: TestClient, desk: Desk) -> None:
    drafted(desk)
    text = client.get("/metrics", headers=SENT).text
    assert "Fernhill" not in text and "Cartwheel" not in text


def test_a_draft_is_a_trace_of_its_steps_without_a_word_of_the_deal(tmp_path: Path) -> None:
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    spans = InMemorySpanExporter()
    finish = set_up_traces(ready_settings(tmp_path / "store"), "test", spans)
    with traced_draft() as (step, told):
        pipeline.draft(tmp_path, KNOWN, as_of=datetime.now(UTC).date(), reader=QuickReader(), on_step=step)
        told(calls=3)
    with pytest.raises(ValueError), traced_draft() as (step, told):
        raise ValueError("We will be live in ten weeks")
    finish()
    found = spans.get_finished_spans()
    assert [span.name for span in found[:-1]] == [*pipeline.STEPS, "draft"]
    assert found[-2].attributes == {"handoff.calls": 3}
    assert all(span.parent and span.parent.span_id == found[-2].context.span_id for span in found[:-2])
    assert "ten weeks" not in "".join(span.to_json() for span in found)


def test_without_a_collector_nothing_is_traced_or_loaded() -> None:
    with traced_draft() as (step, told):
        step("Reading files")
        told(calls=1)
