"""Real processes and the desk: a batch brings its deals there, and a worker drafts what it is asked."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from desks import ANA, CHEAP, MIA
from loopback_ears import diarized, speech_service
from recordings import NEEDS_AUDIO, encoded, tone

from assistant import desk as verbs
from assistant.batch.desk_drafts import draft_later, later_draft
from assistant.queue import has_workers
from assistant.server import make_desk
from assistant.store.users import UsersFile, users_of
from tools.cluster import cluster, settings_of
from tools.small_deals import write_deals

pytestmark = [pytest.mark.cluster, NEEDS_AUDIO]
DAY = "2026-05-18"
SOUND = "second.mp3"
SAID = diarized(("A", 0.5, 3.5, "We will deliver the import of all your old orders by the end of June."))


def until(met: Any, seconds: float = 120) -> None:
    """Wait for it."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end
        time.sleep(0.2)


@pytest.mark.parametrize("queue", [False, True])
def test_a_batch_with_recordings_comes_to_the_desk(
    tmp_path: Path, postgres_server: str, queue: bool
) -> None:
    write_deals(tmp_path / "deals", 2)
    (tmp_path / "deals" / "deal-00001" / SOUND).write_bytes(encoded(tone(4.0), "mp3"))
    UsersFile(tmp_path / "users.json", CHEAP).add(ANA, None)
    with speech_service(lambda asked, number: (200, SAID)) as service:
        ears = {"HANDOFF_SPEECH_URL": service.url, "HANDOFF_SPEECH_MODEL": "any-diarize"}
        with cluster(tmp_path, postgres_server, **ears) as made:
            if queue:
                made.start_workers(1)
            options = ["batch", str(tmp_path / "deals"), "--as-of", DAY, "--reader", "embedded", "--json"]
            options += ["--out", str(tmp_path / "out"), "--desk", "ana", *(["--queue"] if queue else [])]
            first = json.loads(made.start(*options).communicate(timeout=120)[0])
            again = json.loads(made.start(*options).communicate(timeout=120)[0])
            assert (first["drafted"], first["files_not_read"], first["desk"]) == (2, 0, {"new": 2})
            assert (again["kept"], again["desk"], len(service.asked)) == (2, {"left": 2}, 1)
            settings = settings_of(made.url, tmp_path)
            desk = replace(make_desk(settings, lambda: datetime.now(UTC)), people=users_of(settings).all)
            deal = next(row["desk"] for row in first["rows"] if row["deal"] == "deal-00001")
            packet = verbs.get_packet(desk, MIA, deal).packet
            assert SOUND in {source.name for source in packet.sources} and packet.unread == ()
            assert verbs.list_recordings(desk, ANA, deal)[0].state == "done"
            if queue:
                _drafted_by_a_worker(desk, settings, deal)


def _drafted_by_a_worker(desk: verbs.Desk, settings: Any, deal: str) -> None:
    until(lambda: has_workers(desk.store))
    verbs.add_sources(desk, ANA, deal, {"mails/new.txt": b"Ana Ruiz: training for two sites is included."})
    asked = draft_later(desk, ANA, settings, deal)
    until(lambda: (later_draft(desk, ANA, deal, asked.id) or asked).state != "queued")
    done = later_draft(desk, ANA, deal, asked.id)
    assert done is not None and (done.state, done.version, done.problem) == ("done", 2, None)
    assert "mails/new.txt" in {s.name for s in verbs.get_packet(desk, MIA, deal).packet.sources}
