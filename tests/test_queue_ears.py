"""Queued deals with recordings: they go to a worker that hears, or one is told that nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from databases import settings_for
from desks import NOON, QuickReader
from loopback_ears import SpeechService, diarized, speech_service
from recordings import NEEDS_AUDIO, encoded, tone
from test_batch import DAY, deals_in

from assistant.batch import Job, Ledger, Plan, find_jobs
from assistant.batch.collecting import Queued, Queueing, collect, put_in_line
from assistant.batch.drafting import How
from assistant.batch.hearing import read_heard
from assistant.batch.jobs import ears_key, identity_of
from assistant.batch.work import OTHER_EARS, DeskWork
from assistant.queue import Listener, Rhythm, run_worker, who_hears
from assistant.settings import Settings
from assistant.store import Store, open_store, queued

pytestmark = [NEEDS_AUDIO, pytest.mark.cluster, pytest.mark.usefixtures("postgres_server")]
SAID = diarized(("A", 0.5, 1.5, "We will be live in six weeks."))
RHYTHM = Rhythm(stalled_after=3, poll=0.1)
REMOTE = "calls/second.mp3"


class Place(NamedTuple):
    """A queue on PostgreSQL, settings with and without an ear, and deals of which one has a recording."""

    store: Store
    deaf: Settings
    hearing: Settings
    service: SpeechService
    folder: Path

    def queue(self, settings: Settings) -> Queued:
        """Put the deals in line as a machine with these settings does."""
        return put_in_line(self.jobs(), self.plan(settings), self.queueing(), Ledger(self.folder / "out"))

    def plan(self, settings: Settings) -> Plan:
        identity = identity_of(self.deaf, "embedded", DAY, None)
        return Plan(How(DAY), identity, ears=lambda: ears_key(settings))

    def queueing(self) -> Queueing:
        return Queueing(self.store, "embedded", sleep=lambda seconds: None)

    def jobs(self) -> list[Job]:
        return find_jobs(self.folder / "deals", self.folder / "out")

    def work(self, settings: Settings) -> None:
        """A worker drafts all that it takes."""
        work = DeskWork(settings, self.store, lambda: NOON, lambda name, deal: QuickReader())
        ears = ears_key(settings)
        run_worker(settings, self.store, work, at_once=1, rhythm=RHYTHM, drain=True, ears=ears)

    def counts(self) -> tuple[int, int]:
        """Deals that wait, and that are done."""
        with self.store.read() as connection:
            found = queued.counts(connection)
        return found["queued"], found["done"]


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    deals_in(tmp_path / "deals", ("alder", "birch"))
    (tmp_path / "deals" / "alder" / REMOTE).write_bytes(encoded(tone(2.0), "mp3"))
    deaf = settings_for("postgres", tmp_path / "data", request)
    with speech_service(lambda asked, number: (200, SAID)) as service:
        hearing = deaf.model_copy(update={"speech_url": service.url, "speech_model": "any-diarize"})
        store = open_store(deaf)
        yield Place(store, deaf, hearing, service, tmp_path)
        store.close()


def test_a_deal_with_a_recording_waits_for_a_worker_that_hears(place: Place) -> None:
    found = place.queue(place.hearing)
    place.work(place.deaf)
    assert place.counts() == (1, 1)
    told: list[int] = []

    def help_comes(number: int) -> None:
        told.append(number)
        place.work(place.hearing)

    listener = Listener("other", "w")
    assert who_hears(place.store) == []
    with place.store.write() as connection:  # a worker is there, and it does not hear
        queued.run_script(connection, "INSERT INTO procrastinate_workers DEFAULT VALUES")
    queueing = replace(place.queueing(), on_deaf=help_comes)
    collect(found, place.plan(place.hearing), queueing, Ledger(place.folder / "out"))
    assert told == [1] and place.counts() == (0, 2)
    assert [(row.error, row.unread) for row in found.rows.values()] == [("", 0)] * 2
    assert list(read_heard(place.folder / "out" / "alder")) == [REMOTE]
    assert not (place.folder / "out" / "birch" / "heard.json").exists()
    listener.here(place.store, RHYTHM)
    assert who_hears(place.store) == ["other"]
    listener.gone(place.store)
    assert who_hears(place.store) == []


def test_who_has_no_ear_queues_for_the_workers_ear(place: Place) -> None:
    Listener(ears_key(place.hearing), "w").here(place.store, RHYTHM)
    assert place.queue(place.deaf).sounds
    place.work(place.deaf)
    assert place.counts() == (1, 1)
    place.work(place.hearing)
    assert place.counts() == (0, 2) and len(place.service.asked) == 1


def test_where_nobody_hears_the_rest_is_drafted_and_heard_once_somebody_does(place: Place) -> None:
    first = place.queue(place.deaf)
    place.work(place.deaf)
    collect(first, place.plan(place.deaf), place.queueing(), Ledger(place.folder / "out"))
    assert first.rows["alder"].unread == 1 and not first.sounds
    again = place.queue(place.hearing)
    assert (again.fresh, list(again.rows)) == (1, ["birch"])
    place.work(place.hearing)
    collect(again, place.plan(place.hearing), place.queueing(), Ledger(place.folder / "out"))
    assert again.rows["alder"].unread == 0


def test_a_worker_with_another_ear_says_so(place: Place) -> None:
    found = place.queue(place.hearing)
    place.work(place.hearing.model_copy(update={"speech_model": "other"}))
    collect(found, place.plan(place.hearing), place.queueing(), Ledger(place.folder / "out"))
    assert found.rows["alder"].error == OTHER_EARS and not found.rows["birch"].error
