"""Verbs about the audit log: read it, by deal, person and deed; export it; prove that it was not changed."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, dataclass, fields

from assistant.desk.place import Desk
from assistant.documents.commitment_log import harmless
from assistant.protocol.rights import ROLE_NAMES, NotAllowed, User, reach, who_may
from assistant.store import audit


@dataclass(frozen=True)
class AuditFilter:
    """What the log is narrowed to; "" narrows nothing."""

    deal: str = ""
    """A deal's id."""
    by: str = ""
    """A login."""
    action: str = ""


@dataclass(frozen=True)
class AuditPage:
    """The newest lines that fit, and what there is to choose from."""

    lines: tuple[audit.AuditLine, ...]
    """Newest first."""
    of: int
    """How many lines fit in all."""
    people: tuple[str, ...]
    actions: tuple[str, ...]


def audit_log(desk: Desk, user: User, wanted: AuditFilter | None = None) -> list[audit.AuditLine]:
    """Who did what when, oldest first; no line holds content of a deal."""
    _see_right(user)
    w = wanted or AuditFilter()
    return audit.lines(desk.store, w.deal or None, w.by or None, w.action or None)


def audit_page(desk: Desk, user: User, wanted: AuditFilter | None = None, most: int = 200) -> AuditPage:
    """The newest `most` lines of those that fit."""
    found = audit_log(desk, user, wanted)
    people, actions = audit.people_and_actions(desk.store)
    return AuditPage(tuple(reversed(found[-most:])), len(found), people, actions)


def audit_file(desk: Desk, user: User, wanted: AuditFilter | None = None) -> bytes:
    """All lines that fit as CSV in UTF-8 with a byte order mark, oldest first, hashes included."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([field.name for field in fields(audit.AuditLine)])
    for line in audit_log(desk, user, wanted):
        writer.writerow(["" if entry is None else harmless(str(entry)) for entry in astuple(line)])
    return text.getvalue().encode("utf-8-sig")


def verify_audit(desk: Desk, user: User) -> audit.Verdict:
    """Compute the chain anew and hold every stored packet against it."""
    _see_right(user)
    return audit.verify(desk.store)


def _see_right(user: User) -> None:
    if reach(user, "see_audit") is None:
        raise NotAllowed(f"{who_may('see_audit')} may read the audit log, not {ROLE_NAMES[user.role]}.")
