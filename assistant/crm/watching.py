"""A watched folder: a sub-folder is a deal, a mail that lies beside them goes to the deal it is about."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from pathlib import Path
from typing import Any

from assistant import desk as verbs
from assistant.crm.arriving import owner_of
from assistant.crm.nouns import Fetched
from assistant.deal_file import find_deal_file, read_deal
from assistant.desk import Desk
from assistant.desk.outdated import files_had, is_outdated
from assistant.errors import HandoffError
from assistant.packet import Deal
from assistant.protocol.rights import User
from assistant.store import crm
from assistant.store.deals import DealRow
from extractors.folder import NOT_SOURCES

ORIGIN = "folder"
DONE, NOBODYS = "filed", "unknown"
"""Folders for mails: what was filed with a deal, and what no deal is known for."""
NAMED = re.compile(r"\bdeal-\d{1,15}\b")
MOST_MAILS = 200
"""In one look."""


def look(
    desk: Desk, user: User, folder: Path, settle: float = 5, fallback: str | None = None
) -> list[str]:
    """One look: new deals are made and drafted, new files added, mails filed; a line for each thing done.

    A file that was changed less than `settle` seconds ago is left for the next look. What goes wrong with one
    deal or mail is a line and stops no other.
    """
    if not folder.is_dir():
        raise HandoffError(f"'{folder}' is no folder. Make it, or watch another.")
    done: list[str] = []
    for place in sorted(one for one in folder.iterdir() if _is_deal(one)):
        done += _tried(place.name, _deal(desk, user, place, settle, fallback))
    mails = sorted(one for one in folder.glob("*.eml") if one.is_file() and not one.is_symlink())
    for mail in mails[:MOST_MAILS]:
        if _settled(mail, desk.now(), settle):
            done += _tried(mail.name, _mail(desk, user, mail))
    return done


def _is_deal(place: Path) -> bool:
    named = not place.name.startswith(".") and place.name not in (DONE, NOBODYS)
    return named and place.is_dir() and not place.is_symlink()


def _tried(name: str, steps: Iterator[str]) -> list[str]:
    """The lines of the steps; what goes wrong is the last one."""
    done: list[str] = []
    try:
        done.extend(steps)
    except (HandoffError, OSError) as error:
        done.append(f"{name}: {error}")
    return done


def _deal(desk: Desk, user: User, place: Path, settle: float, fallback: str | None) -> Iterator[str]:
    """The sub-folder's deal, made when it is new, with those files that it does not have yet."""
    files = [path for path in sorted(place.rglob("*")) if path.is_file() and not path.is_symlink()]
    if not files or not all(_settled(path, desk.now(), settle) for path in files):
        return
    deal, made = _made(desk, user, place, fallback)
    if made:
        yield f"{place.name}: {deal} was made"
    there = files_had(desk, user, deal)
    fresh = {name: data for name, data in _contents(desk, place, files) if there.get(name) != _hash(data)}
    if fresh:
        added = verbs.add_sources(desk, user, deal, fresh)
        yield from (f"{place.name}: {why}" for _, why in added.refused)
    if is_outdated(desk, user, deal):
        version = verbs.draft(desk, user, deal).opened.version
        yield f"{place.name}: {deal} was drafted, version {version}"


def _made(desk: Desk, user: User, place: Path, fallback: str | None) -> tuple[str, bool]:
    with desk.store.read() as connection:
        there = crm.deal_of(connection, ORIGIN, place.name)
    if there is not None:
        return there, False
    file = find_deal_file(place)
    known = read_deal(file) if file else Deal(account=place.name.replace("_", " "))
    mail = next((p.email for p in known.participants if p.name == known.ae), None)
    owner = owner_of(desk, Fetched(place.name, known, place.name, mail, True), fallback)

    def tie(connection: Any, deal: str) -> None:
        crm.link(connection, deal, ORIGIN, place.name)

    return verbs.new_deal(desk, user, known, owner=owner, also=tie).id, True


def _contents(desk: Desk, place: Path, files: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in files:
        name = path.relative_to(place).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(place).parts)
        if not hidden and path.name not in NOT_SOURCES and path.stat().st_size <= desk.most_bytes:
            yield name, path.read_bytes()


def _mail(desk: Desk, user: User, mail: Path) -> Iterator[str]:
    """File the mail with its deal and draft it anew; move it out of the way either way."""
    if mail.stat().st_size > desk.most_bytes:
        _moved(mail, NOBODYS)
        yield f"{mail.name}: too large; it lies in {NOBODYS} now"
        return
    data = mail.read_bytes()
    deal = _about(desk, user, data)
    if deal is None:
        _moved(mail, NOBODYS)
        yield f"{mail.name}: no deal is known for it (its subject names none); it lies in {NOBODYS} now"
        return
    added = verbs.add_sources(desk, user, deal, {f"mails/{_hash(data)[:12]}.eml": data})
    for _, why in added.refused:
        raise HandoffError(why)
    if verbs.get_deal(desk, user, deal).deal.version:
        verbs.draft(desk, user, deal)
    _moved(mail, DONE)
    yield f"{mail.name}: filed with {deal}"


def _about(desk: Desk, user: User, data: bytes) -> str | None:
    """The deal that subject or address name (deal-7, handoff+deal-7@...), else the account's only one."""
    head = BytesHeaderParser(policy=policy.default).parsebytes(data)
    people = getaddresses(_all(head, "from", "to", "cc", "delivered-to"))
    addresses = [address.lower() for _, address in people]
    rows = {line.deal.id: line.deal for line in verbs.list_deals(desk, user)}
    for named in NAMED.findall(" ".join([*_all(head, "subject"), *addresses])):
        if named in rows:
            return str(named)
    domains = {address.rpartition("@")[2] for address in addresses}
    found = [row for row in rows.values() if _is_of(row, domains)]
    return found[0].id if len(found) == 1 else None


def _is_of(row: DealRow, domains: set[str]) -> bool:
    return (row.known.account_domain or "").lower() in domains - {""}


def _all(head: Message, *names: str) -> list[str]:
    return [str(value) for name in names for value in head.get_all(name, [])]


def _settled(path: Path, now: datetime, settle: float) -> bool:
    return now.timestamp() - path.stat().st_mtime >= settle


def _moved(mail: Path, folder: str) -> None:
    place = mail.parent / folder
    place.mkdir(exist_ok=True)
    target = place / mail.name
    if target.exists():
        target = place / f"{mail.stem}-{_hash(mail.read_bytes())[:8]}{mail.suffix}"
    mail.replace(target)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
