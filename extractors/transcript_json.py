"""Transcripts as JSON: whatever list of utterances an export holds, with its parties and its times."""

from __future__ import annotations

import json
import re
from typing import Any

from extractors.decode import decode
from extractors.segments import Person, Source, UnreadableSource
from extractors.talk.calls import call_source
from extractors.talk.json_parties import day_of, parties, title_of
from extractors.talk.json_utterances import Utterance, utterances
from extractors.talk.labels import read_label
from extractors.talk.turns import Cue

UNITS = (1.0, 1e-3, 1e-7)
"""Seconds, milliseconds, and the 100-nanosecond ticks of some exports."""
USUAL_RATE = 2.2
"""Words a second in a conversation, pauses included."""


def extract(data: bytes, name: str) -> list[Source]:
    """One source a call; several from an export of several. UnreadableSource when it holds no speech."""
    decoded = decode(data, name)
    calls = _calls(_load(decoded.text, name))
    found = [(call, utterances(call)) for call in calls]
    found = [(call, said) for call, said in found if said]
    if not found:
        raise UnreadableSource(
            f"Cannot read '{name}': this JSON holds no transcript (a list of texts with speakers): "
            "export the call with its transcript."
        )
    many = len(found) > 1
    return [
        _source(call, said, data, f"{name}/{n}" if many else name, decoded.warnings)
        for n, (call, said) in enumerate(found, 1)
    ]


def _load(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            rows = [json.loads(line) for line in lines]  # JSON lines: one record a line
        except (ValueError, RecursionError):
            raise UnreadableSource(
                f"Cannot read '{name}': it is no valid JSON ({_where(error)}): it may be cut off, "
                "export it again."
            ) from None
        if not rows:
            raise UnreadableSource(f"Cannot read '{name}': it is empty: export it again.") from None
        return rows


def _where(error: Exception) -> str:
    return f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "nested too deeply"


def _calls(tree: Any) -> list[Any]:
    """An export of several calls, each with its own transcript; else the whole file."""
    records = tree if isinstance(tree, list) else None
    if isinstance(tree, dict):
        records = next(
            (tree[k] for k in ("calls", "callTranscripts", "meetings", "transcripts") if k in tree), None
        )
    if isinstance(records, list) and records and all(isinstance(r, dict) for r in records):
        several = [
            r
            for r in records
            if any(isinstance(v, list | dict) for v in r.values()) and len(utterances(r)) > 1
        ]
        if several and not _is_one_call(records):
            extra = {k: v for k, v in tree.items() if v is not records} if isinstance(tree, dict) else {}
            return [{**extra, **r} for r in several]
    return [tree]


def _is_one_call(records: list[dict[str, Any]]) -> bool:
    """Monologues of one call look like records with lists in them, but carry a speaker."""
    return sum(any("speaker" in k.lower() for k in r) for r in records) > len(records) / 2


def _source(call: Any, said: list[Utterance], data: bytes, name: str, warnings: tuple[str, ...]) -> Source:
    people = parties(call)
    names = _names(said, people)
    unit, doubt = _unit(said, name)
    cues = [
        Cue(u.text, names.get(u.speaker or ""), _scaled(u.start, unit, u), _scaled(u.end, unit, u))
        for u in said
    ]
    labels = [read_label(names[key]) for key in dict.fromkeys(u.speaker for u in said if u.speaker)]
    unnamed = sorted({names[u.speaker] for u in said if u.speaker and _anonymous(u.speaker, people)})
    if unnamed and len(unnamed) < 30:
        doubt = (
            *doubt,
            f"'{name}' gives no name for {', '.join(unnamed)}: add a list of parties to the export.",
        )
    origin = min((c.start for c in cues if c.start is not None), default=0.0)
    if origin > 86_400:  # times since 1970: the call begins at its first word
        cues = [Cue(c.text, c.speaker, c.start - origin if c.start is not None else None) for c in cues]
    persons = [person for person, _ in people]
    return call_source(
        cues,
        labels,
        data,
        name,
        (*warnings, *doubt),
        title=title_of(call),
        happened_on=day_of(call),
        people=persons,
    )


def _names(said: list[Utterance], people: list[tuple[Person, frozenset[str]]]) -> dict[str, str]:
    """Speaker key as the export has it -> name: by id, by e-mail, else the key itself or "Speaker 1"."""
    by_id = {key: person.name for person, ids in reversed(people) for key in ids}
    names: dict[str, str] = {}
    numbered = 0
    for key in dict.fromkeys(u.speaker for u in said if u.speaker):
        if key in by_id:
            names[key] = by_id[key]
        elif _is_id(key):
            numbered += 1
            short = re.sub(r"(?i)^(?:spk|speaker)[_ -]?", "", key)
            names[key] = f"Speaker {short}" if len(short) < 4 else f"Speaker {numbered}"
        else:
            names[key] = read_label(key).name
    return names


def _is_id(key: str) -> bool:
    """Digits, a GUID, a hash, or a single letter: no name a person bears."""
    plain = key.replace("-", "").replace("_", "")
    mixed = len(plain) >= 12 and " " not in key and sum(c.isdigit() for c in plain) >= 3
    return (
        plain.isdigit() or mixed or len(plain) == 1 or bool(re.fullmatch(r"(?i)(?:spk|speaker) ?\d+", plain))
    )


def _anonymous(key: str, people: list[tuple[Person, frozenset[str]]]) -> bool:
    return _is_id(key) and not any(key in ids for _, ids in people)


def _unit(said: list[Utterance], name: str) -> tuple[float, tuple[str, ...]]:
    """The unit in which people speak at a human rate; a doubt when none fits."""
    if any(u.unit for u in said):
        return 1.0, ()
    times = [t for u in said for t in (u.start, u.end) if t is not None]
    if not times or max(times) == min(times):
        return 1.0, ()
    words = sum(len(u.text.split()) for u in said)
    whole = all(t == int(t) for t in times)
    usable = UNITS if whole else (1.0, 1e-3)
    rates = {unit: words / ((max(times) - min(times)) * unit) for unit in usable}
    best = min(usable, key=lambda unit: _distance(rates[unit]))
    if _distance(rates[best]) <= 20:
        return best, ()
    return best, (f"'{name}': the unit of its times is uncertain: check a time before you quote it.",)


def _distance(rate: float) -> float:
    return max(rate / USUAL_RATE, USUAL_RATE / rate) if rate > 0 else float("inf")


def _scaled(value: float | None, unit: float, said: Utterance) -> float | None:
    return None if value is None else value * (said.unit or unit)
