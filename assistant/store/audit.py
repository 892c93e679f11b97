"""The audit log: who did what when. Each line holds the hash of the line before, and lines are only added.

A line holds no content of a deal, only a digest of it, so that it may outlive the deal.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from assistant.store.engine import Store, lock
from assistant.store.tables import audit, packets

START = "0" * 64
APPENDING = 706_002
"""Number of PostgreSQL's advisory lock while a line is added: two lines never follow the same one."""

_NAMED = (audit.c.by, audit.c.action)


@dataclass(frozen=True)
class AuditLine:
    """One line, `number` from 1 without a gap. `hash` covers all the rest, `previous` included."""

    number: int
    at: str
    by: str
    action: str
    deal: str | None
    version: int | None
    digest: str | None
    previous: str
    hash: str


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: how many lines, the last one's hash, and what is wrong (nothing: it holds)."""

    lines: int
    last: str
    problems: tuple[str, ...]


def append(
    connection: Connection,
    *,
    at: str,
    by: str,
    action: str,
    deal: str | None = None,
    version: int | None = None,
    digest: str | None = None,
) -> AuditLine:
    """Add a line within the caller's transaction: what is not recorded does not happen."""
    lock(connection, APPENDING)
    newest = select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
    last = connection.execute(newest).one_or_none()
    number, previous = (last.number + 1, last.hash) if last else (1, START)
    body: dict[str, Any] = {
        "number": number, "at": at, "by": by, "action": action, "deal": deal, "version": version,
        "digest": digest, "previous": previous,
    }  # fmt: skip
    line = AuditLine(**body, hash=_hash(body))
    connection.execute(insert(audit).values(asdict(line)))
    return line


def lines(
    store: Store, deal: str | None = None, by: str | None = None, action: str | None = None
) -> list[AuditLine]:
    """All lines in order, or those of one deal, one login, one action."""
    query = select(audit).order_by(audit.c.number)
    for column, wanted in ((audit.c.deal, deal), (audit.c.by, by), (audit.c.action, action)):
        if wanted is not None:
            query = query.where(column == wanted)
    with store.read() as connection:
        return [AuditLine(**row) for row in connection.execute(query).mappings()]


def people_and_actions(store: Store) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every login and every action that the log names, in order."""
    with store.read() as connection:
        found = [connection.execute(select(c).distinct().order_by(c)).scalars() for c in _NAMED]
        return tuple(found[0]), tuple(found[1])


def first_author(connection: Connection) -> str | None:
    """Who began this log; None while it is empty."""
    found = connection.execute(select(audit.c.by).order_by(audit.c.number).limit(1)).scalar()
    return str(found) if found is not None else None


def verify(store: Store) -> Verdict:
    """Compute the chain anew and hold the stored packets against it."""
    with store.read() as connection:
        rows = connection.execute(select(audit).order_by(audit.c.number)).mappings()
        found = [AuditLine(**row) for row in rows]
        kept = connection.execute(select(packets.c.deal, packets.c.version, packets.c.content)).all()
    problems = _broken_links(found)
    recorded = {(line.deal, line.version): line.digest for line in found if line.version is not None}
    for row in kept:
        key = (f"deal-{row.deal}", row.version)
        if recorded.get(key) != digest_of(row.content):
            problems.append(f"{key[0]}, version {key[1]}: the packet is not the one that was recorded")
    return Verdict(len(found), found[-1].hash if found else START, tuple(problems))


def digest_of(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def _broken_links(found: list[AuditLine]) -> list[str]:
    problems: list[str] = []
    previous = START
    for expected, line in enumerate(found, start=1):
        body = asdict(line)
        body.pop("hash")
        if line.number != expected:
            return [*problems, f"line {expected} is missing"]
        if line.previous != previous:
            problems.append(f"line {line.number} does not follow the line before it")
        if _hash(body) != line.hash:
            problems.append(f"line {line.number} was changed")
        previous = line.hash
    return problems


def _hash(body: dict[str, object]) -> str:
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
