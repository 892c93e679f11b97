"""Whether a deal's newest packet knows all its files: what `handoff watch` and a batch draft anew for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from desks import ANA, CALL, FILES, KNOWN, Clock, drafted, make_desk
from loopback_ears import diarized, speech_service
from recordings import NEEDS_AUDIO, encoded, tone

from assistant import desk as verbs
from assistant.crm.arriving import program
from assistant.crm.watching import look
from assistant.desk import Desk
from assistant.desk.hearing import hear_next
from assistant.desk.outdated import is_outdated
from assistant.store import Store
from extractors.speech.worker import Ears

SAID = [
    {"speaker": "Ana Ruiz", "text": "We will be live in ten weeks."}, {"speaker": "Ben Cole", "text": "Fine."}
]
CALLS = json.dumps([{"title": t, "transcript": SAID} for t in ("One", "Two")]).encode()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(sqlite_store: Store, clock: Clock) -> Desk:
    return make_desk(sqlite_store, clock)


def test_a_deal_without_a_packet_is_outdated_once_it_has_files(desk: Desk) -> None:
    deal = verbs.new_deal(desk, ANA, KNOWN).id
    assert not is_outdated(desk, ANA, deal)
    verbs.add_sources(desk, ANA, deal, FILES)
    assert is_outdated(desk, ANA, deal)


def test_a_file_that_is_new_or_replaced_counts_and_a_decision_does_not(desk: Desk) -> None:
    seen = drafted(desk)
    deal = seen.deal.id
    verbs.edit_value(desk, ANA, deal, seen.version, path="scope.training", text="both sites")
    assert not is_outdated(desk, ANA, deal)
    verbs.add_sources(desk, ANA, deal, {"calls/first.vtt": CALL.replace(b"ten", b"six")})
    assert is_outdated(desk, ANA, deal)
    verbs.draft(desk, ANA, deal)
    assert not is_outdated(desk, ANA, deal)


def test_an_export_of_several_calls_is_known_once_it_was_read(desk: Desk) -> None:
    deal = drafted(desk).deal.id
    verbs.add_sources(desk, ANA, deal, {"calls/export.json": CALLS})
    names = {source.name for source in verbs.draft(desk, ANA, deal).opened.packet.sources}
    assert {"calls/export.json/1", "calls/export.json/2"} <= names
    assert not is_outdated(desk, ANA, deal)


def test_what_no_draft_takes_up_is_not_tried_for_ever(desk: Desk, clock: Clock) -> None:
    deal = drafted(desk).deal.id
    extra = {"old/packet.json": b"{}", "old/notes.txt": b"Ben Cole: fine."}  # a folder of an earlier draft
    verbs.add_sources(desk, ANA, deal, extra)
    tried = 0
    while is_outdated(desk, ANA, deal):
        clock.pass_hours(1)
        verbs.draft(desk, ANA, deal)
        tried += 1
    assert tried <= 2


@NEEDS_AUDIO
def test_a_watched_deal_is_drafted_anew_once_its_recording_was_heard(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "drop" / "birch" / "calls").mkdir(parents=True)
    (tmp_path / "drop" / "birch" / "calls" / "first.vtt").write_bytes(CALL)
    (tmp_path / "drop" / "birch" / "calls" / "second.mp3").write_bytes(encoded(tone(2.0), "mp3"))
    clock.pass_hours(24 * 365)
    user = program("folder", "Watched folder")
    with speech_service(lambda asked, number: (200, diarized(("A", 0.5, 1.5, "Fine, thanks.")))) as service:
        ears = Ears(url=service.url, model="any-diarize")
        desk = replace(desk, ears=lambda known: ears, scratch=tmp_path)
        assert look(desk, user, tmp_path / "drop", fallback="ana")[-1].endswith("version 1")
        assert look(desk, user, tmp_path / "drop", fallback="ana") == []
        assert hear_next(desk)
    assert look(desk, user, tmp_path / "drop", fallback="ana")[-1].endswith("version 2")
    assert look(desk, user, tmp_path / "drop", fallback="ana") == []
