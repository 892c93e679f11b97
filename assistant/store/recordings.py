"""Recordings of a deal: waiting to be heard, being heard, heard; transcripts with who was named in them.

waiting   to be heard when its turn comes
running   somebody is at it
done      heard
stopped   a person stopped it; what is finished is kept
failed    it could not be heard; `problem` says why
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, delete, insert, select, update

from assistant.errors import HandoffError
from assistant.store.deals import PREFIX, number_of
from assistant.store.recording_table import recordings
from extractors.speech.heard import Transcript

State = Literal["waiting", "running", "done", "stopped", "failed"]
FIELDS = tuple(c for c in recordings.c if c.name != "content")


@dataclass(frozen=True)
class RecordingRow:
    """A recording as far as it is heard; times in seconds."""

    deal: str
    name: str
    sha256: str
    state: State
    done: float
    total: float
    problem: str | None
    people: int | None
    names: dict[str, str]
    moved: dict[str, str]
    sound: bool
    """False once the sound was dropped."""
    changed_at: str
    by: str


def put_recording(
    connection: Connection, deal: str, name: str, sha256: str, by: str, at: str, people: int | None = None
) -> None:
    """Let it be heard from the start; what was heard under that name before is gone."""
    forget_recording(connection, deal, name)
    row = {
        "deal": number_of(deal), "name": name, "sha256": sha256, "state": "waiting",
        "done": 0.0, "total": 0.0, "problem": None, "people": people, "names": {}, "moved": {},
        "sound": 1, "content": None,
        "changed_at": at, "by": by,
    }  # fmt: skip
    connection.execute(insert(recordings).values(row))


def forget_recording(connection: Connection, deal: str, name: str) -> None:
    """Its row and transcript, if there is one."""
    connection.execute(delete(recordings).where(_is(deal, name)))


def find_recordings(connection: Connection, deal: str) -> list[RecordingRow]:
    """The deal's recordings in order of name, without their transcripts."""
    query = select(*FIELDS).where(recordings.c.deal == number_of(deal)).order_by(recordings.c.name)
    return [_row(dict(row)) for row in connection.execute(query).mappings()]


def find_recording(connection: Connection, deal: str, name: str) -> RecordingRow:
    """That recording. Raises HandoffError where there is none."""
    row = connection.execute(select(*FIELDS).where(_is(deal, name))).mappings().first()
    if row is None:
        raise HandoffError(f"The deal has no recording '{name}'. Its list of recordings shows those it has.")
    return _row(dict(row))


def find_transcript(connection: Connection, deal: str, name: str) -> Transcript | None:
    """What was heard in it, with the voices' numbers; None while it is not done."""
    content = connection.execute(select(recordings.c.content).where(_is(deal, name))).scalar()
    return Transcript.model_validate_json(zlib.decompress(content)) if content else None


def change_recording(connection: Connection, deal: str, name: str, at: str, **values: Any) -> None:
    """Set columns of it; `transcript` is kept packed."""
    transcript = values.pop("transcript", None)
    if transcript is not None:
        values["content"] = zlib.compress(transcript.model_dump_json().encode("utf-8"))
    connection.execute(update(recordings).where(_is(deal, name)).values(changed_at=at, **values))


def claim_recording(connection: Connection, at: str) -> RecordingRow | None:
    """The recording that waits longest, now running; None: none waits."""
    query = (
        select(recordings.c.deal, recordings.c.name)
        .where(recordings.c.state == "waiting")
        .order_by(recordings.c.changed_at, recordings.c.deal, recordings.c.name)
        .limit(1)
    )
    found = connection.execute(query.with_for_update(skip_locked=True)).first()
    if found is None:
        return None
    deal = f"{PREFIX}{found.deal}"
    change_recording(connection, deal, found.name, at, state="running", problem=None)
    return find_recording(connection, deal, found.name)


def wake_recordings(connection: Connection, at: str) -> int:
    """What was running when a server stopped waits again; the number of recordings."""
    running = recordings.c.state == "running"
    return connection.execute(
        update(recordings).where(running).values(state="waiting", changed_at=at)
    ).rowcount


def _is(deal: str, name: str) -> Any:
    return (recordings.c.deal == number_of(deal)) & (recordings.c.name == name)


def _row(row: dict[str, Any]) -> RecordingRow:
    row["deal"], row["sound"] = f"{PREFIX}{row['deal']}", bool(row["sound"])
    return RecordingRow(**row)
