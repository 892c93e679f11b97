"""Utterances in a JSON tree: the list in it that holds the most speech, whatever its keys are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from extractors.talk.cues import seconds

TEXT = ("text", "content", "sentence", "utterance", "transcript", "body", "caption", "message", "rawtext",
        "value", "display", "words", "punctuatedword", "word")  # fmt: skip
SPEAKER = ("speaker", "speakername", "speakerlabel", "displayname", "participantname", "name", "participant",
           "user", "username", "author", "from", "speakerid", "speakerguid", "participantid",
           "userid", "channel")  # fmt: skip
START = ("start", "starttime", "startms", "starttimems", "startseconds", "starttimestamp", "startoffset",
         "begin", "begintime", "offset", "offsetms", "offsetinticks", "ts", "time", "timestamp",
         "createddatetime", "from")  # fmt: skip
END = ("end", "endtime", "endms", "endtimems", "endseconds", "endtimestamp", "endoffset", "endts", "to")
NESTED = (
    "sentences",
    "segments",
    "elements",
    "utterances",
    "monologues",
    "paragraphs",
    "lines",
    "words",
    "items",
)
MAX_DEPTH = 40


@dataclass(frozen=True)
class Utterance:
    """A piece of speech; `speaker` is a name or an id, times in `unit` seconds (None: not said)."""

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    unit: float | None = None


def utterances(tree: Any) -> list[Utterance]:
    """The utterances of the list with the most words; among equals one with speakers, then the shortest."""
    best: tuple[int, bool, int, int] | None = None
    chosen: list[Utterance] = []
    for number, records in enumerate(_lists(tree)):
        said = [u for record in records for u in _read(record)]
        words = sum(len(re.findall(r"\w+", u.text)) for u in said)
        rank = (words, any(u.speaker for u in said), -len(said), -number)
        if words and _is_speech(said, records) and (best is None or rank > best):
            best, chosen = rank, said
    return _sentences(chosen)


def _sentences(said: list[Utterance]) -> list[Utterance]:
    """Exports of single words become one utterance a speaker's turn, punctuation closed up."""
    if 2 * sum(len(u.text.split()) == 1 for u in said) <= len(said) or len(said) < 3:
        return said
    return [_joined([u.text for u in turn], turn) for _, group in groupby(said, lambda u: u.speaker)
            for turn in [list(group)]]  # fmt: skip


def _joined(texts: list[str], said: list[Utterance]) -> Utterance:
    text = ""
    for word in texts:
        glued = len(word.strip()) == 1 and not word.strip().isalnum()
        text += word if glued or not text or text.endswith(" ") else f" {word}"
    first = next((u for u in said if u.start is not None), said[0])
    last = next((u for u in reversed(said) if u.end is not None), said[-1])
    return Utterance(text, said[0].speaker, first.start, last.end, first.unit)


def _lists(tree: Any, depth: int = 0) -> Iterator[list[dict[str, Any]]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(tree, list):
        records = [r for r in tree if isinstance(r, dict)]
        if records:
            yield records
    for child in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        if isinstance(child, dict | list):
            yield from _lists(child, depth + 1)


def _is_speech(said: list[Utterance], records: list[dict[str, Any]]) -> bool:
    """Most records speak, and a speaker or a time says that it is a call."""
    told = sum(u.speaker is not None or u.start is not None for u in said)
    return 2 * told >= len(said) and 2 * len(said) >= len(records)


def _read(record: dict[str, Any]) -> list[Utterance]:
    """The utterances of one record: its own text, or that of the sentences within it, under its speaker."""
    keys = {_key(k): v for k, v in record.items()}
    speaker = _speaker(keys)
    text = _text(keys)
    if text:
        start, unit = _time(keys, START)
        end, end_unit = _time(keys, END)
        if (
            "duration" in keys
            and end is None
            and start is not None
            and isinstance(keys["duration"], int | float)
        ):
            end = start + float(keys["duration"])
        return [Utterance(text, speaker, start, end, unit or end_unit)]
    for nested in NESTED:
        inner = keys.get(nested)
        if isinstance(inner, list) and inner:
            return _inner(inner, speaker)
    return []


def _inner(inner: list[Any], speaker: str | None) -> list[Utterance]:
    records = [r for r in inner if isinstance(r, dict)]
    said = [u for r in records for u in _read(r)]
    if said and all(len(u.text.split()) <= 1 for u in said):
        said = [_joined([u.text for u in said], said)]
    return [Utterance(u.text, u.speaker or speaker, u.start, u.end, u.unit) for u in said]


def _key(key: object) -> str:
    return str(key).lower().replace("_", "").replace("-", "").replace(" ", "")


def _text(keys: dict[str, Any]) -> str | None:
    for key in TEXT:
        value = keys.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, dict) and isinstance(value.get("text"), str) and value["text"].strip():
            return str(value["text"])
    choices = keys.get("alternatives")
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        return _text({_key(k): v for k, v in choices[0].items()})
    return None


def _speaker(keys: dict[str, Any]) -> str | None:
    for key in SPEAKER:
        value = keys.get(key)
        if isinstance(value, dict):
            inner = {_key(k): v for k, v in value.items()}
            value = next(
                (inner[k] for k in ("name", "displayname", "fullname", "label", "id") if inner.get(k)), None
            )
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and value.strip() and seconds(value) is None:
            return value.strip()
    return None


def _time(keys: dict[str, Any], names: tuple[str, ...]) -> tuple[float | None, float | None]:
    """A time and, where its key or its print tells, the unit in seconds."""
    for key in names:
        value = keys.get(key)
        unit = (
            1e-3
            if key.endswith("ms")
            else 1e-7
            if key.endswith("ticks")
            else 1.0
            if "seconds" in key
            else None
        )
        if isinstance(value, bool) or value is None:
            continue
        if isinstance(value, int | float):
            return float(value), unit
        if isinstance(value, str):
            told = _printed(value)
            if told is not None:
                return told, 1.0 if ":" in value or value.endswith("s") else unit
    return None, None


def _printed(value: str) -> float | None:
    clock = seconds(value)
    if clock is not None:
        return clock
    try:
        return float(value.removesuffix("s"))
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp()
    except ValueError:
        return None
