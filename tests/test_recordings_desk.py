"""Recordings at the review desk: heard in the background, stopped, taken up again, named, played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from databases import plain_settings
from desks import ANA, CEM, FILES, KNOWN, MIA, make_desk
from loopback_ears import Asked, SpeechService, diarized, speech_service
from recordings import NEEDS_AUDIO, encoded, tone
from serving import served, signed_in

from assistant import desk as verbs
from assistant.desk import Desk
from assistant.desk.hearing import HearingRoom, hear_next, pieces_of
from assistant.errors import HandoffError
from assistant.protocol.policy import load_policy
from assistant.server import make_server
from assistant.store import open_store
from assistant.store.users import UsersFile
from extractors.speech.worker import Ears

pytestmark = NEEDS_AUDIO
NAME = "calls/second.mp3"
PASSWORD = "a long enough pass phrase"
SAID = diarized(
    ("A", 0.5, 3.0, "We will be live in ten weeks, you have my word."),
    ("B", 3.2, 5.0, "Fine, we need the export too."),
    ("A", 5.2, 5.9, "Of course."),
)


@pytest.fixture(scope="module")
def sound() -> bytes:
    return encoded(tone(6.0), "mp3")


@pytest.fixture
def service() -> Iterator[SpeechService]:
    with speech_service(lambda asked, n: (200, SAID)) as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, service: SpeechService) -> Iterator[Desk]:
    opened = open_store(plain_settings(tmp_path))
    ears = Ears(url=service.url, model="any-diarize")
    yield replace(make_desk(opened), ears=lambda known: ears, scratch=tmp_path)
    opened.close()


def a_deal(desk: Desk, sound: bytes, name: str = NAME) -> str:
    """Ana's deal with a call in writing and one as a recording."""
    deal, added = verbs.create_deal(desk, ANA, KNOWN, {**FILES, name: sound}, csm="cem")
    assert added.refused == ()
    return deal.id


def test_an_added_recording_is_heard_and_its_promises_are_in_the_packet(desk: Desk, sound: bytes) -> None:
    deal = a_deal(desk, sound)
    [waiting] = verbs.list_recordings(desk, ANA, deal)
    assert waiting.state == "waiting"
    before = verbs.draft(desk, ANA, deal).opened.packet
    assert [u.name for u in before.unread] == [NAME]
    assert "waits its turn" in before.unread[0].reason
    assert hear_next(desk)
    assert not hear_next(desk)
    [row] = verbs.list_recordings(desk, ANA, deal)
    assert (row.state, row.done, row.total) == ("done", pytest.approx(6.0, abs=0.1), row.done)
    packet = verbs.draft(desk, ANA, deal).opened.packet
    assert packet.unread == ()
    [promise] = [c for c in packet.commitments if c.evidence[0].source == NAME]
    heard = promise.evidence[0].heard
    assert heard is not None
    assert heard.start == 0.5
    assert [w.text for w in heard.words if w.kind == "number"] == ["ten"]
    [source] = [s for s in packet.sources if s.name == NAME]
    assert source.kind == "recording"
    assert source.heard_by is not None
    assert source.heard_by.model == "any-diarize"
    assert "recording-without-consent" in {f.rule for f in packet.findings}


def test_a_person_names_merges_and_splits_speakers_and_the_next_draft_says_so(
    desk: Desk, sound: bytes
) -> None:
    deal = a_deal(desk, sound)
    hear_next(desk)
    assert [v.speaker for v in verbs.voices_of(desk, ANA, deal, name=NAME)] == ["Speaker 1", "Speaker 2"]
    verbs.name_speaker(desk, ANA, deal, name=NAME, speaker="Speaker 1", person="Ana Ruiz", side="vendor")
    verbs.give_turn(desk, ANA, deal, name=NAME, at=5.3)
    voices = verbs.voices_of(desk, ANA, deal, name=NAME)
    assert [(v.speaker, v.name) for v in voices] == [
        ("Speaker 1", "Ana Ruiz"), ("Speaker 2", None), ("Speaker 3", None),
    ]  # fmt: skip
    verbs.merge_speakers(desk, ANA, deal, name=NAME, speaker="Speaker 3", into="Speaker 2")
    verbs.draft(desk, ANA, deal)
    text = verbs.get_source_text(desk, ANA, deal, NAME)
    assert [s.speaker for s in text.segments] == ["Ana Ruiz", "Speaker 2"]
    people = verbs.get_deal(desk, ANA, deal).deal.known.participants
    assert [(p.name, p.side) for p in people] == [("Ana Ruiz", "vendor")]
    with pytest.raises(HandoffError, match="Speaker 9"):
        verbs.merge_speakers(desk, ANA, deal, name=NAME, speaker="Speaker 9", into="Speaker 2")


@pytest.mark.sound
def test_an_older_packet_still_shows_the_text_that_it_quotes(desk: Desk, sound: bytes) -> None:
    deal = a_deal(desk, sound)
    hear_next(desk)
    first = verbs.draft(desk, ANA, deal).opened.version
    verbs.name_speaker(desk, ANA, deal, name=NAME, speaker="Speaker 1", person="Ana Ruiz")
    second = verbs.draft(desk, ANA, deal).opened.version
    speakers = [verbs.get_source_text(desk, ANA, deal, NAME, v).segments[0].speaker for v in (first, second)]
    assert speakers == ["Speaker 1", "Ana Ruiz"]


@pytest.mark.sound
def test_the_policy_refuses_without_consent_and_hears_once_it_is_noted(desk: Desk, sound: bytes) -> None:
    policy = load_policy()
    strict = policy.recordings.model_copy(update={"consent": "refuse"})
    desk = replace(desk, policy=policy.model_copy(update={"recordings": strict}))
    deal = a_deal(desk, sound)
    [row] = verbs.list_recordings(desk, ANA, deal)
    assert row.state == "failed"
    assert "consent" in (row.problem or "")
    with pytest.raises(HandoffError, match="consent"):
        verbs.hear_recording(desk, ANA, deal, name=NAME)
    with pytest.raises(HandoffError, match="no recording"):
        verbs.note_consent(desk, ANA, deal, agreed=True, name="none.mp3")
    verbs.note_consent(desk, ANA, deal, agreed=True)
    verbs.note_consent(desk, ANA, deal, agreed=False, name=NAME)
    with pytest.raises(HandoffError, match="did not consent"):
        verbs.hear_recording(desk, ANA, deal, name=NAME)
    verbs.note_consent(desk, ANA, deal, agreed=True, name=NAME)
    verbs.hear_recording(desk, ANA, deal, name=NAME, people=2)
    assert hear_next(desk)
    assert verbs.list_recordings(desk, ANA, deal)[0].state == "done"
    packet = verbs.draft(desk, ANA, deal).opened.packet
    assert "recording-without-consent" not in {f.rule for f in packet.findings}


@pytest.mark.sound
def test_the_sound_is_dropped_by_policy_and_the_words_stay(desk: Desk, sound: bytes) -> None:
    policy = load_policy()
    lean = policy.recordings.model_copy(update={"keep_audio": False})
    desk = replace(desk, policy=policy.model_copy(update={"recordings": lean}))
    deal = a_deal(desk, sound)
    hear_next(desk)
    assert NAME not in [f.name for f in verbs.list_files(desk, ANA, deal)]
    packet = verbs.draft(desk, ANA, deal).opened.packet
    assert NAME in [s.name for s in packet.sources]
    with pytest.raises(HandoffError, match="not kept"):
        verbs.get_sound(desk, ANA, deal, name=NAME)


@pytest.mark.sound
def test_what_was_running_when_the_server_stopped_goes_on(desk: Desk, sound: bytes) -> None:
    deal = a_deal(desk, sound)
    over = Event()
    over.set()
    hear_next(desk, over)  # the server stops while it is heard
    assert verbs.list_recordings(desk, ANA, deal)[0].state in ("waiting", "done")
    with HearingRoom(desk):
        for _ in range(200):
            if verbs.list_recordings(desk, ANA, deal)[0].state == "done":
                break
            Event().wait(0.1)
    [row] = verbs.list_recordings(desk, ANA, deal)
    assert row.state == "done"
    assert not pieces_of(desk, row).exists()


@pytest.mark.sound
def test_hearing_that_is_stopped_stays_stopped_until_somebody_asks_again(
    tmp_path: Path, sound: bytes
) -> None:
    asked = Event()

    def slow(upload: Asked, number: int) -> tuple[int, Any]:
        asked.set()
        Event().wait(60 if number == 0 else 0)
        return 200, SAID

    with speech_service(slow) as service:
        store = open_store(plain_settings(tmp_path))
        ears = Ears(url=service.url, model="any-diarize")
        desk = replace(make_desk(store), ears=lambda known: ears, scratch=tmp_path)
        deal = a_deal(desk, sound)
        with HearingRoom(desk):
            assert asked.wait(60)
            verbs.stop_hearing(desk, ANA, deal, name=NAME)
            Event().wait(2)
            assert verbs.list_recordings(desk, ANA, deal)[0].state == "stopped"
            verbs.hear_recording(desk, ANA, deal, name=NAME)
            for _ in range(200):
                if verbs.list_recordings(desk, ANA, deal)[0].state == "done":
                    break
                Event().wait(0.1)
        assert verbs.list_recordings(desk, ANA, deal)[0].state == "done"
        store.close()


@pytest.mark.sound
def test_a_desk_without_ears_says_both_remedies_and_drafts_the_rest(tmp_path: Path, sound: bytes) -> None:
    store = open_store(plain_settings(tmp_path))
    desk = make_desk(store)
    deal = a_deal(desk, sound)
    [row] = verbs.list_recordings(desk, ANA, deal)
    assert "handoff audio setup" in (row.problem or "")
    assert "HANDOFF_SPEECH_URL" in (row.problem or "")
    packet = verbs.draft(desk, ANA, deal).opened.packet
    assert packet.commitments
    assert [u.name for u in packet.unread] == [NAME]
    store.close()


@pytest.mark.sound
def test_a_deleted_deal_takes_its_recordings_along(desk: Desk, sound: bytes) -> None:
    deal = a_deal(desk, sound)
    hear_next(desk)
    verbs.drop_deal(desk, replace_role("admin"), deal)
    assert not hear_next(desk)


def replace_role(role: Any) -> Any:
    from desks import PEOPLE

    return PEOPLE[role]


@pytest.mark.sound
def test_a_browser_gets_any_part_of_the_sound_and_strangers_none(
    tmp_path: Path, desk: Desk, sound: bytes
) -> None:
    deal = a_deal(desk, sound)
    users = UsersFile(tmp_path / "users.json")
    for user in (ANA, CEM, MIA):
        users.add(user, PASSWORD)
    users.add(ANA.model_copy(update={"login": "oda", "name": "Oda"}), PASSWORD)
    with served(
        make_server(plain_settings(tmp_path), desk, users, mount=lambda api, *a, **k: api)
    ) as address:
        ana, oda = (signed_in(address, login, PASSWORD) for login in ("ana", "oda"))
        place = f"/deals/{deal}/sound/{NAME}"
        part = ana.get(place, headers={"range": "bytes=100-199"})
        assert (part.status_code, part.content) == (206, sound[100:200])
        assert part.headers["content-type"] == "audio/mpeg"
        assert ana.get(place).content == sound
        assert ana.get(f"/deals/{deal}/sound/none.mp3").status_code == 400
        assert oda.get(place).status_code == 404
        assert signed_in(address, "nobody", "nothing").get(place).status_code == 401
