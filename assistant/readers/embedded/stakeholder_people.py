"""The people of a deal with what they say and what is said of them, absent ones included."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.evidence.names import fold_name
from assistant.evidence.people import KnownPerson
from assistant.evidence.record import DealRecord
from assistant.packet import Side
from assistant.protocol.real_names import names_a_person
from assistant.readers.embedded.patterns import pattern_lists, stop_words
from assistant.readers.embedded.statements import Statement

_PLACED = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]cross|[Bb]etween) ([A-Z][a-z]{2,})\b"
    r"|\b([A-Z][a-z]{2,}) (?:have|are|were)\b"
)
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his)\b")


@dataclass
class Person:
    """A person, with the statements they make and those that others make about them."""

    name: str
    side: Side | None
    title: str | None = None
    organization: str | None = None
    called: frozenset[str] = frozenset()
    """Short names under which the sources speak of the person as well."""
    own: list[Statement] = field(default_factory=list)
    about: list[Statement] = field(default_factory=list)
    titled: Statement | None = None
    """The statement that gives the title, where one does."""


def find_people(record: DealRecord, statements: Sequence[Statement]) -> list[Person]:
    """People of the roster, of both sides, then those of the customer who are only talked about."""
    people = _joined([_known(p) for p in record.roster.people if names_a_person(p.name)])
    said = [s for s in statements if not s.contract]
    people += [Person(n, "customer") for n in _talked_about(record, said, people)]
    words = [(_words(p.name) | p.called, p) for p in people]
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


def _joined(people: Sequence[Person]) -> list[Person]:
    """Without those who are another one by a short name: "Nick", "Nick Hale" beside "Nicholas Hale"."""
    kept: list[Person] = []
    short = {id(p): found for p in people if (found := _whole_of(p, people))}
    for person in people:
        whole = short.get(id(person))
        if whole is None:
            kept.append(person)
            continue
        whole.called |= frozenset(person.name.split()[:1])
        whole.title, whole.side = whole.title or person.title, whole.side or person.side
    return kept


def _whole_of(p: Person, people: Sequence[Person]) -> Person | None:
    first, *rest = p.name.split()
    found = [
        o for o in people
        if len(first) > 2 and o.name.split()[0].startswith(first) and o.name.split()[0] != first
        and (not rest or o.name.split()[-1] == rest[-1]) and len(o.name.split()) > 1
        and (o.side == p.side or not (o.side and p.side))
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _speaker(record: DealRecord, s: Statement, people: Sequence[Person]) -> Person | None:
    known = record.roster.find(s.segment.speaker, s.segment.sender_email)
    if known is None:
        return None
    name = _known(known).name
    exact = next((p for p in people if p.name == name), None)
    return exact or next((p for p in people if name.split()[0] in p.called), None)


def _words(name: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"[^\W\d_][\w'’-]+", name) if len(w) > 2 and w[0].isupper())


def _mention(
    s: Statement, words: Sequence[tuple[frozenset[str], Person]], speaker: Person | None, last: Person | None
) -> Person | None:
    """Note of whom the sentence speaks; a pronoun goes on about the one named before it."""
    named = set(re.findall(r"[^\W\d_][\w-]+", s.text))
    here = [(names, p) for names, p in words if names & named]
    found = [p for _, p in here if p is not speaker]
    for names, person in here:
        if person is not speaker:
            others = frozenset(w.lower() for other, p in here if p is not person for w in other - names)
            person.about.append(_part_about(s, names, others))
    if not found and last and _PRONOUN.search(s.plain):
        last.about.append(s)
        return last
    return found[-1] if found else None


def _part_about(s: Statement, names: frozenset[str], others: frozenset[str]) -> Statement:
    """Of a sentence about several people the part on this one: from the name to the next one's."""
    own = {n.lower() for n in names}
    kept, mine = [], not others
    for piece in re.split(r"(?<=[,;])\s|\s(?=and\s)", s.plain) if others else [s.plain]:
        said = set(re.findall(r"[^\W\d_][\w-]+", re.sub(r"['’]s\b", "", piece)))
        mine = bool(said & own) if said & (own | others) else mine
        kept += [piece] if mine else []
    return replace(s, plain=" ".join(kept)) if others else s


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
    places = _place_names(said)
    systems = {w for s in said for name in s.systems for w in name.split()}
    seen_lower = {w for s in said for w in re.findall(r"\b[a-z]{3,}\b", s.text)}
    return [
        n
        for n in names
        if not {fold_name(w) for w in n.split()} & taken and n.split()[0].lower() not in seen_lower
        and n not in places and n not in systems and not _short_for(n, people)
    ]


def _place_names(said: Sequence[Statement]) -> set[str]:
    """Names that stand behind "in" or "at" or before "have" for a good part: places and companies."""
    every: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    for s in said:
        every.update(re.findall(r"\b[A-Z][a-z]{2,}\b", s.text))
        placed.update(place or company for place, company in _PLACED.findall(s.text))
    return {name for name, n in placed.items() if n >= 2 and 12 * n >= every[name]}


def _short_for(name: str, people: Sequence[Person]) -> bool:
    """Whether it is how a known person is called: "Nick" beside Nicholas Hale."""
    return sum(p.name.split()[0].startswith(name) and p.name.split()[0] != name for p in people) == 1


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
