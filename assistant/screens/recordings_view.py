"""The deal's recordings as HTML: how far each is heard, who speaks, each voice to be played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from assistant.desk import Voice
from assistant.screens.markup import chip, empty, safe, table, tag, text
from assistant.screens.texts import recordings as texts
from assistant.store.recordings import RecordingRow
from extractors.speech.heard import Transcript
from extractors.talk.turns import hms

MARKS = {"waiting": "…", "running": "►", "done": "✓", "stopped": "■", "failed": "✗"}
BY = {
    "voices": texts.BY_VOICE,
    "channels": texts.BY_CHANNEL,
    "service": texts.BY_SERVICE,
    "nobody": texts.BY_NOBODY,
}


def recording_list(
    rows: Sequence[RecordingRow],
    voices: Mapping[str, Sequence[Voice]],
    heard: Mapping[str, Transcript],
    consent: Mapping[str, bool | None],
) -> str:
    """A row a recording; a player above them that plays whatever is clicked."""
    if not rows:
        return empty(texts.NO_RECORDINGS, texts.ADD_ONE)
    body = [
        (
            text(row.name) + tag("p", text(texts.CONSENTS[consent.get(row.name)])),
            _state(row, heard.get(row.name)),
            _voices(row, voices.get(row.name, ())),
        )
        for row in rows
    ]
    head = (texts.RECORDING, texts.STATE, texts.VOICES)
    return safe(player() + table(head, body, texts.RECORDINGS))


def player(sound: str | None = None, at: float | None = None) -> str:
    """The player. `sound` is its address; with `at` it begins to play at that second."""
    second = None if at is None else f"{at:.2f}"
    return tag(
        "audio", "", controls="", preload="metadata", src=sound, data_at=second, class_="player",
        aria_label=texts.PLAYER,
    )  # fmt: skip


def sound_address(deal: str, name: str) -> str:
    """Where the recording is played from."""
    return f"/deals/{quote(deal, safe='')}/sound/{quote(name)}"


def _state(row: RecordingRow, heard: Transcript | None) -> str:
    mark = chip(
        MARKS[row.state], texts.STATES[row.state], "contradicted" if row.state == "failed" else "muted"
    )
    told = [texts.PROGRESS.format(done=row.done / 60, total=row.total / 60)] if row.total else []
    told += [row.problem] if row.problem else []
    told += [] if row.sound else [texts.SOUND_DROPPED]
    if heard is not None:
        told += [texts.HEARD_BY.format(engine=heard.engine, model=heard.model), BY[heard.speakers_by]]
    return mark + "".join(tag("p", text(line)) for line in told)


def _voices(row: RecordingRow, voices: Sequence[Voice]) -> str:
    return "".join(tag("p", _voice(row, voice)) for voice in voices)


def _voice(row: RecordingRow, voice: Voice) -> str:
    who = f"{voice.name} ({voice.speaker})" if voice.name else voice.speaker
    at = voice.longest.start
    told = text(f"{who}, {texts.SECONDS.format(seconds=voice.seconds)} ")
    if not row.sound:
        return told
    return told + tag(
        "button", text(f"▶ {hms(at)}"), type="button", class_="evidence", data_play=f"{at:.2f}",
        data_sound=sound_address(row.deal, row.name), aria_label=texts.PLAY.format(who=who, at=hms(at)),
    )  # fmt: skip
