"""The people of a deal with what they say and what is said of them, absent ones included."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.evidence.names import fold_name
from assistant.evidence.people import KnownPerson
from assistant.evidence.record import DealRecord
from assistant.packet import Side
from assistant.protocol.real_names import names_a_person
from assistant.readers.embedded.patterns import pattern_lists, stop_words
from assistant.readers.embedded.statements import Statement

_PRONOUN = re.compile(r"\b(?:he|she|him|her|his)\b")


@dataclass
class Person:
    """A person, with the statements they make and those that others make about them."""

    name: str
    side: Side | None
    title: str | None = None
    organization: str | None = None
    own: list[Statement] = field(default_factory=list)
    about: list[Statement] = field(default_factory=list)
    titled: Statement | None = None
    """The statement that gives the title, where one does."""


def find_people(record: DealRecord, statements: Sequence[Statement]) -> list[Person]:
    """People of the roster, of both sides, then those of the customer who are only talked about."""
    people = [_known(p) for p in record.roster.people if names_a_person(p.name)]
    said = [s for s in statements if not s.contract]
    people += [Person(n, "customer") for n in _talked_about(record, said, people)]
    words = [(_words(p.name), p) for p in people]
    by_speaker: dict[tuple[str | None, str | None], Person | None] = {}
    last: Person | None = None
    for s in said:
        key = (s.segment.speaker, s.segment.sender_email)
        if key not in by_speaker:
            by_speaker[key] = _speaker(record, s, people)
        speaker = by_speaker[key]
        if speaker:
            speaker.own.append(s)
        last = _mention(s, words, speaker, last if s.index else None)
    for person in people:
        _read_title(person)
        if person.side is None and (person.own or person.about):
            person.side = "customer"  # the seller's own people are known from deal.yaml and their addresses
    return people


def _known(p: KnownPerson) -> Person:
    name = re.sub(r'\s*[("“][^)"”]*[)"”]+\s*', " ", p.name).strip() or p.name
    return Person(name, p.side, p.title, p.organization)


def _speaker(record: DealRecord, s: Statement, people: Sequence[Person]) -> Person | None:
    known = record.roster.find(s.segment.speaker, s.segment.sender_email)
    return next((p for p in people if known and p.name == _known(known).name), None)


def _words(name: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"[^\W\d_][\w'’-]+", name) if len(w) > 2 and w[0].isupper())


def _mention(
    s: Statement, words: Sequence[tuple[frozenset[str], Person]], speaker: Person | None, last: Person | None
) -> Person | None:
    """Note of whom the sentence speaks; a pronoun goes on about the one named before it."""
    named = set(re.findall(r"[^\W\d_][\w-]+", s.text))
    found = [p for names, p in words if names & named and p is not speaker]
    for person in found:
        person.about.append(s)
    if not found and last and _PRONOUN.search(s.plain):
        last.about.append(s)
        return last
    return found[-1] if found else None


def _talked_about(record: DealRecord, said: Sequence[Statement], people: Sequence[Person]) -> list[str]:
    """Names of the customer's people that no header, label or introduction gives."""
    taken = {fold_name(w) for p in people for w in _words(p.name)} | _company_words(record)
    points: Counter[str] = Counter()
    full: dict[str, str] = {}
    for s in said:
        for pattern in pattern_lists("names.toml")["presented"]:
            for m in pattern.finditer(s.text):
                first = m["name"].split()[0]
                points[first] += 3
                full.setdefault(first, m["name"])
        for pattern in pattern_lists("names.toml")["personal"]:
            for m in pattern.finditer(s.text):
                points[m["name"]] += 1 + bool(_PRONOUN.search(s.plain[max(0, m.end() - 20) :]))
    names = [
        full.get(n, n)
        for n, p in sorted(points.items())
        if p >= 4 and n.lower() not in stop_words("names.toml")
    ]
    seen_lower = {w for s in said for w in re.findall(r"\b[a-z]{3,}\b", s.text)}
    return [
        n
        for n in names
        if not {fold_name(w) for w in n.split()} & taken and n.split()[0].lower() not in seen_lower
    ]


def _company_words(record: DealRecord) -> set[str]:
    names = [
        record.roster.vendor or "",
        record.roster.account or "",
        *(p.alias or "" for p in record.roster.parties),
    ]
    return {fold_name(w) for n in names for w in re.findall(r"\w{3,}", n)}


def _read_title(person: Person) -> None:
    """A title that somebody gives the person in speech, where the roster has none."""
    for s in person.about:
        for pattern in pattern_lists("names.toml")["presented"]:
            for m in pattern.finditer(s.text):
                if _words(m["name"]) & _words(person.name) and m["role"].strip().lower() != "guy":
                    person.title = person.title or m["role"].strip()
                    person.titled = person.titled or s
                    return
