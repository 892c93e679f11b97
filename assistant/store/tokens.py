"""Tokens with which programs act for a person: only hashes are stored, so a copy lets nobody in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from assistant.errors import HandoffError
from assistant.store import audit
from assistant.store.audit import digest_of
from assistant.store.engine import Store
from assistant.store.tables import tokens

PREFIX = "handoff_"
"""So that a token that was left somewhere is recognised as one."""


@dataclass(frozen=True)
class TokenRow:
    """A token at a glance; the token itself is known to nobody but its holder. Times are ISO in UTC."""

    login: str
    label: str
    made_at: str
    until: str | None


def make_token(store: Store, login: str, label: str, at: str, until: str | None = None, by: str = "") -> str:
    """A new token of that person, shown this once. It counts until `until`, or until it is revoked."""
    if not label.strip() or len(label) > 80:
        raise HandoffError("Name what the token is for in 1 to 80 characters: --label billing-job.")
    token = PREFIX + secrets.token_urlsafe(32)
    with store.write() as connection:
        same = (tokens.c.login == login) & (tokens.c.label == label)
        if connection.execute(select(tokens.c.label).where(same)).first():
            raise HandoffError(
                f"'{login}' has a token called '{label}'. Revoke that one, or choose another --label."
            )
        connection.execute(
            insert(tokens).values(
                token=digest_of(token.encode()), login=login, label=label, made_at=at, until=until
            )
        )
        audit.append(connection, at=at, by=by or login, action="make_token")
    return token


def login_of_token(store: Store, token: str, at: str) -> str | None:
    """Whose token it is, or None when it is nobody's (any more)."""
    wanted = tokens.c.token == digest_of(token.encode("utf-8", "surrogatepass"))
    with store.read() as connection:
        row = connection.execute(select(tokens.c.login, tokens.c.until).where(wanted)).one_or_none()
    if row is None or (row.until is not None and row.until <= at):
        return None
    return str(row.login)


def list_tokens(store: Store) -> list[TokenRow]:
    """All tokens, by login and label."""
    query = select(tokens.c.login, tokens.c.label, tokens.c.made_at, tokens.c.until)
    with store.read() as connection:
        return [TokenRow(*row) for row in connection.execute(query.order_by(tokens.c.login, tokens.c.label))]


def revoke(store: Store, login: str, at: str, label: str | None = None, by: str = "") -> int:
    """End the person's token of that label, or all of theirs; how many there were."""
    gone = tokens.c.login == login
    if label is not None:
        gone &= tokens.c.label == label
    with store.write() as connection:
        count = connection.execute(delete(tokens).where(gone)).rowcount
        if count:
            audit.append(connection, at=at, by=by or login, action="revoke_token")
        return count
