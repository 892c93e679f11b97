"""Who is signed in: tokens by their hash, so that a copy of the store lets nobody in."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from assistant.store import audit
from assistant.store.audit import digest_of
from assistant.store.engine import Store
from assistant.store.tables import sessions


def begin(store: Store, token: str, login: str, at: str, until: str) -> None:
    """The person has signed in at `at`; the token counts until `until` (ISO, UTC)."""
    with store.write() as connection:
        connection.execute(delete(sessions).where(sessions.c.until < at))
        connection.execute(insert(sessions).values(token=_key(token), login=login, until=until))
        audit.append(connection, at=at, by=login, action="sign_in")


def login_of(store: Store, token: str, at: str) -> str | None:
    """Whose token it is, or None when it is nobody's any more."""
    wanted = (sessions.c.token == _key(token)) & (sessions.c.until > at)
    with store.read() as connection:
        found = connection.execute(select(sessions.c.login).where(wanted)).scalar()
    return str(found) if found is not None else None


def end(store: Store, token: str) -> None:
    """The person has signed out."""
    with store.write() as connection:
        connection.execute(delete(sessions).where(sessions.c.token == _key(token)))


def end_all(store: Store, login: str) -> None:
    """The person is out everywhere: removed, or with a new password."""
    with store.write() as connection:
        connection.execute(delete(sessions).where(sessions.c.login == login))


def refused(store: Store, login: str, at: str) -> None:
    """Somebody tried that login with a wrong password."""
    with store.write() as connection:
        audit.append(connection, at=at, by=login[:80], action="sign_in_refused")


def _key(token: str) -> str:
    return digest_of(token.encode("utf-8"))
