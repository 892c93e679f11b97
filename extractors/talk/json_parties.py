"""Parties, title and day in the JSON export of a call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from extractors.segments import Person
from extractors.talk.labels import merged
from extractors.when import date_of_value

_LISTS = "parties participants attendees meetingattendees speakers users invitees people members analytics"
LISTS = frozenset(_LISTS.split())
NAME = ("name", "displayname", "fullname", "speakername", "username")
TITLE = ("title", "jobtitle", "position", "role")
ORGANIZATION = (
    "company",
    "companyname",
    "organization",
    "organisation",
    "account",
    "accountname",
    "employer",
)
EMAIL = ("email", "emailaddress", "mail", "useremail")
IDS = ("id", "speakerid", "userid", "participantid", "index", "speaker", "label", *EMAIL, *NAME)
DAYS = ("started", "starttime", "startedat", "startdatetime", "scheduled", "date", "meetingdate", "calldate",
        "datetime", "recordedat", "createdat", "created")  # fmt: skip
TITLES = ("title", "meetingtitle", "calltitle", "subject", "topic", "meetingname", "callname", "name")
_NO_TITLES = "host organizer organiser guest participant attendee internal external member user speaker"
NO_TITLES = frozenset(_NO_TITLES.split())
Side = Literal["vendor", "customer"]


def parties(tree: Any) -> list[tuple[Person, frozenset[str]]]:
    """Everyone a parties list names, with the ids under which the transcript may know them."""
    found = [pair for record in _records(tree) for pair in [_party(record)] if pair]
    people = {p.name.lower(): p for p in merged(p for p, _ in found)}
    ids: dict[str, set[str]] = {}
    for person, keys in found:
        ids.setdefault(person.name.lower(), set()).update(keys)
    return [(person, frozenset(ids[name])) for name, person in people.items()]


def title_of(tree: Any) -> str | None:
    """The call's title, from the top of the file or its metadata."""
    for keys in _top(tree):
        for key in TITLES:
            if isinstance(keys.get(key), str) and keys[key].strip() and "text" not in keys:
                return str(keys[key]).strip()
    return None


def day_of(tree: Any) -> date | None:
    """The day on which the call was held, from the top of the file or its metadata."""
    for keys in _top(tree):
        for key in DAYS:
            day = date_of_value(keys.get(key))
            if day:
                return day
    return None


def _key(key: object) -> str:
    return str(key).lower().replace("_", "").replace("-", "").replace(" ", "")


def _top(tree: Any) -> Iterator[dict[str, Any]]:
    """The file's own keys, then those of its metadata (not those of parties or sentences)."""
    if isinstance(tree, list) and len(tree) == 1:
        tree = tree[0]
    if not isinstance(tree, dict):
        return
    keys = {_key(k): v for k, v in tree.items()}
    yield keys
    for name in ("metadata", "meta", "call", "meeting", "info", "data", "recording", "event"):
        if isinstance(keys.get(name), dict):
            yield from _top(keys[name])


def _records(tree: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 8 or not isinstance(tree, dict | list):
        return
    if isinstance(tree, list):
        for item in tree[:50]:
            yield from _records(item, depth + 1)
        return
    for key, value in tree.items():
        if _key(key) in LISTS and isinstance(value, list):
            yield from (r if isinstance(r, dict) else {"name": r} for r in value if isinstance(r, dict | str))
        elif _key(key) in LISTS and isinstance(value, dict):
            yield from ({"id": k, **(v if isinstance(v, dict) else {"name": v})} for k, v in value.items())
        else:
            yield from _records(value, depth + 1)


def _party(record: dict[str, Any]) -> tuple[Person, set[str]] | None:
    keys = {_key(k): v for k, v in record.items()}
    name = _first(keys, NAME) or " ".join(
        filter(None, (_first(keys, ("firstname",)), _first(keys, ("lastname",))))
    )
    email = _first(keys, EMAIL)
    if not (name or email) or any(isinstance(keys.get(k), str) for k in ("text", "content", "sentence")):
        return None
    title = _first(keys, TITLE)
    title = None if title and title.lower() in NO_TITLES else title
    person = Person(
        name=name or str(email).partition("@")[0], email=email.lower() if email else None, title=title,
        organization=_first(keys, ORGANIZATION), side=_side(keys),
    )  # fmt: skip
    ids = {str(keys[k]).strip() for k in IDS if isinstance(keys.get(k), str | int) and str(keys[k]).strip()}
    return person, ids


def _first(keys: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = keys.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _side(keys: dict[str, Any]) -> Side | None:
    """Seller's tools call their own people internal; anything else ("Unknown") says nothing."""
    told = str(keys.get("affiliation", keys.get("affiliationtype", ""))).strip().lower()
    if told in ("internal", "external"):
        return "vendor" if told == "internal" else "customer"
    for key in ("isinternal", "internal"):
        if isinstance(keys.get(key), bool):
            return "vendor" if keys[key] else "customer"
    if isinstance(keys.get("isexternal"), bool):
        return "customer" if keys["isexternal"] else "vendor"
    return None
