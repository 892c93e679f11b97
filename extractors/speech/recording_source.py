"""A transcript as a source: turns with speakers and times, each word with its second and its certainty."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractors.segments import HeardBy, HeardWord, Person, Segment, Source
from extractors.speech.as_said import as_said
from extractors.speech.heard import Passage, Transcript, Word
from extractors.talk.turns import Cue, turns
from extractors.when import date_in_name

GUESSED = (
    "speakers were told apart by their voices, which is often wrong on real calls: name them, or merge those "
    "who are one person."
)
ALONE = "nothing tells who speaks: run `handoff audio setup`, or add the transcript of your meeting tool."


def recording_source(transcript: Transcript, name: str, names: Mapping[str, str] | None = None) -> Source:
    """The recording `name` as it was heard. `names` gives speakers ("Speaker 1") the names a person gave."""
    names = dict(names or {})
    said = [_named(passage, names) for passage in _as_said(transcript.passages)]
    cues = [Cue(p.text, p.speaker, p.start, p.end) for p in said if p.words]
    segments = with_times(turns(cues), [word for p in said for word in p.words])
    people = tuple(Person(name=n) for n in dict.fromkeys(p.speaker for p in said if p.speaker))
    return Source(
        name=name, kind="recording", sha256=_sha256(transcript, names), happened_on=date_in_name(name),
        segments=tuple(segments), people=people, warnings=tuple(_warnings(transcript, name, people)),
        heard_by=heard_by(transcript, name),
    )  # fmt: skip


def heard_by(transcript: Transcript, name: str) -> HeardBy:
    """Which transcript it is, for the packet."""
    return HeardBy(
        audio=name, audio_sha256=transcript.audio_sha256, engine=transcript.engine, model=transcript.model,
        model_sha256=transcript.model_sha256, transcript_sha256=transcript.sha256,
    )  # fmt: skip


def with_times(segments: Iterable[Segment], words: list[Word]) -> list[Segment]:
    """The segments, whose texts are these words in this order, with each word's place and times."""
    out, number = list[Segment](), 0
    for segment in segments:
        heard, at = list[HeardWord](), 0
        while number < len(words):
            found = segment.text.find(words[number].text, at)
            if found < 0 or found > at + 1:
                break
            word = words[number]
            heard.append(HeardWord(found, *word[1:]))
            at, number = found + len(word.text), number + 1
        out.append(segment.model_copy(update={"heard": tuple(heard)}))
    return out


def _as_said(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages in the words of those who speak, not in an engine's figures."""
    parts = iter(as_said([word for passage in passages for word in passage.words]))
    for passage in passages:
        yield passage.model_copy(
            update={"words": tuple(word for _ in passage.words for word in next(parts))}
        )


def _named(passage: Passage, names: Mapping[str, str]) -> Passage:
    name = names.get(passage.speaker or "")
    return passage.model_copy(update={"speaker": name}) if name else passage


def _sha256(transcript: Transcript, names: Mapping[str, str]) -> str:
    """Of what is read: the transcript, with the names it bears."""
    told = json.dumps([transcript.sha256, sorted(names.items())], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8")).hexdigest()


def _warnings(transcript: Transcript, name: str, people: tuple[Person, ...]) -> Iterable[str]:
    yield from transcript.warnings
    unnamed = any(person.name in transcript.speakers for person in people)
    if transcript.speakers_by == "nobody":
        yield f"'{name}': {ALONE}"
    elif transcript.speakers_by == "voices" and unnamed and len(transcript.speakers) > 1:
        yield f"'{name}': {GUESSED}"
    elif unnamed:
        shown = ", ".join(p.name for p in people if p.name in transcript.speakers)
        yield f"'{name}' gives no name for {shown}: name them, so that promises can be held to somebody."


def as_vtt(transcript: Transcript) -> str:
    """The transcript as WebVTT, with the voices' numbers."""
    lines = ["WEBVTT", "", f"NOTE heard by {transcript.engine}, model {transcript.model}", ""]
    for p in transcript.passages:
        voice = f"<v {p.speaker}>" if p.speaker else ""
        text = p.text.replace("&", "&amp;").replace("<", "&lt;")
        lines += [f"{_stamp(p.start)} --> {_stamp(p.end)}", f"{voice}{text}", ""]
    return "\n".join(lines)


def _stamp(seconds: float) -> str:
    whole, rest = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{rest:03d}"
