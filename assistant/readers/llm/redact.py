"""Personal data replaced before anything leaves the machine, and put back into what is made of the answers.

Every spelling has a placeholder of its own, so that putting back gives the sources' own words. The
model reads `[[PERSON_2]]` for a name and `[[PERSON_2b]]` for another spelling of the same person. Quotes are
looked up in what was sent; the pipeline looks them up once more in the sources.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from assistant.evidence.people import KnownPerson, Roster
from assistant.evidence.personal import find_personal
from assistant.evidence.record import DealRecord
from assistant.packet import Noun
from extractors.segments import Segment, Source

T = TypeVar("T")
_PLACEHOLDER = re.compile(r"\[*\b((?:EMAIL|PHONE|CARD|IBAN|PERSON|COMPANY)_\d+[a-z]*)\b\]*")
SHORTEST_NAME = 3
_NO_NAMES = frozenset(
    "will may mark grace hope faith joy rich bill art chance august april june summer autumn dawn rose frank"
    " the and for our you his her company customer client supplier vendor seller buyer provider".split()
)
"""Given names and contract terms that are words as well: replaced only as part of a full name."""
_LEGAL = re.compile(
    r",?\s+(?:inc|llc|ltd|limited|gmbh|ag|corp|corporation|co|company|plc|pty|s\.?a|b\.?v)\.?$", re.I
)


class Redaction:
    """The record as it may be sent (`record`), and the way back (`restored`). Off, both change nothing."""

    def __init__(self, record: DealRecord, on: bool) -> None:
        self._on = on
        self._placeholders: dict[str, str] = {}
        self._numbers: Counter[str] = Counter()
        self._known: re.Pattern[str] | None = None
        self._names: dict[str, tuple[str, str]] = {}
        self.record = self._redacted(record) if on else record

    def restored(self, given: T) -> T:
        """The noun, list or text with every placeholder as the sources spell it."""
        return _mapped(given, self._back) if self._on else given

    def _redacted(self, record: DealRecord) -> DealRecord:
        self._names = dict(_names(record.roster))
        spelled = sorted(self._names, key=lambda n: (-len(n), n))
        joined = "|".join(map(re.escape, spelled))
        self._known = re.compile(rf"(?<!\w)(?:{joined})(?!\w)") if spelled else None
        sources = tuple(map(self._source, record.sources))
        return replace(record, sources=sources, roster=self._roster(record.roster))

    def _source(self, source: Source) -> Source:
        changed = {
            "title": self._hide(source.title) if source.title else None,
            "segments": tuple(map(self._segment, source.segments)),
        }
        return source.model_copy(update=changed)

    def _segment(self, segment: Segment) -> Segment:
        return segment.model_copy(
            update={
                "speaker": self._hide(segment.speaker) if segment.speaker else None,
                "sender_email": self._hide(segment.sender_email) if segment.sender_email else None,
                "text": self._hide(segment.text),
                "headings": tuple(map(self._hide, segment.headings)),
            }
        )

    def _roster(self, roster: Roster) -> Roster:
        people = tuple(
            KnownPerson(
                name=self._hide(p.name), side=p.side, title=p.title,
                email=self._hide(p.email) if p.email else None,
                organization=self._hide(p.organization) if p.organization else None,
                aliases=tuple(self._hide(a) for a in p.aliases),
            )
            for p in roster.people
        )  # fmt: skip
        vendor = self._hide(roster.vendor) if roster.vendor else None
        account = self._hide(roster.account) if roster.account else None
        return Roster(people, vendor, account, roster.parties)

    def _hide(self, text: str) -> str:
        for place in reversed(find_personal(text)):
            instead = self._placeholder(text[place.start : place.stop], place.kind, None)
            text = text[: place.start] + instead + text[place.stop :]
        if self._known is None:
            return text
        return self._known.sub(lambda m: self._placeholder(m[0], *self._names[m[0]]), text)

    def _placeholder(self, spelled: str, kind: str, whose: str | None) -> str:
        """Numbers go by first appearance in time, so that a later source changes none of them."""
        if spelled not in self._placeholders:
            key = f"{kind} {whose or spelled}"
            if key not in self._numbers:
                self._numbers[kind] += 1
                self._numbers[key] = self._numbers[kind] * 100
            number, nth = divmod(self._numbers[key], 100)
            self._numbers[key] += 1
            self._placeholders[spelled] = f"[[{kind}_{number}{'' if nth == 0 else _letters(nth)}]]"
        return self._placeholders[spelled]

    def _back(self, text: str) -> str:
        spelled = {p.strip("[]"): s for s, p in self._placeholders.items()}
        return _PLACEHOLDER.sub(lambda m: spelled.get(m[1], m[0]), text)


def _letters(nth: int) -> str:
    return chr(ord("a") + nth) if nth < 26 else f"z{chr(ord('a') + nth % 26)}"


def _names(roster: Roster) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every spelling of a person's or company's name -> (kind, whose)."""
    for house in filter(None, (roster.vendor, roster.account, *(p.name for p in roster.parties))):
        brand = _LEGAL.sub("", house)
        for spelled in (house, house.upper(), brand, brand.upper(), brand.split()[0]):
            if _is_name(spelled):
                yield spelled, ("COMPANY", brand)
    for person in roster.people:
        parts = person.name.split()
        for spelled in (person.name, person.name.upper(), *person.aliases, *parts):
            if _is_name(spelled):
                yield spelled, ("PERSON", person.name)


def _is_name(spelled: str) -> bool:
    return len(spelled) >= SHORTEST_NAME and spelled[:1].isupper() and spelled.lower() not in _NO_NAMES


def _mapped(given: Any, change: Any) -> Any:
    if isinstance(given, str):
        return change(given)
    if isinstance(given, Noun):
        new = {name: _mapped(getattr(given, name), change) for name in type(given).model_fields}
        return given.model_copy(update=new)
    if isinstance(given, (tuple, list)):
        return type(given)(_mapped(one, change) for one in given)
    if is_dataclass(given) and not isinstance(given, type):
        return replace(given, **{f.name: _mapped(getattr(given, f.name), change) for f in fields(given)})
    return given
