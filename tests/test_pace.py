"""What several machines share through the store: the provider's limits, counts, and the line of deals."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from databases import ready_settings

from assistant.store import Store, meters, open_store, queued
from assistant.store.pace import WINDOW, SharedPace, pace_of

NOW = "2026-05-18T09:00:00.000+00:00"


class Waited(Exception):  # noqa: N818 - it is no error
    """Instead of sleeping."""


def refuse(seconds: float) -> None:
    raise Waited


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.25
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def paces(folder: Path, clock: Clock, **limits: int) -> tuple[SharedPace, SharedPace]:
    """Two workers on one embedded store."""
    store = open_store(ready_settings(folder))
    one, other = (
        SharedPace(
            store, "model", limits.get("requests"), limits.get("tokens"), sleep=clock.sleep, clock=clock
        )
        for _ in range(2)
    )
    return one, other


def test_two_workers_together_keep_the_requests_of_a_minute(tmp_path: Path) -> None:
    clock = Clock()
    one, other = paces(tmp_path, clock, requests=4)
    for _ in range(2):
        one.wait(10)
        other.wait(10)
    assert clock.slept == []
    other.wait(10)
    assert clock.now >= 1000 + WINDOW


def test_what_one_worker_is_told_by_the_provider_holds_for_all(tmp_path: Path) -> None:
    clock = Clock()
    one, other = paces(tmp_path, clock, requests=100)
    one.pause(7)
    other.wait(1)
    assert clock.now == pytest.approx(1007.25)


def test_tokens_are_shared_and_a_request_larger_than_a_minutes_goes_out_alone(tmp_path: Path) -> None:
    clock = Clock()
    one, other = paces(tmp_path, clock, tokens=1000)
    one.wait(5000)
    assert clock.slept == []
    other.wait(10)
    assert clock.now >= 1000 + WINDOW


def test_many_at_once_never_get_more_than_the_limit(store: Store) -> None:
    def ask(_: int) -> int:
        pace = SharedPace(store, "model", 5, sleep=refuse)
        passed = 0
        for _ in range(4):
            try:
                pace.wait(1)
                passed += 1
            except Waited:
                return passed
        return passed

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(ask, range(4))) == 5


def test_without_a_limit_or_on_one_machine_nothing_is_shared(tmp_path: Path) -> None:
    settings = ready_settings(tmp_path).model_copy(update={"requests_per_minute": 5})
    store = open_store(settings)
    assert pace_of(settings, store) is None


def test_counts_add_up_whoever_counts(store: Store) -> None:
    for counts in ({"calls": 2.0, "cost": 0.5}, {"calls": 1.0, "none": 0.0}):
        with store.write() as connection:
            meters.add(connection, counts)
    with store.read() as connection:
        assert meters.read(connection) == {"calls": 3.0, "cost": 0.5}


def test_a_deal_ends_once_and_only_what_failed_waits_again(store: Store) -> None:
    deals = [{"key": key, "name": key, "how": {"as_of": "x"}, "files": b"zip"} for key in ("a", "b")]
    with store.write() as connection:
        assert queued.add(connection, deals, NOW) == {"a", "b"}
        assert queued.add(connection, deals, NOW) == set()
        taken = queued.take(connection, "a")
        assert taken is not None and (taken.files, taken.tries) == (b"zip", 1)
        assert queued.end(connection, queued.Ended("a", {"n": 1}, b"result"), False, NOW, {"drafts": 1})
        assert not queued.end(connection, queued.Ended("a", {"n": 2}, b"other"), False, NOW, {"drafts": 1})
        assert queued.end(connection, queued.Ended("b", {"error": "no"}, None), True, NOW, {})
        assert queued.take(connection, "a") is None
        assert queued.states(connection, ["a", "b", "c"]) == {"a": "done", "b": "failed"}
        assert queued.add(connection, deals, NOW) == {"b"}
        assert queued.counts(connection) == {"queued": 1, "done": 1, "failed": 0}
        assert queued.result(connection, "a") == queued.Ended("a", {"n": 1}, b"result")
        assert [key for key, _ in queued.ended_since(connection, "")] == ["a"]
        assert meters.read(connection) == {"drafts": 1.0}
        assert queued.drop_old(connection, "2026-06") == 1


def test_what_a_deal_brings_leads_out_of_no_folder(tmp_path: Path) -> None:
    import io
    import zipfile

    from assistant.batch.bundle import unpack
    from assistant.errors import HandoffError

    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as bundle:
        bundle.writestr("../outside.txt", "x")
    with pytest.raises(HandoffError, match="leads out"):
        unpack(body.getvalue(), tmp_path / "deal")
    assert not (tmp_path / "outside.txt").exists()
