"""A meeting as sentences, each with who said it, as the deal spells the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.packet import Deal, Evidence
from assistant.readers.embedded.sentences import Sentence, split_sentences
from extractors.segments import Segment, Source

_ROLL = re.compile(
    r"(?i)\b(?P<what>attendees?|attending|participants?|present|in the (?:room|call)|on the call|apologies"
    r"|absent|excused|regrets|date|time|place|agenda|topic|subject)\s*:\s*"
)
_NOT_THERE = ("apologies", "absent", "excused", "regrets")
_NO_NAMES = ("date", "time", "place", "agenda", "topic", "subject")
_ASIDE = re.compile(r"\s*[(\[|/,].*$|\s[-–—]\s.*$")
_PERSON = re.compile(r"\b[A-Z][a-z'’-][\w'’-]*(?: (?:[a-z]{1,3} )?[A-Z][\w'’-]+){0,3}")


@dataclass(frozen=True)
class Said:
    """One sentence. `speaker` is the deal's name for the person, None in minutes."""

    source: str
    segment: Segment
    speaker: str | None
    sentence: Sentence
    turn: int
    """Number of the turn; a speaker who goes on in the next segment is in the same turn."""

    @cached_property
    def plain(self) -> str:
        """Lower case, without fillers and contractions."""
        return self.sentence.plain

    @property
    def words(self) -> int:
        return self.sentence.words

    @property
    def evidence(self) -> Evidence:
        """The sentence in its place."""
        place = self.segment
        return Evidence(
            source=self.source, segment_id=place.id, quote=self.sentence.text, locator=place.locator
        )


def team_of(deal: Deal) -> tuple[str, ...]:
    """The seller's people whom the deal names, each once."""
    named = (deal.ae, deal.se, deal.csm, deal.cs_manager, deal.outgoing_owner, deal.incoming_owner)
    others = (person.name for person in deal.participants if person.side == "vendor")
    return tuple(dict.fromkeys(name for name in (*named, *others) if name))


def known_as(name: str, team: Sequence[str]) -> str:
    """The deal's name for a speaker ("Ana", "RUIZ, Ana (Cartwheel)"), else the speaker's own."""
    bare = _ASIDE.sub("", name).strip() or name.strip()
    words = set(re.findall(r"[\w'’-]+", name.casefold()))
    same = [person for person in team if person.casefold() == bare.casefold()]
    whole = [person for person in team if set(person.casefold().split()) <= words]
    part = [person for person in team if set(bare.casefold().split()) <= set(person.casefold().split())]
    for found in (same, whole, part):
        if len(found) == 1:
            return found[0]
    return bare


def read_turns(source: Source, deal: Deal) -> tuple[Said, ...]:
    """Every sentence in order."""
    team, found = team_of(deal), []
    turn, last = 0, None
    for segment in source.segments:
        if segment.kind == "heading" or not segment.text:
            continue
        speaker = known_as(segment.speaker, team) if segment.speaker else None
        turn += speaker is None or speaker != last
        last = speaker
        found += [Said(source.name, segment, speaker, s, turn) for s in split_sentences(segment.text)]
    return tuple(found)


def people_of(source: Source, said: Sequence[Said], deal: Deal) -> tuple[str, ...]:
    """Who spoke, and who a line of minutes lists as present; in the order in which they came up."""
    team = team_of(deal)
    listed = [
        known_as(name, team)
        for segment in source.segments
        for what, names in _roll(segment)
        if what not in (*_NOT_THERE, *_NO_NAMES)
        for name in _PERSON.findall(re.sub(r"\([^)]*\)", "", names))
    ]
    spoke = [one.speaker for one in said if one.speaker]
    return tuple(dict.fromkeys((*listed, *spoke)))


def is_roll_call(segment: Segment) -> bool:
    """A line of minutes that lists who was there or was not."""
    return any(what not in _NO_NAMES for what, _ in _roll(segment))


def _roll(segment: Segment) -> list[tuple[str, str]]:
    """ "present" and its names, "apologies" and theirs: what a head of minutes lists; nothing for speech."""
    marks = list(_ROLL.finditer(segment.text)) if segment.speaker is None else []
    if not marks or marks[0].start() > 3:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(segment.text)]
    return [(m["what"].lower(), segment.text[m.end() : end]) for m, end in zip(marks, ends, strict=True)]


def is_inside(source: Source, deal: Deal) -> bool:
    """Whether only the seller's people speak, giver and receiver among them: a handoff meeting."""
    team = team_of(deal)
    speakers = {known_as(s.speaker, team) for s in source.segments if s.speaker}
    giver = {name for name in (deal.outgoing_owner, deal.ae, deal.se) if name}
    receiver = {name for name in (deal.incoming_owner, deal.csm, deal.cs_manager) if name}
    return bool(speakers) and speakers <= set(team) and bool(speakers & giver) and bool(speakers & receiver)
