"""Speaker labels: what stands before "Name: text", and whether it is a name at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractors.decode import fold
from extractors.segments import Person
from extractors.when import MONTHS

_PARTICLES = (
    "de da do dos das del della di van von der den ten ter la le el al bin ibn of y e und af zu zum zur"
)
PARTICLES = frozenset(_PARTICLES.split())
WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat"
    " montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"
    " lundi mardi mercredi jeudi vendredi samedi dimanche"
    " lunes martes miércoles jueves viernes sábado domingo".split()
)
NOT_NAMES = frozenset(Path(__file__).with_name("not_names.txt").read_text("utf-8").split())
"""Words that open a line before a colon and are no speaker."""
_STRAY = "host co-host guest external internal unverified organizer organiser presenter you me"
_PRONOUNS = "he him his she her hers they them theirs it its"
STRAY = frozenset(f"{_STRAY} {_PRONOUNS}".split())
"""What tools put in brackets behind a name that says nothing about the person."""
TITLE_WORDS = re.compile(
    r"\b(?:c[a-z]o|ciso|[se]?vp|vice president|president|director|head|manager|lead|engineer|architect"
    r"|executive"
    r"|officer|analyst|consultant|specialist|coordinator|administrator|admin|chief|counsel|owner|founder|partner"
    r"|buyer|procurement|controller|supervisor|representative|rep|ae|se|sdr|csm|account executive|it|ops"
    r"|operations|finance|legal|sales|security|support|hr|marketing|product|interviewer|moderator|operator)\b",
    re.I,
)
GENERIC = re.compile(
    r"(?i)(?:unknown )?(?:speaker|participant|person|voice|user|caller|guest|spk|spkr)"
    r"[ _#-]?(?:\d{1,3}|[a-z])?$"
)
WORD = re.compile(r"[^\W\d_][\w.'’\-]*$")
INLINE = re.compile(
    r"^\s*(?:[-*•]\s+|>+\s*)?(?P<label>[^:\t\n<>]{1,70}?)\s*[:：](?=\s|$)\s*(?P<text>.*)$", re.S
)


@dataclass(frozen=True)
class Label:
    """A speaker's label taken apart: "Jane Roe (Acme)", "Jane Roe, VP Ops"."""

    name: str
    title: str | None = None
    organization: str | None = None


@lru_cache(4096)
def read_label(text: str) -> Label:
    """The name without decoration, brackets read as title or organization."""
    text = fold(re.sub(r"[*_#`]+", " ", text)).strip(" :,-–—|>[]")
    asides = re.findall(r"[(\[]([^)\]]*)[)\]]", text)
    name = fold(re.sub(r"[(\[][^)\]]*[)\]]?", " ", text)).strip(" ,-–—|")
    name, *more = re.split(r"\s*[,|]\s+|\s+[|–—-]\s+", name)
    if more and re.fullmatch(r"(?i)(?:jr|sr|ii|iii|phd|md|esq|mba|cpa|pmp)\.?", more[0]):
        name = f"{name}, {more.pop(0)}"
    title, organization = _asides([*more, *asides])
    return Label(name or text, title, organization)


@lru_cache(4096)
def looks_like_name(label: str) -> bool:
    """Whether a label seen once may be a speaker: one to five capitalised words, no word of a heading."""
    name = read_label(label).name
    if GENERIC.match(name):
        return True
    words = [w for w in name.split() if w.lower() not in PARTICLES]
    if not 1 <= len(words) <= 5 or _says_no(name):
        return False
    return all(WORD.match(w.rstrip(".,")) and w[0].isupper() for w in words)


@lru_cache(4096)
def may_be_label(label: str) -> bool:
    """Whether a label that stands where labels stand (repeated, beside a time) may be a speaker's."""
    name = read_label(label).name
    words = name.split()
    if not name or len(words) > 6 or len(name) > 50 or not re.search(r"[^\W\d_]|\d{3}\D?\d{4}", name):
        return False
    return not _says_no(name) and not re.search(r"[.!?;]\s|[!?;]$|https?$", name)


def accepted(labels: Iterable[str], known: Iterable[str] = (), lines: int = 0) -> set[str]:
    """The labels of a file that are speakers.

    `labels` as they occur, repeated; `known` are attendees; `lines` how many lines could carry a label:
    when nearly all do, a single lower-case word ("spencer") is a speaker as well.
    """
    counts = Counter(labels)
    attendees = {n.lower() for n in known}
    regular = lines > 1 and sum(counts.values()) >= (0.8 if lines > 3 else 1) * lines
    return {label for label, n in counts.items() if _accept(label, n, attendees, regular)}


def person_of(label: Label) -> Person:
    return Person(name=label.name, title=label.title, organization=label.organization)


def merged(people: Iterable[Person]) -> tuple[Person, ...]:
    """One record a name, in order of appearance; the first that knows a thing tells it."""
    found: dict[str, Person] = {}
    for person in people:
        key = fold(person.name).lower()
        old = found.get(key)
        if old is None:
            found[key] = person
            continue
        new = {k: v for k, v in person.model_dump().items() if v is not None and getattr(old, k) is None}
        if old.side and person.side and old.side != person.side:
            new["side"] = None  # the export contradicts itself: nothing is known
        found[key] = old.model_copy(update=new)
    return tuple(found.values())


def _accept(label: str, times: int, attendees: set[str], regular: bool) -> bool:
    name = read_label(label).name
    if name.lower() in attendees:
        return True
    if not may_be_label(label):
        return False
    words = name.split()
    if times >= 2:
        return (
            len(words) == 1
            or looks_like_name(label)
            or (name[0].isupper() and words[-1][0].isupper())
            or times > 4
        )
    if len(words) == 1 and not GENERIC.match(name):
        return regular and bool(WORD.match(name))
    return looks_like_name(label)


def _says_no(name: str) -> bool:
    words = [w.strip(".,'’").lower() for w in name.split()]
    if _is_day(words):
        return True
    if len(words) == 1:
        return words[0] in NOT_NAMES
    return any(w in NOT_NAMES - PARTICLES - {"i", "a"} for w in words) and not GENERIC.match(name)


def _asides(parts: list[str]) -> tuple[str | None, str | None]:
    title = organization = None
    for part in parts:
        words = set(re.findall(r"[a-z\-]+", part.lower()))
        if not words or words <= STRAY:
            continue
        if TITLE_WORDS.search(part) and title is None:
            title, _, rest = part.partition(",")
            title, organization = title.strip(), organization or rest.strip() or None
        elif organization is None:
            organization = part.strip()
    return title, organization


def _is_day(words: list[str]) -> bool:
    """A weekday, or a month with a number beside it: "Wednesday", "March 4"; April is a name as well."""
    if words and words[0] in WEEKDAYS:
        return True
    return any(w in MONTHS for w in words) and any(w[:1].isdigit() for w in words)
