"""Verbs about recordings: have them heard, stop it, say who speaks, play them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.desk.place import Desk, allowed, see_right
from assistant.errors import HandoffError
from assistant.packet import Deal, Participant, Side
from assistant.protocol.rights import User, Verb
from assistant.recordings.ears import NO_EARS, see_consent
from assistant.store import audit
from assistant.store.deals import DealRow, change_deal, find_deal
from assistant.store.recordings import (
    RecordingRow,
    change_recording,
    find_recording,
    find_recordings,
    find_transcript,
    put_recording,
)
from assistant.store.sources import file_bytes, find_files
from extractors.speech.heard import Passage, Transcript
from extractors.speech.speakers import new_speaker, turn_at, with_speakers

LONGEST = 80


@dataclass(frozen=True)
class Voice:
    """A speaker of a recording: number, the name a person gave, seconds spoken, where to hear them."""

    speaker: str
    name: str | None
    seconds: float
    longest: Passage


def list_recordings(desk: Desk, user: User, deal: str) -> list[RecordingRow]:
    """The deal's recordings in order of name, each with its state and how far it is heard."""
    with desk.store.read() as connection:
        see_right(user, "see", find_deal(connection, deal))
        return find_recordings(connection, deal)


def hear_recording(
    desk: Desk, user: User, deal: str, *, name: str, people: int | None = None
) -> RecordingRow:
    """Have it heard, or heard again; the work is done in the background. `people`: how many speak."""
    row = allowed(desk, user, "add_sources", deal)
    see_consent(row.known, desk.policy, name)
    if desk.ears is None:
        raise HandoffError(NO_EARS)
    desk.ears(row.known)
    at = desk.stamp()
    with desk.store.write() as connection:
        file = next((f for f in find_files(connection, deal) if f.name == name), None)
        if file is None:
            raise HandoffError(f"The deal has no file '{name}' to be heard: add it again.")
        put_recording(connection, deal, name, file.sha256, user.login, at, people)
        audit.append(connection, at=at, by=user.login, action="hear", deal=deal, digest=file.sha256)
        return find_recording(connection, deal, name)


def stop_hearing(desk: Desk, user: User, deal: str, *, name: str) -> RecordingRow:
    """Stop it; what is finished is kept, and `hear_recording` goes on from there."""
    return _changed(desk, user, "add_sources", deal, name, "stop_hearing", _stopped)


def name_speaker(
    desk: Desk, user: User, deal: str, *, name: str, speaker: str, person: str, side: Side | None = None
) -> RecordingRow:
    """Say who a voice is: it bears the name from the next draft on. Two of one name are one person."""
    given = " ".join(person.split())
    if not given or len(given) > LONGEST:
        raise HandoffError(f"Give the speaker's name, at most {LONGEST} characters.")

    def change(row: RecordingRow, heard: Transcript) -> dict[str, object]:
        _see_speaker(heard, speaker)
        return {"names": {**row.names, speaker: given}}

    changed = _changed(desk, user, "edit", deal, name, "name_speaker", change)
    _known(desk, deal, Participant(name=given, side=side))
    return changed


def merge_speakers(desk: Desk, user: User, deal: str, *, name: str, speaker: str, into: str) -> RecordingRow:
    """Two voices are one person: what the first says is the second's."""

    def change(row: RecordingRow, heard: Transcript) -> dict[str, object]:
        _see_speaker(heard, speaker)
        _see_speaker(heard, into)
        theirs = {str(n): into for n, p in enumerate(heard.passages) if p.speaker == speaker}
        return {"moved": {**row.moved, **theirs}}

    return _changed(desk, user, "edit", deal, name, "merge_speakers", change)


def give_turn(
    desk: Desk, user: User, deal: str, *, name: str, at: float, to: str | None = None
) -> RecordingRow:
    """The turn spoken at that second is somebody else's: `to`, or a new voice where nobody is named."""

    def change(row: RecordingRow, heard: Transcript) -> dict[str, object]:
        if to is not None:
            _see_speaker(heard, to)
        theirs = to or new_speaker(heard)
        return {"moved": {**row.moved, **{str(n): theirs for n in turn_at(heard, at)}}}

    return _changed(desk, user, "edit", deal, name, "give_turn", change)


def voices_of(desk: Desk, user: User, deal: str, *, name: str) -> list[Voice]:
    """Who speaks in it, by first appearance; [] while it is not heard."""
    row, heard = _heard(desk, user, "see", deal, name)
    out = []
    for speaker in heard.speakers if heard else ():
        theirs = [p for p in heard.passages if p.speaker == speaker] if heard else []
        seconds = sum(p.end - p.start for p in theirs)
        longest = max(theirs, key=lambda p: p.end - p.start)
        out.append(Voice(speaker, row.names.get(speaker), seconds, longest))
    return out


def get_transcript(desk: Desk, user: User, deal: str, *, name: str) -> Transcript | None:
    """What was heard in it, passages given to whom a person gave them; None while it is not done."""
    return _heard(desk, user, "see", deal, name)[1]


def note_consent(
    desk: Desk, user: User, deal: str, *, agreed: bool, name: str | None = None
) -> DealRow:
    """Note whether everybody in the deal's recordings, or in the one called `name`, agreed to be recorded."""
    at = desk.stamp()
    with desk.store.write() as connection:
        row = see_right(user, "change_deal", find_deal(connection, deal))
        if name is not None:
            find_recording(connection, deal, name)
        noted = {"consent": agreed} if name is None else {"consents": {**row.known.consents, name: agreed}}
        known = row.known.model_copy(update=noted)
        change_deal(connection, deal, known=known.model_dump(mode="json"), changed_at=at)
        audit.append(connection, at=at, by=user.login, action="note_consent", deal=deal)
        return find_deal(connection, deal)


def get_sound(desk: Desk, user: User, deal: str, *, name: str) -> Path:
    """A file with the recording's bytes, to be played from; it lies in the desk's own folder."""
    with desk.store.read() as connection:
        see_right(user, "download", find_deal(connection, deal))
        file = next((f for f in find_files(connection, deal) if f.name == name), None)
        if file is None:
            raise HandoffError(f"The sound of '{name}' is not kept.")
        place = (desk.scratch or Path(os.environ.get("TMPDIR", "/tmp"))) / "sound" / file.sha256
        if not place.is_file():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = place.with_suffix(f".{os.getpid()}")
            part.write_bytes(file_bytes(connection, deal, name))
            part.replace(place)
    return place


def _stopped(row: RecordingRow, heard: Transcript) -> dict[str, object]:
    return {"state": "stopped"} if row.state in ("waiting", "running") else {}


def _changed(
    desk: Desk, user: User, verb: Verb, deal: str, name: str, action: str,
    change: Callable[[RecordingRow, Transcript], dict[str, object]],
) -> RecordingRow:  # fmt: skip
    at = desk.stamp()
    with desk.store.write() as connection:
        see_right(user, verb, find_deal(connection, deal))
        row = find_recording(connection, deal, name)
        heard = find_transcript(connection, deal, name)
        if heard is None and action != "stop_hearing":
            raise HandoffError(f"'{name}' is not heard yet: wait until it is done.")
        values = change(row, with_speakers(heard, row.moved) if heard else _NOTHING)
        change_recording(connection, deal, name, at, **values)
        audit.append(connection, at=at, by=user.login, action=action, deal=deal)
        return find_recording(connection, deal, name)


_NOTHING = Transcript(audio="", audio_sha256="", seconds=0, engine="", model="")


def _heard(
    desk: Desk, user: User, verb: Verb, deal: str, name: str
) -> tuple[RecordingRow, Transcript | None]:
    with desk.store.read() as connection:
        see_right(user, verb, find_deal(connection, deal))
        row, heard = find_recording(connection, deal, name), find_transcript(connection, deal, name)
    return row, with_speakers(heard, row.moved) if heard else None


def _see_speaker(heard: Transcript, speaker: str) -> None:
    if speaker not in heard.speakers:
        raise HandoffError(f"Nobody is called '{speaker}' in it; there are {', '.join(heard.speakers)}.")


def _known(desk: Desk, deal: str, person: Participant) -> None:
    """The person among the deal's participants, so that every file knows them; who is there stays."""
    with desk.store.write() as connection:
        known = find_deal(connection, deal).known
        people = _with(known, person)
        if people != known.participants:
            new = known.model_copy(update={"participants": people})
            change_deal(connection, deal, known=new.model_dump(mode="json"), changed_at=desk.stamp())


def _with(known: Deal, person: Participant) -> tuple[Participant, ...]:
    same = [p for p in known.participants if p.name.lower() == person.name.lower()]
    if same and (person.side is None or same[0].side == person.side):
        return known.participants
    kept = same[0].model_copy(update={"side": person.side}) if same else person
    return (*(p for p in known.participants if p not in same), kept)
