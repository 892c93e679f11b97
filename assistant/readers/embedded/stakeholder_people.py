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
from assistant.readers.embedded.statements import Statement

_ROLE = (
    r"(?:[\w&/-]+ ){0,3}?(?:manager|director|lead|leader|head|chief|foreman|supervisor|technician|tech|nurse|owner|president|officer|engineer"
    r"|architect|controller|bookkeeper|accountant|administrator|admin|coordinator|dispatcher|planner|buyer|analyst|superintendent|operator"
    r"|driver|mechanic|cfo|ceo|coo|cio|cto|ciso|vp|counsel|secretary|assistant|principal|dean|guy|treasurer|founder|partner|chair)"
)
_N = r"(?P<name>[A-Z][a-z]+(?:-[A-Z][a-z]+)?(?: (?:[A-Z]['’])?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)?)"
_PRESENTED = tuple(re.compile(p.replace("NAME", _N).replace("ROLE", rf"(?P<role>{_ROLE})")) for p in (
    r"NAME(?:,)? (?:he['’]s|she['’]s|he is|she is|who['’]s|who is|is|that['’]s) (?:our |the |my |an? )?ROLE\b",
    r"\b(?:[Oo]ur|[Mm]y|[Tt]he) ROLE,? NAME\b",
    r"NAME,? (?:our|my|the) ROLE\b",
    r"NAME \((?:our |the )?ROLE\b",
    r"\b(?:an?|their|our|this|that|one|my) ROLE(?: \w+)?,? (?:called |named )?NAME\b",
))  # fmt: skip
_PERSONAL = re.compile(
    r"\b(?P<name>[A-Z][a-z]{2,})(?:['’]s (?:crew|team|guys|people|desk|office|boss|signature|budget|been|not|got|going to|already|pretty|the one))?"
    r",? (?:hates?|says?|said|wo[n]['’]t|will|would|does(?:n['’]t)?|do(?:es)? not|did(?:n['’]t)?|wants?|likes?|loves?|runs?|signs?|thinks?|told|asked|asks|knows|won['’]t"
    r"|refuses?|trusts?|is going to|has to|keeps?|uses?|sits|left|retires?|never|always|can(?:['’]t)?|could|got|gets|went|comes?|came|swears?|and I|he|she)\b"
)
_TO_PERSON = re.compile(
    r"\b(?:ask|tell|told|asked|call|called|email|convince|get|with|from|by|past|to|for|if|unless|until|like|and|but|let|see|show|cc|meet|with) (?P<name>[A-Z][a-z]{2,})\b(?=['’]s\b|[,.?!;]| (?:and|to|about|on|is|was|has|does|will|who|he|she|in|from|says|said|for)\b)"
)
_NOT_PEOPLE = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
    november december christmas easter thanksgiving english spanish french german chinese american canadian excel outlook teams slack zoom
    google microsoft amazon apple salesforce oracle windows word internet okay great perfect thanks thank yes yeah well sure right look
    sorry hello good morning here there then when what where why how who our your they that this these those just also still maybe honestly
    actually because before after until while kickoff contract section exhibit schedule appendix customer vendor provider subscriber client
    north south east west new york texas ohio california florida one two three four five everybody everyone nobody somebody someone people
    sales finance operations support engineering marketing legal procurement production quality shipping receiving maintenance power desktop
    online europe america canada mexico london the and but for not any all some both each every only even""".split()
)  # fmt: skip
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
    """People of the roster, then those who are only talked about; vendor's people are kept for completeness."""
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
        for pattern in _PRESENTED:
            for m in pattern.finditer(s.text):
                first = m["name"].split()[0]
                points[first] += 3
                full.setdefault(first, m["name"])
        for pattern, worth in ((_PERSONAL, 1), (_TO_PERSON, 1)):
            for m in pattern.finditer(s.text):
                points[m["name"]] += worth + bool(_PRONOUN.search(s.plain[max(0, m.end() - 20) :]))
    names = [full.get(n, n) for n, p in sorted(points.items()) if p >= 4 and n.lower() not in _NOT_PEOPLE]
    seen_lower = {w for s in said for w in re.findall(r"\b[a-z]{3,}\b", s.text)}
    return [n for n in names if not {fold_name(w) for w in n.split()} & taken and n.split()[0].lower() not in seen_lower]


def _company_words(record: DealRecord) -> set[str]:
    names = [record.roster.vendor or "", record.roster.account or "", *(p.alias or "" for p in record.roster.parties)]
    return {fold_name(w) for n in names for w in re.findall(r"\w{3,}", n)}


def _read_title(person: Person) -> None:
    """A title that somebody gives the person in speech, where the roster has none."""
    for s in person.about:
        for pattern in _PRESENTED:
            for m in pattern.finditer(s.text):
                if _words(m["name"]) & _words(person.name) and m["role"].strip().lower() != "guy":
                    person.title = person.title or m["role"].strip()
                    person.titled = person.titled or s
                    return
