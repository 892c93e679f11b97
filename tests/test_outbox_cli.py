"""`handoff tick` and `handoff outbox` as cron and a person call them, and the clocks of a served desk."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from databases import plain_settings, ready_settings
from desks import ANA, PEOPLE, drafted, make_desk
from typer.testing import CliRunner

from assistant import desk as verbs
from assistant.cli import app
from assistant.desk import Desk
from assistant.desk.ticking import tick_clocks
from assistant.outbox import Letter, Unsure
from assistant.outbox.senders import FOLDER
from assistant.server.ticker import Outgoing, Ticker, outgoing
from assistant.store import open_store

RUN = CliRunner()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Ana's deal, submitted just now, in the store that the commands open."""
    monkeypatch.setenv("HANDOFF_DATA_DIR", str(tmp_path))
    store = open_store(ready_settings(tmp_path))
    desk = replace(make_desk(store), now=lambda: datetime.now(UTC), people=lambda: list(PEOPLE.values()))
    seen = drafted(desk)
    verbs.submit(desk, ANA, seen.deal.id, seen.version)
    return desk


def test_cron_sends_what_is_due_and_the_second_time_nothing(desk: Desk, tmp_path: Path) -> None:
    first = RUN.invoke(app, ["tick", "--dry-run"])
    assert "submitted to cs_manager, csm" in first.output and "would go out" in first.output
    assert not (tmp_path / FOLDER).exists()
    done = RUN.invoke(app, ["tick", "--json"])
    assert done.exit_code == 0
    assert [tried["state"] for tried in json.loads(done.output)["tried"]] == ["sent"]
    assert len(list((tmp_path / FOLDER).glob("*.eml"))) == 1
    assert RUN.invoke(app, ["tick", "--quiet"]).output == ""
    assert "0 messages went out" in RUN.invoke(app, ["tick"]).output


class Silent:
    repeats, delivers, attaches = False, True, True

    def send(self, letter: Letter) -> str | None:
        raise Unsure("it went silent")


def test_a_person_decides_about_a_message_that_may_be_lost(desk: Desk) -> None:
    (outcome,) = tick_clocks(desk, Outgoing(Silent(), "silent", ""), holder="t").outcomes
    id = outcome.message.id[:12]
    listed = RUN.invoke(app, ["outbox", "list", "--json"])
    assert [(m["state"], m["problem"]) for m in json.loads(listed.output)] == [("unsure", "it went silent")]
    assert "unsure" in RUN.invoke(app, ["outbox", "list"]).output
    assert RUN.invoke(app, ["outbox", "arrived", id]).output == f"{id} is sent.\n"
    refused = RUN.invoke(app, ["outbox", "drop", id])
    assert refused.exit_code != 0 and "cannot be changed" in str(refused.exception)
    assert "no message" in str(RUN.invoke(app, ["outbox", "retry", "zzz"]).exception)
    assert json.loads(RUN.invoke(app, ["outbox", "list", "--json"]).output) == []


def test_what_failed_can_be_sent_again(desk: Desk, tmp_path: Path) -> None:
    (outcome,) = tick_clocks(desk, Outgoing(Silent(), "silent", ""), holder="t").outcomes
    assert RUN.invoke(app, ["outbox", "retry", outcome.message.id]).exit_code == 0
    assert RUN.invoke(app, ["tick"]).exit_code == 0
    assert len(list((tmp_path / FOLDER).glob("*submitted*.eml"))) == 1


def test_a_served_desk_looks_at_its_clocks_by_itself(desk: Desk, tmp_path: Path) -> None:
    out = outgoing(plain_settings(tmp_path))
    with Ticker(desk, out, 0.02):
        until = time.monotonic() + 20
        while not list((tmp_path / FOLDER).glob("*.eml")) and time.monotonic() < until:
            time.sleep(0.02)
    assert len(list((tmp_path / FOLDER).glob("*.eml"))) == 1


def test_a_ticker_survives_what_goes_wrong(desk: Desk) -> None:
    looked: list[int] = []

    def now() -> datetime:
        looked.append(1)
        raise RuntimeError("the clock is broken")

    with Ticker(replace(desk, now=now), Outgoing(Silent(), "silent", ""), 0.01):
        until = time.monotonic() + 20
        while len(looked) < 3 and time.monotonic() < until:
            time.sleep(0.01)
    assert len(looked) >= 3

