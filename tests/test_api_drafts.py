"""A draft that a program asks for: by a worker where there is one, at once where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from apis import Api, running
from databases import settings_for
from desks import ANA, FILES, KNOWN, NOON, PEOPLE

from assistant import desk as verbs
from assistant.batch.work import OTHER, DeskWork
from assistant.queue import enqueue, has_workers, make_ready
from assistant.settings import Settings
from assistant.store import meters, queued

HEARTBEAT = "INSERT INTO procrastinate_workers DEFAULT VALUES"
pytestmark = pytest.mark.usefixtures("postgres_server")


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    return settings_for("postgres", tmp_path, request)


@pytest.fixture
def api(tmp_path: Path, settings: Settings) -> Iterator[Api]:
    with running(tmp_path, settings) as found:
        yield found


def a_deal(api: Api, worker: bool = True) -> str:
    if worker:
        make_ready(api.desk.store)
        with api.desk.store.write() as connection:
            queued.run_script(connection, HEARTBEAT)
    return verbs.create_deal(api.desk, ANA, KNOWN, FILES, csm="cem")[0].id


def worked(api: Api, settings: Settings, key: str) -> None:
    """A worker takes it."""
    desk = replace(api.desk, people=lambda: list(PEOPLE.values()))
    DeskWork(settings, api.desk.store, lambda: NOON, desk=lambda: desk).draft(key)


def test_a_worker_drafts_what_a_program_asks_for(api: Api, settings: Settings) -> None:
    deal = a_deal(api)
    with api.program("ana") as ana:
        asked = ana.post(f"/deals/{deal}/draft")
        assert asked.status_code == 202 and asked.json()["state"] == "queued"
        place = asked.headers["location"].removeprefix("/api/v1")
        assert ana.get(place).json() == asked.json()
        worked(api, settings, asked.json()["id"])
        done = ana.get(place).json()
        assert (done["state"], done["version"], done["problem"]) == ("done", 1, None)
        assert len(ana.get(f"/deals/{deal}/packet").json()["commitments"]) == 2
        assert ana.get(f"/deals/{deal}/versions").json()[0]["by"] == "ana"
        again = ana.post(f"/deals/{deal}/draft").json()
        assert again["id"] != asked.json()["id"] and again["state"] == "queued"
    with api.desk.store.read() as connection:
        assert meters.read(connection)["drafts"] == 1


def test_asked_twice_it_is_one_draft_and_a_key_gets_the_first_answer(api: Api, settings: Settings) -> None:
    deal, key = a_deal(api), {"idempotency-key": "draft-1"}
    with api.program("ana") as ana:
        first, same = (ana.post(f"/deals/{deal}/draft") for _ in range(2))
        assert first.json() == same.json()
        kept = ana.post(f"/deals/{deal}/draft", headers=key)
        worked(api, settings, first.json()["id"])
        again = ana.post(f"/deals/{deal}/draft", headers=key)
        assert (again.status_code, again.headers["idempotency-replayed"]) == (202, "true")
        assert again.json() == kept.json() and again.headers["location"] == kept.headers["location"]


def test_a_worker_that_died_after_its_draft_does_not_draft_twice(api: Api, settings: Settings) -> None:
    deal = a_deal(api)
    with api.program("ana") as ana:
        asked = ana.post(f"/deals/{deal}/draft").json()
        verbs.draft(api.desk, ANA, deal)  # what the dead one did before it could say so
        worked(api, settings, asked["id"])
        assert ana.get(f"/deals/{deal}/drafts/{asked['id']}").json()["version"] == 1
        assert verbs.get_deal(api.desk, ANA, deal).deal.version == 1


def test_who_may_not_see_the_deal_is_told_nothing_of_its_drafts(api: Api) -> None:
    deal = a_deal(api)
    with api.program("ana") as ana, api.program("eve") as eve, api.program("sal") as sal:
        place = ana.post(f"/deals/{deal}/draft").headers["location"].removeprefix("/api/v1")
        assert eve.get(place).status_code == 404 and eve.post(f"/deals/{deal}/draft").status_code == 404
        assert sal.get(place).status_code == 200 and sal.post(f"/deals/{deal}/draft").status_code == 403
        assert ana.get(f"/deals/{deal}/drafts/{'0' * 64}").status_code == 404
        assert ana.get(f"/deals/{deal}/drafts/1").status_code == 422


@pytest.mark.parametrize("change", [{"model": "openai:other", "reader": "llm"}, {}])
def test_what_goes_wrong_is_told_where_one_looks(
    api: Api, settings: Settings, change: dict[str, Any]
) -> None:
    deal = a_deal(api)
    with api.program("ana") as ana:
        asked = ana.post(f"/deals/{deal}/draft").json()
        if not change:
            for name in FILES:
                verbs.remove_source(api.desk, ANA, deal, name)
        worked(api, settings.model_copy(update=change), asked["id"])
        ended = ana.get(f"/deals/{deal}/drafts/{asked['id']}").json()
        assert ended["state"] == "failed" and "\n" not in ended["problem"]
        assert (ended["problem"] == OTHER) is bool(change)


def test_without_a_living_worker_it_is_drafted_at_once(api: Api) -> None:
    deal = a_deal(api, worker=False)
    assert not has_workers(api.desk.store)
    enqueue(api.desk.store, [])
    with api.desk.store.write() as connection:
        queued.run_script(connection, HEARTBEAT)
        queued.run_script(
            connection, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes'"
        )
    with api.program("ana") as ana:
        drafted: httpx.Response = ana.post(f"/deals/{deal}/draft")
        assert drafted.status_code == 201 and drafted.json()["version"] == 1
