"""Which talk among the files is the handoff meeting: by who speaks in it and how it begins."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from assistant.evidence.people import Roster
from assistant.packet import Noun, Trigger
from extractors.segments import SPEECH, Source

FILE = Path(__file__).with_name("handoff_talk.toml")
FEWEST = 2
"""Speakers; one person alone hands nothing over."""


class Openings(Noun):
    """handoff_talk.toml; its keys are explained there."""

    triggers: tuple[Trigger, ...]
    turns: int
    opening: tuple[str, ...]


def recognise_meeting(source: Source, roster: Roster, trigger: Trigger) -> Source:
    """The source, as the handoff meeting where it is one. Somebody of no known side speaks: it is none."""
    if source.kind not in SPEECH or source.heard_by is not None or trigger not in _table().triggers:
        return source
    speakers = {segment.speaker for segment in source.segments if segment.speaker}
    if len(speakers) < FEWEST or any(roster.side_of(name) != "vendor" for name in speakers):
        return source
    if not _begins_so(source, roster.account or ""):
        return source
    return source.model_copy(update={"kind": "handoff_meeting"})


def _begins_so(source: Source, account: str) -> bool:
    table = _table()
    name = re.escape(account.split(",")[0].strip()) or r"\Z\A"
    first = account.split()[0] if account.split() else ""
    named = f"(?:{name}|{re.escape(first)})" if len(first) > 3 else name
    opening = " ".join(segment.text for segment in source.segments[: table.turns])
    return any(re.search(p.replace("{account}", named), opening, re.IGNORECASE) for p in table.opening)


@cache
def _table() -> Openings:
    return Openings.model_validate(tomllib.loads(FILE.read_text("utf-8")))
