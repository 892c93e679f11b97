"""Recordings in a batch: heard one at a time, never twice; without an ear the rest is drafted."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import plain_settings
from desks import QuickReader
from loopback_ears import Asked, SpeechService, diarized, speech_service
from recordings import NEEDS_AUDIO, encoded, tone
from test_batch import DAY, deals_in

from assistant.batch import Ledger, Plan, Row, find_jobs, run
from assistant.batch.drafting import How
from assistant.batch.hearing import HEARD, read_heard
from assistant.batch.jobs import content_key
from assistant.packet.packet_file import read_packet
from assistant.recordings.ears import ears_identity
from assistant.recordings.turns import one_at_a_time
from assistant.settings import Settings

pytestmark = NEEDS_AUDIO
SAID = diarized(("A", 0.5, 1.5, "We will be live in six weeks."))


class Busy:
    """A service that counts how many ask it at once."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self._lock = threading.Lock()

    def __call__(self, asked: Asked, number: int) -> tuple[int, object]:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.05)
        with self._lock:
            self.now -= 1
        return 200, SAID


@pytest.fixture
def busy() -> Busy:
    return Busy()


@pytest.fixture
def service(busy: Busy) -> Iterator[SpeechService]:
    with speech_service(busy) as running:
        yield running


def drafted(folder: Path, settings: Settings) -> list[Row]:
    how = How(DAY, hearing=settings)
    plan = Plan(how, "same", 2, lambda folder: QuickReader(), lambda: ears_identity(settings))
    return run(find_jobs(folder / "deals", folder / "out"), plan, Ledger(folder / "out"))


def with_recordings(folder: Path) -> None:
    deals_in(folder / "deals")
    for name, pitch in (("alder", 220), ("birch", 330)):
        sound = encoded(tone(2.0, pitch=pitch), "mp3")
        (folder / "deals" / name / "calls" / "second.mp3").write_bytes(sound)


def test_recordings_are_heard_one_at_a_time_and_never_twice(
    tmp_path: Path, service: SpeechService, busy: Busy
) -> None:
    with_recordings(tmp_path)
    settings = plain_settings(tmp_path / "data").model_copy(
        update={"speech_url": service.url, "speech_model": "any-diarize"}
    )
    rows = drafted(tmp_path, settings)
    assert [(row.error, row.unread) for row in rows] == [("", 0)] * 3
    assert (len(service.asked), busy.most) == (2, 1)
    packet = read_packet(tmp_path / "out" / "alder" / "packet.json")
    assert "calls/second.mp3" in {source.name for source in packet.sources}
    assert any("six weeks" in promise.text for promise in packet.commitments)
    assert list(read_heard(tmp_path / "out" / "birch")) == ["calls/second.mp3"]
    assert not (tmp_path / "out" / "cedar" / HEARD).exists()
    assert all(row.kept for row in drafted(tmp_path, settings))
    (tmp_path / "deals" / "alder" / "mails" / "new.eml").write_bytes(b"From: a@b.example\n\nHello Ben.\n")
    assert [row.kept for row in drafted(tmp_path, settings)] == [False, True, True]
    assert len(service.asked) == 2


def test_without_an_ear_the_rest_is_drafted_and_both_remedies_are_named(tmp_path: Path) -> None:
    with_recordings(tmp_path)
    rows = drafted(tmp_path, plain_settings(tmp_path / "data"))
    assert [(row.error, row.unread) for row in rows] == [("", 1), ("", 1), ("", 0)]
    [unread] = read_packet(tmp_path / "out" / "alder" / "packet.json").unread
    assert "handoff audio setup" in unread.reason and "HANDOFF_SPEECH_URL" in unread.reason


def test_another_ear_is_another_draft_for_deals_with_recordings_only(tmp_path: Path) -> None:
    with_recordings(tmp_path)
    alder, _, cedar = find_jobs(tmp_path / "deals", tmp_path / "out")
    ears = [lambda: "", lambda: "one", lambda: "two"]
    keys = [[content_key(job, "same", ear) for ear in ears] for job in (alder, cedar)]
    assert [len(set(found)) for found in keys] == [3, 1]


def test_who_comes_second_waits_and_is_told(tmp_path: Path) -> None:
    settings, waits = plain_settings(tmp_path), list[str]()

    def second() -> None:
        with one_at_a_time(settings, lambda: waits.append("waits")):
            waits.append("heard")

    with one_at_a_time(settings):
        thread = threading.Thread(target=second)
        thread.start()
        until = time.monotonic() + 10
        while not waits and time.monotonic() < until:
            time.sleep(0.01)
    thread.join()
    assert waits[0] == "waits" and waits[-1] == "heard"
