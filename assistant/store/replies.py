"""Answers that were given to programs: the same request with the same key gets the same answer again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from assistant.store.deals import number_of
from assistant.store.engine import Store
from assistant.store.tables import replies
from assistant.store.writes import insert_once

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Reply:
    """A kept answer; `status` is None while it is being made."""

    digest: str
    status: int | None
    content: str | None


def begin(store: Store, login: str, key: str, digest: str, at: str) -> Reply | None:
    """None: nobody asked that before, go ahead and `finish` or `forget`. Else what is kept."""
    old = (datetime.fromisoformat(at) - KEPT_FOR).isoformat(timespec="seconds")
    row = {"login": login, "key": key, "digest": digest, "at": at}
    with store.write() as connection:
        connection.execute(delete(replies).where(replies.c.at < old))
        if insert_once(connection, replies, row):
            return None
        mine = (replies.c.login == login) & (replies.c.key == key)
        query = select(replies.c.digest, replies.c.status, replies.c.content).where(mine)
        return Reply(*connection.execute(query).one())


def finish(store: Store, login: str, key: str, status: int, content: str, deal: str | None) -> None:
    """Keep the answer for as long as the deal that it is about, a day at most."""
    mine = (replies.c.login == login) & (replies.c.key == key)
    values = {"status": status, "content": content, "deal": number_of(deal) if deal else None}
    with store.write() as connection:
        connection.execute(update(replies).where(mine).values(**values))


def forget(store: Store, login: str, key: str) -> None:
    """It was refused, so nothing was done: the key may be used again."""
    with store.write() as connection:
        connection.execute(delete(replies).where((replies.c.login == login) & (replies.c.key == key)))
