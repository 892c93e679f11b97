"""Recordings in a folder: transcribed once, and kept by their hash in the data folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from assistant.errors import HandoffError
from assistant.packet import Deal
from assistant.protocol.policy import Policy
from assistant.recordings.ears import ears_of, see_consent
from assistant.recordings.terms import terms_of
from assistant.settings import Settings
from extractors import read_folder
from extractors.recording import Hear
from extractors.segments import Source, UnreadableSource
from extractors.speech.heard import Transcript
from extractors.speech.recording_source import recording_source
from extractors.speech.worker import Ears, hear

Turn = Callable[[], AbstractContextManager[None]]
Minutes = Callable[[str, float, float], None]
"""(name, seconds that are done, seconds in all)"""


def listener(
    settings: Settings,
    deal: Callable[[], Deal],
    policy: Callable[[], Policy],
    on_progress: Minutes | None = None,
    *,
    dry: bool = False,
    turn: Turn = nullcontext,
    on_heard: Callable[[str, Transcript], None] = lambda name, transcript: None,
) -> Hear:
    """Reads recordings for `read_folder`. `deal` and `policy` are asked when the first recording is there.

    `dry`: only what was heard before is read; for the rest it is said where its sound would go. `turn` is
    held while something is heard, `on_heard` is given each transcript, also one that was kept.
    """

    def read(path: Path, name: str) -> list[Source]:
        try:
            see_consent(deal(), policy(), name)
            ears = ears_of(settings, deal())
            if dry and not _place(settings, ears, path, None).is_file():
                where = f"its sound would be sent to {ears.leaves}" if ears.leaves else "it was not heard yet"
                raise HandoffError(f"Cannot read '{name}' in a dry run: {where}.")
            transcript = kept_transcript(
                settings, ears, path, name, on_progress, turn=turn, terms=lambda: terms_beside(path, name)
            )
        except HandoffError as error:
            told = str(error)
            raise UnreadableSource(
                told if "Cannot read" in told else f"Cannot read '{name}': {told}"
            ) from None
        on_heard(name, transcript)
        return [recording_source(transcript, name)]

    return read


def kept_transcript(
    settings: Settings,
    ears: Ears,
    path: Path,
    name: str,
    on_progress: Minutes | None = None,
    people: int | None = None,
    *,
    turn: Turn = nullcontext,
    terms: Callable[[], tuple[str, ...]] = tuple,
) -> Transcript:
    """What is said in it: as kept from before, else heard now, within a `turn`, and kept.

    `terms` are words to expect; what was heard with others is not heard again for them.
    """
    place = _place(settings, ears, path, people)
    if found := _kept(place, name):
        return found
    told = on_progress or (lambda name, done, total: None)
    with turn():
        if found := _kept(place, name):  # somebody else heard it meanwhile
            return found
        found = hear(
            path, name, ears.expecting(terms), place.with_suffix(".parts"), people=people,
            on_progress=lambda done, total: told(name, done, total),
        )  # fmt: skip
        part = place.with_suffix(".new")
        part.write_text(found.model_dump_json(), "utf-8")
        part.replace(place)
    return found


def terms_beside(path: Path, name: str) -> tuple[str, ...]:
    """The terms of the papers and mails in the folder of the deal in which the recording bears that name."""
    return terms_of(read_folder(path.parents[name.count("/")])[0])


def _kept(place: Path, name: str) -> Transcript | None:
    if not place.is_file():
        return None
    return Transcript.model_validate_json(place.read_text("utf-8")).model_copy(update={"audio": name})


def _place(settings: Settings, ears: Ears, path: Path, people: int | None) -> Path:
    """Where its transcript is kept. Another recording, engine, hint or number of people: another place."""
    with path.open("rb") as file:
        audio = hashlib.file_digest(file, "sha256").hexdigest()
    heard = {k: v for k, v in replace(ears, terms=()).engine().items() if k != "key"}
    told = json.dumps([heard, bool(ears.voices), people], sort_keys=True)
    key = f"{audio[:32]}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"
    return settings.data_dir.expanduser() / "transcripts" / f"{key}.json"
