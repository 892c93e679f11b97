"""What stands above a transcript or in notes: title, day, who was there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.decode import fold
from extractors.segments import Person
from extractors.talk.labels import TITLE_WORDS, looks_like_name, merged, read_label
from extractors.when import first_date

DEPTH = 40
"""Lines from the top in which a header is looked for."""
PLAIN = re.compile(r"[*_#>`]+|^\s*[-•]\s+")
ATTENDEES = re.compile(
    r"(?i)^(?:(?P<who>[\w .&'-]{0,30}?)\s*)?(?:attendees|participants|attending|in attendance|present"
    r"|people|speakers"
    r"|teilnehmer(?:innen|de)?|anwesende?|participantes|asistentes|présents|partecipanti|deelnemers"
    r"|invitees|on the call|who was there)\b\s*(?P<aside>\([^)]*\))?\s*[:：-]?\s*(?P<rest>.*)$"
)
DATE_LINE = re.compile(
    r"(?i)^(?:(?:meeting|call|recording|recorded|start)?\s*"
    r"(?:date|time|day|on|when|started?(?: at)?|datum|fecha))"
    r"\b\s*[:：-]?"
)
TITLE_LINE = re.compile(
    r"(?i)^(?:title|meeting(?: title| name)?|subject|topic|call(?: title| name)?)\s*[:：]\s*(?P<rest>\S.*)$"
)
EMAIL = re.compile(r"<?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>?")


@dataclass(frozen=True)
class Preamble:
    title: str | None = None
    day: date | None = None
    people: tuple[Person, ...] = ()


def read_preamble(text: str) -> Preamble:
    """Reads the first lines; what they do not say stays None or empty."""
    lines = [fold(PLAIN.sub(" ", line)) for line in text.split("\n")[:DEPTH]]
    return Preamble(_title(text.split("\n")[:DEPTH]), _day(lines), merged(_people(lines)))


def read_person(text: str) -> Person | None:
    """ "Jane Roe, VP Ops, Acme", "Jane Roe (Acme) <jane@acme.com>"; None when no name opens it."""
    found = EMAIL.search(text)
    rest = fold(EMAIL.sub(" ", text)).strip(" ,;.-–—()<>")
    label = read_label(rest if rest.count("(") <= rest.count(")") else f"{rest})")
    if not looks_like_name(label.name) or len(label.name) > 50:
        return None
    title, organization = label.title, label.organization
    return Person(
        name=label.name, email=found[1].lower() if found else None, title=title, organization=organization
    )


def _title(lines: list[str]) -> str | None:
    for line in lines:
        clean = fold(PLAIN.sub(" ", line))
        found = TITLE_LINE.match(clean)
        if found:
            return found["rest"]
    opening = next((line for line in lines if line.strip() and line.strip() != "---"), "")
    title = fold(opening.lstrip("# ")).strip("*_ ")
    return title if opening.startswith("#") and not ATTENDEES.match(title) else None


def _day(lines: list[str]) -> date | None:
    """A line that says date, else the first date above the fifth line of text."""
    for line in lines:
        if DATE_LINE.match(line) and first_date(line):
            return first_date(line)
    top = [line for line in lines if line][:5]
    return next((d for line in top if len(line) < 160 for d in [first_date(line)] if d), None)


def _people(lines: list[str]) -> list[Person]:
    people: list[Person] = []
    listing: str | None = None
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        found = ATTENDEES.match(line)
        if found and (line.rstrip().endswith((":", ")")) or ":" in line or not found["rest"]):
            listing = _organization(found["who"]) or _organization((found["aside"] or "").strip("()")) or ""
            people += _listed(found["rest"], listing)
        elif listing is not None and line and _is_house(line, following):
            listing = line.title()
        elif listing is not None and line:
            more = _listed(line, listing)
            listing = listing if more else None
            people += more
    return people


def _is_house(line: str, following: str) -> bool:
    """A company in capitals above its people: "TARN VALLEY DAIRIES", then "Carla Osei, VP Operations"."""
    return line.isupper() and "," not in line and bool(following) and not following.isupper()


def _organization(text: str | None) -> str | None:
    clean = fold(text or "").strip(" -:'")
    generic = {
        "",
        "meeting",
        "call",
        "external",
        "internal",
        "other",
        "all",
        "customer",
        "vendor",
        "the",
        "client",
    }
    return None if clean.lower().removesuffix("'s") in generic or not clean[:1].isupper() else clean


def _listed(text: str, organization: str) -> list[Person]:
    """People of one line: by semicolons, or by commas when every part is a name."""
    if not text or len(text) > 1500:
        return []
    heading = re.match(r"^([A-Z][\w .&'-]{1,40})[:：]\s+(.+)$", text)
    if heading and looks_like_name(heading[2].split(",")[0]) and not TITLE_WORDS.search(heading[1]):
        organization, text = _organization(heading[1]) or organization, heading[2]
    parts = [p for p in re.split(r"\s*;\s*|\s+(?:and|&)\s+(?=[A-Z])", text) if p]
    commas = [p for part in parts for p in re.split(r",\s+(?![^()]*\))", part)]
    if (
        len(commas) > 1
        and not any(TITLE_WORDS.search(p.partition("(")[0]) for p in commas)
        and len(commas) != 2
    ) or (
        len(commas) == 2
        and all(looks_like_name(p) and " " in p and not TITLE_WORDS.search(p) for p in commas)
    ):
        parts = commas
    found = [p for part in parts for p in [read_person(part)] if p]
    return [p.model_copy(update={"organization": p.organization or organization or None}) for p in found]
