"""Verbs that note what happened in the handover, and take it back."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.desk.files import texts_of
from assistant.desk.place import Desk, Opened, decided, opened
from assistant.packet import Evidence
from assistant.protocol.events import SUBJECT, event_row
from assistant.protocol.rights import User
from assistant.protocol.surprise_search import Likely, look_for
from assistant.protocol.surprises import Class


def record_event(
    desk: Desk, user: User, deal: str, version: int, *, kind: str, at: str | None = None,
    note: str | None = None, people: Sequence[str] = (),
) -> Opened:  # fmt: skip
    """Note an event (a row of events.toml). `at`: ISO time when it happened, or when the appointment is.

    Without `at` it happened now. Raises HandoffError for an unknown kind or a time that cannot be.
    """
    who = tuple(name.strip() for name in people if name.strip())
    return decided(
        desk, user, event_row(kind).verb, deal, version, "record", SUBJECT + kind,
        due=(at or "").strip() or None, text=(note or "").strip() or None, subjects=who,
    )  # fmt: skip


def take_back_event(desk: Desk, user: User, deal: str, version: int, *, kind: str) -> Opened:
    """The last event of that kind did not happen after all; both notes are kept."""
    return decided(desk, user, event_row(kind).verb, deal, version, "unrecord", SUBJECT + kind)


def look_for_surprise(desk: Desk, user: User, deal: str, *, text: str) -> Likely:
    """What packet and sources had said of something that was met; a proposal for `note_surprise`."""
    seen = opened(desk, user, deal)
    return look_for(text, seen.packet, texts_of(desk, seen))


def note_surprise(
    desk: Desk, user: User, deal: str, version: int, *, text: str, kind: Class, about: str | None = None,
    evidence: Sequence[Evidence] = (),
) -> Opened:  # fmt: skip
    """The 72-hour review met something; `kind` says what the packet and its sources had told of it."""
    return decided(
        desk, user, "record", deal, version, "surprise", "review", text=text.strip() or None, was=kind,
        subjects=(about,) if about else (), evidence=tuple(evidence),
    )  # fmt: skip
