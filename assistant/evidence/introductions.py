"""What people say on a call of who somebody is: "he's our CFO", "on our side it's me and Dana"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from extractors.mail.words import word_set
from extractors.segments import Segment

Belongs = Literal["speaker", "other", "unknown"]
_WORD = r"(?!(?:I|It|We|You|They|That|There)['’])[A-Z](?:[\w-]+|['’][A-Z]\w+)(?:['’][A-Z]\w+)?"
_N = rf"\b{_WORD}(?: (?:(?:de|da|van|von|der|di|la|le|el|bin|al) )?{_WORD}){{0,2}}"
_ROLE = (
    r"(?:(?!(?:who|which|and|so|but|today|here|because|our|my|your|an?|the|is|are|was|we|you|it|that|if"
    r"|\w+['’]\w+)\b)[\w/&'’+-]+ ){0,5}?(?:manager|director"
    r"|engineer|architect|officer|president"
    r"|vp|svp|evp|ceo|cfo|cto|cio|coo|ciso|cmo|cro|cpo|lead|head|executive|analyst|consultant"
    r"|specialist|coordinator"
    r"|administrator|admin|controller|counsel|lawyer|owner|founder|partner|supervisor|buyer|planner"
    r"|csm|ae|se|rep|representative"
    r"|dean|principal|registrar|foreman|nurse|pharmacist|bookkeeper|accountant|treasurer|secretary"
    r"|assistant|developer)"
    r"(?: (?:of|for|in) (?:the )?[\w&'’-]+(?: (?:and|&) [\w'’-]+)?"
    r"(?: (?!(?:here|today|now|too|there|then|and|so|right)\b)[a-z]+(?=[.,;!?]|$))?)?"
)
_FUNCTION = (
    r"(?:it|ops|operations|finance|legal|procurement|security|engineering|sales|marketing|hr"
    r"|support|purchasing|compliance|product"
    r"|logistics|accounting|infosec|facilities|quality|customer success|professional services)"
)
_WHO = r"(?:he(?:'s|’s| is)|she(?:'s|’s| is)|they(?:'re|’re| are)|who(?:'s|’s| is)|is|that(?:'s|’s| is))"
_OUR, _YOUR = r"(?:our|my)", r"your"
_HERE = r"(?:,| here,| with me(?: today)?,|,? (?:is )?(?:on|with me|here)[^.,]{0,25},)"
_BRINGS = (
    r"(?:joined (?:today )?by|I(?:'ve|’ve| have)(?: also)? got|I(?:'ve|’ve| have) brought"
    r"|brought (?:along )?|with me (?:today )?is|this is)"
)
_IS = r"(?:it's|it’s|there's|there’s|we have|is|have|and)"
_SPEAKERS: tuple[str, ...] = (
    rf"NAME{_HERE} {_WHO} (?:also )?(?i:{_OUR}) (?i:ROLE)",
    rf"NAME(?:,? {_WHO}|['’]s) (?i:{_OUR}) (?i:ROLE)",
    r"(?i:\bour)\b[^.?!]{0,60}?,? and NAME (?:runs|handles|heads|leads|manages|looks after)\b",
    rf"NAME, (?i:{_OUR}) (?i:ROLE)\b",
    rf"(?i:\b{_OUR}) (?i:ROLE),? NAME",
    rf"(?i:\b{_BRINGS}) (?i:my colleague |our colleague )?NAME",
    r"(?i:\bmy (?:colleague|boss|manager|teammate)),? NAME",
    rf"(?i:\bon (?:our|my) (?:side|end)[^.?!]{{0,60}}?\b{_IS}) (?:me,? )?(?:and )?NAME",
    rf"NAME (?i:from|with|in|over in) (?i:our|the) (?P<role>(?i:{_FUNCTION}))(?i: team| side| department)?\b",
)
_OTHERS: tuple[str, ...] = (
    rf"NAME(?:,? {_WHO}|['’]s) (?i:{_YOUR}) (?i:ROLE)",
    rf"NAME, (?i:{_YOUR}) (?i:ROLE)\b",
    rf"(?i:\b{_YOUR}) (?i:ROLE),? NAME",
    rf"(?i:\bon your (?:side|end)[^.?!]{{0,40}}?\b{_IS}) NAME",
)
_EITHER: tuple[str, ...] = (
    r"NAME,? who(?:'s|’s| is) (?:the |in |our )?(?i:ROLE)",
    r"NAME, (?:the |our )?(?i:ROLE)[,.]",
)


def _rule(pattern: str) -> re.Pattern[str]:
    role = f"(?P<role>{_ROLE}|{_FUNCTION})"
    return re.compile(pattern.replace("NAME", f"(?P<name>{_N})").replace("ROLE", role))


_RULES: tuple[tuple[re.Pattern[str], Belongs], ...] = (
    *((_rule(p), "speaker") for p in _SPEAKERS),
    *((_rule(p), "other") for p in _OTHERS),
    *((_rule(p), "unknown") for p in _EITHER),
)
"""How people are presented, and to whose side that puts them, seen from the one who speaks."""
_PRONOUN = re.compile(
    r"(?:[,.;]|\band\b) ?(?:he|she|they)(?:'s|’s|'re|’re| is| are) (?:also )?(?P<whose>our|my|your|the) "
    rf"(?P<role>{_ROLE}|{_FUNCTION})\b",
    re.I,
)
_SELF = re.compile(
    rf"\b(?:I(?:'m|’m| am)(?: [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?,)?(?: also)?(?: the| an?| your)?"
    rf"|my title is|I work as (?:an?|the)|my role is) (?P<role>(?i:{_ROLE}))\b"
)
_SELF_RUNS = re.compile(
    r"\bI (?:run|head up|head|lead|look after|own|manage) (?P<role>(?:the |all of )?(?i:"
    + _FUNCTION
    + r"|[a-z]+ (?:team|branch|department|side)))\b"
)
_SELF_NAME = re.compile(
    rf"\b(?:my name is|my name's|this is|I(?:'m|’m| am)|it's|it’s) (?P<name>{_N})"
    r"(?:,? (?:from|with|at|over at|here at) (?P<house>[A-Z][\w&'’-]*(?: [A-Z][\w&'’-]*){0,3}))?"
)
_SIDE = re.compile(r"\b(?:I(?:'m|’m| am)|on (?:our|my) (?:side|end)|our|my team)\b")
_DOES = re.compile(
    rf"(?P<name>{_N}) (?:does|runs|handles|coordinates|manages|heads|leads|looks after|owns)"
    r" (?!(?:you|your|not)\b)"
)
_NAME_TITLE = re.compile(rf"^(?P<name>{_N})[,.] (?P<role>(?i:{_ROLE}))[.,]")
_NOT_NAMES = word_set(
    """
    I We You They He She It This That The So And But Okay OK Yes Yeah No Well Right Sure Great
    Thanks Hi Hello Hey Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February
    March April May June July August September October November December Q1 Q2 Q3 Q4 IT HR CFO CEO
    CTO CIO COO VP SSO API SLA SOW MSA PO Salesforce Slack Teams Zoom Google Microsoft Excel Outlook
    SAP Oracle Actually Um Uh Just Then If When What Who Our My Your Their There Here Also Because
    Now One Two
    """
)


@dataclass(frozen=True)
class Introduction:
    """Somebody is presented. `belongs` says whether to the side of the one who speaks."""

    name: str
    title: str | None
    belongs: Belongs
    by: str | None
    by_email: str | None
    source: str
    segment_id: str
    organization: str | None = None


def find_introductions(source: str, segments: Iterable[Segment]) -> list[Introduction]:
    """Who is presented in these turns or paragraphs, in their order."""
    found: list[Introduction] = []
    for segment in segments:
        if segment.kind in ("turn", "paragraph") and len(segment.text) <= 20_000:
            found += _of_others(source, segment) + _of_colleagues(source, segment) + _of_self(source, segment)
    return found


def _of_colleagues(source: str, segment: Segment) -> list[Introduction]:
    """Who introduces themselves goes on to colleagues: "Ted Vale does our IT, Wynn Ormsby runs the desk"."""
    if not (_SELF_NAME.search(segment.text) and _SIDE.search(segment.text)):
        return []
    names = [name for m in _DOES.finditer(segment.text) if (name := _name(m["name"]))]
    own = segment.speaker or ""
    return [_make(n, None, "speaker", source, segment) for n in dict.fromkeys(names) if not own.startswith(n)]


def _of_others(source: str, segment: Segment) -> list[Introduction]:
    seen: dict[str, Introduction] = {}
    for rule, belongs in _RULES:
        for match in rule.finditer(segment.text):
            name = _name(match["name"])
            if not name or (segment.speaker or "").startswith(name):
                continue
            role = match.groupdict().get("role")
            if role is None:
                role, belongs = _pronoun_after(segment.text[match.end() : match.end() + 90], belongs)
            old = seen.get(name)
            if (
                old is None
                or (old.belongs == "unknown" and belongs != "unknown")
                or (old.title is None and role)
            ):
                seen[name] = _make(
                    name,
                    role,
                    belongs if old is None or belongs != "unknown" else old.belongs,
                    source,
                    segment,
                )
    return list(seen.values())


def _pronoun_after(text: str, belongs: Belongs) -> tuple[str | None, Belongs]:
    """ "I've got Ana with me today, she's our solutions engineer"."""
    found = _PRONOUN.search(text)
    if not found:
        return None, belongs
    return found["role"], "other" if found["whose"].lower() == "your" else belongs


def _of_self(source: str, segment: Segment) -> list[Introduction]:
    if not segment.speaker:
        return []
    found = _SELF.search(segment.text) or _SELF_RUNS.search(segment.text)
    opening = _NAME_TITLE.match(segment.text)
    if opening and opening["name"].split()[0] in segment.speaker.split():
        found = opening
    named = _SELF_NAME.search(segment.text[:400])
    house = named["house"] if named and _name(named["name"]) else None
    if not found and not house:
        return []
    role = found["role"] if found else None
    runs = bool(found and found.re is _SELF_RUNS)
    return [
        _make(segment.speaker, f"runs {role}" if role and runs else role, "speaker", source, segment, house)
    ]


def self_names(segments: Iterable[Segment]) -> dict[str, str]:
    """Speaker label -> the name by which they present themselves ("Speaker 2": "Dana Wells")."""
    names: dict[str, str] = {}
    for segment in segments:
        found = re.search(
            rf"\b(?:my name is|my name's|this is|I(?:'m|’m| am)) (?P<name>{_N})\b", segment.text[:200]
        )
        if segment.speaker and found and segment.speaker not in names and (name := _name(found["name"])):
            names[segment.speaker] = name
    return names


def _make(
    name: str, role: str | None, belongs: Belongs, source: str, segment: Segment, house: str | None = None
) -> Introduction:
    title = " ".join(role.split()) if role else None
    return Introduction(
        name, title, belongs, segment.speaker, segment.sender_email, source, segment.id, house
    )


def _name(text: str) -> str | None:
    """The name without words that only open a sentence; None when nothing of it is a name."""
    words = text.split()
    while words and words[0] in _NOT_NAMES:
        words.pop(0)
    while words and words[-1] in _NOT_NAMES:
        words.pop()
    return " ".join(words) or None
